import { App, Chart, Testing } from 'cdk8s';
import {
  Certificate, ControlPlane, DataPlane, GatewayClass, GatewayController, GatewayForm, GatewayHost, IGatewayClass, IstioMesh, IstioMeshProps,
  LinkerdMesh, ManagedChannel, Mesh, MeshedGateway, MeshNamespace, MtlsMode,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const istio = (props: IstioMeshProps) => new IstioMesh(chart, 'Mesh', props);
const find = (kind: string) => Testing.synth(chart).find(object => object.kind === kind);

describe('how a namespace joins', () => {
  const enrolment = (mesh: Mesh) => {
    new MeshNamespace(chart, 'Namespace', { mesh, name: 'shop' });
    const { labels, annotations } = find('Namespace').metadata;
    return { labels: Object.fromEntries(Object.entries(labels).filter(([key]) => key.includes('istio'))), annotations };
  };

  test('the default tag', () => {
    expect(enrolment(istio({}))).toEqual({ labels: { 'istio-injection': 'enabled' } });
  });

  test('a revision', () => {
    expect(enrolment(istio({ controlPlane: ControlPlane.revision('1-31') }))).toEqual({ labels: { 'istio.io/rev': '1-31' } });
  });

  test.each([
    [ManagedChannel.REGULAR, 'asm-managed'], [ManagedChannel.RAPID, 'asm-managed-rapid'], [ManagedChannel.STABLE, 'asm-managed-stable'],
  ])('the managed channel %s', (channel, rev) => {
    expect(enrolment(istio({ controlPlane: ControlPlane.managed(channel) }))).toEqual({ labels: { 'istio.io/rev': rev } });
  });

  test.each([[true, '{"managed":"true"}'], [false, '{"managed":"false"}']])('a managed data plane: %p', (managedDataPlane, proxy) => {
    expect(enrolment(istio({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR, { managedDataPlane }) })).annotations)
      .toEqual({ 'mesh.cloud.google.com/proxy': proxy });
  });

  test('ambient', () => {
    expect(enrolment(istio({ dataPlane: DataPlane.AMBIENT }))).toEqual({ labels: { 'istio.io/dataplane-mode': 'ambient' } });
  });

  test('ambient, by a revision: its label would inject sidecars', () => {
    expect(enrolment(istio({ dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.revision('1-31') })))
      .toEqual({ labels: { 'istio.io/dataplane-mode': 'ambient' } });
  });

  test('Linkerd', () => {
    expect(enrolment(new LinkerdMesh(chart, 'Mesh'))).toEqual({ labels: {}, annotations: { 'linkerd.io/inject': 'enabled' } });
  });

  test('not at all', () => {
    new MeshNamespace(chart, 'Namespace', { mesh: istio({}), name: 'gateways', enrolled: false, labels: { team: 'edge' } });
    expect(find('Namespace').metadata.labels).toEqual({
      'team': 'edge',
      'app.kubernetes.io/name': 'gateways',
      'app.kubernetes.io/component': 'mesh-namespace',
      'app.kubernetes.io/instance': 'gateways',
      'app.kubernetes.io/managed-by': 'cdk8s-mesh',
      'app.kubernetes.io/part-of': 'service-mesh',
    });
  });

  test('a key of enrolment where none is wanted', () => {
    expect(() => new MeshNamespace(chart, 'Bad', { mesh: istio({}), name: 'bad', enrolled: false, labels: { 'istio.io/rev': 'x' } }))
      .toThrow("namespace 'bad' is not to be enrolled, got 'istio.io/rev' as well");
    expect(() => new MeshNamespace(chart, 'Worse', { mesh: new LinkerdMesh(chart, 'Linkerd'), name: 'worse', annotations: { 'linkerd.io/inject': 'ingress' } }))
      .toThrow("namespace 'worse' is enrolled by 'linkerd.io/inject', got 'linkerd.io/inject' as well");
  });

  test("the control plane's namespace", () => {
    expect(() => new MeshNamespace(chart, 'Root', { mesh: istio({}), name: 'istio-system' })).toThrow(
      "namespace 'istio-system' is that of the mesh's control plane, whose policies hold everywhere: use MeshNamespace.fromNamespaceName");
  });
});

