import { Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  Backend, Certificate, GatewayClass, GatewayForm, GatewayHost, HttpRoute, HttpRouteRule, IstioMesh, LinkerdIngressFilter, LinkerdMesh, ListenerSet,
  Mesh, MeshedGateway, MeshNamespace, RouteParent,
} from '../../src';

function gatewayOf(chart: Chart, mesh: Mesh, linkerdIngressMode?: boolean): MeshedGateway {
  return new MeshedGateway(chart, 'Gateway', {
    name: 'public',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' }),
    form: GatewayForm.provisioned(GatewayClass.KGATEWAY, { linkerdIngressMode }),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    admits: [MeshNamespace.fromNamespaceName(chart, 'Shop', 'shop', { mesh })],
  });
}

function routed(rules: HttpRouteRule[], linkerdIngressMode = true): any[] {
  const chart = new Chart(Testing.app(), 'test');
  const gateway = gatewayOf(chart, new LinkerdMesh(chart, 'Mesh'), linkerdIngressMode);
  new HttpRoute(chart, 'Route', {
    metadata: { name: 'web', namespace: 'shop' }, hostnames: ['shop.example.com'], parents: [RouteParent.gateway(gateway.gateway!, { listener: 'https' })], rules,
  });
  return Testing.synth(chart);
}

const backend = Backend.serviceName('web', { port: 80 });
const filter = LinkerdIngressFilter.serviceName('web', { namespace: 'shop', port: 80 });
const other = { backend: Backend.serviceName('web-v2', { port: 80 }), filters: [LinkerdIngressFilter.serviceName('web-v2', { namespace: 'shop', port: 80 })] };
const REFUSED = (name: string, what: string) => `spec.rules[0] of HTTPRoute 'web' must set header l5d-dst-override for backend '${name}', because the proxy of gateway ` +
  `'public' sends requests where it says: add LinkerdIngressFilter for that Service to the filters of ${what}`;

describe('a gateway in Linkerd\'s ingress mode', () => {
  test('says so to the injector', () => {
    const [gateway] = routed([{ filters: [filter], backends: [{ backend }] }]).filter(({ kind }) => kind === 'Gateway');
    expect(gateway.spec.infrastructure.annotations).toEqual({
      'linkerd.io/inject': 'ingress', 'config.linkerd.io/default-inbound-policy': 'all-unauthenticated',
    });
  });

  test('has routes that say where each request goes', () => {
    const [, route] = routed([{ filters: [filter], backends: [{ backend }] }]).filter(({ kind }) => kind === 'HTTPRoute');
    expect(route.spec.rules[0].filters).toEqual([
      { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'l5d-dst-override', value: 'web.shop.svc.cluster.local:80' }] } },
    ]);
  });

  test('has routes with several backends that say it for each', () => {
    expect(() => routed([{ backends: [{ backend, filters: [filter] }, other] }])).not.toThrow();
    expect(() => routed([{ filters: [filter], backends: [{ backend }, other] }])).toThrow(REFUSED('web', 'each backend'));
  });

  test.each<[string, HttpRouteRule]>([
    ['that does not say it', { backends: [{ backend }] }],
    ['that says another Service', { filters: other.filters, backends: [{ backend }] }],
    ['that says another namespace', { filters: [LinkerdIngressFilter.serviceName('web', { namespace: 'cart', port: 80 })], backends: [{ backend }] }],
    ['that says another port', { filters: [LinkerdIngressFilter.serviceName('web', { namespace: 'shop', port: 81 })], backends: [{ backend }] }],
  ])('refuses a rule %s', (_, rule) => {
    expect(() => routed([rule])).toThrow(REFUSED('web', 'the rule'));
  });

  test('asks it of the routes of its ListenerSets too', () => {
    const chart = new Chart(Testing.app(), 'test');
    const { gateway } = gatewayOf(chart, new LinkerdMesh(chart, 'Mesh'), true);
    const set = ListenerSet.fromListenerSetName('more', { namespace: 'edge', gateway });
    new HttpRoute(chart, 'Route', { metadata: { name: 'web', namespace: 'shop' }, parents: [RouteParent.listenerSet(set)], rules: [{ backends: [{ backend }] }] });
    expect(() => Testing.synth(chart)).toThrow(REFUSED('web', 'the rule'));
  });

  test('asks nothing of routes when it is off', () => {
    expect(() => routed([{ backends: [{ backend }] }], false)).not.toThrow();
  });

  test('is Linkerd\'s', () => {
    const chart = new Chart(Testing.app(), 'test');
    expect(() => gatewayOf(chart, new IstioMesh(chart, 'Mesh'), true)).toThrow('linkerdIngressMode needs a Linkerd mesh, got an Istio mesh: leave it out');
  });
});

describe('the filter for it', () => {
  const chart = new Chart(Testing.app(), 'test');
  const service = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });

  test('names a Service of this app', () => {
    expect(() => routed([{ filters: [LinkerdIngressFilter.service(service)], backends: [{ backend: Backend.service(service) }] }])).not.toThrow();
    expect(() => LinkerdIngressFilter.service(service, 81)).toThrow('service \'web\' has no TCP port 81');
    const nowhere = new Service(chart, 'Nowhere', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
    expect(() => LinkerdIngressFilter.service(nowhere)).toThrow('service \'web\' must say its namespace, which the header l5d-dst-override names, got none');
  });

  test('names a Service of another cluster domain', () => {
    const rule = { filters: [LinkerdIngressFilter.serviceName('web', { namespace: 'shop', port: 80, clusterDomain: 'example.com' })], backends: [{ backend }] };
    expect(JSON.stringify(routed([rule]))).toContain('web.shop.svc.example.com:80');
  });
});
