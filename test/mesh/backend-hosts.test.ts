import { App, Chart, Duration, Testing } from 'cdk8s';
import { Deployment, LabelSelector, Service } from 'cdk8s-plus-28';
import {
  Backend, CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion, Certificate, DataPlane,
  GatewayClass, GatewayForm, GatewayHost, GrpcRoute, HttpPathModifier, HttpRoute, HttpRouteFilter, HttpRouteRule, IGatewayClass, IstioMesh,
  LinkerdMesh, ListenerSet, Mesh, MeshedGateway, MeshNamespace, RouteParent,
} from '../../src';

const ENVOY = GatewayClass.ENVOY_GATEWAY;
const NGINX = GatewayClass.NGINX;
const HOST = 'shop.example.com';
const REASON = 'because the sidecar beside its proxy goes by the host';
const REMEDY = 'use GatewayClass.ISTIO or GatewayClass.ENVOY_GATEWAY, or an ambient mesh';

let chart: Chart;
let edge: MeshNamespace;
let shop: MeshNamespace;

function inMesh(mesh?: Mesh): void {
  const known = mesh ?? new IstioMesh(chart, 'Mesh');
  edge = new MeshNamespace(chart, 'Edge', { mesh: known, name: 'edge', enrolled: false });
  shop = new MeshNamespace(chart, 'Shop', { mesh: known, name: 'shop' });
}
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

function gatewayOf(gatewayClass: IGatewayClass, name = 'public'): MeshedGateway {
  return new MeshedGateway(chart, name, {
    name,
    namespace: edge,
    form: GatewayForm.provisioned(gatewayClass),
    admits: [shop],
    hosts: [GatewayHost.https(HOST, Certificate.fromSecretName('shop-tls'))],
  });
}

const to = (name: string, namespace?: string) => ({ backend: Backend.serviceName(name, { port: 80, namespace }) });
const metadata = { name: 'web', namespace: 'shop' };

function route(gateway: MeshedGateway, ...rules: HttpRouteRule[]): HttpRoute {
  return new HttpRoute(chart, 'Route', { metadata, hostnames: [HOST], parents: [gateway.routeParent(HOST)], rules });
}

