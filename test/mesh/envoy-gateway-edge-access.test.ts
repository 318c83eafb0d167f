import { Duration, Size } from 'cdk8s';
import { Deployment, ServiceAccount } from 'cdk8s-plus-28';
import { door, Door } from './envoy-gateway-door';
import {
  Certificate, ClientAddress, EnvoyExtAuthzHttpOptions, ExtensionProvider, GatewayHost, HttpCorsMethod, JwtIssuerOptions, JwtKeys,
  JwtRequirement, JwtRule, LinkerdMesh, MeshNamespace, MeshWorkload, ProviderService,
} from '../../src';

const ISSUER = 'https://issuer.example.com';
const JWKS = '{"keys":[{"kty":"EC","crv":"P-256","x":"_sVshFt-tBFzGtMNCZDb8blGDKhLqm5rCYSjD8JJJLw","y":"xea18qUagyrvonIsVvmyxRQyUP_IwnqQAe26lSCy5PM"}]}';
const AUTHORIZER = ProviderService.serviceName('authorizer', 'auth', 9000);
const REDIRECT = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'door-redirect' };

function rule(options: JwtIssuerOptions = {}): JwtRule {
  return JwtRule.issuer(ISSUER, { keys: JwtKeys.uri('https://issuer.example.com/keys'), forwardOriginalToken: true, ...options });
}

function overHttp(options: Partial<EnvoyExtAuthzHttpOptions> = {}): ExtensionProvider {
  return ExtensionProvider.envoyExtAuthzHttp('oauth', { service: AUTHORIZER, timeout: Duration.seconds(1), ...options });
}

describe('requireJwt of Envoy Gateway', () => {
  test('asks for tokens of issuers at the whole gateway, but not where it redirects', () => {
    const { edge, all } = new Door();

    edge.requireJwt({
      rules: [
        rule({ audiences: ['shop'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }] }),
        rule({ keys: JwtKeys.json(JWKS), fromHeaders: [{ name: 'x-token', prefix: 'Token ' }], fromParams: ['token'], fromCookies: ['session'] }),
      ],
    });

    expect(all('SecurityPolicy')).toEqual({
      'door': {
        targetRefs: [door()],
        jwt: {
          providers: [
            {
              name: 'rule-1',
              issuer: ISSUER,
              audiences: ['shop'],
              remoteJWKS: { uri: 'https://issuer.example.com/keys' },
              claimToHeaders: [{ claim: 'sub', header: 'x-user' }],
            },
            {
              name: 'rule-2',
              issuer: ISSUER,
              localJWKS: { type: 'Inline', inline: JWKS },
              extractFrom: { headers: [{ name: 'x-token', valuePrefix: 'Token ' }], params: ['token'], cookies: ['session'] },
            },
          ],
        },
      },
      'door-redirect': { targetRefs: [REDIRECT], authorization: { defaultAction: 'Allow' } },
    });
  });

  test('lets requests without a token pass where they may', () => {
    const { edge, all } = new Door();

    edge.requireJwt({ rules: [rule()], tokens: JwtRequirement.OPTIONAL });

    expect(all('SecurityPolicy').door.jwt.optional).toBe(true);
  });

  test('of any issuer', () => {
    const { edge, all } = new Door();

    edge.requireJwt({ rules: [JwtRule.anyIssuer('https://keys.example.com/', { forwardOriginalToken: true })] });

    expect(all('SecurityPolicy').door.jwt.providers).toEqual([{ name: 'rule-1', remoteJWKS: { uri: 'https://keys.example.com/' } }]);
  });

  test('exempts a redirect that comes with a host added later, once', () => {
    const { edge, all, gateway } = new Door({ hosts: [GatewayHost.http('plain.example.com')] });
    edge.requireJwt({ rules: [rule()] });
    expect(Object.keys(all('SecurityPolicy'))).toEqual(['door']);

    gateway.addHost(GatewayHost.https('a.example.com', Certificate.fromSecretName('tls'))).addHost(GatewayHost.https('b.example.com', Certificate.fromSecretName('tls')));

    expect(Object.keys(all('SecurityPolicy'))).toEqual(['door', 'door-redirect']);
  });

  test.each<[string, JwtRule[], JwtRequirement | undefined, string]>([
    ['exceptions', [rule()], JwtRequirement.requiredExcept({ paths: ['/healthz'] }), "gateway 'door' cannot ask for tokens of some requests only: " +
      'a SecurityPolicy asks for them on whole routes; give what is open a route with a SecurityPolicy of its own'],
    ['ports', [rule()], JwtRequirement.requiredAt([443]), 'cannot ask for tokens of some requests only'],
    ['no rule', [], undefined, "tokens of gateway 'door' need at least one rule, got none: pass JwtRule.issuer"],
    ['17 rules', Array.from({ length: 17 }, () => rule()), undefined, "rules of tokens of gateway 'door' must be at most 16, got 17: have fewer issuers"],
    ['9 audiences', [rule({ audiences: [...'abcdefghi'] })], undefined,
      "audiences of a rule of gateway 'door' must be at most 8, got 9: Envoy Gateway takes no more; write a rule for the others"],
    ['a long URL', [rule({ keys: JwtKeys.uri(`https://${'k'.repeat(250)}/`) })], undefined,
      "characters of jwksUri of a rule of gateway 'door' must be at most 253, got 259: Envoy Gateway takes no more"],
    ['an issuer with a colon that is no URL', [JwtRule.issuer(':me', { keys: JwtKeys.json(JWKS), forwardOriginalToken: true })], undefined,
      "gateway 'door' cannot ask for tokens of issuer ':me': Envoy Gateway takes a colon only in URLs; rename the issuer"],
    ['keys to be looked up', [rule({ keys: undefined })], undefined, "gateway 'door' cannot look up the keys of issuer 'https://issuer.example.com': " +
      'Envoy Gateway reads no OpenID configuration for tokens; pass keys: JwtKeys.uri(...)'],
    ['the payload as a header', [rule({ outputPayloadToHeader: 'x-payload' })], undefined,
      "gateway 'door' cannot do what outputPayloadToHeader of a JwtRule says: a SecurityPolicy has no field for it; leave it out"],
    ['claims with blanks', [rule({ spaceDelimitedClaims: ['roles'] })], undefined, 'cannot do what spaceDelimitedClaims of a JwtRule says'],
    ['a timeout', [rule({ timeout: Duration.seconds(1) })], undefined, 'cannot do what timeout of a JwtRule says'],
    ['tokens that it keeps', [rule({ forwardOriginalToken: false })], undefined,
      "gateway 'door' cannot keep tokens to itself: Envoy Gateway always sends them on; pass forwardOriginalToken: true to each JwtRule"],
  ])('refuses %s', (_, rules, tokens, message) => {
    const { edge } = new Door();

    expect(() => edge.requireJwt({ rules, tokens })).toThrow(message);
  });
});

