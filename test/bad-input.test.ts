import { App, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, CanaryParent, CanaryRoute, CanaryVersion, Certificate, ControlPlane, DestinationRule, EgressGateway, ExternalService, Gateway,
  GatewayCanary, GatewayClass, GatewayExposure, GatewayForm, GatewayHost, HttpPathMatch, HttpRoute, IMeshNamespace, IstioHost, IstioMesh,
  IstioProtocol, Listener, MeshedGateway, MeshNamespace, RouteParent, ServiceEntry, ServiceEntryLocation, ServiceEntryResolution,
} from '../src';

// What a user gets wrong, and what the error says: the value that was received, and the remedy.

let chart: Chart;
let mesh: IstioMesh;
let shop: MeshNamespace;
let edge: MeshNamespace;

beforeEach(() => {
  chart = new Chart(new App(), 'test');
  mesh = new IstioMesh(chart, 'Mesh');
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });
});

const certificate = Certificate.fromSecretName('shop-tls');
const https = (hostname?: string, name?: string) => Listener.https({ name, hostname, certificates: [certificate] });

function gatewayWith(...listeners: Listener[]): Gateway {
  return new Gateway(chart, 'Gateway', { metadata: { name: 'web', namespace: 'edge' }, gatewayClass: GatewayClass.ISTIO, listeners });
}

function meshedGateway(options: { namespace?: IMeshNamespace; name?: string; form?: GatewayForm } = {}): MeshedGateway {
  return new MeshedGateway(chart, 'MeshedGateway', {
    name: options.name ?? 'public',
    namespace: options.namespace ?? edge,
    form: options.form ?? GatewayForm.selfManaged(),
    hosts: [GatewayHost.https('shop.example.com', certificate)],
    admits: [shop],
  });
}

function egress(): EgressGateway {
  return new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }) });
}

describe('an empty or malformed hostname or path', () => {
  test.each([
    ['', "got ''"],
    ['Shop.Example.com', "got 'Shop.Example.com'"],
    ['shop..example.com', "got 'shop..example.com'"],
    ['*shop.example.com', "got '*shop.example.com'"],
    ['10.0.0.1', "got '10.0.0.1'"],
  ])('hostname %p', (hostname, message) => {
    expect(() => Listener.http({ hostname })).toThrow(message);
    expect(() => GatewayHost.http(hostname)).toThrow(message);
    expect(() => new HttpRoute(chart, 'Route', { hostnames: [hostname] })).toThrow(message);
  });

  test.each([
    ['', "must start with '/', got ''"],
    ['api', "must start with '/', got 'api'"],
    ['/a//b', "must not contain '//', got '/a//b'"],
    ['/a/../b', "must not contain '/../', got '/a/../b'"],
    ['/a b', "got '/a b': escape the others as %XX"],
  ])('path %p', (path, message) => {
    expect(() => HttpPathMatch.prefix(path)).toThrow(message);
    expect(() => HttpPathMatch.exact(path)).toThrow(message);
  });
});

describe('weights', () => {
  const route = (...weights: number[]) => new HttpRoute(chart, 'Route', {
    rules: [{ backends: weights.map((weight, i) => ({ backend: Backend.serviceName(`v${i}`, { port: 80 }), weight })) }],
  });

  test.each([-5, 1000001, 0.5])('a weight outside 0 to 1000000: %p', weight => {
    expect(() => route(weight)).toThrow(`must be between 0 and 1000000, got ${weight}`);
  });

  test('all weights zero', () => {
    expect(() => route(0, 0)).toThrow('must have a weight above 0 for at least one destination, got 0, 0: every request would fail');
  });

  test('a share of a canary that is no percentage', () => {
    expect(() => new CanaryRoute(chart, 'Canary', {
      namespace: shop,
      parents: [],
      stable: CanaryVersion.serviceName('v1', { port: 80 }),
      canary: CanaryVersion.serviceName('v2', { port: 80 }),
      canaryWeight: 101,
    })).toThrow("canaryWeight of 'canary' must be between 0 and 100 percent, got 101");
  });
});

describe('listeners', () => {
  test('HTTPS without a certificate', () => {
    expect(() => Listener.https({ name: 'https' })).toThrow("listener 'https' needs a certificate: pass certificates, or use Listener.http");
    expect(() => GatewayHost.https('shop.example.com')).toThrow("host 'shop.example.com' needs a certificate: pass one, or use GatewayHost.http for plain HTTP");
  });

  test('a collision on port, protocol and hostname', () => {
    expect(() => gatewayWith(https('shop.example.com', 'a'), https('shop.example.com', 'b'))).toThrow(
      "listener 'b' collides with listener 'a' of Gateway 'web': both listen on port 443 with protocol HTTPS for shop.example.com; use another port or hostname");
  });
});

