import { App, Chart, Testing } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import { DataPlane, IMeshNamespace, IstioMesh, LinkerdMesh, Mesh, MeshClient, MeshNamespace, MeshWorkload } from '../../src';

let chart: Chart;
let shop: MeshNamespace;
beforeEach(() => setUp(scope => new IstioMesh(scope, 'Mesh')));

function setUp(makeMesh: (scope: Chart) => Mesh) {
  chart = new Chart(new App(), 'test');
  shop = new MeshNamespace(chart, 'Shop', { mesh: makeMesh(chart), name: 'shop' });
}

const policies = () => Testing.synth(chart).filter(({ kind }) => kind === 'AuthorizationPolicy');

function workload(name: string, namespace: IMeshNamespace = shop, withAccount = true) {
  const metadata = { name, namespace: 'shop' };
  const deployment = new Deployment(chart, `Deployment-${name}`, {
    metadata,
    podMetadata: { labels: { app: name } },
    select: false,
    serviceAccount: withAccount ? new ServiceAccount(chart, `ServiceAccount-${name}`, { metadata }) : undefined,
    containers: [{ image: name, portNumber: 8080 }],
  });
  deployment.select(LabelSelector.of({ labels: { app: name } }));
  return new MeshWorkload(chart, `Workload-${name}`, { namespace, workload: deployment });
}

describe('allowFrom', () => {
  test('closes the namespace once, and gathers the clients of a workload in one policy', () => {
    const [web, cart] = [workload('web'), workload('cart')];
    workload('catalog').allowFrom(web, { methods: ['GET'], paths: ['/products/*'] }).allowFrom(cart, { ports: [8080] });
    cart.allowFrom(shop);
    expect(policies().map(({ metadata }) => metadata.name).sort()).toEqual(['allow-nothing', 'cart', 'catalog']);
    expect(policies().find(({ metadata }) => metadata.name === 'allow-nothing').spec).toEqual({});
    expect(policies().find(({ metadata }) => metadata.name === 'catalog').spec).toEqual({
      selector: { matchLabels: { app: 'catalog' } },
      action: 'ALLOW',
      rules: [
        { from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }], to: [{ operation: { methods: ['GET'], paths: ['/products/*'] } }] },
        { from: [{ source: { principals: ['cluster.local/ns/shop/sa/cart'] } }], to: [{ operation: { ports: ['8080'] } }] },
      ],
    });
    expect(policies().find(({ metadata }) => metadata.name === 'cart').spec.rules).toEqual([{ from: [{ source: { namespaces: ['shop'] } }] }]);
  });

  test('takes a client by name', () => {
    workload('web').allowFrom(MeshClient.serviceAccountName(shop, 'tester'));
    expect(policies().find(({ metadata }) => metadata.name === 'web').spec.rules).toEqual([{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/tester'] } }] }]);
  });

  test('takes a service account of the app', () => {
    const account = new ServiceAccount(chart, 'Tester', { metadata: { name: 'tester', namespace: 'shop' } });
    expect(MeshClient.serviceAccount(shop, account)).toEqual({ clientNamespace: shop, clientServiceAccount: 'tester' });
  });

  test('needs an identity of the client', () => {
    expect(() => workload('web').allowFrom(workload('anonymous', shop, false))).toThrow(
      "workload 'anonymous' needs a service account of its own: others of its namespace share the default one");
  });

  test('in an ambient mesh allows ports', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    workload('web').allowFrom(shop, { ports: [8080] });
    expect(policies().find(({ metadata }) => metadata.name === 'web').spec.rules).toEqual([
      { from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['8080'] } }] },
    ]);
  });

});

test('a workload in another namespace than it says', () => {
  const other = MeshNamespace.fromNamespaceName(chart, 'Other', 'other', { mesh: shop.mesh });
  expect(() => workload('web', other)).toThrow("workload 'web' is in namespace 'shop', got namespace 'other': set metadata.namespace of the workload");
});

describe('reach', () => {
  const hosts = () => Testing.synth(chart).find(({ kind }) => kind === 'Sidecar')?.spec.egress[0].hosts;

  test('adds namespaces to what confined workloads know, before and after', () => {
    const blog = MeshNamespace.fromNamespaceName(chart, 'Blog', 'blog', { mesh: shop.mesh });
    shop.reach(blog);
    expect(hosts()).toBeUndefined();
    shop.confine().confine();
    shop.reach(MeshNamespace.fromNamespaceName(chart, 'Search', 'search', { mesh: shop.mesh }));
    expect(hosts()).toEqual(['./*', 'istio-system/*', 'blog/*', 'search/*']);
  });
});

describe('confine', () => {
  test('keeps proxies to known hosts, and pods in the cluster', () => {
    shop.confine();
    const [sidecar, policy] = ['Sidecar', 'NetworkPolicy'].map(kind => Testing.synth(chart).find(object => object.kind === kind));
    expect(sidecar.spec).toEqual({ egress: [{ hosts: ['./*', 'istio-system/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } });
    expect(policy.spec).toEqual({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] });
  });

  test('needs sidecars', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    expect(() => shop.confine()).toThrow("confine needs workloads with sidecars, got an ambient mesh: write a NetworkPolicy for namespace 'shop'");
    setUp(scope => new LinkerdMesh(scope, 'Mesh'));
    expect(() => shop.confine()).toThrow('confine needs an Istio mesh, got a Linkerd mesh: write a NetworkPolicy for namespace');
  });
});

test('a namespace of somebody else gets policies, and no Namespace', () => {
  const blog = MeshNamespace.fromNamespaceName(chart, 'Blog', 'blog', { mesh: shop.mesh, labels: { team: 'blog' } });
  blog._policies.confine();
  expect(Testing.synth(chart).filter(({ kind, metadata }) => (metadata.namespace ?? metadata.name) === 'blog' && kind === 'Namespace')).toEqual([]);
  expect(Testing.synth(chart).filter(({ metadata }) => metadata.namespace === 'blog').map(({ kind }) => kind)).toEqual(['Sidecar', 'NetworkPolicy']);
  expect([blog.labels, blog.clientNamespace]).toEqual([{ team: 'blog' }, blog]);
});