describe('authorizeBy of Envoy Gateway', () => {
  test('has an authorizer with HTTP decide, whose namespace permits it', () => {
    const { edge, all } = new Door();

    edge.authorizeBy(overHttp({
      pathPrefix: '/check',
      includeRequestHeadersInCheck: ['cookie'],
      headersToUpstreamOnAllow: ['x-user'],
      includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(4) },
      failOpen: true,
      clearRouteCache: true,
      statusOnError: 503,
    }));

    expect(all('SecurityPolicy')).toEqual({
      'door': {
        targetRefs: [door()],
        extAuth: {
          http: { backendRefs: [{ name: 'authorizer', namespace: 'auth', port: 9000 }], path: '/check', headersToBackend: ['x-user'] },
          headersToExtAuth: ['cookie'],
          bodyToExtAuth: { maxRequestBytes: 4096 },
          timeout: '1s',
          failOpen: true,
          recomputeRoute: true,
          statusOnError: 503,
        },
      },
      'door-redirect': { targetRefs: [REDIRECT], authorization: { defaultAction: 'Allow' } },
    });
    expect(Object.values(all('ReferenceGrant'))).toEqual([{
      from: [{ group: 'gateway.envoyproxy.io', kind: 'SecurityPolicy', namespace: 'edge' }],
      to: [{ group: '', kind: 'Service', name: 'authorizer' }],
    }]);
  });

  test('has one with gRPC decide, in the namespace of the gateway, for some hosts', () => {
    const { edge, all } = new Door();

    edge.authorizeBy(ExtensionProvider.envoyExtAuthzGrpc('opa', { service: ProviderService.host('opa.edge.svc.cluster.local', 9191, 'edge'), timeout: Duration.millis(200) }), {
      hosts: ['admin.example.com'],
    });

    expect(all('SecurityPolicy')['door-admin-example-com']).toEqual({
      targetRefs: [door('https-admin-example-com'), door('http-admin-example-com')],
      extAuth: { grpc: { backendRefs: [{ name: 'opa', namespace: 'edge', port: 9191 }] }, timeout: '200ms' },
    });
    expect(all('ReferenceGrant')).toEqual({});
  });

  test.each<[string, () => ExtensionProvider, object, string]>([
    ['paths', overHttp, { paths: ['/admin'] }, "gateway 'door' cannot have paths tell which requests 'oauth' decides on: " +
      'a SecurityPolicy has it decide on whole routes; give what is open a route with a SecurityPolicy of its own'],
    ['exceptions of paths', overHttp, { exceptPaths: ['/healthz'] }, 'cannot have exceptPaths tell which'],
    ['exceptions of methods', overHttp, { exceptMethods: ['OPTIONS'] }, 'cannot have exceptMethods tell which'],
    ['one of the mesh configuration', () => ExtensionProvider.named('there'), {}, "gateway 'door' cannot have 'there' decide: " +
      'Envoy Gateway does not read the mesh configuration; pass ExtensionProvider.envoyExtAuthzHttp or envoyExtAuthzGrpc'],
    ['one outside', () => overHttp({ service: ProviderService.host('auth.example.com', 443) }), {},
      "gateway 'door' cannot have 'oauth' decide at 'auth.example.com': Envoy Gateway refers to Services; pass ProviderService.service or serviceName"],
    ['more headers', () => overHttp({ includeAdditionalHeadersInCheck: { 'x-from': 'edge' } }), {},
      "gateway 'door' cannot do what includeAdditionalHeadersInCheck of 'oauth' says: a SecurityPolicy has no field for it; leave it out"],
    ['headers for refused clients', () => overHttp({ headersToDownstreamOnDeny: ['set-cookie'] }), {}, 'cannot do what headersToDownstreamOnDeny of'],
    ['headers for other clients', () => overHttp({ headersToDownstreamOnAllow: ['set-cookie'] }), {}, 'cannot do what headersToDownstreamOnAllow of'],
    ['parts of bodies', () => overHttp({ includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(1), allowPartialMessage: true } }), {},
      'cannot do what allowPartialMessage of'],
    ['patterns of headers', () => overHttp({ headersToUpstreamOnAllow: ['x-auth-*'] }), {},
      "gateway 'door' cannot pass the headers 'x-auth-*' of 'oauth': Envoy Gateway takes whole names; name each header"],
    ['a status that is no error', () => overHttp({ statusOnError: 302 }), {},
      "gateway 'door' cannot answer 302 when 'oauth' cannot be asked: Envoy Gateway takes errors only; pass a statusOnError from 400"],
  ])('refuses %s', (_, provider, options, message) => {
    const { edge } = new Door();

    expect(() => edge.authorizeBy(provider(), options)).toThrow(message);
  });
});