describe('what the referenced object does not have', () => {
  const attach = (gateway: Gateway, options: { listener?: string; port?: number }) => new HttpRoute(chart, 'Route', {
    metadata: { namespace: 'edge' }, parents: [RouteParent.gateway(gateway, options)],
  });

  test('a listener', () => {
    expect(() => attach(gatewayWith(https()), { listener: 'htps' })).toThrow(/gateway 'web' has no listener 'htps'.*https/);
  });

  test('a port of a listener', () => {
    expect(() => attach(gatewayWith(https()), { port: 8443 })).toThrow(/8443.*443/);
  });

  test('a subset', () => {
    const rule = new DestinationRule(chart, 'Rule', {
      metadata: { name: 'web' }, host: IstioHost.serviceName('web', 'shop'), subsets: [{ name: 'v1' }, { name: 'v2' }],
    });
    expect(() => rule.subset('v3')).toThrow("destination rule 'web' has no subset 'v3': it has v1, v2");
  });

  test('a port of a Service', () => {
    const service = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ name: 'http', port: 80 }, { name: 'admin', port: 81 }] });
    expect(() => Backend.service(service, { port: 8080 })).toThrow(/'web' has no port 8080.*80\/TCP, 81\/TCP/);
    expect(() => CanaryVersion.service(service, 8080)).toThrow("service 'web' has no TCP port 8080: it has 80/TCP, 81/TCP; declare one with protocol TCP, or use another Service");
    expect(() => CanaryVersion.service(service)).toThrow("service 'web' has no single TCP port: it has 80/TCP, 81/TCP; pass port");
  });

  test('a host of a gateway', () => {
    expect(() => new CanaryRoute(chart, 'Canary', {
      namespace: shop,
      parents: [CanaryParent.gateway(meshedGateway())],
      hostnames: ['api.example.com'],
      stable: CanaryVersion.serviceName('v1', { port: 80 }),
      canary: CanaryVersion.serviceName('v2', { port: 80 }),
      canaryWeight: 10,
    })).toThrow("gateway 'public' does not serve 'api.example.com': it serves shop.example.com; call addHost before the route is made");
  });
});

test('a route from a namespace that the listener does not admit', () => {
  expect(() => new HttpRoute(chart, 'Route', { metadata: { namespace: 'shop' }, parents: [RouteParent.gateway(gatewayWith(https()), { listener: 'https' })] }))
    .toThrow(/listener 'https'.*'shop'/);
});

describe('names', () => {
  test('that break DNS rules', () => {
    expect(() => new MeshNamespace(chart, 'Bad', { mesh, name: 'my_shop' })).toThrow("name of the namespace must be a DNS label (lower case letters, digits and inner dashes), got 'my_shop'");
    expect(() => meshedGateway({ name: 'public.gateway' })).toThrow("name of the gateway must be a DNS label (lower case letters, digits and inner dashes), got 'public.gateway'");
  });

  test('that are too long with what a controller adds', () => {
    const name = 'a'.repeat(60);
    expect(() => meshedGateway({ name, form: GatewayForm.provisioned(GatewayClass.ISTIO) })).toThrow(
      `name of the gateway with that of its class must have at most 63 characters, got '${name}-istio' with 66: choose a shorter name`);
  });

  test('that are too long with the suffix of a canary', () => {
    const name = 'a'.repeat(60);
    const unlabelled = new MeshNamespace(chart, 'Unlabelled', { mesh, name: 'unlabelled', enrolled: false });
    expect(() => meshedGateway({ name, namespace: unlabelled, form: GatewayForm.selfManaged({ canary: GatewayCanary.replicas('1-31', 20) }) })).toThrow(
      `got '${name}-canary' with 67: choose a shorter name`);
  });
});

describe('both an injection label and a revision on one namespace', () => {
  test('of this app', () => {
    expect(() => new MeshNamespace(chart, 'Bad', {
      mesh: new IstioMesh(new Construct(chart, 'Revisioned'), 'Mesh', { controlPlane: ControlPlane.revision('1-31') }), name: 'bad', labels: { 'istio-injection': 'enabled' },
    })).toThrow("namespace 'bad' is enrolled by 'istio.io/rev', got 'istio-injection' as well: leave enrolment to the mesh, or describe another control plane there");
  });

  test('in the cluster already', () => {
    expect(() => MeshNamespace.fromNamespaceName(chart, 'Bad', 'bad', { mesh, labels: { 'istio-injection': 'enabled', 'istio.io/rev': '1-31' } }))
      .toThrow("namespace 'bad' must be enrolled once, got 'istio-injection' and 'istio.io/rev': keep one of them");
  });
});