describe('mTLS of a namespace', () => {
  test('is strict by default', () => {
    new MeshNamespace(chart, 'Namespace', { mesh: istio({}), name: 'shop' });
    expect(find('PeerAuthentication')).toMatchObject({ metadata: { name: 'default', namespace: 'shop' }, spec: { mtls: { mode: 'STRICT' } } });
  });

  test('can be loosened', () => {
    new MeshNamespace(chart, 'Namespace', { mesh: istio({}), name: 'shop', mtls: MtlsMode.PERMISSIVE });
    expect(find('PeerAuthentication').spec).toEqual({ mtls: { mode: 'PERMISSIVE' } });
  });

  test('can be left to the mesh', () => {
    new MeshNamespace(chart, 'Namespace', { mesh: istio({}), name: 'shop', mtls: MtlsMode.UNSET });
    expect(find('PeerAuthentication')).toBeUndefined();
  });

  test('is nothing to say in Linkerd', () => {
    const mesh = new LinkerdMesh(chart, 'Mesh');
    new MeshNamespace(chart, 'Namespace', { mesh, name: 'shop' });
    expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['Namespace']);
    expect(() => new MeshNamespace(chart, 'Bad', { mesh, name: 'bad', mtls: MtlsMode.STRICT })).toThrow(
      'mtls needs an Istio mesh, got a Linkerd mesh: its proxies speak mTLS to each other anyway');
  });
});

describe('identities', () => {
  test('of Istio', () => {
    expect(istio({ trustDomain: 'example.org' }).principal('shop', 'web')).toBe('example.org/ns/shop/sa/web');
  });

  test('of Linkerd', () => {
    expect(new LinkerdMesh(chart, 'Mesh').principal('shop', 'web')).toBe('web.shop.serviceaccount.identity.linkerd.cluster.local');
  });
});

