import { App, Chart, Testing } from 'cdk8s';
import { Pods, Service } from 'cdk8s-plus-28';
import {
  CanaryParent, CanaryRoute, CanaryRouteProps, CanaryVersion, Certificate, DataPlane, Gateway, GatewayClass, GatewayForm, GatewayHost,
  HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRouteMatch, IstioGateway, IstioMesh, LinkerdMesh, Mesh, MeshClient,
  MeshedGateway, MeshNamespace,
} from '../../src';

let chart: Chart;
let shop: MeshNamespace;
let edge: MeshNamespace;

beforeEach(() => setUp(scope => new IstioMesh(scope, 'Mesh')));

function setUp(makeMesh: (scope: Chart) => Mesh) {
  chart = new Chart(new App(), 'test');
  const mesh = makeMesh(chart);
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const v1 = CanaryVersion.serviceName('web-v1', { port: 80, targetPort: 8080 });
const v2 = CanaryVersion.serviceName('web-v2', { port: 80, targetPort: 8080 });
const istioParent = CanaryParent.istioGateway(IstioGateway.fromGatewayName('public', { namespace: 'edge' }));
const httpParent = CanaryParent.gatewayListener(Gateway.fromGatewayName('public', { namespace: 'edge' }), 'https');

function meshedGateway(form: GatewayForm) {
  return new MeshedGateway(chart, 'Gateway', {
    name: 'public',
    namespace: edge,
    form,
    admits: [shop],
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls')), GatewayHost.https('*.example.com', Certificate.fromSecretName('tls'))],
  });
}

function canary(props: Partial<CanaryRouteProps> = {}) {
  return new CanaryRoute(chart, 'Web', {
    namespace: shop, parents: [istioParent], hostnames: ['shop.example.com'], stable: v1, canary: v2, canaryWeight: 10, ...props,
  });
}

/** The requests that each kind of route pins to the canary. */
const pinnedHttp = () => all('HTTPRoute').find(({ metadata }) => metadata.name === 'web').spec.rules[0].matches;
const pinnedIstio = () => all('VirtualService')[0].spec.http[0].match;

describe('in Istio', () => {
  test('versions by Service need no DestinationRule', () => {
    const route = canary();
    expect(all('VirtualService')[0].spec).toEqual({
      hosts: ['shop.example.com'],
      gateways: ['edge/public'],
      http: [{
        route: [
          { destination: { host: 'web-v1.shop.svc.cluster.local', port: { number: 80 } }, weight: 90 },
          { destination: { host: 'web-v2.shop.svc.cluster.local', port: { number: 80 } }, weight: 10 },
        ],
      }],
    });
    expect(all('DestinationRule')).toEqual([]);
    expect([route.httpRoute, route.destinationRule]).toEqual([undefined, undefined]);
    expect(route.virtualService!.name).toBe('web');
  });

  test('versions by subset bring the DestinationRule that names them', () => {
    const service = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }, { port: 81, name: 'admin' }] });
    const route = canary({
      parents: [CanaryParent.service(service)],
      hostnames: undefined,
      stable: CanaryVersion.subset(service, { name: 'v1', labels: { version: '1' }, port: 80 }),
      canary: CanaryVersion.subset(service, { name: 'v2', labels: { version: '2' }, port: 80 }),
      canaryWeight: 100,
    });
    const host = 'web.shop.svc.cluster.local';
    expect(all('VirtualService')[0].spec).toEqual({
      hosts: [host], gateways: ['mesh'], http: [{ route: [{ destination: { host, subset: 'v2', port: { number: 80 } }, weight: 100 }] }],
    });
    expect(all('DestinationRule')[0].spec).toEqual({ host, subsets: [{ name: 'v1', labels: { version: '1' } }, { name: 'v2', labels: { version: '2' } }] });
    expect(route.destinationRule!.name).toBe('web');
  });

  test('a path prefix goes by elements, as in Gateway API', () => {
    canary({ paths: [HttpPathMatch.prefix('/api/'), HttpPathMatch.exact('/health'), HttpPathMatch.regex('/v[0-9]+')] });
    expect(all('VirtualService')[0].spec.http[0].match).toEqual([
      { uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }, { uri: { exact: '/health' } }, { uri: { regex: '/v[0-9]+' } },
    ]);
  });

  test('every condition of a match has its counterpart', () => {
    canary({
      pinned: [HttpRouteMatch.of({
        headers: [HttpHeaderMatch.exact('X-Canary', 'true'), HttpHeaderMatch.regex('X-User', 'qa-.*')],
        queryParams: [HttpQueryParamMatch.exact('Canary', '1'), HttpQueryParamMatch.regex('v', '2.*')],
        method: HttpMethod.GET,
      })],
    });
    expect(pinnedIstio()).toEqual([{
      headers: { 'x-canary': { exact: 'true' }, 'x-user': { regex: 'qa-.*' } },
      queryParams: { Canary: { exact: '1' }, v: { regex: '2.*' } },
      method: { exact: 'GET' },
    }]);
  });
});

