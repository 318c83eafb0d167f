import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  AuthorizationAction, AuthorizationPolicy, Backend, Certificate, DataPlane, GatewayClass, GatewayForm, GatewayHost, HttpRoute, IMeshNamespace,
  IstioMesh, MeshClient, MeshedGateway, MeshNamespace, MeshWorkload, PolicyTarget, RouteNamespaces, Waypoint, WaypointTraffic,
} from 'cdk8s-mesh';

// The code of docs/guides/ambient-and-waypoints.md.
const app = new App();
const mesh = new IstioMesh(app, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const chart = new Chart(app, 'ambient');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const waypoint = new Waypoint(chart, 'Waypoint', { namespace: shop, minReplicas: 2 }).serve(shop);

/** Pods with an identity of their own, and a Service. */
function run(namespace: IMeshNamespace, name: string, port = 8080): { readonly service: Service; readonly workload: MeshWorkload } {
  const metadata = { name, namespace: namespace.name };
  const pods = new Deployment(chart, `${name}-pods`, {
    metadata,
    select: false,
    podMetadata: { labels: { app: name } },
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, portNumber: port }],
  });
  pods.select(LabelSelector.of({ labels: { app: name } }));
  const ports = [port === 8080 ? { name: 'http', port: 80, targetPort: port } : { name: 'tcp', port }];
  const service = new Service(chart, `${name}-service`, { metadata, ports });
  service.selectLabel('app', name);
  return { service, workload: new MeshWorkload(chart, name, { namespace, workload: pods, services: [service] }) };
}

const { service: webService, workload: web } = run(shop, 'web');
const { workload: catalog } = run(shop, 'catalog');
const { service: databaseService, workload: database } = run(shop, 'database', 5432);

waypoint.exceptService(databaseService);

const middle = new MeshNamespace(chart, 'Middle', { mesh, name: 'middle' });
const payments = new MeshNamespace(chart, 'Payments', { mesh, name: 'payments' });
const ledger = new MeshNamespace(chart, 'Ledger', { mesh, name: 'ledger' });
const shared = new Waypoint(chart, 'Shared', { namespace: middle, name: 'shared', admits: RouteNamespaces.named('payments', 'ledger') });
shared.serve(payments).serve(ledger);

const jobs = new MeshNamespace(chart, 'Jobs', { mesh, name: 'jobs' });
const { service: apiService } = run(jobs, 'api');
new Waypoint(chart, 'ApiWaypoint', { namespace: jobs, name: 'api-waypoint' }).serveService(apiService);
new Waypoint(chart, 'PodWaypoint', { namespace: jobs, name: 'pod-waypoint', traffic: WaypointTraffic.WORKLOAD })
  .serveServiceAccount(MeshClient.serviceAccountName(jobs, 'worker'));
run(jobs, 'worker');

const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const gateway = new MeshedGateway(chart, 'Public', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop, payments],
});
const orders = new MeshNamespace(chart, 'Orders', { mesh, name: 'orders' });
new Waypoint(chart, 'OrdersWaypoint', { namespace: orders }).serve(orders, { ingress: true });
const { workload: orderService } = run(orders, 'orders');
new HttpRoute(chart, 'Route', {
  metadata: { name: 'web', namespace: 'shop' },
  parents: [gateway.routeParent('shop.example.com')],
  hostnames: ['shop.example.com'],
  rules: [{ backends: [{ backend: Backend.service(webService) }] }],
});

web.allowFrom(gateway, { ports: [8080] });
web.mayCall(catalog, { ports: [8080], methods: ['GET'], paths: ['/products/*'] });
catalog.mayCall(database, { ports: [5432] });
orderService.allowFrom(gateway, { ports: [8080], methods: ['POST'], paths: ['/orders'] });

new AuthorizationPolicy(chart, 'NoAdmin', {
  metadata: { name: 'no-admin', namespace: 'shop' },
  action: AuthorizationAction.DENY,
  targets: [PolicyTarget.gateway(waypoint)],
  rules: [{ operations: [{ ports: [80], paths: ['/admin/*'] }] }],
});

app.synth();