describe('how the proxies of a provisioned gateway join', () => {
  const provision = (mesh: Mesh, gatewayClass: IGatewayClass, options = {}) => {
    const gateway = new MeshedGateway(chart, 'Gateway', {
      name: 'public',
      namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' }),
      form: GatewayForm.provisioned(gatewayClass, options),
      hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    });
    const { metadata, spec } = find('Gateway');
    return { gateway, rev: metadata.labels['istio.io/rev'], infrastructure: spec.infrastructure };
  };

  test('of Istio: they are proxies of the mesh already', () => {
    const { gateway, rev, infrastructure } = provision(istio({}), GatewayClass.ISTIO);
    expect({ rev, infrastructure, account: gateway.clientServiceAccount }).toEqual({ account: 'public-istio' });
  });

  test('of Istio by revision: the label is on the Gateway', () => {
    const { rev, infrastructure } = provision(istio({ controlPlane: ControlPlane.revision('1-31') }), GatewayClass.ISTIO);
    expect({ rev, infrastructure }).toEqual({ rev: '1-31' });
  });

  test('of Istio, with infrastructure: it repeats what would no longer be copied', () => {
    const { rev, infrastructure } = provision(istio({}), GatewayClass.ISTIO, { revision: '1-31', annotations: { team: 'edge' } });
    expect({ rev, infrastructure }).toEqual({ rev: '1-31', infrastructure: { labels: { 'istio.io/rev': '1-31' }, annotations: { team: 'edge' } } });
  });

  test('of another controller', () => {
    const { gateway, infrastructure } = provision(istio({}), GatewayClass.NGINX, { labels: { team: 'edge' } });
    expect(infrastructure).toEqual({
      labels: { 'team': 'edge', 'sidecar.istio.io/inject': 'true' },
      annotations: { 'traffic.sidecar.istio.io/includeInboundPorts': '' },
    });
    expect(gateway.clientServiceAccount).toBe('public-nginx');
  });

  test('of another controller by revision', () => {
    expect(provision(istio({ controlPlane: ControlPlane.revision('1-31') }), GatewayClass.ENVOY_GATEWAY).infrastructure.labels).toEqual({ 'istio.io/rev': '1-31' });
  });

  test('of another controller in an ambient mesh', () => {
    expect(provision(istio({ dataPlane: DataPlane.AMBIENT }), GatewayClass.KGATEWAY).infrastructure).toEqual({
      labels: { 'istio.io/dataplane-mode': 'ambient' }, annotations: { 'ambient.istio.io/bypass-inbound-capture': 'true' },
    });
  });

  test('of another controller in Linkerd', () => {
    expect(provision(new LinkerdMesh(chart, 'Mesh'), GatewayClass.ENVOY_GATEWAY).infrastructure).toEqual({
      labels: {},
      annotations: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'all-unauthenticated' },
      parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'public' },
    });
  });

  test('with settings of the implementation', () => {
    const parameters = { group: '', kind: 'ConfigMap', name: 'options' };
    expect(provision(istio({}), GatewayClass.ISTIO, { parameters }).infrastructure.parametersRef).toEqual(parameters);
  });

  test.each([
    [GatewayClass.GKE_L7_RILB, 'networking.gke.io/gateway'], [GatewayClass.AMAZON_VPC_LATTICE, 'application-networking.k8s.aws/gateway-api-controller'],
    [GatewayClass.CILIUM, 'io.cilium/gateway-controller'], [GatewayClass.TRAEFIK, 'traefik.io/gateway-controller'],
  ])('of class %j: not at all', (gatewayClass, controller) => {
    const message = `gateway class '${gatewayClass.name}' cannot join the mesh: its controller '${controller}' runs no pods for a Gateway`;
    expect(() => provision(istio({}), gatewayClass)).toThrow(message);
  });

  test('of a class that cannot join Linkerd', () => {
    const mesh = new LinkerdMesh(chart, 'Mesh');
    expect(() => provision(mesh, GatewayClass.GKE_L7_RILB)).toThrow("gateway class 'gke-l7-rilb' cannot join the mesh");
  });

  test('of a class of the wrong mesh, or for the wrong traffic', () => {
    expect(() => provision(new LinkerdMesh(chart, 'Linkerd'), GatewayClass.ISTIO)).toThrow("gateway class 'istio' is a proxy of Istio: in a Linkerd mesh use another class");
    chart = new Chart(new App(), 'other');
    expect(() => provision(istio({}), GatewayClass.ISTIO_WAYPOINT)).toThrow("gateway class 'istio-waypoint' is not for traffic from outside: use GatewayClass.ISTIO");
  });

  test('a revision in Linkerd', () => {
    expect(() => provision(new LinkerdMesh(chart, 'Mesh'), GatewayClass.ENVOY_GATEWAY, { revision: '1-31' })).toThrow(
      "revision needs an Istio mesh, got '1-31' in a Linkerd mesh: leave it out");
  });

  test('a label of enrolment in infrastructure', () => {
    expect(() => provision(istio({}), GatewayClass.NGINX, { labels: { 'istio-injection': 'enabled' } })).toThrow(
      "labels of gateway 'public' must leave 'istio-injection' alone, got 'enabled': the mesh says how the gateway joins it");
  });

  test('an identity that the class does not tell', () => {
    expect(() => provision(istio({}), GatewayClass.ENVOY_GATEWAY).gateway.clientServiceAccount).toThrow(
      "gateway 'public' has an identity that its class does not tell: pass serviceAccount to GatewayForm.provisioned");
    chart = new Chart(new App(), 'other');
    expect(provision(istio({}), GatewayClass.fromGatewayClassName('own', { controller: GatewayController.of('example.com/own') }), { serviceAccount: 'own' }).gateway.clientServiceAccount)
      .toBe('own');
  });
});

test('a self-managed gateway in Linkerd', () => {
  const namespace = new MeshNamespace(chart, 'Edge', { mesh: new LinkerdMesh(chart, 'Mesh'), name: 'edge' });
  expect(() => new MeshedGateway(chart, 'Gateway', { namespace, form: GatewayForm.selfManaged(), hosts: [GatewayHost.http('a.example.com')] })).toThrow(
    'a self-managed gateway needs an Istio mesh: Linkerd has no gateway proxy, use GatewayForm.provisioned(gatewayClass)');
});

test('a revision that is no DNS label', () => {
  expect(() => ControlPlane.revision('1.31')).toThrow("revision must be a DNS label (lower case letters, digits and inner dashes), got '1.31'");
});
