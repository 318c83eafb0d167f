import { App, Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  ControlPlane, DataPlane, EastWestForm, EastWestGateway, EastWestGatewayProps, GatewayExposure, IstioMesh, IstioNetwork, IstioVersion, LinkerdMesh,
  ManagedChannel, MeshCluster, MeshNamespace, MultiClusterMesh, RemoteNetworkGateway, RemoteNetworkGatewayProps,
} from '../../src';

const NETWORK = IstioNetwork.of('net1');
const objectsOf = (chart: Chart) => Testing.synth(chart) as { kind: string; metadata: any; spec: any; data?: any }[];
const named = (chart: Chart, kind: string, name: string) => objectsOf(chart).find(object => object.kind === kind && object.metadata.name === name);

function chartOf(cluster: MeshCluster): Chart {
  return new Chart(cluster.app, 'east-west');
}

function sidecars(props: Partial<EastWestGatewayProps> = {}, controlPlane?: ControlPlane) {
  const cluster = new MultiClusterMesh({ meshId: 'shop', controlPlane }).addPrimary('west', { network: NETWORK });
  const chart = chartOf(cluster);
  return { chart, gateway: new EastWestGateway(chart, 'Gateway', { namespace: cluster.controlPlaneNamespace, ...props }) };
}

function ambient(props: Partial<EastWestGatewayProps> = {}, version?: IstioVersion) {
  const cluster = new MultiClusterMesh({ meshId: 'shop', dataPlane: DataPlane.AMBIENT, version }).addPrimary('west', { network: NETWORK });
  const chart = chartOf(cluster);
  return { chart, gateway: new EastWestGateway(chart, 'Gateway', { namespace: cluster.controlPlaneNamespace, ...props }) };
}

/** A mesh of one cluster, without network. */
function single(props: Partial<EastWestGatewayProps> = {}, controlPlane?: ControlPlane) {
  const app = new App();
  const mesh = new IstioMesh(app, 'Mesh', { controlPlane });
  const chart = new Chart(app, 'east-west');
  const namespace = MeshNamespace.fromNamespaceName(chart, 'Namespace', 'istio-system', { mesh });
  return { chart, gateway: new EastWestGateway(chart, 'Gateway', { namespace, ...props }) };
}

