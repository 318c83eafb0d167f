import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, Certificate, DataPlane, GatewayClass, GatewayForm, GatewayHost, HttpRoute, IMeshNamespace, IstioMesh, MeshClient, MeshedGateway,
  MeshNamespace, MeshWorkload, RouteParent, Waypoint,
} from 'cdk8s-mesh';

/** A service of the shop: its pods, their identity, and a Service. */
class Microservice extends Construct {
  public readonly service: Service;
  public readonly workload: MeshWorkload;

  constructor(scope: Construct, id: string, namespace: IMeshNamespace, port: number) {
    super(scope, id);
    const metadata = { name: id, namespace: namespace.name };
    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      podMetadata: { labels: { app: id } },
      select: false,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata }),
      containers: [{ image: `registry.example.com/shop/${id}:1.4.0`, ports: [{ number: port }, { number: 9090 }] }],
    });
    deployment.select(LabelSelector.of({ labels: { app: id } }));
    const protocol = port === 5432 ? 'tcp' : 'http';
    this.service = new Service(this, 'Service', { metadata, ports: [{ name: protocol, port: protocol === 'http' ? 80 : port, targetPort: port }] });
    this.service.selectLabel('app', id);
    this.workload = new MeshWorkload(this, 'Workload', { namespace, workload: deployment, services: [this.service] });
  }
}

const app = new App();
const mesh = new IstioMesh(app, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const chart = new Chart(app, 'ambient-waypoint');

// No sidecars: proxies of the nodes carry what these pods send, with identities and mTLS.
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const payments = new MeshNamespace(chart, 'Payments', { mesh, name: 'payments' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const monitoring = MeshNamespace.fromNamespaceName(chart, 'Monitoring', 'monitoring', { mesh, labels: { 'istio.io/dataplane-mode': 'ambient' } });

const web = new Microservice(chart, 'web', shop, 8080);
const catalog = new Microservice(chart, 'catalog', shop, 8080);
const charges = new Microservice(chart, 'charges', payments, 8080);
const database = new Microservice(chart, 'database', shop, 5432);

// One waypoint reads the HTTP of both namespaces. The database speaks none, and what comes from outside for the shop passes it too.
new Waypoint(chart, 'Waypoint', { namespace: shop })
  .serve(shop)
  .serve(payments)
  .exceptService(database.service);

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});
new HttpRoute(chart, 'Route', {
  metadata: { name: 'web', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway.gateway!, { listener: 'https' })],
  hostnames: ['shop.example.com'],
  rules: [{ backends: [{ backend: Backend.service(web.service) }] }],
});

// Who may call whom; whatever is not said here is refused. What is HTTP, the waypoint reads; the rest, the proxies of the nodes.
web.workload.allowFrom(gateway, { ports: [8080] });
web.workload
  .mayCall(catalog.workload, { ports: [8080], methods: ['GET'], paths: ['/products/*'] })
  .mayCall(charges.workload, { ports: [8080], methods: ['POST'], paths: ['/charges'] });
catalog.workload.mayCall(database.workload, { ports: [5432] });
shop.allowMonitoring(MeshClient.serviceAccountName(monitoring, 'prometheus'), { ports: [9090] });

app.synth();
