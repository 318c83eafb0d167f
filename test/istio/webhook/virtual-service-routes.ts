import { Chart } from 'cdk8s';
import { impossible, Rows, throws } from './row';
import {
  Destination, HttpFault, IstioDirectResponse, IstioGateway, IstioHost, IstioHttpRedirect, IstioHttpRewrite, StringMatch, Subset, VirtualService,
  VirtualServiceDelegate, VirtualServiceHttpRoute, VirtualServiceTcpRoute, VirtualServiceTlsRoute,
} from '../../../src';

const host = IstioHost.of('a.example.com');
const destination = Destination.host(host);
const b = Destination.host(IstioHost.of('b.example.com'));
const destinations = [{ destination }];
const delegate = { name: 'b' };
const redirect = IstioHttpRedirect.to({ uri: '/a' });
const directResponse = IstioDirectResponse.status(200);
const fault = HttpFault.abort(500, 1);
const rewrite = IstioHttpRewrite.uri('/b');

const http = (...httpRoutes: VirtualServiceHttpRoute[]) => (chart: Chart) => new VirtualService(chart, 'A', { hosts: [host], httpRoutes });
const tcp = (...tcpRoutes: VirtualServiceTcpRoute[]) => (chart: Chart) => new VirtualService(chart, 'A', { hosts: [host], tcpRoutes });
const tls = (...tlsRoutes: VirtualServiceTlsRoute[]) => (chart: Chart) => new VirtualService(chart, 'A', { hosts: [host], tlsRoutes });
const to = (...hosts: string[]) => (chart: Chart) =>
  new VirtualService(chart, 'A', { hosts: hosts.map(name => name === '*' ? IstioHost.ANY : IstioHost.of(name)), httpRoutes: [{ destinations }] });

