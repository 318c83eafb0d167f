import { App, Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  EastWestGateway, IstioMesh, MachineService, MeshNamespace, MeshWorkload, StaticMachines, VirtualMachine, WorkloadLocality, WorkloadProbe,
} from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'virtual-machine');

// The machines reach istiod through a gateway of its own; pods and machines reach each other directly, in one network.
const istio = MeshNamespace.fromNamespaceName(chart, 'Istio', 'istio-system', { mesh });
new EastWestGateway(chart, 'EastWest', { namespace: istio, exposeControlPlane: true });

const billing = new MeshNamespace(chart, 'Billing', { mesh, name: 'billing' });

// A part of billing that runs on machines, behind the name `billing` for all clients. Each machine joins as its proxy connects.
const machines = new VirtualMachine(chart, 'Machines', {
  namespace: billing,
  name: 'billing-vm',
  labels: { app: 'billing' },
  ports: { http: 8080 },
  service: MachineService.kubernetes('billing', { ports: { http: 80 } }),
  probe: WorkloadProbe.httpGet(8080, { path: '/healthz' }),
  locality: WorkloadLocality.zone('eu-central', 'rack-7'),
});
// What to do on a machine, beside the manifests.
machines.writeNotes(app.outdir);

// The database of the machines, on which nothing of the mesh runs: it is called without mTLS, and nothing of the mesh protects it.
new StaticMachines(chart, 'Ledger', {
  namespace: billing,
  name: 'ledger',
  ports: { tcp: 5432 },
  machines: [{ address: '10.20.0.5' }, { address: '10.20.0.6' }],
});

// A part that runs in the cluster.
const metadata = { name: 'invoices', namespace: billing.name };
const invoices = new Deployment(chart, 'invoices', {
  metadata,
  serviceAccount: new ServiceAccount(chart, 'invoices-account', { metadata }),
  containers: [{ image: 'registry.example.com/billing/invoices:2.1.0', portNumber: 8080 }],
});
new Service(chart, 'invoices-service', { metadata, selector: invoices, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
const workload = new MeshWorkload(chart, 'Invoices', { namespace: billing, workload: invoices });

// The machines have an identity as pods do: each may call the other, and nobody else may call them.
workload.allowFrom(machines, { ports: [8080] });
machines.allowFrom(workload, { ports: [8080], methods: ['GET'] });

app.synth();
