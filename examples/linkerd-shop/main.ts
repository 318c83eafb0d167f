import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Probe, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, CanaryParent, CanaryRoute, CanaryVersion, Certificate, EgressGateway, ExternalService, GatewayApi, GatewayApiBundle,
  GatewayApiChannel, GatewayClass, GatewayForm, GatewayHost, HttpRoute, HttpRouteMatch, IMeshNamespace, LinkerdFailureAccrual,
  LinkerdHttpLocalRateLimitPolicy, LinkerdHttpRetry, LinkerdHttpRetryCondition, LinkerdMesh, LinkerdServer, LinkerdTimeouts, MeshedGateway,
  MeshNamespace, MeshWorkload, RouteParent,
} from 'cdk8s-mesh';

const PORT = 8080;

/** Pods with an identity of their own, and a Service. */
class Microservice extends Construct {
  public readonly service: Service;
  public readonly workload: MeshWorkload;

  constructor(scope: Construct, id: string, namespace: IMeshNamespace, image: string) {
    super(scope, id);
    const labels = { app: id };
    const metadata = { name: id, namespace: namespace.name, labels };
    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      podMetadata: { labels },
      select: false,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata }),
      containers: [{ image, portNumber: PORT, readiness: Probe.fromHttpGet('/ready', { port: PORT }) }],
    });
    deployment.select(LabelSelector.of({ labels }));
    this.service = new Service(this, 'Service', { metadata, ports: [{ name: 'http', port: 80, targetPort: PORT }] });
    this.service.selectLabel('app', id);
    this.workload = new MeshWorkload(this, 'Workload', { namespace, workload: deployment });
  }
}

const app = new App();
// Linkerd asks for v1alpha2 of TLSRoutes, which the experimental channel serves.
GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
const mesh = new LinkerdMesh(app, 'Mesh');
const chart = new Chart(app, 'linkerd-shop');

const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });

const web = new Microservice(chart, 'web', shop, 'registry.example.com/shop/web:3.2.0');
const stable = new Microservice(chart, 'orders-v1', shop, 'registry.example.com/shop/orders:1.4.0');
const canary = new Microservice(chart, 'orders-v2', shop, 'registry.example.com/shop/orders:2.0.0');

// What others in the shop call, whatever the version: its pods are those of the old one, for callers outside of the mesh.
const orders = new Service(chart, 'Orders', { metadata: { name: 'orders', namespace: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: PORT }] });
orders.selectLabel('app', 'orders-v1');

// The way in: a proxy of Envoy Gateway in the mesh, which runs in the namespace of the Gateway, as a service account of its name.
const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, { serviceAccount: 'public' }),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});
new HttpRoute(chart, 'Web', {
  metadata: { name: 'web', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway.gateway!, { listener: 'https' })],
  hostnames: ['shop.example.com'],
  rules: [{ backends: [{ backend: Backend.service(web.service) }] }],
});

// One order in ten, and all of the testers', is for the new version.
new CanaryRoute(chart, 'OrdersCanary', {
  name: 'orders',
  namespace: shop,
  parents: [CanaryParent.service(orders, 80)],
  stable: CanaryVersion.service(stable.service),
  canary: CanaryVersion.service(canary.service),
  canaryWeight: 10,
  pinned: [HttpRouteMatch.header('canary', 'true')],
});
LinkerdTimeouts.of({ response: Duration.seconds(2) }).addToService(orders);
LinkerdHttpRetry.after([LinkerdHttpRetryCondition.GATEWAY_ERROR], { limit: 2 }).addToService(orders);
[stable, canary].forEach(({ service }) => LinkerdFailureAccrual.consecutive({ maxFailures: 5 }).addToService(service));

// Who may call whom, and for what; nothing else may.
web.workload.allowFrom(gateway);
[stable, canary].forEach(({ workload }) => workload
  .allowFrom(web.workload, { methods: ['GET', 'POST'], paths: ['/orders', '/orders/*'] })
  .allowFrom(shop, { methods: ['GET'], paths: ['/metrics'] }));

// No pod of the old version takes more than it can do, and none of it all for one caller.
new LinkerdHttpLocalRateLimitPolicy(chart, 'OrdersLimit', {
  metadata: { name: 'orders-v1', namespace: 'shop' }, server: LinkerdServer.fromServerName(`orders-v1-${PORT}`, { namespace: 'shop' }), total: 200, identity: 100,
});

// The way out: proxies refuse what is not listed.
new EgressGateway(chart, 'Outside', { namespace: shop, clientNamespaces: [shop] }).allow(ExternalService.tls('api.stripe.com'));

app.synth();