test('an authorizer of the mesh lets the gateway ask it', () => {
  const { chart, edge, all, gateway } = new Door({ options: { serviceAccount: 'door' } });
  const auth = new MeshNamespace(chart, 'Auth', { mesh: gateway.namespace.mesh, name: 'auth' });
  auth.close();
  const account = new ServiceAccount(chart, 'Account', { metadata: { name: 'authorizer', namespace: 'auth' } });
  const workload = new Deployment(chart, 'Authorizer', {
    metadata: { name: 'authorizer', namespace: 'auth' }, serviceAccount: account, containers: [{ image: 'registry.example.com/authorizer:1', portNumber: 9000 }],
  });

  edge.authorizeBy(overHttp(), { authorizer: new MeshWorkload(chart, 'Workload', { namespace: auth, workload }) });

  const sources = Object.values(all('AuthorizationPolicy')).flatMap(({ rules = [] }) => rules.flatMap((one: any) => one.from ?? []));
  expect(JSON.stringify(sources)).toContain('ns/edge/sa/door');
});

describe('restrictAddresses of Envoy Gateway', () => {
  test('serves those that are allowed and not denied, also where it redirects', () => {
    const { edge, all } = new Door();

    edge.restrictAddresses({ allowed: ['10.0.0.0/8', '2001:db8::1'], denied: ['10.6.6.6'] }).requireJwt({ rules: [rule()] });

    const authorization = {
      defaultAction: 'Deny',
      rules: [
        { name: 'denied', action: 'Deny', principal: { clientCIDRs: ['10.6.6.6/32'] } },
        { name: 'allowed', action: 'Allow', principal: { clientCIDRs: ['10.0.0.0/8', '2001:db8::1/128'] } },
      ],
    };
    expect(all('SecurityPolicy').door.authorization).toEqual(authorization);
    expect(all('SecurityPolicy')['door-redirect']).toEqual({ targetRefs: [REDIRECT], authorization });
  });

  test('serves all but those that are denied', () => {
    const { edge, all } = new Door();

    edge.restrictAddresses({ denied: ['192.0.2.0/24'] });

    expect(all('SecurityPolicy').door.authorization).toEqual({
      defaultAction: 'Allow', rules: [{ name: 'denied', action: 'Deny', principal: { clientCIDRs: ['192.0.2.0/24'] } }],
    });
  });

  test('repeats for a host what is said of all, before or after', () => {
    const { edge, all } = new Door();

    edge.requireJwt({ rules: [rule()], hosts: ['shop.example.com'] }).restrictAddresses({ denied: ['192.0.2.0/24'] });

    expect(Object.keys(all('SecurityPolicy')['door-shop-example-com'])).toEqual(['authorization', 'jwt', 'targetRefs']);
    expect(Object.keys(all('SecurityPolicy').door)).toEqual(['authorization', 'targetRefs']);
  });

  test('needs to know how clients are known', () => {
    const { edge } = new Door({ clientAddress: undefined });

    expect(() => edge.restrictAddresses({ denied: ['10.0.0.1'] })).toThrow("gateway 'door' cannot restrict addresses: nobody said how it learns those of clients, " +
      'and a load balancer in front would be taken for all of them; pass clientAddress to the gateway: ClientAddress.PEER, PROXY_PROTOCOL or forwardedFor(...)');
  });

  test('needs a header where addresses are told by one, now and later', () => {
    const message = "gateway 'door' cannot restrict addresses at port 5432: what is no HTTP has no X-Forwarded-For, so that the proxy in front would be taken for the client";
    const later = new Door();
    later.edge.restrictAddresses({ denied: ['10.0.0.1'] });

    expect(() => new Door({ hosts: [GatewayHost.tcp(5432)] }).edge.restrictAddresses({ denied: ['10.0.0.1'] })).toThrow(message);
    expect(() => later.gateway.addHost(GatewayHost.tcp(5432))).toThrow(message);
    expect(() => new Door({ hosts: [GatewayHost.tcp(5432)], clientAddress: ClientAddress.PROXY_PROTOCOL }).edge.restrictAddresses({ denied: ['10.0.0.1'] })).not.toThrow();
  });

  test.each([
    [{}, "list of addresses of gateway 'door' needs allowed or denied, got none: pass at least one address or block"],
    [{ allowed: [] }, "allowed addresses of gateway 'door' must be at least one, got none: leave the list out"],
    [{ denied: ['10.0.0.0/33'] }, "denied addresses of gateway 'door' must be an IP address or a CIDR block such as 10.0.0.0/8, got '10.0.0.0/33'"],
  ])('refuses %j', (options, message) => {
    expect(() => new Door().edge.restrictAddresses(options)).toThrow(message);
  });
});

test('allowOrigins of Envoy Gateway says who may call, beside the tokens', () => {
  const { edge, all } = new Door();

  edge.requireJwt({ rules: [rule()] }).allowOrigins({
    policy: {
      allowOrigins: ['https://*.example.org'],
      allowMethods: [HttpCorsMethod.PUT],
      allowHeaders: ['authorization'],
      exposeHeaders: ['x-total'],
      allowCredentials: true,
      maxAge: Duration.minutes(10),
    },
  });

  expect(all('SecurityPolicy').door.cors).toEqual({
    allowOrigins: ['https://*.example.org'], allowMethods: ['PUT'], allowHeaders: ['authorization'], exposeHeaders: ['x-total'], allowCredentials: true, maxAge: '600s',
  });
  expect(all('SecurityPolicy').door.jwt).toBeDefined();
});

test('in Linkerd, too', () => {
  const { edge, all } = new Door({ mesh: chart => new LinkerdMesh(chart, 'Mesh') });

  edge.authorizeBy(overHttp());

  expect(Object.keys(all('SecurityPolicy'))).toEqual(['door', 'door-redirect']);
});