test('a wildcard egress host with DNS resolution', () => {
  expect(() => egress().allow(ExternalService.tls('*.stripe.com'))).toThrow(/'\*\.stripe\.com'.*cannot look up.*one by one/);
  expect(() => new ServiceEntry(chart, 'Entry', {
    hosts: ['*.stripe.com'],
    ports: [{ number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.DNS,
  })).toThrow(/\*\.stripe\.com/);
});

test('a client list on an egress host whose client identity would be invisible', () => {
  expect(() => egress().allow(ExternalService.tls('api.stripe.com', { identified: false }), { clients: [shop] })).toThrow(
    "clients of external host 'api.stripe.com' cannot be listed, because the gateway would not know who calls: leave identified: false out");
});

describe('image auto in a pod that nothing enrols', () => {
  test('because the namespace refuses injection', () => {
    const off = MeshNamespace.fromNamespaceName(chart, 'Off', 'off', { mesh, labels: { 'istio-injection': 'disabled' } });
    expect(() => meshedGateway({ namespace: off })).toThrow(
      "gateway 'public' has image 'auto' in pods that nothing enrols: namespace 'off' has istio-injection: disabled, which no pod label undoes; remove that label");
  });

  test('because the pods do', () => {
    expect(() => meshedGateway({ form: GatewayForm.selfManaged({ podLabels: { 'sidecar.istio.io/inject': 'false' } }) })).toThrow(
      "gateway 'public' has image 'auto' in pods that nothing enrols: its pods have sidecar.istio.io/inject: 'false'; remove that label");
  });

  test('because another revision would inject', () => {
    expect(() => meshedGateway({ form: GatewayForm.selfManaged({ revision: '1-31' }) })).toThrow(
      "gateway 'public' wants revision '1-31', but namespace 'edge' is enrolled with 'default', which beats the label of a pod: " +
      'pass enrolled: false to the MeshNamespace of the gateway');
  });

  test('because injectors leave the namespace out', () => {
    expect(() => new MeshNamespace(chart, 'System', { mesh, name: 'kube-system' })).toThrow("namespace 'kube-system' cannot join a mesh: injectors leave it out");
    const system = MeshNamespace.fromNamespaceName(chart, 'Known', 'kube-system', { mesh });
    expect(() => meshedGateway({ namespace: system })).toThrow("namespace 'kube-system' is one that injectors leave out");
  });
});

describe("a gateway in the control plane's namespace", () => {
  let root: IMeshNamespace;
  beforeEach(() => {
    root = MeshNamespace.fromNamespaceName(chart, 'Root', 'istio-system', { mesh });
  });

  test('is refused', () => {
    expect(() => meshedGateway({ namespace: root })).toThrow(
      "gateway 'public' must not run in the control plane's namespace 'istio-system': give it a namespace of its own, or pass besideControlPlane: true");
    expect(() => new EgressGateway(chart, 'Egress', { namespace: root })).toThrow(
      "egress gateway 'istio-egressgateway' must not run in the control plane's namespace 'istio-system'");
  });

  test('is made when asked for by name', () => {
    new MeshedGateway(chart, 'Gateway', {
      namespace: root, form: GatewayForm.selfManaged(), exposures: [GatewayExposure.nodePort()], hosts: [GatewayHost.https('shop.example.com', certificate)], besideControlPlane: true,
    });
    expect(Testing.synth(chart).find(({ kind }) => kind === 'Deployment').metadata.namespace).toBe('istio-system');
  });
});

test('an egress host listed twice with different protocols', () => {
  expect(() => egress().allow(ExternalService.tls('api.stripe.com')).allow(ExternalService.http('api.stripe.com'))).toThrow(
    "external host 'api.stripe.com' was allowed as TLS before, got HTTP: a host has one protocol");
});

test('a revision canary equal to the stable one', () => {
  const unlabelled = new MeshNamespace(chart, 'Unlabelled', { mesh, name: 'unlabelled', enrolled: false });
  expect(() => meshedGateway({ namespace: unlabelled, form: GatewayForm.selfManaged({ revision: '1-31', canary: GatewayCanary.replicas('1-31', 20) }) })).toThrow(
    "revision of the canary must differ from that of gateway 'public', got '1-31' for both");
});

test('an error leaves no manifest', () => {
  const app = new App();
  const broken = new Chart(app, 'broken');
  expect(() => new Gateway(broken, 'Gateway', { gatewayClass: GatewayClass.ISTIO, listeners: [https(), https()] })).toThrow();
  expect(() => new Gateway(new Chart(app, 'other'), 'Gateway', { gatewayClass: GatewayClass.ISTIO })).not.toThrow();
  expect(() => app.synth()).toThrow('a Gateway needs at least one listener: pass listeners, or call addListener');
});