/** Objects of a kind in the namespace shop. */
const written = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind && object.metadata.namespace === 'shop');
const firstRule = (kind = 'HTTPRoute') => written(kind)[0].spec.rules[0];
const rewrite = (hostname: string) => [{ type: 'URLRewrite', urlRewrite: { hostname } }];
const header = (value: string) => [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-backend-host', value }] } }];

const FORGOTTEN = { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x-forwarded-host'] } };

describe.each([
  ['Envoy Gateway', ENVOY, [FORGOTTEN]], ['NGINX Gateway Fabric', NGINX, []],
] as const)('a gateway of %s in a mesh with sidecars', (_, gatewayClass, more) => {
  beforeEach(() => inMesh());

  test('asks for a Service by its name', () => {
    route(gatewayOf(gatewayClass), { backends: [to('web')] });

    expect(firstRule()).toMatchObject({ filters: [...rewrite('web.shop.svc.cluster.local'), ...more], backendRefs: [{ name: 'web', port: 80, weight: 1 }] });
    expect(written('HTTPRouteFilter')).toEqual([]);
  });

  test('asks for a Service of another namespace by its name', () => {
    route(gatewayOf(gatewayClass), { backends: [to('web', 'catalogue')] });

    expect(firstRule().filters).toEqual([...rewrite('web.catalogue.svc.cluster.local'), ...more]);
  });

  test('does so beside another path', () => {
    route(gatewayOf(gatewayClass), { filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replaceFullPath('/new') })], backends: [to('web')] });

    expect(firstRule().filters).toEqual([
      { type: 'URLRewrite', urlRewrite: { hostname: 'web.shop.svc.cluster.local', path: { type: 'ReplaceFullPath', replaceFullPath: '/new' } } },
      ...more,
    ]);
  });

  test('asks for the host that the author of the route wants', () => {
    route(gatewayOf(gatewayClass), { filters: [HttpRouteFilter.rewrite({ hostname: 'other.example.com' })], backends: [to('web')] });

    expect(firstRule().filters).toEqual(rewrite('other.example.com'));
  });

  test('leaves alone what goes to no Service', () => {
    const gateway = gatewayOf(gatewayClass);
    route(gateway, { filters: [HttpRouteFilter.redirect({ hostname: 'new.example.com' })] }, {
      backends: [{ backend: { bind: () => ({ group: 'example.com', kind: 'Bucket', name: 'files' }) } }],
    });

    expect(written('HTTPRoute')[0].spec.rules.map(({ filters }: { filters?: object[] }) => filters)).toEqual([
      [{ type: 'RequestRedirect', requestRedirect: { hostname: 'new.example.com', statusCode: 302 } }], undefined,
    ]);
  });

  test('sends no copies of requests', () => {
    const gateway = gatewayOf(gatewayClass);
    expect(() => route(gateway, { filters: [HttpRouteFilter.mirror({ backend: Backend.serviceName('copy', { port: 80 }) })], backends: [to('web')] })).toThrow(
      `rule 1 of HTTPRoute 'web': gateway 'public' of class '${gatewayClass.name}' cannot send copies of requests, ${REASON}: ` +
      'a copy has the host of the request, so that the sidecar would send it to the same Service; leave the mirror out');
  });

  test('needs room for one more filter', () => {
    const gateway = gatewayOf(gatewayClass);
    const filters = Array.from({ length: 16 }, (__, i) => HttpRouteFilter.extension({ group: 'example.com', kind: 'Filter', name: `f-${i}` }));
    expect(() => route(gateway, { filters, backends: [to('web')] })).toThrow(
      `gateway 'public' of class '${gatewayClass.name}' cannot have 16 filters, ${REASON}: to name the Service it takes ${17 + more.length}, and a rule has 16; leave some out`);
  });

  test('needs to know the namespace', () => {
    const set = ListenerSet.fromListenerSetName('more', { gateway: gatewayOf(gatewayClass).gateway });
    expect(() => new HttpRoute(chart, 'Nowhere', { parents: [RouteParent.listenerSet(set)], rules: [{ backends: [to('web')] }] }))
      .toThrow("service 'web' needs a namespace to be asked for by its name, got none: set metadata.namespace of the route");
  });

  test('is not delivered by Flagger, whose route names no version', () => {
    const gateway = gatewayOf(gatewayClass);
    const deployment = new Deployment(chart, 'Deployment', {
      metadata, select: false, podMetadata: { labels: { app: 'web' } }, containers: [{ image: 'web', portNumber: 8080 }],
    });
    deployment.select(LabelSelector.of({ labels: { app: 'web' } }));
    expect(() => new CanaryRoute(chart, 'Web', {
      namespace: shop,
      parents: [CanaryParent.gateway(gateway)],
      hostnames: [HOST],
      steps: [CanaryStep.weight(10), CanaryStep.pause(Duration.minutes(1))],
      delivery: CanaryDelivery.flagger({ deployment, port: 80 }),
    })).toThrow("Flagger cannot divide the requests for Service 'web' behind gateway 'public', beside whose proxy a sidecar goes by the host: " +
      'its route would not name the version that was chosen; use CanaryDelivery.argoRollouts, GatewayClass.ISTIO or an ambient mesh');
  });
});

function service(name: string): Service {
  return new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port: 80 }] });
}

function canary(gateway: MeshedGateway, props: Partial<CanaryRouteProps> = {}): CanaryRoute {
  return new CanaryRoute(chart, 'Canary', {
    name: 'web',
    namespace: shop,
    parents: [CanaryParent.gateway(gateway)],
    hostnames: [HOST],
    stable: CanaryVersion.service(service('web-v1')),
    canary: CanaryVersion.service(service('web-v2')),
    canaryWeight: 10,
    ...props,
  });
}

