import { CERTIFICATE, Door, OWN, PROVISIONED } from './istio-edge-gateway';
import { GatewayHost, JwtRequirement, JwtRule } from '../../src';

const rule = JwtRule.issuer('https://issuer.example.com', { audiences: ['shop'] });
const partners = JwtRule.issuer('https://partners.example.com');
const https = (host: string) => GatewayHost.https(host, CERTIFICATE);
const policies = (door: Door) => door.all('AuthorizationPolicy').map(({ metadata, spec }) => [metadata.name, spec]);

test('tokens are needed at every host with TLS, and port 80 redirects as before', () => {
  const door = new Door();
  door.gateway.edge.requireJwt({ rules: [rule] });

  expect(door.all('RequestAuthentication')[0]).toMatchObject({
    metadata: { name: 'door-jwt', namespace: 'edge', labels: { 'app.kubernetes.io/component': 'meshed-gateway', 'app.kubernetes.io/name': 'door' } },
    spec: { selector: { matchLabels: {} }, jwtRules: [{ issuer: 'https://issuer.example.com', audiences: ['shop'] }] },
  });
  expect(policies(door)).toEqual([['door-jwt-required', {
    selector: door.all('RequestAuthentication')[0].spec.selector,
    action: 'DENY',
    rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }], to: [{ operation: { ports: ['443'] } }] }],
  }]]);
});

test('a provisioned gateway is found by its Gateway', () => {
  const door = new Door(PROVISIONED);
  door.gateway.edge.requireJwt({ rules: [rule] });

  const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'door' }];
  expect(door.all('RequestAuthentication')[0].spec.targetRefs).toEqual(targetRefs);
  expect(door.all('AuthorizationPolicy')[0].spec.targetRefs).toEqual(targetRefs);
});

test('hosts without TLS need them on port 80, also those that come later', () => {
  const door = new Door(OWN, { hosts: [https('shop.example.com'), GatewayHost.http('plain.example.com')] });
  door.gateway.edge.requireJwt({ rules: [rule] });
  door.gateway.addHost(GatewayHost.http('*.late.example.com')).addHost(https('other.example.com'));

  expect(policies(door)[0][1].rules.map(({ to }: any) => to[0].operation)).toEqual([
    { ports: ['443'] }, { hosts: ['plain.example.com', 'plain.example.com:*'], ports: ['80'] }, { ports: ['80'] },
  ]);
});

test('TLS that is passed on at the same port needs none', () => {
  const door = new Door(OWN, { hosts: [https('shop.example.com'), GatewayHost.passthrough('*.db.example.com'), GatewayHost.passthrough('a.example.com', 9443)] });
  door.gateway.edge.requireJwt({ rules: [rule] });

  expect(policies(door)[0][1].rules[0].when).toEqual([{ key: 'connection.sni', notValues: ['*.db.example.com'] }]);
});

test('TLS that is passed on must be known before', () => {
  const { gateway } = new Door();
  gateway.edge.requireJwt({ rules: [rule] });

  expect(() => gateway.addHost(GatewayHost.passthrough('db.example.com'))).toThrow("gateway 'door' cannot pass on host 'db.example.com': it is to ask for tokens " +
    'on the same port 443, which would close it; add the host before that is said, or give it a port of its own');
  expect(() => gateway.addHost(GatewayHost.passthrough('other.example.com', 9443)).addHost(GatewayHost.tcp(5432))).not.toThrow();
});

test('what is passed on must not cover a host that needs tokens, whichever came first', () => {
  const message = "gateway 'door' cannot ask for tokens at host 'shop.example.com': its server name is one of '*.example.com' as well, " +
    'which is passed on at the same port; give the latter a port of its own';
  const both = new Door(OWN, { hosts: [https('shop.example.com'), GatewayHost.passthrough('*.example.com')] });
  const later = new Door(OWN, { hosts: [GatewayHost.http('plain.example.net'), GatewayHost.passthrough('*.example.com')] });
  later.gateway.edge.requireJwt({ rules: [rule] });

  expect(() => both.gateway.edge.requireJwt({ rules: [rule] })).toThrow(message);
  expect(() => later.gateway.addHost(https('shop.example.com'))).toThrow(message);
});

