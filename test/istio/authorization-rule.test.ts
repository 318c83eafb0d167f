import { Testing } from 'cdk8s';
import { AuthorizationAction, AuthorizationPolicy, AuthorizationRule, AuthorizationSource } from '../../src';

function allow(rule: AuthorizationRule): any {
  const chart = Testing.chart();
  new AuthorizationPolicy(chart, 'Policy', { rules: [rule] });
  return Testing.synth(chart)[0].spec.rules[0];
}

function ask(rule: AuthorizationRule): AuthorizationPolicy {
  return new AuthorizationPolicy(Testing.chart(), 'Policy', { action: AuthorizationAction.CUSTOM, provider: 'opa', rules: [rule] });
}

describe('a source', () => {
  test('has every field', () => {
    // GIVEN
    const source: AuthorizationSource = {
      principals: ['cluster.local/ns/shop/sa/web', 'cluster.local/ns/shop/*', '*/sa/web', '*'],
      notPrincipals: ['cluster.local/ns/shop/sa/guest'],
      requestPrincipals: ['https://example.com/*'],
      notRequestPrincipals: ['*'],
      namespaces: ['shop', 'shop-*'],
      notNamespaces: ['test'],
      trustDomains: ['cluster.local', '*.example.com'],
      notTrustDomains: ['old.*'],
      ipBlocks: ['10.0.0.0/8', '2001:db8::1'],
      notIpBlocks: ['10.1.2.3'],
      remoteIpBlocks: ['203.0.113.0/24'],
      notRemoteIpBlocks: ['203.0.113.7'],
    };

    // THEN
    expect(allow({ sources: [source] })).toEqual({ from: [{ source }] });
  });

  test('has service accounts in place of identities', () => {
    const source = { serviceAccounts: ['web', 'shop/web'], notServiceAccounts: ['guest'] };
    expect(allow({ sources: [source] })).toEqual({ from: [{ source }] });
  });

  test.each<[AuthorizationSource, string]>([
    [{}, 'a source must have at least one of principals, notPrincipals, requestPrincipals'],
    [{ principals: [] }, 'principals of a source must have at least one value, got none: leave principals out to mean any'],
    [{ principals: [''] }, 'principals of a source must not be empty: leave the field out to mean any'],
    [{ principals: ['cluster.local/ns/*/sa/web'] }, 'principals of a source must have at most one \'*\', first or last, got \'cluster.local/ns/*/sa/web\''],
    [{ namespaces: ['*shop*'] }, 'namespaces of a source must have at most one \'*\', first or last, got \'*shop*\''],
    [{ notPrincipals: ['spiffe://cluster.local/ns/shop/sa/web'] },
      'notPrincipals of a source must be <trust domain>/ns/<namespace>/sa/<service account>, got \'spiffe://cluster.local/ns/shop/sa/web\': leave out spiffe://'],
    [{ trustDomains: ['cluster.local/ns/shop'] }, 'trustDomains of a source must not contain \'/\', got \'cluster.local/ns/shop\': use principals'],
    [{ ipBlocks: ['10.0.0.0/33'] }, 'ipBlocks of a source must be an IP address or a CIDR block'],
    [{ notRemoteIpBlocks: ['localhost'] }, 'notRemoteIpBlocks of a source must be an IP address or a CIDR block'],
    [{ serviceAccounts: ['shop/*'] }, 'serviceAccounts of a source must be name or namespace/name without \'*\', at most 320 characters, got \'shop/*\''],
    [{ notServiceAccounts: ['a/b/c'] }, 'notServiceAccounts of a source must be name or namespace/name'],
    [{ serviceAccounts: ['/web'] }, 'serviceAccounts of a source must be name or namespace/name'],
    [{ serviceAccounts: ['a'.repeat(321)] }, 'serviceAccounts of a source must be name or namespace/name without \'*\', at most 320 characters'],
    [{ serviceAccounts: [...Array(17).keys()].map(n => `sa-${n}`) }, 'a source takes at most 16 service accounts, got 17: use two sources'],
    [{ serviceAccounts: ['web'], notNamespaces: ['test'] },
      'a source takes serviceAccounts or notNamespaces, got both: write service accounts as namespace/name, or use two sources'],
    [{ notServiceAccounts: ['web'], principals: ['*'] }, 'a source takes notServiceAccounts or principals, got both'],
  ])('%j is refused', (source, message) => {
    expect(() => allow({ sources: [source] })).toThrow(message);
  });

  test.each(['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals', 'namespaces', 'notNamespaces', 'serviceAccounts',
    'notServiceAccounts', 'trustDomains', 'notTrustDomains'])('of an external authorizer has no %s', field => {
    expect(() => ask({ sources: [{ [field]: ['web'] }] }))
      .toThrow(`a source of a policy with action CUSTOM takes no ${field}: say it in a second policy with action ALLOW or DENY`);
  });

  test('of an external authorizer may have addresses', () => {
    expect(() => ask({ sources: [{ ipBlocks: ['10.0.0.0/8'], notRemoteIpBlocks: ['10.1.2.3'] }] })).not.toThrow();
  });
});