/** Rules of VirtualServices: their hosts, gateways and routes. */
export const VIRTUAL_SERVICE_ROUTES: Rows = {
  'a delegate has no gateways': impossible('`VirtualServiceDelegateProps` has no gateways, and `VirtualService` refuses to have no hosts',
    'new VirtualServiceDelegate(chart, "A", { gateways: [IstioGateway.fromGatewayName("edge")] })'),
  'a delegate has HTTP routes only': impossible('`VirtualServiceDelegateProps` has HTTP routes only',
    'new VirtualServiceDelegate(chart, "A", { tcpRoutes: [] })'),
  'a delegate has no TLS routes': impossible('`VirtualServiceDelegateProps` has HTTP routes only',
    'new VirtualServiceDelegate(chart, "A", { tlsRoutes: [] })'),
  'a VirtualService has a route': throws(http(),
    'a VirtualService needs at least one route: pass httpRoutes, tlsRoutes or tcpRoutes, or call addHttpRoute, addTlsRoute or addTcpRoute'),
  'every host is for gateways only': throws(to('*'),
    'host \'*\' is for gateways only, got gateways mesh: name the hosts, or leave mesh out'),
  'a host stands once': throws(to('a.example.com', 'a.example.com'),
    'hosts of a VirtualService must not overlap, got \'a.example.com\' and \'a.example.com\''),
  'hosts do not overlap': throws(to('*.example.com', 'a.example.com'),
    'hosts of a VirtualService must not overlap, got \'*.example.com\' and \'a.example.com\''),
  'a gateway is named by DNS labels': throws(() => IstioGateway.fromGatewayName('Edge_1', { namespace: 'infra' }),
    'name of the Istio Gateway must be a DNS label (lower case letters, digits and inner dashes), got \'Edge_1\''),
  'the namespace of a gateway is a DNS label': throws(() => IstioGateway.fromGatewayName('edge', { namespace: 'Infra_1' }),
    'namespace of the Istio Gateway must be a DNS label (lower case letters, digits and inner dashes), got \'Infra_1\''),
  'a gateway is not named with its domain': throws(() => IstioGateway.fromGatewayName('edge.infra.svc.cluster.local'),
    'name of the Istio Gateway must be a DNS label (lower case letters, digits and inner dashes), got \'edge.infra.svc.cluster.local\''),
  'an HTTP route does something': throws(http({ name: 'a' }),
    'HTTP route \'a\' must have exactly one of destinations, redirect, directResponse, delegate, got none'),
  'an HTTP route does one thing': throws(http({ destinations, redirect }),
    'an HTTP route must have exactly one of destinations, redirect, directResponse, delegate, got destinations and redirect'),
  'an HTTP route answers or sends on': throws(http({ destinations, directResponse }),
    'an HTTP route must have exactly one of destinations, redirect, directResponse, delegate, got destinations and directResponse'),
  'an HTTP route redirects or answers': throws(http({ redirect, directResponse }),
    'an HTTP route must have exactly one of destinations, redirect, directResponse, delegate, got redirect and directResponse'),
  'a route that delegates does nothing else': throws(http({ delegate, destinations }),
    'an HTTP route must have exactly one of destinations, redirect, directResponse, delegate, got destinations and delegate'),
  'a route that delegates does not redirect': throws(http({ delegate, redirect }),
    'an HTTP route must have exactly one of destinations, redirect, directResponse, delegate, got redirect and delegate'),
  'a delegate does not delegate again': throws(chart => new VirtualServiceDelegate(chart, 'A', { httpRoutes: [{ delegate }] }),
    'an HTTP route of a delegate cannot delegate again: write the routes of \'b\' here'),
  'a redirect has no fault': throws(http({ redirect, fault }),
    'an HTTP route has a redirect, so it takes no fault'),
  'a redirect has no rewrite': throws(http({ redirect, rewrite }),
    'an HTTP route has a redirect, so it takes no rewrite'),
  'a direct response has no fault': throws(http({ directResponse, fault }),
    'an HTTP route has a directResponse, so it takes no fault'),
  'a direct response has no rewrite': throws(http({ directResponse, rewrite }),
    'an HTTP route has a directResponse, so it takes no rewrite'),
  'mirror and mirrors exclude each other': impossible('`VirtualServiceHttpRoute` has mirrors, and no single mirror',
    'new VirtualService(chart, "A", { hosts: [], httpRoutes: [{ mirror: Destination.host(IstioHost.of("b.example.com")), mirrors: [] }] })'),
  'a mirror has a share of at most 100': throws(http({ destinations, mirrors: [{ destination: b, percentage: 101 }] }),
    'percentage of a mirror must be between 0 and 100, got 101'),
  'a mirror has a share that is not negative': throws(http({ destinations, mirrors: [{ destination: b, percentage: -1 }] }),
    'percentage of a mirror must be between 0 and 100, got -1'),
  'a mirror is one host': throws(() => Destination.host(IstioHost.ANY),
    'a destination must be one host, got \'*\': name it'),
  'weights are not negative': throws(http({ destinations: [{ destination, weight: -1 }, { destination: b, weight: 2 }] }),
    'weight in an HTTP route must be between 0 and 1000000, got -1'),
  'weights are not all 0': throws(http({ destinations: [{ destination, weight: 0 }, { destination: b, weight: 0 }] }),
    'an HTTP route must have a weight above 0 for at least one destination, got 0, 0: every request would fail, raise one of them'),
  'weights of TCP are not all 0': throws(tcp({ destinations: [{ destination, weight: 0 }, { destination: b, weight: 0 }] }),
    'a TCP route must have a weight above 0 for at least one destination, got 0, 0: every request would fail, raise one of them'),
  'a destination is one host': throws(() => Destination.host(IstioHost.ANY),
    'a destination must be one host, got \'*\': name it'),
  'the host of a destination is one': throws(() => Destination.host(IstioHost.of('a_b.example.com')),
    'host must be a lower case DNS name, optionally starting with \'*.\', got \'a_b.example.com\''),
  'the port of a destination is one': throws(() => Destination.host(host, { port: 65536 }),
    'port of host \'a.example.com\' must be between 1 and 65535, got 65536'),
  'a subset is a DNS label': throws(() => Destination.subset(Subset.named(host, 'V_1')),
    'name of the subset must be a DNS label (lower case letters, digits and inner dashes), got \'V_1\''),
  'a TLS route has a match': throws(tls({ matches: [], destinations }),
    'a TLS route must have at least one match, got none: pass the server names it is for'),
  'a TLS route matches server names': throws(tls({ matches: [{ port: 443, sniHosts: [] }], destinations }),
    'a TLS match must have at least one of sniHosts, got none'),
  'a server name is one of the hosts': throws(tls({ matches: [{ sniHosts: ['b.example.com'] }], destinations }),
    'server name \'b.example.com\' must be one that the hosts of the VirtualService stand for: a.example.com'),
  'a server name is no address': throws(tls({ matches: [{ sniHosts: ['10.0.0.1'] }], destinations }),
    'server name in sniHosts must be a lower case DNS name, optionally starting with \'*.\', got \'10.0.0.1\''),
  'a TLS route has a destination': throws(tls({ matches: [{ sniHosts: ['a.example.com'] }], destinations: [] }),
    'a TLS route must have at least one destination, got none'),
  'a TCP route has a destination': throws(tcp({ matches: [{ port: 9000 }], destinations: [] }),
    'a TCP route must have at least one destination, got none'),
  'subnets of a match are blocks': throws(tcp({ matches: [{ destinationSubnets: ['nowhere'] }], destinations }),
    'destinationSubnets must be an IP address or a CIDR block such as 10.0.0.0/8, got \'nowhere\''),
  'no route comes after one for every request': throws(http({ destinations }, { matches: [{ uri: StringMatch.prefix('/a') }], destinations }),
    'an HTTP route after one without matches is never reached: add the route without matches last'),
  'no route matches what one before it takes': throws(
    http({ matches: [{ uri: StringMatch.prefix('/a') }], destinations }, { matches: [{ uri: StringMatch.prefix('/a') }], destinations }),
    'an HTTP route is never reached, since http[0] before it takes all that it matches: add it earlier, or leave it out'),
  'no TCP route comes after one for every connection': throws(tcp({ destinations }, { matches: [{ port: 9000 }], destinations }),
    'a TCP route after one without matches is never reached: add the route without matches last'),
  'no TLS route matches what one before it takes': throws(
    tls({ matches: [{ sniHosts: ['a.example.com'] }], destinations }, { matches: [{ sniHosts: ['a.example.com'] }], destinations }),
    'a TLS route is never reached, since tls[0] before it takes all that it matches: add it earlier, or leave it out'),
};
