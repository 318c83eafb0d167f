import { App, Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  DataPlane, EastWestGateway, ExternalContainers, IstioMesh, IstioNetwork, MachineService, MeshCluster, MeshNamespace, MeshWorkload,
  RemoteNetworkGateway, StaticMachines, VirtualMachine, WorkloadLocality, WorkloadProbe,
} from 'cdk8s-mesh';

// The code of docs/guides/machines.md.
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'machines');
const billing = new MeshNamespace(chart, 'Billing', { mesh, name: 'billing' });
const istio = MeshNamespace.fromNamespaceName(chart, 'Istio', 'istio-system', { mesh });
new EastWestGateway(chart, 'EastWest', { namespace: istio, exposeControlPlane: true });
const machines = new VirtualMachine(chart, 'Machines', { namespace: billing, name: 'billing-vm', ports: { http: 8080 } });
machines.writeNotes(app.outdir);

const metadata = { name: 'invoices', namespace: 'billing' };
const pods = new Deployment(chart, 'Invoices', {
  metadata, serviceAccount: new ServiceAccount(chart, 'InvoicesAccount', { metadata }), containers: [{ image: 'invoices', portNumber: 8080 }],
});
new Service(chart, 'InvoicesService', { metadata, selector: pods, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
const invoices = new MeshWorkload(chart, 'InvoicesWorkload', { namespace: billing, workload: pods });

machines.allowFrom(invoices, { ports: [8080], methods: ['GET'] });
invoices.allowFrom(machines, { ports: [8080] });

new VirtualMachine(chart, 'Rack', {
  namespace: billing,
  name: 'ledger-vm',
  labels: { app: 'ledger' },
  ports: { http: 8080 },
  service: MachineService.kubernetes('ledger', { ports: { http: 80 } }),
  probe: WorkloadProbe.httpGet(8080, { path: '/healthz' }),
  locality: WorkloadLocality.zone('eu-central', 'rack-7'),
  controlPlaneAddress: '10.20.0.2',
});

new StaticMachines(chart, 'Database', {
  namespace: billing,
  name: 'archive',
  ports: { tcp: 5432 },
  machines: [{ address: '10.20.0.5' }, { address: '10.20.0.6' }],
});

const cloud = new App();
const cluster = new MeshCluster(cloud, 'Mesh', { clusterName: 'west', network: IstioNetwork.of('network-west'), dataPlane: DataPlane.AMBIENT });
const tasks = new Chart(cloud, 'tasks');
new EastWestGateway(tasks, 'EastWest', { namespace: cluster.controlPlaneNamespace, exposeControlPlane: true });
const network = IstioNetwork.of('network-tasks');
new RemoteNetworkGateway(tasks, 'Tasks', { namespace: cluster.controlPlaneNamespace, network, addresses: ['203.0.113.80'] });
const reports = new ExternalContainers(tasks, 'Reports', {
  namespace: new MeshNamespace(tasks, 'Namespace', { mesh: cluster, name: 'reports' }), network, ports: { http: 8080 }, containers: [{ address: '172.31.0.9' }],
});
reports.writeNotes(cloud.outdir);

cloud.synth();
app.synth();