describe('an operation', () => {
  test('has every field, ports as strings', () => {
    const rest = {
      hosts: ['shop.example.com', 'shop.example.com:*', '*.example.com'],
      notHosts: ['admin.example.com'],
      methods: ['GET'],
      notMethods: ['DELETE'],
      paths: ['/exact', '/prefix/*', '*/suffix', '*', '/users/{*}/orders', '/files/{**}', '/{**}/end', '/'],
      notPaths: ['/admin'],
    };
    expect(allow({ operations: [{ ...rest, ports: [80, 65535], notPorts: [9090] }] }))
      .toEqual({ to: [{ operation: { ...rest, ports: ['80', '65535'], notPorts: ['9090'] } }] });
  });

  test.each([
    [{}, 'an operation must have at least one of hosts, notHosts, ports, notPorts, methods, notMethods, paths, notPaths, got none'],
    [{ hosts: [] }, 'hosts of an operation must have at least one value, got none: leave hosts out to mean any'],
    [{ methods: [''] }, 'methods of an operation must not be empty: leave the field out to mean any'],
    [{ ports: [0] }, 'ports of an operation must be between 1 and 65535, got 0'],
    [{ notPorts: [80.5] }, 'notPorts of an operation must be a port number, got \'80.5\''],
    [{ paths: ['/users/{id}'] }, 'paths of an operation must be a path, with \'*\' at one end, or with whole segments {*} and at last one {**}, got \'/users/{id}\''],
    [{ paths: ['/users/x{*}'] }, 'got \'/users/x{*}\''],
    [{ paths: ['/{**}/a/{*}'] }, 'got \'/{**}/a/{*}\''],
    [{ paths: ['/{**}/{**}'] }, 'got \'/{**}/{**}\''],
    [{ paths: ['/a/*/{*}'] }, 'got \'/a/*/{*}\''],
    [{ notPaths: ['/a b/{*}'] }, 'got \'/a b/{*}\''],
  ])('%j is refused', (operation, message) => {
    expect(() => allow({ operations: [operation] })).toThrow(message);
  });
});

describe('a condition', () => {
  test.each([
    ['request.headers[x-tenant]', 'a*b'],
    ['source.ip', '10.0.0.0/8'],
    ['remote.ip', '10.1.2.3'],
    ['source.namespace', 'shop'],
    ['source.serviceAccount', 'shop/web'],
    ['source.principal', 'cluster.local/ns/shop/sa/web'],
    ['source.trustDomain', 'cluster.local'],
    ['request.auth.principal', 'https://example.com/*'],
    ['request.auth.audiences', 'shop'],
    ['request.auth.presenter', 'shop'],
    ['request.auth.claims[iss]', 'https://example.com'],
    ['request.auth.claims[nested][groups]', 'admins'],
    ['destination.ip', '10.1.2.3'],
    ['destination.port', '8080'],
    ['connection.sni', '*.example.com'],
    ['experimental.envoy.filters.a.b[c]', 'd'],
  ])('may be about %s', (key, value) => {
    expect(allow({ conditions: [{ key, values: [value] }] })).toEqual({ when: [{ key, values: [value] }] });
    expect(allow({ conditions: [{ key, notValues: [value] }] })).toEqual({ when: [{ key, notValues: [value] }] });
  });

  test.each([
    ['destination.labels[app]', ['web'],
      'key of a condition must be an attribute such as request.headers[name], source.ip or request.auth.claims[name], got \'destination.labels[app]\''],
    ['request.headers', ['a'], 'key of a condition must be an attribute such as'],
    ['request.headers[]', ['a'], 'key of a condition must be an attribute such as'],
    ['source.ip', undefined, 'a condition on source.ip must have at least one of values, notValues, got none'],
    ['source.ip', [], 'values of a condition on source.ip must have at least one value, got none'],
    ['source.ip', ['localhost'], 'values of a condition on source.ip must be an IP address or a CIDR block'],
    ['destination.port', ['http'], 'values of a condition on destination.port must be a port number, got \'http\''],
    ['source.serviceAccount', ['*'], 'values of a condition on source.serviceAccount must be name or namespace/name without \'*\''],
    ['source.principal', ['spiffe://a'], 'leave out spiffe://'],
    ['request.headers[a]', [''], 'values of a condition on request.headers[a] must not be empty'],
  ])('on %s with %j is refused', (key, values, message) => {
    expect(() => allow({ conditions: [{ key, values }] })).toThrow(message);
  });

  test.each(['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal', 'request.auth.claims[iss]'])(
    'for an external authorizer is not about %s', key => {
      expect(() => ask({ conditions: [{ key, values: ['web'] }] }))
        .toThrow(`a condition of a policy with action CUSTOM takes no key ${key}: say it in a second policy with action ALLOW or DENY`);
    });
});

test.each<[AuthorizationRule, string]>([
  [{ sources: [] }, 'sources of an AuthorizationPolicy rule must have at least one entry, got none: leave sources out to mean any'],
  [{ operations: [] }, 'operations of an AuthorizationPolicy rule must have at least one entry, got none'],
  [{ conditions: [] }, 'conditions of an AuthorizationPolicy rule must have at least one entry, got none'],
  [{ sources: Array(513).fill({ namespaces: ['shop'] }) }, 'an AuthorizationPolicy rule takes at most 512 sources, got 513'],
])('a rule with a wrong list is refused (%#)', (rule, message) => {
  expect(() => allow(rule)).toThrow(message);
});