describe('a self-managed east-west gateway', () => {
  test('passes mTLS on to the services of its network', () => {
    const { chart, gateway } = sidecars();
    expect(named(chart, 'Gateway', 'cross-network-gateway')?.spec).toEqual({
      selector: { app: 'istio-eastwestgateway', istio: 'eastwestgateway' },
      servers: [{ port: { number: 15443, name: 'tls', protocol: 'TLS' }, hosts: ['*.local'], tls: { mode: 'AUTO_PASSTHROUGH' } }],
    });
    const service = named(chart, 'Service', 'istio-eastwestgateway')!;
    expect(service.metadata.labels).toMatchObject({ 'topology.istio.io/network': 'net1', 'istio': 'eastwestgateway' });
    expect(service.metadata.labels).not.toHaveProperty('networking.istio.io/gatewayPort');
    expect(service.spec).toMatchObject({
      type: 'LoadBalancer',
      selector: { app: 'istio-eastwestgateway', istio: 'eastwestgateway' },
      ports: [{ name: 'status-port', port: 15021 }, { name: 'tls', port: 15443, targetPort: 15443 }],
    });
    expect(gateway).toMatchObject({
      name: 'istio-eastwestgateway', serviceName: 'istio-eastwestgateway', exposesServices: true, exposesControlPlane: false, network: NETWORK, gateway: undefined,
    });
  });

  test('has endpoints of its own network only, and pods that say their network', () => {
    const template = named(sidecars().chart, 'Deployment', 'istio-eastwestgateway')!.spec.template;
    expect(template.metadata.labels).toMatchObject({ 'topology.istio.io/network': 'net1', 'sidecar.istio.io/inject': 'true' });
    expect(template.spec.containers[0].env).toEqual([{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'net1' }]);
  });

  test('exposes istiod by its names only', () => {
    const { chart, gateway } = sidecars({ exposeControlPlane: true });
    const hosts = ['istiod.istio-system.svc', 'istiod.istio-system.svc.cluster.local'];
    expect(named(chart, 'Gateway', 'istiod-gateway')?.spec.servers).toEqual([
      { port: { number: 15012, name: 'tls-istiod', protocol: 'TLS' }, hosts, tls: { mode: 'PASSTHROUGH' } },
      { port: { number: 15017, name: 'tls-webhook', protocol: 'TLS' }, hosts, tls: { mode: 'PASSTHROUGH' } },
    ]);
    const route = (port: number, target: number) => ({
      match: [{ port, sniHosts: hosts }], route: [{ destination: { host: 'istiod.istio-system.svc.cluster.local', port: { number: target } } }],
    });
    expect(named(chart, 'VirtualService', 'istiod-vs')?.spec).toEqual({
      hosts, gateways: ['istio-system/istiod-gateway'], tls: [route(15012, 15012), route(15017, 443)],
    });
    expect(named(chart, 'Service', 'istio-eastwestgateway')?.spec.ports.map(({ name, port }: any) => `${name} ${port}`))
      .toEqual(['status-port 15021', 'tls 15443', 'tls-istiod 15012', 'tls-webhook 15017']);
    expect(gateway.exposesControlPlane).toBe(true);
  });

  test('exposes the revision of the mesh, or those that are named', () => {
    const hosts = (props: object, controlPlane?: ControlPlane) =>
      named(sidecars({ exposeControlPlane: true, ...props }, controlPlane).chart, 'VirtualService', 'istiod-vs')?.spec.hosts;
    expect(hosts({}, ControlPlane.revision('1-31'))).toEqual(['istiod-1-31.istio-system.svc', 'istiod-1-31.istio-system.svc.cluster.local']);
    expect(hosts({}, ControlPlane.tag('stable', '1-31'))).toEqual(['istiod-1-31.istio-system.svc', 'istiod-1-31.istio-system.svc.cluster.local']);
    expect(hosts({ controlPlaneRevisions: ['1-30', '1-31'] })).toEqual([
      'istiod-1-30.istio-system.svc', 'istiod-1-30.istio-system.svc.cluster.local', 'istiod-1-31.istio-system.svc', 'istiod-1-31.istio-system.svc.cluster.local',
    ]);
  });

  test('in a mesh of one cluster, lets machines reach istiod and nothing else', () => {
    const { chart, gateway } = single({ exposeControlPlane: true });
    expect(named(chart, 'Gateway', 'cross-network-gateway')).toBeUndefined();
    expect(named(chart, 'Service', 'istio-eastwestgateway')?.metadata.labels).not.toHaveProperty('topology.istio.io/network');
    expect(named(chart, 'Deployment', 'istio-eastwestgateway')?.spec.template.spec.containers[0]).not.toHaveProperty('env');
    expect(gateway).toMatchObject({ exposesServices: false, network: undefined });
  });

  test('takes another name, port, hosts, network and Service', () => {
    const { chart } = sidecars({
      name: 'istio-west',
      gatewayPort: 443,
      serviceHosts: ['*.shop.svc.cluster.local', '*.edge.svc.cluster.local'],
      network: IstioNetwork.of('other'),
      form: EastWestForm.selfManaged({ exposure: GatewayExposure.nodePort(), podLabels: { tier: 'edge' }, environment: { LEVEL: '1' } }),
    });
    expect(named(chart, 'Service', 'istio-west')).toMatchObject({
      metadata: { labels: { 'networking.istio.io/gatewayPort': '443', 'topology.istio.io/network': 'other' } },
      spec: { type: 'NodePort', ports: [{ port: 15021 }, { name: 'tls', port: 443 }] },
    });
    expect(named(chart, 'Gateway', 'cross-network-gateway')?.spec.servers).toMatchObject([
      { port: { number: 443 }, hosts: ['*.shop.svc.cluster.local', '*.edge.svc.cluster.local'] },
    ]);
    expect(named(chart, 'Deployment', 'istio-west')?.spec.template).toMatchObject({
      metadata: { labels: { tier: 'edge' } },
      spec: { containers: [{ env: [{ name: 'LEVEL', value: '1' }, { name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'other' }] }] },
    });
  });

  test('of a cluster without control plane has pods and a Service only', () => {
    const mesh = new MultiClusterMesh({ meshId: 'shop' });
    const west = mesh.addPrimary('west', { network: NETWORK });
    new EastWestGateway(chartOf(west), 'Gateway', { namespace: west.controlPlaneNamespace, exposeControlPlane: true });
    const east = mesh.addRemote('east', { primary: west, network: IstioNetwork.of('net2'), controlPlaneAddress: '192.0.2.1' });
    const chart = chartOf(east);
    new EastWestGateway(chart, 'Gateway', { namespace: east.controlPlaneNamespace });
    expect(objectsOf(chart).map(({ kind }) => kind).sort()).toEqual([
      'Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Role', 'RoleBinding', 'Service', 'ServiceAccount',
    ]);
    expect(named(chart, 'Service', 'istio-eastwestgateway')?.spec.ports).toMatchObject([{ port: 15021 }, { port: 15443 }]);
  });
});