describe('in Gateway API', () => {
  test('it is an HTTPRoute on the named listener', () => {
    const route = canary({ parents: [httpParent] });
    expect(all('HTTPRoute')[0].spec.parentRefs).toMatchObject([{ name: 'public', namespace: 'edge', sectionName: 'https' }]);
    expect(all('HTTPRoute')[0].spec.rules).toHaveLength(1);
    expect([route.virtualService, route.destinationRule]).toEqual([undefined, undefined]);
    expect(route.httpRoute!.name).toBe('web');
  });

  test('it names the listener of each host of a gateway, once', () => {
    canary({ parents: [CanaryParent.gateway(meshedGateway(GatewayForm.provisioned(GatewayClass.ISTIO)))], hostnames: ['shop.example.com', 'a.example.com', 'b.example.com'] });
    expect(all('HTTPRoute').find(({ metadata }) => metadata.name === 'web').spec.parentRefs.map(({ sectionName }: any) => sectionName))
      .toEqual(['https', 'https-wildcard-example-com']);
  });

  test('it serves plain HTTP on the listener that does', () => {
    const gateway = new MeshedGateway(chart, 'Plain', {
      namespace: edge, form: GatewayForm.provisioned(GatewayClass.ISTIO), hosts: [GatewayHost.http('plain.example.com')], admits: [shop],
    });
    canary({ parents: [CanaryParent.gateway(gateway)], hostnames: ['plain.example.com'] });
    expect(all('HTTPRoute').find(({ metadata }) => metadata.name === 'web').spec.parentRefs[0].sectionName).toBe('http');
  });

  test('requests of the mesh are divided by a route on the Service, in Linkerd too', () => {
    setUp(scope => new LinkerdMesh(scope, 'Mesh'));
    const service = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
    canary({ parents: [CanaryParent.service(service, 80)], hostnames: undefined, canaryWeight: 0 });
    expect(all('HTTPRoute')[0].spec).toMatchObject({
      parentRefs: [{ group: '', kind: 'Service', name: 'web', port: 80 }],
      rules: [{ backendRefs: [{ name: 'web-v1', weight: 100 }] }],
    });
    expect(all('HTTPRoute')[0].spec.rules[0].backendRefs).toHaveLength(1);
  });
});

