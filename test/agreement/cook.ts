import { App, Chart, Duration } from 'cdk8s';
import { controlPlaneOf } from './cluster-dishes';
import { DISHES } from './dishes';
import { GIVEN } from './given';
import { Dice, MeshedPods as Pods } from './kitchen';
import { askMesh, manifestsOf, meshesOf } from './meshes';
import { Recipe } from './recipe';
import {
  CanaryDelivery, CanaryParent, CanaryRoute, CanaryStep, CanaryVersion, Certificate, ClientAddress, CloudLoadBalancer, EastWestGateway, EgressForm,
  EgressGateway, ExternalService, GatewayBinding, GatewayCanary, GatewayCanaryStage, GatewayClass, GatewayExposure, GatewayForm, GatewayHost,
  GatewayWorkloadKind, HttpPathMatch, HttpRouteMatch, IMeshNamespace, MachineService, Mesh, MeshClient, MeshedGateway, MeshNamespace, NginxUpstream,
  RolloutWorkload, TlsVersion, UpgradePlan, VirtualMachine, Waypoint,
} from '../../src';
import { KubeObject } from '../examples/kube-object';

const PUBLIC = 'shop.example.com';
/** The Service that Flagger makes. */
const BY_FLAGGER = 'web-app';

/** The manifests of a cluster, and what there is beside them. */
export interface Cluster {
  readonly objects: KubeObject[];
  readonly given: readonly KubeObject[];
}

/** What patterns make of a recipe. */
export interface Meal {
  /** The clusters, of which the first has what the recipe asks for. */
  readonly clusters: Cluster[];
  /** How the mesh is upgraded, where it is. */
  readonly plan?: UpgradePlan;
}

/** Makes it. */
export function cook(recipe: Recipe): Meal {
  const chart = new Chart(new App(), 'chart');
  const { mesh, others } = meshesOf(chart, recipe);
  const { namespaces, web: asked } = recipe;
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: namespaces.shop });
  const edge = new MeshNamespace(chart, 'Edge', { mesh, name: namespaces.edge, enrolled: recipe.mesh === 'linkerd' });
  const client = new Pods(chart, 'client', shop, 'client', { port: 9000, targetPort: 9000, portName: 'http' });
  const web = new Pods(chart, 'web', shop, 'web', asked);
  const versions = versionsOf(chart, shop, web, recipe);
  const gateway = gatewayOf(chart, edge, shop, recipe);
  if (recipe.waypoint && recipe.mesh === 'ambient') {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
  }
  if (gateway && recipe.gateway?.form === 'nginx') {
    gateway.addNginxRoute({ hostname: hostnameOf(recipe), upstream: NginxUpstream.service(shop, web.service) });
  }
  route(chart, shop, web, versions, gateway, recipe);
  allow(web, client, shop, gateway, recipe);
  if (recipe.close) {
    shop.close();
  }
  egress(chart, mesh, shop, client, recipe);
  const isReached = ['default', 'revision'].includes(recipe.mesh) && (recipe.eastWest || recipe.clusters === 'remote');
  if (isReached || ['networks', 'remote'].includes(recipe.clusters)) {
    new EastWestGateway(chart, 'EastWest', { namespace: controlPlaneOf({ chart, mesh }), exposeControlPlane: isReached });
  }
  if (recipe.machine !== 'none') {
    new VirtualMachine(chart, 'Machine', {
      namespace: shop,
      name: 'billing',
      ports: { http: 8080 },
      service: recipe.machine === 'host' ? MachineService.host('billing.example.com') : MachineService.kubernetes(),
      controlPlaneAddress: isReached ? undefined : '203.0.113.9',
    });
  }
  const kitchen = { chart, mesh, asked: recipe.mesh, shop, edge, client, gateway, dice: new Dice(recipe.dice) };
  recipe.dishes.forEach(dish => DISHES[dish].make(kitchen));
  askMesh(chart, mesh, recipe);
  const plan = recipe.mesh === 'linkerd' || recipe.upgrade !== 'none' ? mesh.upgradePlan() : undefined;
  const objects = chart.toJson() as KubeObject[];
  // A cluster without control plane is configured by the first one.
  const elsewhere = recipe.clusters === 'remote' ? [...GIVEN, ...objects] : GIVEN;
  return { clusters: [{ objects, given: GIVEN }, ...manifestsOf(others).map(other => ({ objects: other, given: elsewhere }))], plan };
}

