import { Size } from 'cdk8s';
import { CERTIFICATE, Door } from './istio-edge-gateway';
import {
  ExtensionProvider, GatewayClass, GatewayEdge, GatewayForm, GatewayHost, JwtRule, ProviderService, RateLimitUnit, TrafficExtensionFilter,
} from '../../src';

const hosts = [
  GatewayHost.https('shop.example.com', CERTIFICATE), GatewayHost.http('plain.example.com'), GatewayHost.passthrough('db.example.com'), GatewayHost.tcp(5432),
];
const limit = (edge: GatewayEdge, named?: string[]) => edge.limitBody(Size.mebibytes(1), { hosts: named });

describe('a verb of the edge', () => {
  test('is for hosts that the gateway serves', () => {
    const { gateway } = new Door(undefined, { hosts });

    expect(() => limit(gateway.edge, ['other.example.com'])).toThrow("gateway 'door' does not serve 'other.example.com': " +
      'it serves shop.example.com, plain.example.com, db.example.com, *; call addHost before, and name the host as it is there');
  });

  test('is for a host that is added before', () => {
    const { gateway } = new Door(undefined, { hosts });
    gateway.addHost(GatewayHost.http('late.example.com'));

    expect(limit(gateway.edge, ['late.example.com'])).toBe(gateway.edge);
  });

  test.each([
    ['db.example.com', "gateway 'door' sees no requests of host 'db.example.com', which speaks TLS: name hosts of GatewayHost.https or http"],
    ['*', "gateway 'door' sees no requests of port 5432, which speaks TCP: name hosts of GatewayHost.https or http"],
  ])('is not for what is no HTTP: %s', (host, message) => {
    const { gateway } = new Door(undefined, { hosts });

    expect(() => limit(gateway.edge, [host])).toThrow(message);
  });

  test('names hosts, or is for all', () => {
    const { gateway } = new Door(undefined, { hosts });

    expect(() => limit(gateway.edge, [])).toThrow("hosts of gateway 'door' must name at least one, got none: leave them out for all");
  });

  test.each<[string, string[] | undefined, string[] | undefined, string, string]>([
    ['a host twice', ['shop.example.com'], ['plain.example.com', 'shop.example.com'], 'shop.example.com', 'plain.example.com, shop.example.com'],
    ['a host, and then all', ['shop.example.com'], undefined, 'shop.example.com', 'every host'],
    ['all, and then a host', undefined, ['shop.example.com'], 'every host', 'shop.example.com'],
    ['all twice', undefined, undefined, 'every host', 'every host'],
  ])('is said once: %s', (_, first, second, before, after) => {
    const { gateway } = new Door(undefined, { hosts });
    limit(gateway.edge, first);

    expect(() => limit(gateway.edge, second)).toThrow(`gateway 'door' has its body for ${before} already, got ${after}: name other hosts in each`);
  });

  test('is said of each host by itself, under names of their own', () => {
    const door = new Door(undefined, { hosts });
    limit(limit(door.gateway.edge, ['shop.example.com']), ['plain.example.com']);

    expect(door.all('EnvoyFilter').map(({ metadata }) => metadata.name)).toEqual(['door-body-shop-example-com', 'door-body-plain-example-com']);
  });

  test('of several words has them in names and messages', () => {
    const door = new Door(undefined, { hosts });
    const limits = [{ requests: 1, per: RateLimitUnit.SECOND }];
    door.gateway.edge.limitRate({ limits });

    expect(door.all('EnvoyFilter')[0].metadata.name).toBe('door-rate-limit');
    expect(() => door.gateway.edge.limitRate({ limits })).toThrow("gateway 'door' has its rate-limit for every host already");
  });
});

describe('a class whose policies are not known', () => {
  const verbs: [string, string, (edge: GatewayEdge) => unknown][] = [
    ['requireJwt', 'ask for tokens', edge => edge.requireJwt({ rules: [JwtRule.issuer('https://issuer.example.com')] })],
    ['authorizeBy', 'have an authorizer decide', edge => edge.authorizeBy(ExtensionProvider.named('opa'))],
    ['restrictAddresses', 'restrict addresses', edge => edge.restrictAddresses({ allowed: ['10.0.0.0/8'] })],
    ['limitRate', 'limit rates', edge => edge.limitRate({ limits: [] })],
    ['limitRateBy', 'limit rates together', edge => edge.limitRateBy(ProviderService.serviceName('limiter', 'edge', 8081), { limits: [] })],
    ['allowOrigins', 'allow origins', edge => edge.allowOrigins({ policy: {} })],
    ['cleanHeaders', 'clean headers', edge => edge.cleanHeaders()],
    ['limitBody', 'limit bodies', edge => limit(edge)],
    ['logAccess', 'log access', edge => edge.logAccess()],
    ['extend', 'run filters of your own', edge => edge.extend(TrafficExtensionFilter.lua('function envoy_on_request(handle) end'))],
  ];

  test.each(verbs)('refuses %s', (_, what, call) => {
    const { gateway } = new Door(GatewayForm.provisioned(GatewayClass.NGINX));

    expect(() => call(gateway.edge)).toThrow(`gateway 'door' cannot ${what}: Gateway API has no policy for it, and those of gateway class 'nginx' are its own; ` +
      'write the policy of the class for this Gateway, or use GatewayForm.selfManaged()');
  });
});