describe('several backends of a rule behind Envoy Gateway', () => {
  beforeEach(() => inMesh());
  const extension = (name: string) => ({ type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name } });

  test('are each named by a header, which a filter beside the route reads', () => {
    canary(gatewayOf(ENVOY));

    expect(firstRule()).toMatchObject({
      filters: [extension('web-httproute-host'), FORGOTTEN],
      backendRefs: [
        { name: 'web-v1', weight: 90, filters: header('web-v1.shop.svc.cluster.local') },
        { name: 'web-v2', weight: 10, filters: header('web-v2.shop.svc.cluster.local') },
      ],
    });
    expect(written('HTTPRouteFilter')).toEqual([{
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'HTTPRouteFilter',
      metadata: expect.objectContaining({
        name: 'web-httproute-host',
        namespace: 'shop',
        labels: expect.objectContaining({ 'app.kubernetes.io/component': 'meshed-gateway', 'app.kubernetes.io/instance': 'public' }),
      }),
      spec: { urlRewrite: { hostname: { type: 'Header', header: 'x-backend-host' } } },
    }]);
  });

  test('keep what their authors say of headers', () => {
    route(gatewayOf(ENVOY), {
      backends: [
        { ...to('a'), filters: [HttpRouteFilter.requestHeaders({ set: { 'x-a': '1' }, remove: ['x-b'] })] },
        { ...to('b'), filters: [HttpRouteFilter.requestHeaders({ add: { 'x-c': '1' } }), HttpRouteFilter.responseHeaders({ remove: ['x-d'] })] },
      ],
    });

    expect(firstRule().backendRefs.map(({ filters }: { filters: object[] }) => filters)).toEqual([
      [{
        type: 'RequestHeaderModifier',
        requestHeaderModifier: { set: [{ name: 'x-a', value: '1' }, { name: 'x-backend-host', value: 'a.shop.svc.cluster.local' }], remove: ['x-b'] },
      }],
      [
        {
          type: 'RequestHeaderModifier',
          requestHeaderModifier: { add: [{ name: 'x-c', value: '1' }], set: [{ name: 'x-backend-host', value: 'b.shop.svc.cluster.local' }] },
        },
        { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['x-d'] } },
      ],
    ]);
  });

  test('leave the name that clients ask for to who says it', () => {
    route(gatewayOf(ENVOY), { filters: [HttpRouteFilter.requestHeaders({ set: { 'X-Forwarded-Host': HOST }, remove: ['x-a'] })], backends: [to('a'), to('b')] });

    expect(firstRule().filters).toEqual([
      { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Forwarded-Host', value: HOST }], remove: ['x-a'] } }, extension('web-httproute-host'),
    ]);
  });

  test('that are no Services are not asked for by what a client claims', () => {
    const bucket = { bind: () => ({ group: 'example.com', kind: 'Bucket', name: 'files' }) };
    const filters = [HttpRouteFilter.requestHeaders({ remove: ['x-a'] })];
    route(gatewayOf(ENVOY), { backends: [to('a'), { backend: bucket }] }, { backends: [to('a'), { backend: bucket, filters }] });

    const removed = (remove: string[]) => [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove } }];
    expect(written('HTTPRoute')[0].spec.rules.map(({ backendRefs }: { backendRefs: { filters: object[] }[] }) => backendRefs[1].filters))
      .toEqual([removed(['x-backend-host']), removed(['x-a', 'x-backend-host'])]);
    expect(written('HTTPRouteFilter')).toHaveLength(1);
  });

  test('may be those of calls, also where there is one', () => {
    new GrpcRoute(chart, 'Calls', {
      metadata: { name: 'calls', namespace: 'shop' }, hostnames: [HOST], parents: [gatewayOf(ENVOY).routeParent(HOST)], rules: [{ backends: [to('calls')] }],
    });

    expect(firstRule('GRPCRoute')).toMatchObject({
      filters: [extension('calls-grpcroute-host'), FORGOTTEN], backendRefs: [{ filters: header('calls.shop.svc.cluster.local') }],
    });
    expect(written('HTTPRouteFilter').map(({ metadata: { name } }) => name)).toEqual(['calls-grpcroute-host']);
  });

  test('may have several gateways of the class as parents, and one that comes later', () => {
    const [one, other] = [gatewayOf(ENVOY), gatewayOf(ENVOY, 'internal')];
    const made = route(one, { backends: [to('a'), to('b')] });
    made.addParent(other.routeParent(HOST));

    expect(firstRule().filters).toEqual([extension('web-httproute-host'), FORGOTTEN]);
    expect(firstRule().backendRefs[0].filters).toEqual(header('a.shop.svc.cluster.local'));
    expect(written('HTTPRouteFilter')).toHaveLength(1);
  });

  test('have no gateway of another class as a parent beside it', () => {
    const made = route(gatewayOf(ENVOY), { backends: [to('a'), to('b')] });
    const other = gatewayOf(GatewayClass.ISTIO, 'other');

    expect(() => made.addParent(other.routeParent(HOST))).toThrow(
      `rule 1 of HTTPRoute 'web': gateway 'public' of class 'envoy-gateway' cannot share a route with others, ${REASON}: ` +
      'what names the Service for each backend is a filter of Envoy Gateway, which istio.io/gateway-controller does not read; make a route for each');
    expect(written('HTTPRoute')[0].spec.parentRefs).toHaveLength(1);
  });
});

