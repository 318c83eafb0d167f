import { Testing } from 'cdk8s';
import { Destination, IstioHost, IstioTcpMatch, IstioTlsMatch, TcpDestination, VirtualService, VirtualServiceGateway } from '../../src';

const gateway = { name: 'egress', namespace: 'egress' };
const stripe = IstioHost.of('api.stripe.com');
const destinations: TcpDestination[] = [{ destination: Destination.host(stripe, { port: 443 }) }];
const service = (host = stripe) => new VirtualService(Testing.chart(), 'Egress', { hosts: [host], gateways: [VirtualServiceGateway.MESH, gateway] });
const tls = (match: IstioTlsMatch, targets = destinations) => service().addTlsRoute({ matches: [match], destinations: targets })._toKube().tls![0];
const tcp = (match: IstioTcpMatch) => service().addTcpRoute({ matches: [match], destinations })._toKube().tcp![0].match;

test('a TLS route writes every field', () => {
  expect(tls({
    sniHosts: ['api.stripe.com'],
    port: 443,
    gateways: [VirtualServiceGateway.MESH],
    destinationSubnets: ['10.0.0.0/8', '::1'],
    sourceLabels: { app: 'web' },
    sourceNamespace: 'shop',
  }, [{ ...destinations[0], weight: 1 }])).toEqual({
    match: [{
      sniHosts: ['api.stripe.com'],
      port: 443,
      gateways: ['mesh'],
      destinationSubnets: ['10.0.0.0/8', '::1'],
      sourceLabels: { app: 'web' },
      sourceNamespace: 'shop',
    }],
    route: [{ destination: { host: 'api.stripe.com', port: { number: 443 } }, weight: 1 }],
  });
});

test('a TCP match writes every field', () => {
  expect(tcp({ port: 443, gateways: [gateway], destinationSubnets: ['10.0.0.1'], sourceLabels: { app: 'web' }, sourceNamespace: 'shop' }))
    .toEqual([{
      port: 443,
      gateways: ['egress/egress'],
      destinationSubnets: ['10.0.0.1'],
      sourceLabels: { app: 'web' },
      sourceNamespace: 'shop',
    }]);
});

test('server names are there, and are what the hosts stand for', () => {
  expect(() => service().addTlsRoute({ matches: [], destinations })).toThrow('a TLS route must have at least one match, got none');
  expect(() => tls({ sniHosts: [] })).toThrow('a TLS match must have at least one of sniHosts, got none');
  expect(() => tls({ sniHosts: ['*.stripe.com'] })).toThrow(
    'server name \'*.stripe.com\' must be one that the hosts of the VirtualService stand for: api.stripe.com');
  expect(() => tls({ sniHosts: ['*'] })).toThrow('server name \'*\' must be one that the hosts');
  expect(() => tls({ sniHosts: ['API'] })).toThrow('server name in sniHosts must be a lower case DNS name');
  expect(() => service(IstioHost.of('*.stripe.com')).addTlsRoute({ matches: [{ sniHosts: ['*.stripe.com', 'a.stripe.com'] }], destinations })).not.toThrow();
});

test('routes have destinations with weights', () => {
  expect(() => tls({ sniHosts: ['api.stripe.com'] }, [])).toThrow('a TLS route must have at least one destination, got none');
  expect(() => service().addTcpRoute({ destinations: [] })).toThrow('a TCP route must have at least one destination, got none');
  expect(() => service().addTcpRoute({ destinations: [...destinations, ...destinations] })).toThrow(
    'a TCP route has 2 destinations, so each needs a weight, got 0 of them');
});

test.each(['10.0.0', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8', '10.0.0.0/', 'a.com'])('%s is no subnet', subnet => {
  expect(() => tcp({ destinationSubnets: [subnet] })).toThrow(
    `destinationSubnets must be an IP address or a CIDR block such as 10.0.0.0/8, got '${subnet}'`);
});

test('gateways of a match are some of the VirtualService', () => {
  expect(() => tcp({ gateways: [{ name: 'other' }] })).toThrow(
    'gateway \'other\' of a match must be one of the VirtualService, which has mesh, egress/egress: add it to gateways');
});

test('the pod of a client is known to sidecars only', () => {
  const atGateway = new VirtualService(Testing.chart(), 'Egress', { hosts: [stripe], gateways: [gateway] });
  expect(() => atGateway.addTcpRoute({ matches: [{ sourceNamespace: 'web' }], destinations })).toThrow(
    'sourceNamespace of a match is about sidecars, but the VirtualService is for egress/egress only');
  expect(() => atGateway.addTlsRoute({ matches: [{ sniHosts: ['api.stripe.com'], sourceLabels: { app: 'web' } }], destinations })).toThrow(
    'sourceLabels of a match is about sidecars');
});

test('a TCP route is never reached where an earlier one takes the same addresses', () => {
  const add = (first: IstioTcpMatch, second: IstioTcpMatch) => () =>
    service().addTcpRoute({ matches: [first], destinations }).addTcpRoute({ matches: [second], destinations });
  const [a, b] = ['10.0.0.0/8', '10.1.0.0/16'];
  expect(add({ destinationSubnets: [a, b] }, { destinationSubnets: [b], port: 443 })).toThrow('a TCP route is never reached, since tcp[0] before it');
  expect(add({ port: 443 }, { port: 443 })).toThrow('a TCP route is never reached');
  expect(add({ destinationSubnets: [a] }, { destinationSubnets: [b] })).not.toThrow();
  expect(add({ destinationSubnets: [a] }, {})).not.toThrow();
  expect(add({ port: 443 }, { port: 443, destinationSubnets: [b] })).not.toThrow();
});

test('a TLS route is never reached where an earlier one takes the same names', () => {
  const add = (...names: string[][]) => () => names.reduce(
    (to, sniHosts) => to.addTlsRoute({ matches: [{ sniHosts }], destinations }), service(IstioHost.of('*.stripe.com')));
  expect(add(['a.stripe.com', 'b.stripe.com'], ['b.stripe.com'])).toThrow(
    'a TLS route is never reached, since tls[0] before it takes all that it matches: add it earlier, or leave it out');
  expect(add(['*.stripe.com'], ['a.stripe.com'])).not.toThrow();
  expect(add(['a.stripe.com'], ['a.stripe.com', 'b.stripe.com'])).not.toThrow();
});