function versionsOf(chart: Chart, shop: IMeshNamespace, web: Pods, { web: asked }: Recipe): CanaryVersion[] {
  if (asked.subsets) {
    new Pods(chart, 'web-v2', shop, 'web', asked, { version: 'v2' });
    return [CanaryVersion.subset(web.service, { name: 'v1', labels: {} }), CanaryVersion.subset(web.service, { name: 'v2', labels: { version: 'v2' } })];
  }
  const others = Array.from({ length: asked.versions - 1 }, (_, i) => new Pods(chart, `web-v${i + 2}`, shop, `web-v${i + 2}`, asked));
  return [web, ...others].map(({ service }) => CanaryVersion.service(service));
}

function hostnameOf({ gateway }: Recipe): string {
  const { hosts = [] } = gateway ?? {};
  return hosts.includes('https') ? PUBLIC : hosts.includes('wildcard') ? 'any.wild.example.com' : hosts.includes('http') ? 'plain.example.com' : PUBLIC;
}

function gatewayOf(chart: Chart, edge: IMeshNamespace, shop: IMeshNamespace, { gateway }: Recipe): MeshedGateway | undefined {
  if (gateway === null) {
    return undefined;
  }
  const certificate = Certificate.fromSecretName('shop-tls');
  const hosts = {
    https: () => GatewayHost.https(PUBLIC, certificate),
    wildcard: () => GatewayHost.https('*.wild.example.com', certificate),
    http: () => GatewayHost.http('plain.example.com'),
    passthrough: () => GatewayHost.passthrough('bank.example.com'),
    tcp: () => GatewayHost.tcp(9042),
  };
  const cloud = CloudLoadBalancer.GKE;
  const exposures = {
    'external': [GatewayExposure.external()],
    'internal': [GatewayExposure.internal(cloud)],
    'both': [GatewayExposure.external(), GatewayExposure.internal(cloud)],
    'node-port': [GatewayExposure.nodePort()],
    'cluster-ip': [GatewayExposure.clusterIp()],
  };
  const canary = {
    none: undefined,
    replicas: GatewayCanary.replicas('next', 25, { replicas: 4 }),
    service: GatewayCanary.service('next'),
    promoted: GatewayCanary.service('next', GatewayCanaryStage.PROMOTED),
  };
  const workload = { kind: gateway.daemonSet ? GatewayWorkloadKind.DAEMON_SET : undefined, canary: canary[gateway.canary] };
  const forms = {
    'istio': () => GatewayForm.provisioned(GatewayClass.ISTIO),
    'envoy-gateway': () => GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, { serviceAccount: 'edge' }),
    'nginx-fabric': () => GatewayForm.provisioned(GatewayClass.NGINX),
    'self-managed': () => GatewayForm.selfManaged(workload),
    'self-managed-gateway-api': () => GatewayForm.selfManaged({ ...workload, binding: GatewayBinding.GATEWAY_API }),
    'nginx': () => GatewayForm.nginx(),
  };
  const address = { 'none': undefined, 'forwarded': ClientAddress.forwardedFor(1), 'proxy-protocol': ClientAddress.PROXY_PROTOCOL };
  return new MeshedGateway(chart, 'Gateway', {
    namespace: edge,
    name: gateway.name,
    form: forms[gateway.form](),
    hosts: gateway.hosts.map(host => hosts[host as keyof typeof hosts]()),
    exposures: gateway.form === 'nginx-fabric' ? undefined : exposures[gateway.exposure],
    admits: gateway.admits ? [shop] : undefined,
    tls: gateway.minTls ? { minVersion: TlsVersion.V1_3 } : undefined,
    clientAddress: address[gateway.address],
  });
}

