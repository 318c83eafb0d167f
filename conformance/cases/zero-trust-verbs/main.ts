import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Probe, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CanaryParent, CanaryRoute, CanaryVersion, Certificate, EgressGateway, ExternalService, GatewayClass, GatewayForm, GatewayHost, IMeshNamespace,
  IstioMesh, MeshClosure, MeshedGateway, MeshNamespace, MeshWorkload,
} from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'zero-trust-verbs');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const batch = new MeshNamespace(chart, 'Batch', { mesh, name: 'batch' });
const monitoring = new MeshNamespace(chart, 'Monitoring', { mesh, name: 'monitoring' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

function serve(id: string, namespace: IMeshNamespace) {
  const metadata = { name: id, namespace: namespace.name };
  const workload = new Deployment(chart, `${id}-deployment`, {
    metadata,
    podMetadata: { labels: { app: id } },
    select: false,
    serviceAccount: new ServiceAccount(chart, `${id}-account`, { metadata }),
    containers: [{
      image: `registry.example.com/${id}:1.0.0`, ports: [{ number: 8080 }, { number: 9090 }], readiness: Probe.fromHttpGet('/ready', { port: 8080 }),
    }],
  });
  workload.select(LabelSelector.of({ labels: { app: id } }));
  const service = new Service(chart, `${id}-service`, { metadata, ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'http-metrics', port: 9090 }] });
  service.selectLabel('app', id);
  return { service, workload: new MeshWorkload(chart, id, { namespace, workload, services: [service] }) };
}

const [web, next] = [serve('web', shop), serve('web-next', shop)];
const catalog = serve('catalog', shop);
const report = serve('report', batch);
const prometheus = serve('prometheus', monitoring);

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});
// That the gateway may call web follows from the route.
new CanaryRoute(chart, 'Route', {
  name: 'web',
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  stable: CanaryVersion.service(web.service, 80),
  canary: CanaryVersion.service(next.service, 80),
  canaryWeight: 0,
});

new MeshClosure(chart, 'Closure', { mesh });
web.workload.mayCall(catalog.workload, { ports: [8080], methods: ['GET'], paths: ['/products/*'], hosts: ['catalog.shop'] });
catalog.workload.allowFrom(batch, { ports: [8080], paths: ['/exports'] });
report.workload.allowFrom(prometheus.workload, { ports: [9090] });
shop.allowMonitoring(prometheus.workload, { ports: [9090] });
new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress', enrolled: false }), clientNamespaces: [shop] })
  .allow(ExternalService.tls('api.bank.example.com'));

app.synth();
