import { App, Chart, Testing } from 'cdk8s';
import {
  GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayController, HttpRoute, HttpRouteFilter, LinkerdBackend,
  LinkerdEgressNetwork, LinkerdMesh, LinkerdRouteParent, LinkerdServer, Backend, RouteParent, TcpRoute, TlsRoute,
  UdpRoute, IstioMesh,
} from '../../src';

const outside = LinkerdEgressNetwork.fromEgressNetworkName('outside', { namespace: 'shop' });
const metadata = { name: 'it', namespace: 'shop' };

function chart(options = {}, app: App = Testing.app()): Chart {
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL, ...options });
  return new Chart(app, 'test');
}

describe('a route of an EgressNetwork', () => {
  test('names its port, and sends requests on to where they want', () => {
    // GIVEN
    const scope = chart();

    // WHEN
    new HttpRoute(scope, 'Route', {
      metadata,
      parents: [LinkerdRouteParent.egressNetwork(outside, 80)],
      hostnames: ['api.vendor.example'],
      rules: [{ backends: [{ backend: LinkerdBackend.egressNetwork(outside) }] }],
    });

    // THEN
    expect(Testing.synth(scope)[0].spec).toEqual({
      parentRefs: [{ group: 'policy.linkerd.io', kind: 'EgressNetwork', name: 'outside', port: 80 }],
      hostnames: ['api.vendor.example'],
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ group: 'policy.linkerd.io', kind: 'EgressNetwork', name: 'outside', weight: 1 }],
      }],
    });
  });

  test('of another namespace needs no grant', () => {
    // GIVEN
    const scope = chart();

    // WHEN
    new HttpRoute(scope, 'Route', {
      metadata: { name: 'it', namespace: 'cart' },
      parents: [LinkerdRouteParent.egressNetwork(outside, 80)],
      rules: [{ backends: [{ backend: LinkerdBackend.egressNetwork(outside) }, { backend: Backend.serviceName('egress', { port: 80, namespace: 'egress' }) }] }],
    });

    // THEN
    expect(Testing.synth(scope).map(({ kind }) => kind)).toEqual(['HTTPRoute']);
  });

  test('is no UDPRoute', () => {
    expect(() => new UdpRoute(chart(), 'Route', { metadata, parents: [LinkerdRouteParent.egressNetwork(outside, 53)] }))
      .toThrow('EgressNetwork \'outside\' takes no UDPRoute, got \'it\': proxies leave datagrams alone');
  });

  test.each([['TLSRoute', TlsRoute], ['TCPRoute', TcpRoute]])('is a %s where clusters serve v1alpha2, which is what Linkerd asks for', (kind, Route) => {
    const parents = [LinkerdRouteParent.egressNetwork(outside, 443)];
    expect(() => new Route(chart(), 'Route', { metadata, parents })).not.toThrow();
    expect(() => new Route(chart({ bundle: GatewayApiBundle.V1_6, channel: GatewayApiChannel.STANDARD }), 'Route', { metadata, parents })).toThrow(
      `Linkerd edge-26.8 does not read ${kind} 'it': it asks for v1alpha2, which the standard channel of 1.6 does not serve`);
  });
});

describe('a route of a Server or an EgressNetwork', () => {
  const rewrite = { filters: [HttpRouteFilter.rewrite({ hostname: 'x.example.com' })] };

  test.each([
    ['Server', LinkerdRouteParent.server(LinkerdServer.fromServerName('web'))], ['EgressNetwork', LinkerdRouteParent.egressNetwork(outside, 80)],
  ])('of kind %s is read by Linkerd, whatever else is declared', (_, parent) => {
    expect(() => new HttpRoute(chart(), 'Route', { metadata, parents: [parent], rules: [rewrite] }))
      .toThrow('Linkerd edge-26.8 does not read spec.rules[0].filters[0].urlRewrite of HTTPRoute \'it\': the whole route is skipped');
  });
});

describe('the reader of routes of Services', () => {
  const parents = [RouteParent.producerServiceName('web')];
  const rules = [{ filters: [HttpRouteFilter.rewrite({ hostname: 'x.example.com' })] }];

  test('is Linkerd where a LinkerdMesh is declared', () => {
    const scope = chart();
    new LinkerdMesh(scope, 'Mesh');
    expect(() => new HttpRoute(scope, 'Route', { metadata, parents, rules })).toThrow('Linkerd edge-26.8 does not read');
  });

  test('is what is declared nearest', () => {
    const app = Testing.app();
    new LinkerdMesh(app, 'Mesh');
    const scope = new Chart(app, 'test');
    new IstioMesh(scope, 'Mesh');
    expect(() => new HttpRoute(scope, 'Route', { metadata, parents, rules })).not.toThrow();
    expect(() => new HttpRoute(new Chart(app, 'other'), 'Route', { metadata, parents, rules })).toThrow('Linkerd edge-26.8 does not read');
  });

  test('is what GatewayApi declares, beside any mesh', () => {
    const scope = chart({ mesh: GatewayController.ISTIO });
    new LinkerdMesh(scope, 'Mesh');
    expect(() => new HttpRoute(scope, 'Route', { metadata, parents, rules })).not.toThrow();
  });
});
