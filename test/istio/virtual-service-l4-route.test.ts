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

test('a TCP match has the client\'s address as well', () => {
  expect(tcp({ port: 443, gateways: [gateway], destinationSubnets: ['10.0.0.1'], sourceSubnet: '10.0.0.0/24', sourceLabels: { app: 'web' }, sourceNamespace: 'shop' }))
    .toEqual([{
      port: 443,
      gateways: ['egress/egress'],
      destinationSubnets: ['10.0.0.1'],
      sourceSubnet: '10.0.0.0/24',
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
  expect(() => tcp({ sourceSubnet: subnet })).toThrow('sourceSubnet must be an IP address');
});

test('gateways of a match are some of the VirtualService', () => {
  expect(() => tcp({ gateways: [{ name: 'other' }] })).toThrow(
    'gateway \'other\' of a match must be one of the VirtualService, which has mesh, egress/egress: add it to gateways');
});