describe('an east-west gateway that Istio provisions', () => {
  test('for sidecars', () => {
    const { chart, gateway } = sidecars({ form: EastWestForm.provisioned({ annotations: { cloud: 'internal' } }) });
    const { metadata, spec } = named(chart, 'Gateway', 'istio-eastwestgateway')!;
    expect(metadata.labels).toMatchObject({ 'topology.istio.io/network': 'net1' });
    expect(spec).toMatchObject({
      gatewayClassName: 'istio',
      infrastructure: {
        labels: { 'topology.istio.io/network': 'net1' }, annotations: { cloud: 'internal' }, parametersRef: { group: '', kind: 'ConfigMap', name: 'istio-eastwestgateway-parameters' },
      },
      listeners: [{
        name: 'cross-network',
        port: 15443,
        protocol: 'TLS',
        hostname: '*.local',
        tls: { mode: 'Passthrough', options: { 'gateway.istio.io/listener-protocol': 'auto-passthrough' } },
      }],
    });
    expect(parse(named(chart, 'ConfigMap', 'istio-eastwestgateway-parameters')!.data.deployment)).toEqual({
      spec: { template: { spec: { containers: [{ name: 'istio-proxy', env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'net1' }] }] } } },
    });
    expect(gateway.serviceName).toBe('istio-eastwestgateway-istio');
    expect(gateway.workload).toBeUndefined();
  });

  test('with a revision, a port and several hosts', () => {
    const { chart } = sidecars({
      form: EastWestForm.provisioned({ revision: 'canary' }), gatewayPort: 8443, serviceHosts: ['*.a.svc.cluster.local', '*.b.svc.cluster.local'],
    }, ControlPlane.revision('stable'));
    const { metadata, spec } = named(chart, 'Gateway', 'istio-eastwestgateway')!;
    expect(metadata.labels).toMatchObject({ 'istio.io/rev': 'canary', 'networking.istio.io/gatewayPort': '8443' });
    expect(spec.listeners).toMatchObject([
      { name: 'cross-network', port: 8443, hostname: '*.a.svc.cluster.local' }, { name: 'cross-network-2', port: 8443, hostname: '*.b.svc.cluster.local' },
    ]);
  });

  test('with istiod behind it', () => {
    const { chart } = single({ form: EastWestForm.provisioned(), exposeControlPlane: true, controlPlaneRevisions: ['1-31'] });
    expect(named(chart, 'Gateway', 'istio-eastwestgateway')?.spec).toMatchObject({
      listeners: [
        { name: 'istiod', port: 15012, protocol: 'TLS', tls: { mode: 'Passthrough' } }, { name: 'istiod-webhook', port: 15017, protocol: 'TLS', tls: { mode: 'Passthrough' } },
      ],
    });
    expect(named(chart, 'ConfigMap', 'istio-eastwestgateway-parameters')).toBeUndefined();
    expect(named(chart, 'TLSRoute', 'istiod-webhook-1-31')?.spec).toMatchObject({
      parentRefs: [{ name: 'istio-eastwestgateway', sectionName: 'istiod-webhook' }],
      hostnames: ['istiod-1-31.istio-system.svc', 'istiod-1-31.istio-system.svc.cluster.local'],
      rules: [{ backendRefs: [{ name: 'istiod-1-31', port: 443 }] }],
    });
  });

  test('in an ambient mesh speaks HBONE', () => {
    const { chart, gateway } = ambient({ exposeControlPlane: true });
    const { metadata, spec } = named(chart, 'Gateway', 'istio-eastwestgateway')!;
    expect(metadata.labels).toMatchObject({ 'topology.istio.io/network': 'net1' });
    expect(spec.gatewayClassName).toBe('istio-east-west');
    expect(spec.listeners).toMatchObject([
      { name: 'mesh', port: 15008, protocol: 'HBONE', tls: { mode: 'Terminate', options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } } },
      { name: 'istiod', port: 15012 },
      { name: 'istiod-webhook', port: 15017 },
    ]);
    expect(spec.infrastructure).not.toHaveProperty('parametersRef');
    expect(named(chart, 'TLSRoute', 'istiod')?.spec.rules).toMatchObject([{ backendRefs: [{ name: 'istiod', port: 15012 }] }]);
    expect(gateway.serviceName).toBe('istio-eastwestgateway');
  });

  test('in an ambient mesh may be self-managed for istiod alone', () => {
    const { chart } = ambient({ exposeServices: false, exposeControlPlane: true, form: EastWestForm.selfManaged() }, IstioVersion.V1_29);
    expect(named(chart, 'VirtualService', 'istiod-vs')).toBeDefined();
  });
});

