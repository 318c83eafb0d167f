import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion, Certificate, DataPlane, GatewayBinding,
  GatewayClass, GatewayForm, GatewayHost, GrpcMethodMatch, HttpPathMatch, HttpRouteMatch, IstioMesh, MeshedGateway, MeshNamespace, StickyAssignment,
  Waypoint,
} from 'cdk8s-mesh';

/** Each way to divide calls between versions: of a Service, in a mesh with sidecars and in an ambient one, and at gateways. */
const app = new App();

const PORTS: { readonly [protocol in CanaryProtocol]: string } = { HTTP: 'http', GRPC: 'grpc', TCP: 'tcp', TLS: 'tls' };

/** Versions of a shop, and who calls them. */
class Shop {
  public readonly shop: MeshNamespace;
  private readonly versions: ReadonlyMap<CanaryProtocol, CanaryVersion[]>;

  constructor(public readonly chart: Chart, dataPlane: DataPlane) {
    this.shop = new MeshNamespace(chart, 'Shop', { mesh: new IstioMesh(chart, 'Mesh', { dataPlane }), name: 'shop' });
    ['v1', 'v2', 'v3', 'tls-v1', 'tls-v2', 'tls-v3', 'client'].forEach(name => this.deploy(name));
    this.versions = new Map(Object.values(CanaryProtocol).map(protocol => [protocol, ['v1', 'v2', 'v3'].map(name =>
      CanaryVersion.service(this.service(`${name}-${PORTS[protocol]}`, protocol, { app: protocol === CanaryProtocol.TLS ? `tls-${name}` : name })))]));
  }

  public service(name: string, protocol = CanaryProtocol.HTTP, labels: { [key: string]: string } = { app: name }): Service {
    const made = new Service(this.chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: PORTS[protocol], port: 80, targetPort: 8080 }] });
    Object.entries(labels).forEach(([key, value]) => made.selectLabel(key, value));
    return made;
  }

  /** A canary of a Service of its name, or of whatever is said. */
  public divide(name: string, options: Partial<CanaryRouteProps>, protocol = CanaryProtocol.HTTP): void {
    const [stable, canary] = this.versions.get(protocol)!;
    new CanaryRoute(this.chart, `Route-${name}`, {
      name,
      namespace: this.shop,
      protocol,
      stable,
      canary,
      parents: options.parents ?? [CanaryParent.service(this.service(name, protocol))],
      ...options,
    });
  }

  /** Versions that are pods of one Service. */
  public subsets(name: string): Pick<CanaryRouteProps, 'stable' | 'canary' | 'parents' | 'canaryWeight'> {
    const all = this.service(name, CanaryProtocol.HTTP, { tier: 'web' });
    const subset = (version: string) => CanaryVersion.subset(all, { name: version, labels: { app: version } });
    return { parents: [CanaryParent.service(all)], canaryWeight: 100, stable: subset('v1'), canary: subset('v2') };
  }

  /** All that a Service can be told. */
  public divideServices(): void {
    const third = this.versions.get(CanaryProtocol.HTTP)![2];
    this.divide('weighted', { canaryWeight: 100 });
    this.divide('three', { canaryWeight: 0, others: [{ version: third, weight: 100 }] });
    this.divide('paths', { canaryWeight: 100, paths: [HttpPathMatch.prefix('/shop')] });
    this.divide('query', { canaryWeight: 0, pinned: [HttpRouteMatch.queryParam('beta', '1')] });
    this.divide('header', { canaryWeight: 0, pinned: [HttpRouteMatch.header('canary', 'true')] });
    this.divide('cookie', { canaryWeight: 0, pinned: [HttpRouteMatch.cookie('version', 'next')] });
    this.divide('sticky', { canaryWeight: 50, sticky: StickyAssignment.cookie() });
    this.divide('mirrored', { canaryWeight: 0, mirrorPercent: 100 });
    this.divide('named', { ...NAMES, canaryWeight: 100 });
    this.divide('by-name', { parents: [CanaryParent.serviceName('known', 80)], canaryWeight: 100 });
    this.divide('steps', STEPS);
    this.divide('calls', { canaryWeight: 100 }, CanaryProtocol.GRPC);
    this.divide('some-calls', { canaryWeight: 100, calls: [GrpcMethodMatch.exact({ service: 'shop.Greeter' })] }, CanaryProtocol.GRPC);
    this.divide('connections', { canaryWeight: 100 }, CanaryProtocol.TCP);
    this.divide('tls', { canaryWeight: 100, hostnames: ['shop.example.com'] }, CanaryProtocol.TLS);
    this.divide('subsets', this.subsets('all'));
    this.service('known', CanaryProtocol.HTTP, { app: 'v1' });
  }

  /** A gateway of each form, with hosts for what it is told. */
  public gateway(name: string, form: GatewayForm, hosts: string[]): CanaryParent {
    const edge = this.chart.node.tryFindChild('Edge') as MeshNamespace ?? new MeshNamespace(this.chart, 'Edge', { mesh: this.shop.mesh, name: 'edge', enrolled: false });
    return CanaryParent.gateway(new MeshedGateway(this.chart, name, {
      namespace: edge, form, admits: [this.shop], hosts: hosts.map(host => GatewayHost.https(`${host}.example.com`, Certificate.fromSecretName('shop-tls'))),
    }));
  }

  private deploy(name: string): void {
    const metadata = { name, namespace: 'shop' };
    const workload = new Deployment(this.chart, `${name}-deployment`, {
      metadata,
      podMetadata: { labels: { app: name, ...name.startsWith('v') && { tier: 'web' } } },
      select: false,
      serviceAccount: new ServiceAccount(this.chart, `${name}-account`, { metadata }),
      containers: [{ image: `registry.example.com/${name}:1.0.0`, portNumber: 8080 }],
    });
    workload.select(LabelSelector.of({ labels: { app: name } }));
  }
}

