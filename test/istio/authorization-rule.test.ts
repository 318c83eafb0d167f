import { Testing } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationPolicy, AuthorizationRule, AuthorizationSource, ConditionValues, ExtensionProvider,
  IstioIdentity, RequestPrincipal, SourceNamespace, SourceServiceAccount,
} from '../../src';

const opa = AuthorizationAction.custom(ExtensionProvider.named('opa'));
const web = SourceServiceAccount.named('web');

function allow(rule: AuthorizationRule): any {
  const chart = Testing.chart();
  new AuthorizationPolicy(chart, 'Policy', { rules: [rule] });
  return Testing.synth(chart)[0].spec.rules[0];
}

function ask(rule: AuthorizationRule): AuthorizationPolicy {
  return new AuthorizationPolicy(Testing.chart(), 'Policy', { action: opa, rules: [rule] });
}

describe('a source', () => {
  test('has every field', () => {
    expect(allow({
      sources: [{
        principals: [IstioIdentity.of('cluster.local/ns/shop/sa/web')],
        notPrincipals: [IstioIdentity.of('*/sa/guest')],
        requestPrincipals: [RequestPrincipal.issuer('https://example.com')],
        notRequestPrincipals: [RequestPrincipal.ANY],
        namespaces: [SourceNamespace.named('shop'), SourceNamespace.prefix('shop-')],
        notNamespaces: [SourceNamespace.named('test')],
        trustDomains: ['cluster.local', '*.example.com'],
        notTrustDomains: ['old.*'],
        ipBlocks: ['10.0.0.0/8', '2001:db8::1'],
        notIpBlocks: ['10.1.2.3'],
        remoteIpBlocks: ['203.0.113.0/24'],
        notRemoteIpBlocks: ['203.0.113.7'],
      }],
    })).toEqual({
      from: [{
        source: {
          principals: ['cluster.local/ns/shop/sa/web'],
          notPrincipals: ['*/sa/guest'],
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
        },
      }],
    });
  });

  test('has service accounts in place of identities', () => {
    expect(allow({ sources: [{ serviceAccounts: [web, SourceServiceAccount.inNamespace('shop', 'web')], notServiceAccounts: [SourceServiceAccount.named('guest')] }] }))
      .toEqual({ from: [{ source: { serviceAccounts: ['web', 'shop/web'], notServiceAccounts: ['guest'] } }] });
  });

  test.each<[AuthorizationSource, string]>([
    [{}, 'a source must have at least one of principals, notPrincipals, requestPrincipals'],
    [{ principals: [] }, 'principals of a source must have at least one value, got none: leave principals out to mean any'],
    [{ trustDomains: ['cluster.local/ns/shop'] }, 'trustDomains of a source must not contain \'/\', got \'cluster.local/ns/shop\': use principals'],
    [{ notTrustDomains: ['a*b'] }, 'notTrustDomains of a source must have at most one \'*\', first or last, got \'a*b\''],
    [{ ipBlocks: ['10.0.0.0/33'] }, 'ipBlocks of a source must be an IP address or a CIDR block'],
    [{ notRemoteIpBlocks: ['localhost'] }, 'notRemoteIpBlocks of a source must be an IP address or a CIDR block'],
    [{ serviceAccounts: [...Array(17).keys()].map(n => SourceServiceAccount.named(`sa-${n}`)) }, 'a source takes at most 16 service accounts, got 17: use two sources'],
    [{ serviceAccounts: [web], notNamespaces: [SourceNamespace.ANY] }, 'a source takes serviceAccounts or notNamespaces, got both: leave notNamespaces out, or use two rules'],
    [{ notServiceAccounts: [web], principals: [IstioIdentity.ANY] }, 'a source takes notServiceAccounts or principals, got both'],
  ])('is refused (%#)', (source, message) => {
    expect(() => allow({ sources: [source] })).toThrow(message);
  });

  const late: AuthorizationSource = {
    principals: [IstioIdentity.ANY],
    requestPrincipals: [RequestPrincipal.ANY],
    namespaces: [SourceNamespace.ANY],
    serviceAccounts: [web],
    trustDomains: ['*'],
  };
  test.each(Object.entries(late).flatMap(([field, values]) => [[field, values], [`not${field[0].toUpperCase()}${field.slice(1)}`, values]]))(
    'of an external authorizer has no %s', (field, values) => {
      expect(() => ask({ sources: [{ [field]: values }] }))
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
    [{ hosts: ['*a*'] }, 'hosts of an operation must have at most one \'*\', first or last, got \'*a*\''],
    [{ ports: [0] }, 'ports of an operation must be between 1 and 65535, got 0'],
    [{ notPorts: [80.5] }, 'notPorts of an operation must be between 1 and 65535, got 80.5'],
    [{ paths: ['/users/{id}'] }, 'paths of an operation must be a path, with \'*\' at one end, or with whole segments {*} and at last one {**}, got \'/users/{id}\''],
    [{ paths: ['/users/x{*}'] }, 'got \'/users/x{*}\''],
    [{ paths: ['/{**}/a/{*}'] }, 'got \'/{**}/a/{*}\''],
    [{ paths: ['/{**}/{**}'] }, 'got \'/{**}/{**}\''],
    [{ paths: ['/a/*/{*}'] }, 'got \'/a/*/{*}\''],
    [{ paths: ['/a/*/b'] }, 'got \'/a/*/b\''],
    [{ paths: ['*/a/*'] }, 'got \'*/a/*\''],
    [{ notPaths: ['/a b/{*}'] }, 'got \'/a b/{*}\''],
  ])('%j is refused', (operation, message) => {
    expect(() => allow({ operations: [operation] })).toThrow(message);
  });
});

