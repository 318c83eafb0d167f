import { Chart, Testing } from 'cdk8s';
import {
  Destination, HttpDestination, IIstioGateway, IstioHost, IstioHttpRedirect, IstioMesh, IstioVersion, Subset, VirtualService, VirtualServiceGateway,
  VirtualServiceProps,
} from '../../src';

const backend = IstioHost.serviceName('backend', 'shop');
const shop = IstioHost.of('shop.example.com');
const edge: IIstioGateway = { name: 'my-gateway', namespace: 'edge' };
const route = { destinations: [{ destination: Destination.host(backend, { port: 8080 }) }] };

const make = (props: VirtualServiceProps, chart: Chart = Testing.chart()) =>
  new VirtualService(chart, 'Backend', { metadata: { name: 'backend', namespace: 'shop' }, ...props });

const spec = (props: VirtualServiceProps) => {
  const chart = Testing.chart();
  make(props, chart);
  return Testing.synth(chart)[0].spec;
};

test('one VirtualService for a gateway and for the mesh', () => {
  // GIVEN
  const chart = Testing.chart();
  const to = (version: string): HttpDestination[] =>
    [{ destination: Destination.subset(Subset.named(backend, version), { port: 8080 }), weight: 100 }];

  // WHEN
  make({
    hosts: [shop, backend],
    gateways: [edge, VirtualServiceGateway.MESH],
    exportTo: ['.'],
    httpRoutes: [{ destinations: to('v1') }],
  }, chart);

  // THEN
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'backend', namespace: 'shop' },
    spec: {
      hosts: ['shop.example.com', 'backend.shop.svc.cluster.local'],
      gateways: ['edge/my-gateway', 'mesh'],
      exportTo: ['.'],
      http: [{ route: [{ destination: { host: 'backend.shop.svc.cluster.local', subset: 'v1', port: { number: 8080 } }, weight: 100 }] }],
    },
  }]);
});

test('without gateways it is for the mesh, and a weight that nobody gave is not written', () => {
  const service = make({ hosts: [backend], httpRoutes: [route] });
  expect(service._toKube()).toEqual({
    hosts: ['backend.shop.svc.cluster.local'],
    http: [{ route: [{ destination: { host: 'backend.shop.svc.cluster.local', port: { number: 8080 } } }] }],
  });
  expect(service.gateways).toEqual([VirtualServiceGateway.MESH]);
  expect(service.hosts).toEqual([backend]);
  expect(service.resourceType).toBe('virtualservices');
});

test('verbs add routes in order and can be chained', () => {
  // GIVEN
  const chart = Testing.chart();
  const service = make({ hosts: [backend], tcpRoutes: [{ matches: [{ port: 9090 }], ...route }] }, chart);

  // WHEN
  service.addHttpRoute({ name: 'first', matches: [{ port: 80 }], ...route }).addHttpRoute({ name: 'last', ...route })
    .addTlsRoute({ matches: [{ sniHosts: ['backend.shop.svc.cluster.local'] }], ...route })
    .addTcpRoute(route);

  // THEN
  const { http, tls, tcp } = Testing.synth(chart)[0].spec;
  expect(http.map((r: { name: string }) => r.name)).toEqual(['first', 'last']);
  expect(tls).toHaveLength(1);
  expect(tcp.map((r: { match?: unknown }) => r.match)).toEqual([[{ port: 9090 }], undefined]);
});

test('a gateway without a namespace is one of the same namespace', () => {
  expect(spec({ hosts: [shop], gateways: [{ name: 'my-gateway' }], httpRoutes: [route] }).gateways).toEqual(['my-gateway']);
});

test('every host is for gateways only', () => {
  expect(spec({ hosts: [IstioHost.ANY], gateways: [edge], httpRoutes: [route] }).hosts).toEqual(['*']);
  expect(() => make({ hosts: [IstioHost.ANY] })).toThrow('host \'*\' is for gateways only, got gateways mesh: name the hosts, or leave mesh out');
  expect(() => make({ hosts: [IstioHost.ANY], gateways: [edge, VirtualServiceGateway.MESH] })).toThrow('got gateways edge/my-gateway, mesh');
});

test('hosts are there and do not overlap', () => {
  expect(() => make({ hosts: [] })).toThrow(
    'a VirtualService needs at least one host, got none: use VirtualServiceDelegate for routes that another one delegates to');
  expect(() => make({ hosts: [shop, IstioHost.of('*.example.com')] })).toThrow(
    'hosts of a VirtualService must not overlap, got \'shop.example.com\' and \'*.example.com\'');
  expect(() => make({ hosts: [shop, shop] })).toThrow('must not overlap');
  expect(() => make({ hosts: [IstioHost.of('*.example.com'), IstioHost.of('example.com')] })).not.toThrow();
});

test('names of gateways are DNS labels', () => {
  expect(() => make({ hosts: [shop], gateways: [{ name: 'gw.edge' }] })).toThrow('name of the Gateway must be a DNS label');
  expect(() => make({ hosts: [shop], gateways: [{ name: 'gw', namespace: '*' }] })).toThrow('namespace of the Gateway must be a DNS label');
});