const NAMES = { stable: CanaryVersion.serviceName('v1-http', { port: 80 }), canary: CanaryVersion.serviceName('v2-http', { port: 80 }) };
const STEPS: Partial<CanaryRouteProps> = {
  steps: [CanaryStep.mirror(100), CanaryStep.pause(), CanaryStep.weight(100)], delivery: CanaryDelivery.manual({ currentStep: 2 }),
};

const ambient = new Shop(new Chart(app, 'ambient'), DataPlane.AMBIENT);
new Waypoint(ambient.chart, 'Waypoint', { namespace: ambient.shop }).serve(ambient.shop);
ambient.divideServices();

const sidecars = new Shop(new Chart(app, 'sidecars'), DataPlane.SIDECAR);
sidecars.divideServices();
for (const [name, form] of Object.entries({
  'by-istio': GatewayForm.provisioned(GatewayClass.ISTIO), 'own': GatewayForm.selfManaged(), 'routes': GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API }),
})) {
  const parents = [sidecars.gateway(name, form, ['named', 'subsets'])];
  sidecars.divide(`${name}-named`, { ...NAMES, parents, canaryWeight: 100, hostnames: ['named.example.com'] });
  if (name === 'own') {
    sidecars.divide('own-subsets', { ...sidecars.subsets('own-all'), parents, hostnames: ['subsets.example.com'] });
  }
}

const envoyGateway = new Shop(new Chart(app, 'envoy-gateway'), DataPlane.SIDECAR);
const parents = [envoyGateway.gateway('public', GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, { serviceAccount: 'door' }), ['named', 'paths', 'steps', 'calls'])];
envoyGateway.divide('named', { ...NAMES, parents, canaryWeight: 100, hostnames: ['named.example.com'] });
envoyGateway.divide('paths', { parents, canaryWeight: 100, paths: [HttpPathMatch.prefix('/shop')], hostnames: ['paths.example.com'] });
envoyGateway.divide('steps', { ...STEPS, parents, hostnames: ['steps.example.com'] });
envoyGateway.divide('calls', { parents, canaryWeight: 100, calls: [GrpcMethodMatch.exact({ service: 'shop.Greeter' })], hostnames: ['calls.example.com'] }, CanaryProtocol.GRPC);

app.synth();