describe('a condition', () => {
  const conditions = (values: (list: any[]) => object): [string, any, AuthorizationCondition][] => [
    ['request.headers[x-tenant]', 'a*b', AuthorizationCondition.requestHeader('x-tenant', values(['a*b']))],
    ['request.headers[:path]', '/a', AuthorizationCondition.requestHeader(':path', values(['/a']))],
    ['source.ip', '10.0.0.0/8', AuthorizationCondition.sourceIp(values(['10.0.0.0/8']))],
    ['remote.ip', '10.1.2.3', AuthorizationCondition.remoteIp(values(['10.1.2.3']))],
    ['source.namespace', 'shop', AuthorizationCondition.sourceNamespace(values([SourceNamespace.named('shop')]))],
    ['source.serviceAccount', 'shop/web', AuthorizationCondition.sourceServiceAccount(values([SourceServiceAccount.inNamespace('shop', 'web')]))],
    ['source.principal', 'cluster.local/ns/shop/sa/web', AuthorizationCondition.sourcePrincipal(values([IstioIdentity.serviceAccountName('shop', 'web')]))],
    ['source.trustDomain', 'cluster.local', AuthorizationCondition.sourceTrustDomain(values(['cluster.local']))],
    ['request.auth.principal', 'https://example.com/*', AuthorizationCondition.requestPrincipal(values([RequestPrincipal.issuer('https://example.com')]))],
    ['request.auth.audiences', 'shop', AuthorizationCondition.audiences(values(['shop']))],
    ['request.auth.presenter', 'shop', AuthorizationCondition.presenter(values(['shop']))],
    ['request.auth.claims[iss]', 'https://example.com', AuthorizationCondition.claim(['iss'], values(['https://example.com']))],
    ['request.auth.claims[nested][groups]', 'admins', AuthorizationCondition.claim(['nested', 'groups'], values(['admins']))],
    ['destination.ip', '10.1.2.3', AuthorizationCondition.destinationIp(values(['10.1.2.3']))],
    ['destination.port', '8080', AuthorizationCondition.destinationPort(values([8080]))],
    ['connection.sni', '*.example.com', AuthorizationCondition.sni(values(['*.example.com']))],
    ['experimental.envoy.filters.network.mysql_proxy[db.table]', '[update]',
      AuthorizationCondition.envoyFilter('envoy.filters.network.mysql_proxy', 'db.table', values(['[update]']))],
  ];

  test.each(conditions(values => ({ values })))('may be about %s', (key, value, condition) => {
    expect(allow({ conditions: [condition] })).toEqual({ when: [{ key, values: [value] }] });
  });

  test.each(conditions(notValues => ({ notValues })))('may exclude values of %s', (key, value, condition) => {
    expect(allow({ conditions: [condition] })).toEqual({ when: [{ key, notValues: [value] }] });
  });

  test.each<[string, (values: ConditionValues) => AuthorizationCondition, any, string]>([
    ['no header', values => AuthorizationCondition.requestHeader('a b', values), ['a'], 'header of a condition must be the name of an HTTP header, got \'a b\''],
    ['no values', AuthorizationCondition.sourceIp, undefined, 'a condition on source.ip must have at least one of values, notValues, got none'],
    ['an empty list', AuthorizationCondition.sourceIp, [], 'values of a condition on source.ip must have at least one value, got none: leave values out to mean any'],
    ['no address', AuthorizationCondition.sourceIp, ['localhost'], 'values of a condition on source.ip must be an IP address or a CIDR block'],
    ['no trust domain', AuthorizationCondition.sourceTrustDomain, ['a/b'], 'values of a condition on source.trustDomain must not contain \'/\''],
    ['an empty text', AuthorizationCondition.audiences, [''], 'values of a condition on request.auth.audiences must not be empty'],
    ['a star inside', AuthorizationCondition.sni, ['a*b'], 'values of a condition on connection.sni must have at most one \'*\''],
    ['no claim', values => AuthorizationCondition.claim([], values), ['a'],
      'claim of a condition must be names without brackets, got []: pass [\'groups\'], or [\'realm_access\', \'roles\']'],
    ['a claim with brackets', values => AuthorizationCondition.claim(['a[b]'], values), ['a'], 'got ["a[b]"]'],
    ['no filter', values => AuthorizationCondition.envoyFilter('mysql', 'a', values), ['a'],
      'filter of a condition must be one of Envoy\'s such as envoy.filters.network.mysql_proxy, got \'mysql\''],
    ['no key of a filter', values => AuthorizationCondition.envoyFilter('envoy.filters.a', '', values), ['a'], 'key of a filter condition must not be empty'],
  ])('with %s is refused', (_, make, values, message) => {
    expect(() => make({ values })).toThrow(message);
  });

  test('takes ports, and 16 service accounts', () => {
    expect(() => AuthorizationCondition.destinationPort({ values: [0] })).toThrow('values of a condition on destination.port must be between 1 and 65535, got 0');
    expect(() => AuthorizationCondition.destinationPort({ notValues: [80.5] })).toThrow('notValues of a condition on destination.port must be between 1 and 65535');
    expect(() => AuthorizationCondition.sourceServiceAccount({ notValues: Array(17).fill(web) }))
      .toThrow('a condition on source.serviceAccount takes at most 16 values, got 17: use a second rule');
    expect(() => AuthorizationCondition.sni({ notValues: [''] })).toThrow('notValues of a condition on connection.sni must not be empty');
  });

  const late = /^source\.(namespace|serviceAccount|principal|trustDomain)|^request\.auth\./;
  test.each(conditions(values => ({ values })))('for an external authorizer is what is known before (%s)', (key, _, condition) => {
    const rule = () => ask({ conditions: [condition] });
    if (late.test(key)) {
      expect(rule).toThrow(`a condition of a policy with action CUSTOM takes no key ${key}: say it in a second policy with action ALLOW or DENY`);
    } else {
      expect(rule).not.toThrow();
    }
  });
});

test.each<[AuthorizationRule, string]>([
  [{ sources: [] }, 'sources of an AuthorizationPolicy rule must have at least one entry, got none: leave sources out to mean any'],
  [{ operations: [] }, 'operations of an AuthorizationPolicy rule must have at least one entry, got none'],
  [{ conditions: [] }, 'conditions of an AuthorizationPolicy rule must have at least one entry, got none'],
  [{ sources: Array(513).fill({ namespaces: [SourceNamespace.ANY] }) }, 'an AuthorizationPolicy rule takes at most 512 sources, got 513'],
])('a rule with a wrong list is refused (%#)', (rule, message) => {
  expect(() => allow(rule)).toThrow(message);
});
