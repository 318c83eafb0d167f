import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  ControlPlane, DataPlane, EastWestForm, EastWestGateway, ExternalContainers, ExternalContainersProps, IMeshNamespace, IstioMesh, IstioMeshProps,
  IstioNetwork, LinkerdExport, LinkerdMesh, MachineService, ManagedChannel, Mesh, MeshClient, MeshCluster, MeshNamespace, MultiClusterMesh,
  OutlierDetection, RemoteNetworkGateway, SharedService, SharedServiceProps, StaticMachines, StaticMachinesProps, VirtualMachine,
  VirtualMachineProps, WorkloadLocality, WorkloadProbe,
} from '../../src';

const NETWORK = IstioNetwork.of('machines');
let chart: Chart;
let mesh: Mesh;
let billing: IMeshNamespace;

function prepare(make: (app: App) => Mesh = app => new IstioMesh(app, 'Mesh')): void {
  const app = new App();
  mesh = make(app);
  chart = new Chart(app, 'test');
  billing = new MeshNamespace(chart, 'Billing', { mesh, name: 'billing' });
}

const istio = (props: IstioMeshProps) => (app: App) => new IstioMesh(app, 'Mesh', props);
const ambientCluster = (app: App) => new MeshCluster(app, 'Mesh', { clusterName: 'west', network: IstioNetwork.of('net1'), dataPlane: DataPlane.AMBIENT });

function expose(props: object = {}): void {
  const namespace = mesh instanceof MeshCluster ? mesh.controlPlaneNamespace :
    MeshNamespace.fromNamespaceName(chart, 'Root', mesh.rootNamespace, { mesh });
  new EastWestGateway(chart, 'EastWest', { namespace, exposeControlPlane: true, ...props });
}

const objects = () => Testing.synth(chart) as { kind: string; metadata: any; spec: any }[];
const named = (kind: string, name: string) => objects().find(object => object.kind === kind && object.metadata.name === name);

beforeEach(() => prepare());