test('each host takes the tokens of its own issuers', () => {
  const door = new Door(OWN, { hosts: [https('shop.example.com'), https('api.example.com')] });
  door.gateway.edge.requireJwt({ hosts: ['shop.example.com'], rules: [rule] }).requireJwt({ hosts: ['api.example.com'], rules: [partners, rule] });

  expect(door.all('RequestAuthentication')).toHaveLength(1);
  expect(door.all('RequestAuthentication')[0].spec.jwtRules.map(({ issuer }: any) => issuer)).toEqual(['https://issuer.example.com', 'https://partners.example.com']);
  expect(policies(door).map(([name, { rules }]) => [name, rules])).toEqual([
    ['door-jwt-shop-example-com-required', [{
      from: [{ source: { notRequestPrincipals: ['https://issuer.example.com/*'] } }],
      to: [{ operation: { hosts: ['shop.example.com', 'shop.example.com:*'], ports: ['443'] } }],
    }]],
    ['door-jwt-api-example-com-required', [{
      from: [{ source: { notRequestPrincipals: ['https://partners.example.com/*', 'https://issuer.example.com/*'] } }],
      to: [{ operation: { hosts: ['api.example.com', 'api.example.com:*'], ports: ['443'] } }],
    }]],
  ]);
});

test('a token of another host is none, even where none is needed', () => {
  const door = new Door(OWN, { hosts: [https('shop.example.com'), GatewayHost.http('plain.example.com')] });
  door.gateway.edge
    .requireJwt({ hosts: ['shop.example.com'], rules: [rule], tokens: JwtRequirement.requiredExcept({ paths: ['/healthz'], methods: ['OPTIONS'] }) })
    .requireJwt({ hosts: ['plain.example.com'], rules: [partners], tokens: JwtRequirement.OPTIONAL });

  expect(policies(door).map(([, { rules }]) => rules)).toEqual([
    [
      {
        from: [{ source: { requestPrincipals: ['*'], notRequestPrincipals: ['https://issuer.example.com/*'] } }],
        to: [{ operation: { hosts: ['shop.example.com', 'shop.example.com:*'], ports: ['443'] } }],
      },
      {
        from: [{ source: { notRequestPrincipals: ['https://issuer.example.com/*'] } }],
        to: [{ operation: { hosts: ['shop.example.com', 'shop.example.com:*'], ports: ['443'], notMethods: ['OPTIONS'], notPaths: ['/healthz'] } }],
      },
    ],
    [{
      from: [{ source: { requestPrincipals: ['*'], notRequestPrincipals: ['https://partners.example.com/*'] } }],
      to: [{ operation: { hosts: ['plain.example.com', 'plain.example.com:*'], ports: ['80'] } }],
    }],
  ]);
});

test('where all hosts take tokens and need none, nothing is denied by a policy', () => {
  const door = new Door();
  door.gateway.edge.requireJwt({ rules: [rule], tokens: JwtRequirement.OPTIONAL });

  expect(door.all('RequestAuthentication')).toHaveLength(1);
  expect(policies(door)).toEqual([]);
});

test('any issuer is taken only where nobody asks for another', () => {
  const any = JwtRule.anyIssuer('https://issuer.example.com/keys');
  const door = new Door(OWN, { hosts: [https('shop.example.com'), https('api.example.com')] });
  door.gateway.edge.requireJwt({ hosts: ['shop.example.com'], rules: [any] });

  expect(policies(door)[0][1].rules[0].from).toEqual([{ source: { notRequestPrincipals: ['*'] } }]);
  expect(() => door.gateway.edge.requireJwt({ hosts: ['api.example.com'], rules: [rule] })).toThrow(
    "gateway 'door' would take tokens of JwtRule.anyIssuer at hosts that ask for others: say it once for all hosts, or name the issuers");
});

test('an issuer has the same rules at each host', () => {
  const { gateway } = new Door(OWN, { hosts: [https('shop.example.com'), https('api.example.com')] });
  gateway.edge.requireJwt({ hosts: ['shop.example.com'], rules: [rule] });

  expect(() => gateway.edge.requireJwt({ hosts: ['api.example.com'], rules: [JwtRule.issuer('https://issuer.example.com')] })).toThrow(
    "issuer 'https://issuer.example.com' has other rules at gateway 'door' already, which hold for all of its hosts: " +
    'pass the same rules for each host, or use a gateway of its own');
});

test('there is a rule, and hosts say where', () => {
  const { edge } = new Door().gateway;

  expect(() => edge.requireJwt({ rules: [] })).toThrow("rules of tokens of gateway 'door' must have at least one, got none: pass JwtRule.issuer(...)");
  expect(() => new Door().gateway.edge.requireJwt({ rules: [rule], tokens: JwtRequirement.requiredAt([443]) })).toThrow(
    "tokens of gateway 'door' are needed by host, got ports: pass hosts, and use JwtRequirement.requiredExcept");
});

test('wildcards are not told apart', () => {
  const { edge } = new Door(OWN, { hosts: [https('*.example.com')] }).gateway;

  expect(() => edge.requireJwt({ hosts: ['*.example.com'], rules: [rule] })).toThrow("gateway 'door' cannot ask for tokens at host '*.example.com': " +
    'Istio knows what is below it by the hosts of routes only; leave hosts out for all, or serve each host by a GatewayHost of its own');
});