describe('another class, for which Gateway API alone speaks', () => {
  beforeEach(() => inMesh());

  test('cannot divide requests', () => {
    const gateway = gatewayOf(NGINX);
    expect(() => canary(gateway)).toThrow(`rule 1 of HTTPRoute 'web': gateway 'public' of class 'nginx' cannot divide requests between 2 backends, ${REASON}: ` +
      `Gateway API has one host for all of them, by which the sidecar would choose again; ${REMEDY}`);
  });

  test('cannot take calls of gRPC', () => {
    const gateway = gatewayOf(NGINX);
    expect(() => canary(gateway, { protocol: CanaryProtocol.GRPC })).toThrow(`gateway 'public' of class 'nginx' cannot take calls of gRPC, ${REASON}: ` +
      `a GRPCRoute has no field for the host that is asked for; ${REMEDY}`);
  });

  test('is told so when it becomes a parent, and the route stays as it was', () => {
    const made = new HttpRoute(chart, 'Route', { metadata, hostnames: [HOST], parents: [gatewayOf(GatewayClass.ISTIO).routeParent(HOST)], rules: [{ backends: [to('a'), to('b')] }] });
    const other = gatewayOf(NGINX, 'other');

    expect(() => made.addParent(other.routeParent(HOST))).toThrow("gateway 'other' of class 'nginx' cannot divide requests between 2 backends");
    expect(written('HTTPRoute')[0].spec.parentRefs).toHaveLength(1);
  });
});

test('routes of a ListenerSet ask for Services by their names, too', () => {
  inMesh();
  const { gateway } = gatewayOf(ENVOY);
  const set = ListenerSet.fromListenerSetName('more', { namespace: 'edge', gateway });
  new HttpRoute(chart, 'Route', { metadata, hostnames: ['more.example.com'], parents: [RouteParent.listenerSet(set)], rules: [{ backends: [to('web')] }] });

  expect(firstRule().filters).toEqual([...rewrite('web.shop.svc.cluster.local'), FORGOTTEN]);
});

describe('the host stays that of the client', () => {
  const keeps = (gatewayClass: IGatewayClass) => {
    canary(gatewayOf(gatewayClass));
    expect(JSON.stringify(written('HTTPRoute'))).not.toContain('filters');
    expect(written('HTTPRouteFilter')).toEqual([]);
  };

  test('with proxies of Istio, which choose pods as the mesh does', () => {
    inMesh();
    keeps(GatewayClass.ISTIO);
  });

  test('in an ambient mesh, which goes by addresses', () => {
    inMesh(new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    keeps(ENVOY);
  });

  test('in a mesh of Linkerd, which goes by addresses', () => {
    inMesh(new LinkerdMesh(chart, 'Mesh'));
    keeps(ENVOY);
  });
});