describe('pinned requests mean the same in both', () => {
  const paths = [HttpPathMatch.prefix('/api'), HttpPathMatch.prefix('/api/v2'), HttpPathMatch.exact('/')];
  const header = [HttpHeaderMatch.exact('canary', 'true')];

  test('a match without a path is pinned on every path of the route', () => {
    canary({ parents: [httpParent], paths, pinned: [HttpRouteMatch.header('canary', 'true')] });
    expect(pinnedHttp().map(({ path }: any) => path.value)).toEqual(['/api', '/api/v2', '/']);
  });

  test('a match with a path is pinned where it meets those of the route', () => {
    canary({ parents: [httpParent], paths, pinned: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/api'), headers: header })] });
    expect(pinnedHttp().map(({ path }: any) => path.value)).toEqual(['/api', '/api/v2']);
  });

  test('the narrower path is the one that both match', () => {
    canary({ paths: [HttpPathMatch.prefix('/')], pinned: [HttpRouteMatch.of({ path: HttpPathMatch.exact('/beta'), headers: header })] });
    expect(pinnedIstio()).toEqual([{ uri: { exact: '/beta' }, headers: { canary: { exact: 'true' } } }]);
  });

  test.each([
    [HttpPathMatch.prefix('/apix'), "pinned path '/apix' is outside of canary route 'web': its paths are /api, /api/v2, /"],
    [HttpPathMatch.exact('/apix'), "pinned path '/apix' is outside"],
    [HttpPathMatch.regex('/a.*'), "canary route 'web' cannot combine the regular expression '/a.*' with another path: use prefixes"],
  ])('a path that no path of the route meets: %j', (path, message) => {
    expect(() => canary({ paths, pinned: [HttpRouteMatch.of({ path, headers: header })] })).toThrow(message);
  });

  test('a path alone pins nothing', () => {
    expect(() => canary({ pinned: [HttpRouteMatch.pathPrefix('/beta')] })).toThrow(
      "pinned requests of canary route 'web' must have a header, query parameter or method, got only a path: use a route of its own");
  });
});

describe('in a closed namespace', () => {
  const close = () => shop._policies.close();
  const policy = (name = 'web-from-public') => all('AuthorizationPolicy').find(({ metadata }) => metadata.name === name);

  test.each(['before', 'after'])('workloads take requests of the gateway, closed %s the route', when => {
    const parents = [CanaryParent.gateway(meshedGateway(GatewayForm.selfManaged()))];
    if (when === 'before') {close();}
    canary({ parents, hostnames: ['shop.example.com', '*.apps.example.com'] });
    if (when === 'after') {close();}
    expect(policy()).toMatchObject({ metadata: { namespace: 'shop' }, spec: { action: 'ALLOW' } });
    expect(policy().spec.rules).toEqual([{
      from: [{ source: { principals: ['cluster.local/ns/edge/sa/public'] } }],
      to: [{ operation: { ports: ['8080'], hosts: ['shop.example.com', 'shop.example.com:*', '*.apps.example.com'] } }],
    }]);
  });

  test('only the pods of its versions do', () => {
    const service = (name: string, label: object) => new Service(chart, name, {
      metadata: { name, namespace: 'shop' }, ports: [{ port: 80, targetPort: 8080 }], selector: Pods.select(chart, `Pods-${name}`, label),
    });
    close();
    canary({
      parents: [CanaryParent.gateway(meshedGateway(GatewayForm.selfManaged()))],
      stable: CanaryVersion.service(service('v1', { labels: { app: 'web', version: '1' } })),
      canary: CanaryVersion.service(service('v2', {})),
    });
    expect(policy().spec.selector).toEqual({ matchLabels: { app: 'web', version: '1' } });
    expect(policy('web-canary-from-public').spec).toMatchObject({ rules: [{ to: [{ operation: { ports: ['8080'] } }] }] });
    expect(policy('web-canary-from-public').spec.selector).toBeUndefined();
  });

  test('subsets share one policy', () => {
    const web = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }, { port: 81 }] });
    close();
    canary({
      parents: [CanaryParent.gateway(meshedGateway(GatewayForm.selfManaged()))],
      stable: CanaryVersion.subset(web, { name: 'v1', labels: {}, port: 80 }),
      canary: CanaryVersion.subset(web, { name: 'v2', labels: {}, port: 81 }),
    });
    expect(policy().spec.rules[0].to[0].operation.ports).toEqual(['80', '81']);
    expect(policy('web-canary-from-public')).toBeUndefined();
  });

  test('nodes of an ambient mesh read no hosts', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    close();
    canary({ parents: [CanaryParent.gateway(meshedGateway(GatewayForm.provisioned(GatewayClass.ISTIO)))] });
    expect(policy().spec.rules[0].to).toEqual([{ operation: { ports: ['8080'] } }]);
  });

  test('an open namespace needs no policy', () => {
    canary({ parents: [CanaryParent.gateway(meshedGateway(GatewayForm.selfManaged()))] });
    expect(all('AuthorizationPolicy')).toEqual([]);
  });

  test('an identity that nobody tells is asked for', () => {
    close();
    const gateway = meshedGateway(GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY));
    expect(() => canary({ parents: [CanaryParent.gateway(gateway)] })).toThrow("gateway 'public' has an identity that its class does not tell");
    expect(MeshClient.serviceAccountName(edge, 'own').clientServiceAccount).toBe('own');
  });
});