function route(chart: Chart, shop: IMeshNamespace, web: Pods, versions: CanaryVersion[], gateway: MeshedGateway | undefined, recipe: Recipe): void {
  const { canary, web: { port, targetPort } } = recipe;
  if (canary === null || versions.length < 2) {
    return;
  }
  const isFlagger = canary.delivery === 'flagger';
  const atGateway = gateway && canary.parents !== 'service' ? [CanaryParent.gateway(gateway)] : [];
  const inMesh = atGateway.length === 0 || canary.parents === 'both' ? [isFlagger ? CanaryParent.serviceName(BY_FLAGGER, port) : CanaryParent.service(web.service)] : [];
  const [stable, tried, third] = versions;
  new CanaryRoute(chart, 'Canary', {
    namespace: shop,
    name: 'web-canary',
    parents: [...atGateway, ...inMesh],
    hostnames: atGateway.length > 0 ? [hostnameOf(recipe)] : undefined,
    stable: isFlagger ? undefined : stable,
    canary: isFlagger ? undefined : tried,
    canaryWeight: canary.delivery === 'manual' ? canary.weight : undefined,
    others: canary.delivery === 'manual' && third && canary.weight < 100 ? [{ version: third, weight: Math.min(10, 100 - canary.weight) }] : undefined,
    pinned: canary.pinned && !isFlagger ? [HttpRouteMatch.header('x-canary', 'true')] : undefined,
    mirrorPercent: canary.mirror ? 10 : undefined,
    paths: canary.path ? [HttpPathMatch.prefix('/api')] : undefined,
    steps: canary.delivery === 'manual' ? undefined : [CanaryStep.weight(10), CanaryStep.pause(Duration.minutes(5))],
    delivery: {
      manual: () => CanaryDelivery.manual(),
      flagger: () => CanaryDelivery.flagger({ deployment: web.deployment, port, targetPort, serviceName: BY_FLAGGER }),
      rollouts: () => CanaryDelivery.argoRollouts({ workload: RolloutWorkload.deployment(web.deployment) }),
    }[canary.delivery](),
  });
}

function allow(web: Pods, client: Pods, shop: IMeshNamespace, gateway: MeshedGateway | undefined, { calls, http, web: asked }: Recipe): void {
  const options = { ports: [asked.targetPort], ...http && { methods: ['GET'], paths: ['/api/*'] } };
  const callers = { gateway, workload: client.workload, namespace: shop, account: MeshClient.serviceAccountName(shop, 'client') };
  calls.map(caller => callers[caller as keyof typeof callers]).forEach(caller => caller && web.workload.allowFrom(caller, options));
}

function egress(chart: Chart, mesh: Mesh, shop: IMeshNamespace, client: Pods, { egress: asked, namespaces }: Recipe): void {
  if (asked === null) {
    return;
  }
  const namespace = new MeshNamespace(chart, 'Egress', { mesh, name: namespaces.egress });
  const port = asked.port ? { port: 8443 } : {};
  const services = {
    tls: () => ExternalService.tls('api.stripe.com', port),
    http: () => ExternalService.http('rates.example.com'),
    originate: () => ExternalService.originate('api.payments.example.com'),
    grpc: () => ExternalService.grpc('ledger.example.com', asked.port ? { port: 9090 } : {}),
    tcp: () => ExternalService.tcp('orders-db.example.com', { port: 5432, addresses: ['198.51.100.7'] }),
  };
  const form = { usual: undefined, provisioned: EgressForm.provisioned(), without: EgressForm.withoutGateway() }[asked.form];
  const gateway = new EgressGateway(chart, 'EgressGateway', { namespace, form, clientNamespaces: [shop] });
  const clients = asked.clients ? [client.workload] : undefined;
  asked.services.forEach(service => gateway.allow(services[service as keyof typeof services](), { clients }));
}
