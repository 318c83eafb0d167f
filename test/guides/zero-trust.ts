import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CallGraph, CanaryParent, CanaryRoute, CanaryVersion, Certificate, GatewayClass, GatewayForm, GatewayHost, IMeshNamespace, IstioMesh,
  LinkerdMesh, MeshClient, MeshClosure, MeshedGateway, MeshNamespace, MeshWorkload, MtlsMigration, MtlsMode, MtlsStep,
} from 'cdk8s-mesh';

// The code of docs/guides/zero-trust.md.

/** Pods with an identity of their own. */
function run(namespace: IMeshNamespace, name: string): Deployment {
  const metadata = { name, namespace: namespace.name };
  const chart = Chart.of(namespace);
  const deployment = new Deployment(chart, `${name}-pods`, {
    metadata,
    select: false,
    podMetadata: { labels: { app: name } },
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, ports: [{ number: 8080 }, { number: 9090 }] }],
  });
  deployment.select(LabelSelector.of({ labels: { app: name } }));
  return deployment;
}

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'zero-trust');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const payments = new MeshNamespace(chart, 'Payments', { mesh, name: 'payments' });
const web = new MeshWorkload(chart, 'Web', { namespace: shop, workload: run(shop, 'web') });
const charges = new MeshWorkload(chart, 'Charges', { namespace: payments, workload: run(payments, 'charges') });
web.mayCall(charges, { ports: [8080], methods: ['POST'], paths: ['/charges'] });

const monitoring = MeshNamespace.fromNamespaceName(chart, 'Monitoring', 'monitoring', { mesh });
payments.allowMonitoring(MeshClient.serviceAccountName(monitoring, 'prometheus'), { ports: [9090] });

const admin = new MeshNamespace(chart, 'Admin', { mesh, name: 'admin' });
admin.close();
shop.close();

const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const gateway = new MeshedGateway(chart, 'Public', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});
const [stable, canary] = ['web', 'web-next'].map(name => {
  const service = new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  service.selectLabel('app', name);
  return service;
});
new CanaryRoute(chart, 'Route', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  stable: CanaryVersion.service(stable),
  canary: CanaryVersion.service(canary),
});

const graph = CallGraph.of(shop, payments, admin);
mkdirSync(app.outdir, { recursive: true });
writeFileSync(join(app.outdir, 'calls.md'), graph.toMarkdown());

new MeshClosure(chart, 'Closure', { mesh });

const before = new Chart(app, 'migration');
const moving = new IstioMesh(before, 'Mesh');
const ready = new MeshNamespace(before, 'Ready', { mesh: moving, name: 'ready', mtls: MtlsMode.UNSET });
new MtlsMigration(before, 'Mtls', { mesh: moving, step: MtlsStep.strictIn(ready) });

const linkerd = new Chart(app, 'linkerd');
const proxies = new LinkerdMesh(linkerd, 'Mesh');
const billing = new MeshNamespace(linkerd, 'Billing', { mesh: proxies, name: 'billing' });
new MeshWorkload(linkerd, 'Invoices', { namespace: billing, workload: run(billing, 'invoices') })
  .allowFrom(MeshClient.serviceAccountName(billing, 'web'), { ports: [8080], methods: ['GET'], paths: ['/invoices/*'] });

app.synth();