describe('what cannot be one route', () => {
  const service = () => new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });

  test('parents of both kinds', () => {
    expect(() => canary({ parents: [istioParent, httpParent] })).toThrow("canary route 'web' must be of one kind, got istio gateway 'public' of Istio " +
      "and gateway 'public' of Gateway API: use a Service for each version, and one route for each kind of gateway");
  });

  test('a route of a namespace that a self-managed gateway does not admit', () => {
    const blog = new MeshNamespace(chart, 'Blog', { mesh: shop.mesh, name: 'blog' });
    expect(() => canary({ namespace: blog, parents: [CanaryParent.gateway(meshedGateway(GatewayForm.selfManaged()))] })).toThrow(
      "gateway 'public' serves none of shop.example.com for namespace 'blog': its servers so far are for shop/shop.example.com, shop/*.example.com");
  });

  test('subsets behind Gateway API', () => {
    const web = service();
    expect(() => canary({
      parents: [httpParent],
      stable: CanaryVersion.subset(web, { name: 'v1', labels: {} }),
      canary: CanaryVersion.subset(web, { name: 'v2', labels: {} }),
    })).toThrow("got subset 'v1' of Istio and gateway 'public' of Gateway API");
  });

  test('a subset and a Service', () => {
    expect(() => canary({ stable: CanaryVersion.subset(service(), { name: 'v1', labels: {} }) })).toThrow(
      "versions of canary route 'web' must both be subsets of one Service, got 'web.shop.svc.cluster.local' and 'web-v2.shop.svc.cluster.local'");
  });

  test('a Service of another namespace, where a route of Gateway API would count for its own clients only', () => {
    const far = new Service(chart, 'Far', { metadata: { name: 'far', namespace: 'blog' }, ports: [{ port: 80 }] });
    expect(() => canary({ parents: [httpParent, CanaryParent.service(far)] })).toThrow(
      "a producer route of Service 'far' must be in its namespace 'blog', got 'shop': only there it counts for all clients");
  });

  test('subsets in Linkerd', () => {
    setUp(scope => new LinkerdMesh(scope, 'Mesh'));
    const web = service();
    expect(() => canary({
      parents: [CanaryParent.service(web)],
      stable: CanaryVersion.subset(web, { name: 'v1', labels: {} }),
      canary: CanaryVersion.subset(web, { name: 'v2', labels: {} }),
    })).toThrow("canary route 'web' with a VirtualService needs an Istio mesh, got a Linkerd mesh");
  });

  test('no parents, or no hosts', () => {
    expect(() => canary({ parents: [] })).toThrow(
      "canary route 'web' needs at least one parent, got none: pass CanaryParent.gateway(gateway) or CanaryParent.service(service)");
    chart = new Chart(new App(), 'other');
    expect(() => canary({ hostnames: [] })).toThrow("canary route 'web' needs hostnames, got none: pass the public hosts that it serves");
  });

  test('hosts of a route for Services only, where calls in the mesh have none', () => {
    const parents = [CanaryParent.serviceName('web', 80), CanaryParent.serviceName('shop')];
    expect(() => canary({ parents, hostnames: ['shop.example.com', 'a.example.com'] })).toThrow(
      "hostnames of canary route 'web' count for gateways only, got shop.example.com, a.example.com with only service 'web', service 'shop': " +
      'leave them out, or add CanaryParent.gateway(gateway)');
    chart = new Chart(new App(), 'gateways');
    expect(() => canary({ parents: [...parents, httpParent], hostnames: ['shop.example.com'] })).not.toThrow();
  });
});