describe('a virtual machine', () => {
  const machine = (props: Partial<VirtualMachineProps> = {}) =>
    new VirtualMachine(chart, 'Billing-VM', { namespace: billing, ports: { http: 8080 }, ...props });

  test('is a WorkloadGroup with an identity, behind a Service', () => {
    expose();
    const { clientServiceAccount, selector, service, serviceEntry } = machine();
    expect(named('WorkloadGroup', 'billing-vm')).toMatchObject({
      metadata: { namespace: 'billing', labels: { 'app.kubernetes.io/component': 'virtual-machine' } },
      spec: { metadata: { labels: { app: 'billing-vm' } }, template: { serviceAccount: 'billing-vm', ports: { http: 8080 } } },
    });
    expect(named('ServiceAccount', 'billing-vm')).toMatchObject({ automountServiceAccountToken: false });
    expect(named('Service', 'billing-vm')?.spec).toMatchObject({ selector: { app: 'billing-vm' }, ports: [{ name: 'http', port: 8080, targetPort: 8080 }] });
    expect(clientServiceAccount).toBe('billing-vm');
    expect(selector.matchLabels).toEqual({ app: 'billing-vm' });
    expect([service?.name, serviceEntry]).toEqual(['billing-vm', undefined]);
  });

  test('says all that is known of it', () => {
    expose();
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'Account', 'old-billing', { namespaceName: 'billing' });
    machine({
      name: 'billing-a',
      labels: { app: 'billing', tier: 'vm' },
      serviceAccount,
      weight: 3,
      locality: WorkloadLocality.region('eu'),
      probe: WorkloadProbe.tcpSocket(8080),
      service: MachineService.kubernetes('billing', { ports: { http: 80 } }),
    });
    expect(named('WorkloadGroup', 'billing-a')?.spec).toEqual({
      metadata: { labels: { app: 'billing', tier: 'vm' } },
      template: { serviceAccount: 'old-billing', ports: { http: 8080 }, weight: 3, locality: 'eu' },
      probe: { tcpSocket: { port: 8080 } },
    });
    expect(named('Service', 'billing')?.spec).toMatchObject({ selector: { app: 'billing', tier: 'vm' }, ports: [{ port: 80, targetPort: 8080 }] });
    expect(objects().filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === 'billing')).toEqual([]);
  });

  test('is reached by a host of its own', () => {
    expose();
    const ports = { 'grpc-web-ui': 8081, 'http': 8080, 'sip': 5060 };
    const { serviceEntry } = machine({ ports, service: MachineService.host('billing.vm.example.com', { ports: { http: 80 } }) });
    expect(named('ServiceEntry', 'billing-vm')?.spec).toEqual({
      hosts: ['billing.vm.example.com'],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      workloadSelector: { labels: { app: 'billing-vm' } },
      ports: [
        { number: 8081, name: 'grpc-web-ui', protocol: 'GRPC-WEB' }, { number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 },
        { number: 5060, name: 'sip', protocol: 'TCP' },
      ],
    });
    expect(serviceEntry?.name).toBe('billing-vm');
    expect(named('Service', 'billing-vm')).toBeUndefined();
  });

  test('is reached by what is there', () => {
    expose();
    machine({ labels: { app: 'billing' }, service: MachineService.existing() });
    expect(objects().filter(({ kind, metadata }) => ['Service', 'ServiceEntry'].includes(kind) && metadata.namespace === 'billing')).toEqual([]);
  });

  test('calls others by its identity, and says who may call it', () => {
    expose();
    machine().allowFrom(MeshClient.serviceAccountName(billing, 'web'), { ports: [8080], methods: ['GET'] }).allowFrom(MeshClient.serviceAccountName(billing, 'api'));
    expect(named('AuthorizationPolicy', 'allow-nothing')?.spec).toEqual({});
    expect(named('AuthorizationPolicy', 'billing-vm')?.spec).toMatchObject({
      action: 'ALLOW',
      selector: { matchLabels: { app: 'billing-vm' } },
      rules: [
        { from: [{ source: { principals: ['cluster.local/ns/billing/sa/web'] } }], to: [{ operation: { ports: ['8080'], methods: ['GET'] } }] },
        { from: [{ source: { principals: ['cluster.local/ns/billing/sa/api'] } }] },
      ],
    });
  });

  describe('has notes', () => {
    test('with the commands of a mesh of one cluster', () => {
      expose();
      const { notes } = machine({ ports: { http: 8080, tcp: 9000 } });
      expect(notes).toContain('# Virtual machine billing/billing-vm\n');
      expect(notes).toContain([
        'istioctl x workload entry configure', '--name billing-vm', '--namespace billing', '--autoregister',
        '--ingressService istio-eastwestgateway.istio-system', '--output billing-vm\n',
      ].join(' \\\n  '));
      expect(notes).toContain('of Istio 1.31 first');
      expect(notes).toContain('must listen on 8080, 9000.');
    });

    test('with what is particular to the mesh', () => {
      prepare(app => new MeshCluster(app, 'Mesh', { clusterName: 'west', rootNamespace: 'mesh-system', controlPlane: ControlPlane.revision('1-31') }));
      expose({ form: EastWestForm.provisioned() });
      expect(machine().notes).toContain([
        '--autoregister', '--clusterID west', '--revision 1-31', '--istioNamespace mesh-system',
        '--ingressService istio-eastwestgateway-istio.mesh-system', '--output',
      ].join(' \\\n  '));
    });

    test('with an address of istiod', () => {
      expect(machine({ controlPlaneAddress: '192.0.2.1' }).notes).toContain('--ingressIP 192.0.2.1 \\\n');
    });

    test('which it writes', () => {
      expose();
      const dir = mkdtempSync(join(tmpdir(), 'notes-'));
      try {
        const vm = machine();
        const file = vm.writeNotes(join(dir, 'new'));
        expect(basename(file)).toBe('billing-vm.md');
        expect(readFileSync(file, 'utf8')).toBe(vm.notes);
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  });

  test('in a network of its own needs a gateway to the services of the cluster', () => {
    prepare(app => new MeshCluster(app, 'Mesh', { clusterName: 'west', network: IstioNetwork.of('net1') }));
    expose();
    machine({ network: NETWORK });
    expect(named('WorkloadGroup', 'billing-vm')?.spec.template.network).toBe('machines');
  });

  test.each<[string, () => unknown, string]>([
    ['a mesh that nothing lets it in to', () => machine(), 'virtual machine \'billing-vm\' cannot reach istiod: make an EastWestGateway with exposeControlPlane: true ' +
      'before, or pass controlPlaneAddress where istiod is reached without one'],
    ['a network without gateway', () => {
      expose();
      machine({ network: NETWORK });
    }, 'virtual machine \'billing-vm\' cannot reach services of the cluster from network \'machines\': give the EastWestGateway the network of the cluster, ' +
      'or leave network out when pods and machines reach each other directly'],
    ['no ports', () => machine({ ports: {}, controlPlaneAddress: '192.0.2.1' }), 'ports of virtual machine \'billing-vm\' must have at least one port, got none: pass { http: 8080 }'],
    ['an address that is none', () => machine({ controlPlaneAddress: 'istiod.example.com' }),
      'controlPlaneAddress of virtual machine \'billing-vm\' must be an IP address, got \'istiod.example.com\': the machine has it in its hosts file'],
    ['no labels', () => machine({ labels: {}, controlPlaneAddress: '192.0.2.1' }), 'a workload selector needs at least one label'],
    ['a host that is none', () => MachineService.host('*.example.com'), 'host of machines'],
    ['ports of the service that it has not', () => machine({ controlPlaneAddress: '192.0.2.1', service: MachineService.kubernetes('b', { ports: { grpc: 80 } }) }),
      'ports of the service of \'billing-vm\' must be named like those of the workloads, http, got \'grpc\''],
    ['Linkerd', () => {
      prepare(app => new LinkerdMesh(app, 'Mesh'));
      machine();
    }, 'virtual machine \'billing-vm\' needs an Istio mesh, got a Linkerd mesh: there a LinkerdExternalWorkload and a Service that selects it join a machine'],
    ['an ambient mesh', () => {
      prepare(istio({ dataPlane: DataPlane.AMBIENT }));
      machine();
    }, 'join the machine with a ztunnel, as ExternalContainers'],
    ['a managed control plane', () => {
      prepare(istio({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) }));
      machine();
    }, 'virtual machine \'billing-vm\' needs a control plane in the cluster, got \'asm-managed\', which is managed: its provider takes no machines, call the machine ' +
      'from outside of the mesh'],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  test('joins at the primary', () => {
    const clusters = new MultiClusterMesh({ meshId: 'shop' });
    const remote = clusters.addRemote('east', { primary: clusters.addPrimary('west'), controlPlaneAddress: '192.0.2.1' });
    const place = new Chart(remote.app, 'test');
    const namespace = new MeshNamespace(place, 'Billing', { mesh: remote, name: 'billing' });
    expect(() => new VirtualMachine(place, 'vm', { namespace, ports: { http: 8080 } }))
      .toThrow('virtual machine \'vm\' joins where the control plane is, and cluster \'east\' has none: make it in cluster \'west\'');
  });
});

describe('machines without agent', () => {
  const machines = (props: Partial<StaticMachinesProps> = {}) => new StaticMachines(chart, 'Ledger', {
    namespace: billing,
    ports: { tcp: 5432 },
    machines: [{ address: '10.20.0.5' }, { address: '10.20.0.6', name: 'spare', weight: 2, locality: WorkloadLocality.region('eu') }],
    ...props,
  });

  test('are endpoints of a Service, called without mTLS', () => {
    const { workloadEntries, service } = machines({ network: NETWORK });
    expect(named('WorkloadEntry', 'ledger-1')).toMatchObject({
      metadata: { labels: { 'security.istio.io/tlsMode': 'disabled' } },
      spec: { address: '10.20.0.5', ports: { tcp: 5432 }, labels: { app: 'ledger' }, network: 'machines' },
    });
    expect(named('WorkloadEntry', 'spare')?.spec).toMatchObject({ weight: 2, locality: 'eu' });
    expect(named('Service', 'ledger')?.spec.selector).toEqual({ app: 'ledger' });
    expect(named('DestinationRule', 'ledger')?.spec).toEqual({ host: 'ledger.billing.svc.cluster.local', trafficPolicy: { tls: { mode: 'DISABLE' } } });
    expect([workloadEntries.length, service?.name]).toEqual([2, 'ledger']);
  });

  test('are endpoints of a host', () => {
    const { serviceEntry } = machines({ name: 'db', labels: { role: 'db' }, service: MachineService.host('db.example.com') });
    expect(serviceEntry?.name).toBe('db');
    expect(named('DestinationRule', 'db')?.spec.host).toBe('db.example.com');
    expect(named('ServiceEntry', 'db')?.spec.workloadSelector).toEqual({ labels: { role: 'db' } });
  });

  test('beside pods, leave it to each endpoint', () => {
    machines({ service: MachineService.existing() });
    expect(named('DestinationRule', 'ledger')).toBeUndefined();
  });

  test('in an ambient mesh need no rule', () => {
    prepare(istio({ dataPlane: DataPlane.AMBIENT }));
    machines();
    expect(named('DestinationRule', 'ledger')).toBeUndefined();
  });

  test.each<[string, () => unknown, string]>([
    ['no machines', () => machines({ machines: [] }), 'machines \'ledger\' must have at least one machine and one port, got 0 and 1'],
    ['no ports', () => machines({ ports: {} }), 'machines \'ledger\' must have at least one machine and one port, got 2 and 0'],
    ['names for addresses', () => machines({ machines: [{ address: 'db.example.com' }] }), 'address of machines \'ledger\''],
    ['an address twice', () => machines({ machines: [{ address: '10.20.0.5' }, { address: '10.20.0.5' }] }), 'addresses of machines \'ledger\''],
    ['Linkerd', () => {
      prepare(app => new LinkerdMesh(app, 'Mesh'));
      machines();
    }, 'machines \'ledger\' without agent need an Istio mesh, got a Linkerd mesh: there a Service without selector and an EndpointSlice of yours lead out of the mesh'],
  ])('refuse %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('containers elsewhere', () => {
  const containers = (props: Partial<ExternalContainersProps> = {}) =>
    new ExternalContainers(chart, 'Reports', { namespace: billing, ports: { http: 8080 }, containers: [{ address: '10.9.0.4' }], ...props });

  beforeEach(() => prepare(ambientCluster));

  test('have an identity, entries that speak HBONE, and a Service', () => {
    expose();
    const { clientServiceAccount, workloadEntries, selector } = containers();
    expect(named('WorkloadEntry', 'reports-1')).toMatchObject({
      metadata: { annotations: { 'ambient.istio.io/redirection': 'enabled' }, labels: { 'app.kubernetes.io/component': 'external-containers' } },
      spec: { address: '10.9.0.4', serviceAccount: 'reports', labels: { app: 'reports' }, ports: { http: 8080 } },
    });
    expect(named('Service', 'reports')?.metadata.labels).not.toHaveProperty('istio.io/global');
    expect([clientServiceAccount, workloadEntries.length, selector.matchLabels]).toEqual(['reports', 1, { app: 'reports' }]);
  });

  test('in a network of theirs are shared over its gateway', () => {
    expose();
    const cluster = mesh as MeshCluster;
    new RemoteNetworkGateway(chart, 'Remote', { namespace: cluster.controlPlaneNamespace, network: NETWORK, addresses: ['192.0.2.7'] });
    containers({ network: NETWORK, containers: [{ address: '10.9.0.4', name: 'first', weight: 2 }] });
    expect(named('Service', 'reports')?.metadata.labels).toMatchObject({ 'istio.io/global': 'true' });
    expect(named('WorkloadEntry', 'first')?.spec).toMatchObject({ network: 'machines', weight: 2 });
  });

  test('may all be made by what starts them', () => {
    expose();
    const account = ServiceAccount.fromServiceAccountName(chart, 'Account', 'tasks', { namespaceName: 'billing' });
    const { notes } = containers({ containers: undefined, name: 'tasks', labels: { app: 'x' }, serviceAccount: account, service: MachineService.existing() });
    expect(objects().filter(({ kind }) => kind === 'WorkloadEntry')).toEqual([]);
    expect(notes).toContain('# Containers billing/tasks\n');
    expect(notes).toContain('proxy mode `dedicated`, workload `billing/tasks/tasks`');
    expect(notes).toContain('cluster `west`, network `net1`');
    expect(notes).toContain('`istiod.istio-system.svc:15012`, which must resolve to the address of Service istio-system/istio-eastwestgateway');
    expect(notes).toContain('labels `app: x`, ports `http: 8080`');
  });

  test('reach istiod by an address, in a mesh of one cluster', () => {
    prepare(istio({ dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.revision('1-31') }));
    const { notes, service } = containers({ controlPlaneAddress: '192.0.2.1' });
    expect(notes).toContain('cluster `Kubernetes`, no network');
    expect(notes).toContain('`istiod-1-31.istio-system.svc:15012`, which must resolve to 192.0.2.1,');
    expect(service?.name).toBe('reports');
  });

  test('say who may call them, and write their notes', () => {
    expose();
    const reports = containers().allowFrom(MeshClient.serviceAccountName(billing, 'web'), { ports: [8080] });
    expect(objects().filter(({ kind }) => kind === 'AuthorizationPolicy').length).toBeGreaterThan(1);
    const dir = mkdtempSync(join(tmpdir(), 'notes-'));
    try {
      expect(readFileSync(reports.writeNotes(dir), 'utf8')).toBe(reports.notes);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test.each<[string, () => unknown, string]>([
    ['sidecars', () => {
      prepare();
      containers();
    }, 'containers \'reports\' with ztunnels need an ambient mesh, got one with sidecars: run a sidecar on a VirtualMachine, or pass dataPlane: DataPlane.AMBIENT'],
    ['Linkerd', () => {
      prepare(app => new LinkerdMesh(app, 'Mesh'));
      containers();
    }, 'containers \'reports\' needs an Istio mesh, got a Linkerd mesh: there a LinkerdExternalWorkload'],
    ['no ports', () => containers({ ports: {} }), 'ports of containers \'reports\' must have at least one port, got none: pass { http: 8080 }'],
    ['a mesh that nothing lets them in to', () => containers(), 'containers \'reports\' cannot reach istiod'],
    ['a network that ztunnels cannot enter', () => {
      expose();
      containers({ network: NETWORK });
    }, 'containers \'reports\' are in network \'machines\', which ztunnels of the cluster cannot enter: make a RemoteNetworkGateway for it before'],
    ['a host in another network', () => {
      expose();
      new RemoteNetworkGateway(chart, 'Remote', { namespace: (mesh as MeshCluster).controlPlaneNamespace, network: NETWORK, addresses: ['192.0.2.7'] });
      containers({ network: NETWORK, service: MachineService.host('reports.example.com') });
    }, 'containers \'reports\' are in network \'machines\', of which Istio shares Kubernetes Services only: use MachineService.kubernetes()'],
    ['names for addresses', () => containers({ controlPlaneAddress: '192.0.2.1', containers: [{ address: 'task.example.com' }] }), 'address of containers \'reports\''],
  ])('refuse %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('a Service that clusters share', () => {
  const share = (props: Partial<SharedServiceProps> = {}) => {
    const service = new Service(chart, 'Web', { metadata: { name: 'web', namespace: 'billing' }, ports: [{ port: 80 }] });
    return new SharedService(chart, 'Shared', { namespace: billing, service, ...props });
  };

  test('with sidecars fails over', () => {
    share();
    expect(named('DestinationRule', 'web')?.spec).toEqual({
      host: 'web.billing.svc.cluster.local',
      trafficPolicy: {
        loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: true } },
        outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 100 },
      },
    });
  });

  test('with sidecars fails over as it is told', () => {
    share({ failover: [{ region: 'us-west', fallback: 'us-east' }], outlierDetection: OutlierDetection.of({ consecutiveGatewayErrors: 2 }) });
    expect(named('DestinationRule', 'web')?.spec.trafficPolicy).toMatchObject({
      loadBalancer: { localityLbSetting: { failover: [{ from: 'us-west', to: 'us-east' }] } }, outlierDetection: { consecutiveGatewayErrors: 2 },
    });
  });

  test('in an ambient mesh is labelled', () => {
    prepare(ambientCluster);
    expect(share().service.name).toBe('web');
    expect(named('Service', 'web')?.metadata.labels).toMatchObject({ 'istio.io/global': 'true' });
    expect(named('DestinationRule', 'web')).toBeUndefined();
  });

  test.each<[LinkerdExport | undefined, { [key: string]: string }]>([
    [undefined, { 'mirror.linkerd.io/exported': 'true' }],
    [LinkerdExport.FLAT, { 'mirror.linkerd.io/exported': 'remote-discovery' }],
    [LinkerdExport.FEDERATED, { 'mirror.linkerd.io/federated': 'member' }],
  ])('in a Linkerd mesh, exported as %s', (linkerdExport, labels) => {
    prepare(app => new LinkerdMesh(app, 'Mesh'));
    share({ linkerdExport });
    expect(named('Service', 'web')?.metadata.labels).toEqual(labels);
  });

  test('in a Linkerd mesh has other names elsewhere', () => {
    prepare(app => new LinkerdMesh(app, 'Mesh'));
    expect(share().mirrorName('east')).toBe('web-east');
    prepare(app => new LinkerdMesh(app, 'Mesh'));
    expect(share({ linkerdExport: LinkerdExport.FEDERATED }).federatedName).toBe('web-federated');
  });

  const linkerd = (props: Partial<SharedServiceProps> = {}) => {
    prepare(app => new LinkerdMesh(app, 'Mesh'));
    return share(props);
  };
  test.each<[string, () => unknown, string]>([
    ['another namespace', () => share({ service: new Service(chart, 'Other', { metadata: { name: 'other' }, ports: [{ port: 80 }] }) }),
      'service \'other\' is in namespace \'default\', got namespace \'billing\': set metadata.namespace of the Service'],
    ['what is for Linkerd', () => share({ linkerdExport: LinkerdExport.FLAT }),
      'linkerdExport of service \'web\' is for Linkerd only, got \'flat\' in an Istio mesh: leave it out'],
    ['names that Istio has not', () => share().mirrorName('east'), 'mirrorName of service \'web\' is for Linkerd only, got an Istio mesh: there it has one name in all clusters'],
    ['failover of ztunnels', () => {
      prepare(ambientCluster);
      share({ failover: [] });
    }, 'failover of service \'web\' is for sidecars only, got it in an ambient mesh: ztunnels prefer what the trafficDistribution of the Service says'],
    ['failover of Linkerd', () => linkerd({ outlierDetection: OutlierDetection.of({}) }),
      'outlierDetection of service \'web\' is for Istio only, got it in a Linkerd mesh: split a route over the mirrors of the Service'],
    ['a mirror of a federated Service', () => linkerd({ linkerdExport: LinkerdExport.FEDERATED }).mirrorName('east'),
      'mirrorName of service \'web\' does not fit to how it is exported, federated: use federatedName'],
    ['a federated name of a mirror', () => linkerd().federatedName,
      'federatedName of service \'web\' does not fit to how it is exported, gateway: pass linkerdExport: LinkerdExport.FEDERATED'],
    ['a headless Service over clusters', () => {
      prepare(app => new LinkerdMesh(app, 'Mesh'));
      share({
        linkerdExport: LinkerdExport.FEDERATED,
        service: new Service(chart, 'Headless', { metadata: { name: 'headless', namespace: 'billing' }, clusterIP: 'None', ports: [{ port: 80 }] }),
      });
    }, 'service \'headless\' is headless, which Linkerd does not federate: use LinkerdExport.FLAT'],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});