describe('a gateway whose hosts are known', () => {
  const behind = (...hosts: string[]) => () => make({ hosts: [shop, backend], gateways: [{ ...edge, hosts }, VirtualServiceGateway.MESH] });

  test.each([['shop.example.com'], ['*.example.com'], ['*'], ['shop/*'], ['*/shop.example.com'], ['other.com', 'shop.example.com']])('serves %s', (...hosts) => {
    expect(behind(...hosts)).not.toThrow();
  });

  test('must serve one of them, to this namespace', () => {
    expect(behind('other.com', '*.other.com')).toThrow('gateway \'my-gateway\' serves none of shop.example.com, backend.shop.svc.cluster.local ' +
      'for namespace \'shop\': its servers so far are for other.com, *.other.com; declare the servers of a Gateway before what refers to it');
    expect(behind()).toThrow('its servers so far are for nothing');
    expect(behind('./shop.example.com')).toThrow('its servers so far are for ./shop.example.com');
    expect(behind('web/shop.example.com')).toThrow('its servers so far are for web/shop.example.com');
  });

  test('admits its own namespace by a dot', () => {
    const own = { name: 'my-gateway', namespace: 'shop', hosts: ['./shop.example.com'] };
    expect(() => make({ hosts: [shop], gateways: [own] })).not.toThrow();
  });

  test('may admit a namespace that is not known', () => {
    const service = () => new VirtualService(Testing.chart(), 'Backend', { hosts: [shop], gateways: [{ ...edge, hosts: ['web/*'] }] });
    expect(service).not.toThrow();
  });
});

test('exportTo is checked', () => {
  expect(() => make({ hosts: [shop], exportTo: ['~'] })).toThrow('exportTo takes \'~\' on a ServiceEntry only');
  expect(() => make({ hosts: [shop], exportTo: ['.', 'shop'] })).toThrow('exportTo must name each namespace once, got \'shop\' again');
});

test('a route after one for everything is never reached', () => {
  const service = make({ hosts: [backend], httpRoutes: [route], tcpRoutes: [{ ...route, matches: [] }] });
  expect(() => service.addHttpRoute({ matches: [{ port: 80 }], ...route })).toThrow(
    'an HTTP route after one without matches is never reached: add the route without matches last');
  expect(() => service.addTcpRoute(route)).toThrow('a TCP route after one without matches is never reached');
});

test('a route after those that take all that it is for is never reached', () => {
  const service = make({ hosts: [backend], tcpRoutes: [{ matches: [{ port: 80 }], ...route }] });
  expect(() => service.addTcpRoute({ matches: [{ port: 80, sourceNamespace: 'web' }], ...route })).toThrow(
    'a TCP route is never reached, since tcp[0] before it takes all that it matches: add it earlier, or leave it out');
});

test('what the declared release lacks is refused by place', () => {
  const chart = Testing.chart();
  new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_30 });
  const service = make({ hosts: [shop], gateways: [edge], httpRoutes: [{ matches: [{ port: 80 }], ...route }] }, chart);
  expect(() => service.addHttpRoute({ redirect: IstioHttpRedirect.to({ prefixRewrite: '/b/' }) })).toThrow(
    'http[1].redirect.prefixRewrite of VirtualService \'backend\' is not in Istio 1.30, which would drop it in silence: it is there since 1.31');
  expect(() => make({ hosts: [shop], httpRoutes: [{ redirect: IstioHttpRedirect.to({ prefixRewrite: '/b/' }) }] })).not.toThrow();
});

describe('a host of the mesh', () => {
  const second = (chart: Chart, props: Partial<VirtualServiceProps> = {}) => () =>
    new VirtualService(chart, 'Second', { metadata: { name: 'second', namespace: 'shop' }, hosts: [backend], ...props });

  test('has one VirtualService for the same clients', () => {
    const chart = Testing.chart();
    make({ hosts: [shop, backend], exportTo: ['.', 'web'] }, chart);
    expect(second(chart, { exportTo: ['web', 'shop'] })).toThrow('host \'backend.shop.svc.cluster.local\' of VirtualService \'second\' has VirtualService ' +
      '\'backend\' for the same clients in the mesh, where Istio takes only the oldest: add the routes to that one');
    expect(second(Testing.chart(), { exportTo: ['web', 'shop'] })).not.toThrow();
  });

  test.each<[string, Partial<VirtualServiceProps>]>([
    ['other clients', { exportTo: ['.'] }],
    ['gateways, which merge', { gateways: [edge] }],
    ['another namespace', { metadata: { name: 'second', namespace: 'web' } }],
    ['another host', { hosts: [shop] }],
  ])('may have another one for %s', (_, props) => {
    const chart = Testing.chart();
    make({ hosts: [backend] }, chart);
    expect(second(chart, props)).not.toThrow();
  });

  test('has one where no namespace is known', () => {
    const chart = Testing.chart();
    const add = (id: string) => new VirtualService(chart, id, { hosts: [backend], exportTo: ['.'] });
    add('A');
    expect(() => add('B')).toThrow('for the same clients in the mesh');
  });
});

test('a VirtualService needs a route', () => {
  const chart = Testing.chart();
  make({ hosts: [backend] }, chart);
  expect(() => Testing.synth(chart)).toThrow('a VirtualService needs at least one route: pass httpRoutes, tlsRoutes or tcpRoutes, or call addHttpRoute');
});