describe('an east-west gateway refuses', () => {
  test.each<[string, () => unknown, string]>([
    ['another mesh', () => {
      const app = new App();
      const chart = new Chart(app, 'east-west');
      const mesh = new LinkerdMesh(app, 'Mesh');
      new EastWestGateway(chart, 'Gateway', { namespace: MeshNamespace.fromNamespaceName(chart, 'Namespace', 'linkerd', { mesh }) });
    }, 'EastWestGateway needs an Istio mesh, got a Linkerd mesh: its gateway comes with its multicluster extension, use SharedService'],
    ['to expose nothing', () => single(), 'east-west gateway \'istio-eastwestgateway\' exposes nothing: pass network to expose services, or exposeControlPlane: true'],
    ['services without network', () => single({ exposeServices: true }),
      'east-west gateway \'istio-eastwestgateway\' needs a network to expose services: pass network, as the workloads of the cluster have it'],
    ['pods of yours for ambient services', () => ambient({ form: EastWestForm.selfManaged() }),
      'east-west gateway \'istio-eastwestgateway\' cannot be self-managed in an ambient mesh, where ztunnels speak HBONE with it: use EastWestForm.provisioned()'],
    ['hosts in an ambient mesh', () => ambient({ serviceHosts: ['*.local'] }),
      'serviceHosts of east-west gateway \'istio-eastwestgateway\' is for sidecars only, got it in an ambient mesh: leave it out'],
    ['a port in an ambient mesh', () => ambient({ gatewayPort: 443 }), 'gatewayPort of east-west gateway'],
    ['a port where no service is exposed', () => single({ exposeControlPlane: true, gatewayPort: 443 }),
      'gatewayPort of east-west gateway \'istio-eastwestgateway\' is about services, which it does not expose: leave it out'],
    ['a port that is none', () => sidecars({ gatewayPort: 0 }), 'gatewayPort of east-west gateway \'istio-eastwestgateway\''],
    ['no hosts', () => sidecars({ serviceHosts: [] }), 'serviceHosts of east-west gateway \'istio-eastwestgateway\' must have at least one host, got none: ' +
      'leave it out to expose all services'],
    ['hosts outside', () => sidecars({ serviceHosts: ['*.example.com'] }),
      'serviceHosts of east-west gateway \'istio-eastwestgateway\' must be hosts of the cluster that end with .local, got \'*.example.com\''],
    ['revisions that are not exposed', () => sidecars({ controlPlaneRevisions: ['1-31'] }),
      'controlPlaneRevisions of east-west gateway \'istio-eastwestgateway\' are exposed by exposeControlPlane: true only: pass it, or leave them out'],
    ['no revisions', () => sidecars({ exposeControlPlane: true, controlPlaneRevisions: [] }),
      'controlPlaneRevisions of east-west gateway \'istio-eastwestgateway\' must have at least one revision, got none: leave them out to mean that of the mesh'],
    ['a managed control plane', () => single({ exposeControlPlane: true }, ControlPlane.managed(ManagedChannel.RAPID)),
      'exposeControlPlane needs a control plane in the cluster, got \'asm-managed-rapid\', which is managed: its provider lets proxies reach it, leave ' +
      'exposeControlPlane out'],
    ['istiod through an ambient gateway of an older release', () => ambient({ exposeControlPlane: true }, IstioVersion.V1_30),
      'exposeControlPlane of a provisioned ambient gateway needs Istio 1.31, got 1.30: make a second EastWestGateway with exposeServices: false and ' +
      'EastWestForm.selfManaged() in another namespace'],
    ['a second one in a namespace', () => {
      const { chart, gateway } = sidecars();
      const { mesh } = { mesh: gateway.node.root.node.findChild('Mesh') as MeshCluster };
      new EastWestGateway(chart, 'Second', { namespace: mesh.controlPlaneNamespace, name: 'second' });
    }, 'namespace \'istio-system\' has the east-west gateway \'istio-eastwestgateway\' already, got \'second\': let one gateway have more replicas, or use another namespace'],
    ['a control plane where there is none', () => {
      const cluster = new MeshCluster(new App(), 'Mesh', { clusterName: 'east', network: NETWORK, remoteControlPlane: { clusterName: 'west', address: '192.0.2.1' } });
      new EastWestGateway(chartOf(cluster), 'Gateway', { namespace: cluster.controlPlaneNamespace, exposeControlPlane: true });
    }, 'east-west gateway \'istio-eastwestgateway\' cannot expose a control plane in a cluster without one: its control plane is in cluster \'west\''],
    ['to be provisioned where nobody does it', () => {
      const cluster = new MeshCluster(new App(), 'Mesh', { clusterName: 'east', network: NETWORK, remoteControlPlane: { clusterName: 'west', address: '192.0.2.1' } });
      new EastWestGateway(chartOf(cluster), 'Gateway', { namespace: cluster.controlPlaneNamespace, form: EastWestForm.provisioned() });
    }, 'east-west gateway \'istio-eastwestgateway\' cannot be provisioned in a cluster without one: its control plane is in cluster \'west\''],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('the gateway of a network elsewhere', () => {
  function remote(dataPlane: DataPlane, props: Partial<RemoteNetworkGatewayProps> = {}) {
    const cluster = new MultiClusterMesh({ meshId: 'shop', dataPlane }).addPrimary('west', { network: NETWORK });
    const chart = new Chart(cluster.app, 'remote');
    new RemoteNetworkGateway(chart, 'Gateway', { namespace: cluster.controlPlaneNamespace, network: IstioNetwork.of('net2'), addresses: ['192.0.2.9'], ...props });
    return objectsOf(chart)[0];
  }

  test('for sidecars', () => {
    expect(remote(DataPlane.SIDECAR, { addresses: ['192.0.2.9', 'east.example.com'], gatewayPort: 443 })).toMatchObject({
      metadata: {
        name: 'net2-gateway',
        namespace: 'istio-system',
        labels: { 'topology.istio.io/network': 'net2', 'networking.istio.io/gatewayPort': '443' },
        annotations: { 'gateway.istio.io/service-account': 'istio-eastwestgateway' },
      },
      spec: {
        gatewayClassName: 'istio-remote',
        addresses: [{ type: 'IPAddress', value: '192.0.2.9' }, { type: 'Hostname', value: 'east.example.com' }],
        listeners: [{ name: 'cross-network', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough', options: { 'gateway.istio.io/listener-protocol': 'auto-passthrough' } } }],
      },
    });
  });

  test('for ambient workloads', () => {
    expect(remote(DataPlane.AMBIENT, { name: 'tasks', serviceAccount: 'tasks-gateway' })).toMatchObject({
      metadata: { name: 'tasks', annotations: { 'gateway.istio.io/service-account': 'tasks-gateway' } },
      spec: { listeners: [{ port: 15008, protocol: 'HBONE', tls: { mode: 'Passthrough' } }] },
    });
  });

  test('refuses what it cannot do', () => {
    expect(() => remote(DataPlane.SIDECAR, { addresses: [] }))
      .toThrow('addresses of remote gateway \'net2-gateway\' must have at least one address, got none: it is where network \'net2\' is entered');
    expect(() => remote(DataPlane.AMBIENT, { gatewayPort: 443 }))
      .toThrow('gatewayPort of remote gateway \'net2-gateway\' is for sidecars only, got 443 in an ambient mesh: leave it out');
    expect(() => remote(DataPlane.SIDECAR, { addresses: ['not an address'] })).toThrow('address of type Hostname');
  });
});
