import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, CertManagerIssuer, ControlPlane, DataPlane, EastWestForm, EastWestGateway, Gateway, GatewayClass, HttpRoute, IGatewayClass,
  IstioCertificateAuthority, IstioChart, IstioMesh, IstioNetwork, ManagedChannel, MeshCluster, MeshClusterProps, MeshNamespace, MtlsMode,
  MultiClusterMesh, MultiClusterMeshProps, OutlierDetection, PeerAuthentication, RemoteNetworkGateway, RouteParent, SharedService, SharedServiceProps,
  VirtualService, WorkloadEntry, WorkloadGroup,
} from '../../src';

const COMMON_ROOT = IstioCertificateAuthority.certManager(CertManagerIssuer.clusterIssuer('mesh-root'));
const NET1 = IstioNetwork.of('net1');
const NET2 = IstioNetwork.of('net2');

function withDir<T>(use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'clusters-'));
  try {
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function meshOf(props: Partial<MultiClusterMeshProps> = {}): MultiClusterMesh {
  return new MultiClusterMesh({ meshId: 'shop', certificateAuthority: props.controlPlane?.channel ? undefined : COMMON_ROOT, ...props });
}

function gateway(cluster: MeshCluster, props: object = {}): EastWestGateway {
  return new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace, ...props });
}

function rootNamespaceOf(cluster: MeshCluster) {
  const chart = cluster.app.charts.find(({ node }) => node.id === 'istio-system')!;
  return Testing.synth(chart).find(({ kind }) => kind === 'Namespace');
}

describe('a mesh of several clusters', () => {
  test('writes a folder for each cluster', () => withDir(dir => {
    const mesh = meshOf({ outdir: dir });
    for (const name of ['west', 'east']) {
      const cluster = mesh.addPrimary(name);
      new ServiceAccount(new Chart(cluster.app, 'shop'), 'Account', { metadata: { name: `of-${name}` } });
    }
    mesh.synth();
    expect(readdirSync(dir).sort()).toEqual(['east', 'west']);
    expect(readdirSync(join(dir, 'west')).sort()).toEqual(['istio-system.k8s.yaml', 'shop.k8s.yaml']);
    expect(readFileSync(join(dir, 'east', 'shop.k8s.yaml'), 'utf8')).toContain('name: of-east');
    expect(mesh.clusters.map(({ clusterName }) => clusterName)).toEqual(['west', 'east']);
  }));

  test('writes below what the CLI says, else below dist', () => {
    const before = process.env.CDK8S_OUTDIR;
    try {
      process.env.CDK8S_OUTDIR = '/somewhere';
      expect(meshOf().addPrimary('west').app.outdir).toBe('/somewhere/west');
      delete process.env.CDK8S_OUTDIR;
      expect(meshOf().addPrimary('west').app.outdir).toBe('dist/west');
    } finally {
      if (before !== undefined) {
        process.env.CDK8S_OUTDIR = before;
      }
    }
  });

  test('labels the namespace of the control plane with the network', () => {
    const cluster = meshOf().addPrimary('west', { network: NET1 });
    expect(rootNamespaceOf(cluster).metadata.labels).toMatchObject({
      'topology.istio.io/network': 'net1', 'app.kubernetes.io/component': 'mesh-cluster', 'app.kubernetes.io/managed-by': 'cdk8s-mesh',
    });
    expect(cluster.controlPlaneNamespace.name).toBe('istio-system');
    expect(cluster.controlPlaneNamespace.mesh).toBe(cluster);
  });

  test('clusters of one network need no label and no gateway', () => withDir(dir => {
    const mesh = meshOf({ outdir: dir });
    const west = mesh.addPrimary('west');
    mesh.addPrimary('east');
    mesh.synth();
    expect(rootNamespaceOf(west).metadata.labels).not.toHaveProperty('topology.istio.io/network');
  }));

  test('a cluster may be declared in a scope of its user, which the mesh does not synthesize', () => withDir(dir => {
    const mesh = meshOf({ outdir: dir });
    const chart = new Chart(new App({ outdir: join(dir, 'other') }), 'west');
    mesh.addPrimary('west', { network: NET1, scope: chart });
    mesh.synth();
    expect(readdirSync(dir)).toEqual([]);
    expect(Testing.synth(chart)).toMatchObject([{ kind: 'Namespace', metadata: { name: 'istio-system' } }]);
  }));

  test('what the clusters share is on every one', () => {
    const mesh = meshOf({ trustDomain: 'shop.example', controlPlane: ControlPlane.revision('1-31'), serviceSettings: [{ hosts: ['a.b.svc.cluster.local'], clusterLocal: true }] });
    const west = mesh.addPrimary('west');
    expect(west.trustDomain).toBe('shop.example');
    expect(west.controlPlane.revisionName).toBe('1-31');
    expect(west.meshConfig).toMatchObject({
      defaultConfig: { meshId: 'shop' }, serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['a.b.svc.cluster.local'] }],
    });
  });

  test('one root is enough for remotes and for managed control planes', () => {
    const own = meshOf({ certificateAuthority: undefined });
    own.addRemote('east', { primary: own.addPrimary('west'), controlPlaneAddress: '192.0.2.1' });
    const managed = meshOf({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) });
    managed.addPrimary('west');
    expect(() => managed.addPrimary('east')).not.toThrow();
  });

  describe('clusters that would not trust each other', () => {
    const own = 'clusters \'west\' and \'east\' would each sign with a root of their own, and not trust each other: pass a certificateAuthority below a common ' +
      'root to the mesh, such as IstioCertificateAuthority.pluggedIn, or make one of them a remote of the other';
    const cluster = (chart: Chart, name: string, props: Partial<MeshClusterProps> = {}) =>
      new MeshCluster(new Construct(chart, name), 'Mesh', { clusterName: name, meshId: 'shop', ...props });

    test('are refused in one mesh', () => {
      const mesh = meshOf({ certificateAuthority: IstioCertificateAuthority.selfSigned() });
      mesh.addPrimary('west');
      expect(() => mesh.addPrimary('east')).toThrow(own);
    });

    test('and where only one has a provider that signs', () => {
      const mesh = meshOf({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) });
      mesh.addPrimary('west');
      const why = (managed: string, other: string) => `the provider signs for cluster '${managed}' and istiod for cluster '${other}', so that they would not trust ` +
        'each other: let the provider run the control planes of all clusters, or of none';
      expect(() => mesh.addPrimary('east', { controlPlane: ControlPlane.revision('1-31') })).toThrow(why('west', 'east'));
      const turned = meshOf({ certificateAuthority: undefined });
      turned.addPrimary('west');
      expect(() => turned.addPrimary('east', { controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) })).toThrow(why('east', 'west'));
    });

    test('and in one app, as far as they are of one mesh', () => {
      const chart = new Chart(new App(), 'clusters');
      cluster(chart, 'west');
      expect(() => cluster(chart, 'other', { meshId: 'bank' })).not.toThrow();
      expect(() => cluster(chart, 'remote', { remoteControlPlane: { clusterName: 'west', address: '192.0.2.1' } })).not.toThrow();
      expect(() => cluster(new Chart(chart, 'again'), 'west')).not.toThrow();
      expect(() => cluster(chart, 'east')).toThrow(own);
      expect(() => cluster(new Chart(new App(), 'clusters'), 'east')).not.toThrow();
    });

    test('also where one of them alone has a root of its own', () => {
      const chart = new Chart(new App(), 'clusters');
      cluster(chart, 'west', { certificateAuthority: COMMON_ROOT });
      expect(() => cluster(chart, 'east', { meshId: 'shop' })).toThrow(own);
    });
  });

  test('values of istio-csr know the cluster', () => {
    const mesh = meshOf({ certificateAuthority: IstioCertificateAuthority.istioCsr(CertManagerIssuer.clusterIssuer('mesh-root')) });
    expect(JSON.stringify(mesh.addPrimary('west').istioCsrValues())).toContain('"clusterID":"west"');
  });

  test('a cluster may have a revision and a trust domain of its own that the others know', () => {
    const mesh = meshOf({ trustDomainAliases: ['east.example'] });
    mesh.addPrimary('west');
    const east = mesh.addPrimary('east', { trustDomain: 'east.example', controlPlane: ControlPlane.revision('canary') });
    expect(east.principal('shop', 'web')).toBe('east.example/ns/shop/sa/web');
    expect(east.controlPlane.revisionName).toBe('canary');
  });

  describe('refuses', () => {
    test.each<[string, () => unknown, string]>([
      ['a mesh without name', () => meshOf({ meshId: '' }), 'meshId must not be empty: it is how telemetry tells meshes apart'],
      ['two names of a mesh', () => meshOf({ defaultConfig: { meshId: 'other' } }).addPrimary('west'),
        'meshId must be said once, got \'shop\' and \'other\' in defaultConfig: leave it out there'],
      ['a name that is none', () => meshOf().addPrimary('West'), 'name of the cluster must'],
      ['two clusters of one name', () => {
        const mesh = meshOf();
        mesh.addPrimary('west');
        mesh.addPrimary('west');
      }, 'cluster \'west\' is in mesh \'shop\' already: give each cluster a name of its own'],
      ['a network for some clusters only', () => {
        const mesh = meshOf();
        mesh.addPrimary('west', { network: NET1 });
        mesh.addPrimary('east');
      }, 'cluster \'east\' needs a network because cluster \'west\' has one: pass network to both, or to none'],
      ['a network for some clusters only, the other way round', () => {
        const mesh = meshOf();
        mesh.addPrimary('west');
        mesh.addPrimary('east', { network: NET1 });
      }, 'cluster \'west\' needs a network because cluster \'east\' has one: pass network to both, or to none'],
      ['a trust domain that the others do not know', () => meshOf().addPrimary('west', { trustDomain: 'west.example' }),
        'trust domain \'west.example\' of cluster \'west\' is not known to the others: pass it in trustDomainAliases of the mesh'],
      ['sidecars and ambient on several networks', () => {
        const mesh = meshOf();
        mesh.addPrimary('west', { network: NET1 });
        mesh.addPrimary('east', { network: NET2, dataPlane: DataPlane.AMBIENT });
      }, 'cluster \'east\' is ambient and cluster \'west\' of another network is sidecar: sidecars cannot use the gateways of ambient networks, ' +
        'let all clusters have one dataPlane'],
      ['two ambient clusters on one network', () => {
        const mesh = meshOf({ dataPlane: DataPlane.AMBIENT });
        mesh.addPrimary('west', { network: NET1 });
        mesh.addPrimary('east', { network: NET1 });
      }, 'ambient clusters \'west\' and \'east\' share network \'net1\': Istio joins ambient clusters of different networks only, give each its own'],
      ['an ambient cluster without network', () => meshOf({ dataPlane: DataPlane.AMBIENT }).addPrimary('west'),
        'ambient cluster \'west\' needs a network of its own: Istio joins ambient clusters over networks only, pass network'],
      ['a primary of another mesh', () => meshOf().addRemote('east', { primary: meshOf().addPrimary('west'), controlPlaneAddress: '192.0.2.1' }),
        'primary \'west\' of cluster \'east\' is not in mesh \'shop\': add it there with addPrimary'],
      ['a remote of a remote', () => {
        const mesh = meshOf();
        const east = mesh.addRemote('east', { primary: mesh.addPrimary('west'), controlPlaneAddress: '192.0.2.1' });
        mesh.addRemote('north', { primary: east, controlPlaneAddress: '192.0.2.1' });
      }, 'primary \'east\' of cluster \'north\' is a remote itself, of \'west\': pass a cluster that addPrimary made'],
      ['an address that is none', () => {
        const mesh = meshOf();
        mesh.addRemote('east', { primary: mesh.addPrimary('west'), controlPlaneAddress: 'not an address' });
      }, 'address of the control plane of cluster \'east\''],
      ['an ambient remote', () => {
        const mesh = meshOf({ dataPlane: DataPlane.AMBIENT });
        mesh.addRemote('east', { primary: mesh.addPrimary('west', { network: NET1 }), network: NET2, controlPlaneAddress: '192.0.2.1' });
      }, 'ambient cluster \'east\' needs a control plane of its own: Istio does not run ambient in remotes, make it a primary'],
      ['a remote of a managed control plane', () => {
        const mesh = meshOf({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) });
        mesh.addRemote('east', { primary: mesh.addPrimary('west'), controlPlaneAddress: '192.0.2.1' });
      }, 'cluster \'east\' cannot use the control plane of another one, because \'asm-managed\' is managed: its provider serves each cluster'],
      ['a remote of itself', () => new MeshCluster(new App(), 'Mesh', { clusterName: 'a', remoteControlPlane: { clusterName: 'a', address: '192.0.2.1' } }),
        'cluster \'a\' cannot be a remote of itself: leave remoteControlPlane out'],
    ])('%s', (_, act, message) => {
      expect(act).toThrow(message);
    });
  });
});

describe('what has to be there at last', () => {
  const synth = (make: (mesh: MultiClusterMesh) => void) => withDir(dir => {
    const mesh = meshOf({ outdir: dir });
    make(mesh);
    mesh.synth();
  });

  test('a gateway for each of several networks', () => {
    const two = (mesh: MultiClusterMesh) => [mesh.addPrimary('west', { network: NET1 }), mesh.addPrimary('east', { network: NET2 })];
    expect(() => synth(mesh => void gateway(two(mesh)[0])))
      .toThrow('network \'net2\' of cluster \'east\' has no gateway for other networks: make an EastWestGateway there, or call addNetworkGateway');
    expect(() => synth(mesh => two(mesh).forEach(cluster => gateway(cluster)))).not.toThrow();
    expect(() => synth(mesh => {
      gateway(two(mesh)[0]);
      mesh.addNetworkGateway(NET2, { address: '192.0.2.9' });
    })).not.toThrow();
    expect(() => synth(mesh => {
      const [west] = two(mesh);
      gateway(west);
      new RemoteNetworkGateway(new Chart(west.app, 'remote'), 'East', { namespace: west.controlPlaneNamespace, network: NET2, addresses: ['192.0.2.9'] });
    })).not.toThrow();
  });

  test('a gateway that exposes services: one for the control plane does not do', () => {
    expect(() => synth(mesh => {
      gateway(mesh.addPrimary('west', { network: NET1 }), { exposeServices: false, exposeControlPlane: true });
      gateway(mesh.addPrimary('east', { network: NET2 }));
    })).toThrow('network \'net1\' of cluster \'west\' has no gateway for other networks');
  });

  test('a way to the control plane that remotes use', () => {
    const remote = (mesh: MultiClusterMesh, exposed: boolean, exposedElsewhere?: boolean) => {
      const west = mesh.addPrimary('west');
      if (exposed) {
        gateway(west, { exposeControlPlane: true });
      }
      mesh.addRemote('east', { primary: west, controlPlaneAddress: 'istiod.example.com', exposedElsewhere });
    };
    expect(() => synth(mesh => remote(mesh, false)))
      .toThrow('cluster \'west\' has remotes that cannot reach its control plane: pass exposeControlPlane: true to its EastWestGateway');
    expect(() => synth(mesh => remote(mesh, true))).not.toThrow();
    expect(() => synth(mesh => remote(mesh, false, true))).not.toThrow();
  });

  test('configuration for the gateway of a remote, in its primary', () => {
    const remote = (mesh: MultiClusterMesh, form?: EastWestForm) => {
      const west = mesh.addPrimary('west', { network: NET1 });
      gateway(west, { exposeControlPlane: true, form });
      gateway(mesh.addRemote('east', { network: NET2, primary: west, controlPlaneAddress: '192.0.2.1' }));
    };
    expect(() => synth(mesh => remote(mesh))).not.toThrow();
    expect(() => synth(mesh => remote(mesh, EastWestForm.provisioned())))
      .toThrow('east-west gateway \'istio-eastwestgateway\' of cluster \'east\' is configured by none: make a self-managed one of that name in cluster ' +
        '\'west\', which exposes services');
  });
});

describe('a cluster without control plane', () => {
  const remoteOf = (network?: IstioNetwork) => {
    const mesh = meshOf();
    const west = mesh.addPrimary('west', { network });
    return { west, east: mesh.addRemote('east', { primary: west, network, controlPlaneAddress: '192.0.2.1', exposedElsewhere: true }) };
  };

  test('names its primary on the namespace', () => {
    const { west, east } = remoteOf();
    expect(rootNamespaceOf(east).metadata.annotations).toEqual({ 'topology.istio.io/controlPlaneClusters': 'west' });
    expect(rootNamespaceOf(west).metadata).not.toHaveProperty('annotations');
  });

  test('its namespaces leave to the primary what is configured there', () => {
    const { west, east } = remoteOf();
    const kinds = (cluster: MeshCluster) => {
      const chart = new Chart(cluster.app, 'shop');
      new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
      return Testing.synth(chart).map(({ kind }) => kind);
    };
    expect(kinds(west)).toEqual(['Namespace', 'PeerAuthentication']);
    expect(kinds(east)).toEqual(['Namespace']);
  });

  test('leaves to the primary how a shared Service fails over', () => {
    const share = (cluster: MeshCluster, props: Partial<SharedServiceProps> = {}) => {
      const chart = new Chart(cluster.app, 'shop');
      const namespace = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
      const service = new Service(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
      new SharedService(chart, 'Shared', { namespace, service, ...props });
      return Testing.synth(chart).map(({ kind }) => kind);
    };
    const { west, east } = remoteOf();
    expect(share(west)).toContain('DestinationRule');
    expect(share(east)).toEqual(['Namespace', 'Service']);
    const why = 'of shared service \'web\' is not read in a cluster without control plane: ' +
      'pass it to the SharedService of this name in cluster \'west\', where it holds for clients of this one too';
    expect(() => share(remoteOf().east, { failover: [{ region: 'us-west', fallback: 'us-east' }] })).toThrow(`failover ${why}`);
    expect(() => share(remoteOf().east, { outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 1 }) })).toThrow(`outlierDetection ${why}`);
  });

  test('takes no configuration but WorkloadEntries', () => {
    const chart = new Chart(remoteOf().east.app, 'shop');
    const why = 'is not read in a cluster without control plane: make it in cluster \'west\', where it holds for this one too';
    expect(() => new PeerAuthentication(chart, 'Mtls', { mode: MtlsMode.STRICT })).toThrow(`a PeerAuthentication ${why}`);
    expect(() => new WorkloadGroup(chart, 'Group')).toThrow(`a WorkloadGroup ${why}`);
    expect(() => new VirtualService(chart, 'Routes', { hosts: [] })).toThrow(`a VirtualService ${why}`);
    expect(() => new WorkloadEntry(chart, 'Entry', { address: '192.0.2.1' })).not.toThrow();
  });

  describe('takes nothing of Gateway API that Istio would read', () => {
    const where = 'in a cluster without control plane: make it in cluster \'west\'';

    test('gateways of its classes', () => {
      const chart = new Chart(remoteOf().east.app, 'shop');
      const make = (name: string, gatewayClass: GatewayClass | IGatewayClass) => new Gateway(chart, name, { metadata: { name }, gatewayClass });
      expect(() => make('public', GatewayClass.ISTIO)).toThrow(`Istio does not read Gateway 'public' ${where}, whose istiod makes the proxies there; ` +
        'here a GatewayWorkload runs proxies');
      expect(() => make('waypoint', GatewayClass.ISTIO_WAYPOINT)).toThrow('Istio does not read Gateway \'waypoint\'');
      expect(() => make('other', GatewayClass.ENVOY_GATEWAY)).not.toThrow();
    });

    test('routes of its gateways and of Services', () => {
      const { west, east } = remoteOf();
      const chart = new Chart(east.app, 'shop');
      const service = new Service(chart, 'Web', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
      const make = (id: string, parent: RouteParent, at = chart) => () => new HttpRoute(at, id, {
        metadata: { name: 'web' }, parents: [parent], rules: [{ backends: [{ backend: Backend.service(service) }] }],
      });
      expect(make('OfService', RouteParent.producerService(service))).toThrow(`Istio does not read HTTPRoute 'web' ${where}, where it holds for this one too`);
      const fromName = (gatewayClass: IGatewayClass) => Gateway.fromGatewayName('public', { gatewayClass });
      expect(make('OfIstio', RouteParent.gateway(fromName(GatewayClass.ISTIO)))).toThrow('Istio does not read HTTPRoute \'web\'');
      expect(make('OfEnvoyGateway', RouteParent.gateway(fromName(GatewayClass.ENVOY_GATEWAY)))).not.toThrow();
      expect(make('OfPrimary', RouteParent.producerServiceName('web'), new Chart(west.app, 'shop'))).not.toThrow();
    });
  });
});

describe('values of the charts', () => {
  test('of a primary', () => {
    const values = meshOf().addPrimary('west', { network: NET1 }).helmValues(IstioChart.ISTIOD);
    expect(values).toMatchObject({ global: { multiCluster: { clusterName: 'west' }, network: 'net1', meshID: 'shop' } });
    expect(values.global).not.toHaveProperty('externalIstiod');
    expect(values).not.toHaveProperty('profile');
  });

  test('of a primary and its remote', () => {
    const mesh = meshOf();
    const west = mesh.addPrimary('west', { network: NET1 });
    const east = mesh.addRemote('east', { primary: west, network: NET2, controlPlaneAddress: '192.0.2.1' });
    const north = mesh.addRemote('north', { primary: west, network: NET2, controlPlaneAddress: 'istiod.example.com' });
    expect(west.helmValues(IstioChart.ISTIOD).global).toMatchObject({ externalIstiod: true });
    expect(east.helmValues(IstioChart.ISTIOD)).toMatchObject({
      profile: 'remote',
      istiodRemote: { injectionPath: '/inject/cluster/east/net/net2' },
      global: { configCluster: true, remotePilotAddress: '192.0.2.1', multiCluster: { clusterName: 'east' }, network: 'net2' },
    });
    expect(north.helmValues(IstioChart.ISTIOD).global).toMatchObject({ remotePilotAddress: 'istiod.example.com' });
    expect(east.helmValues(IstioChart.BASE)).toMatchObject({ profile: 'remote' });
    expect(east.helmValues(IstioChart.GATEWAY)).toEqual({});
  });

  test('of a remote without network', () => {
    const mesh = meshOf();
    const east = mesh.addRemote('east', { primary: mesh.addPrimary('west'), controlPlaneAddress: '192.0.2.1' });
    expect(east.helmValues(IstioChart.ISTIOD).istiodRemote).toEqual({ injectionPath: '/inject/cluster/east' });
  });

  test('of a primary that serves remotes of another app', () => {
    const cluster = new MeshCluster(new App(), 'Mesh', { clusterName: 'west', servesRemotes: true });
    expect(cluster.helmValues(IstioChart.ISTIOD).global).toMatchObject({ externalIstiod: true });
  });

  test('of an ambient cluster', () => {
    const west = meshOf({ dataPlane: DataPlane.AMBIENT }).addPrimary('west', { network: NET1 });
    expect(west.helmValues(IstioChart.ISTIOD, { env: { PILOT_TRACE_SAMPLING: '1' } }).env)
      .toEqual({ AMBIENT_ENABLE_MULTI_NETWORK: 'true', PILOT_TRACE_SAMPLING: '1' });
    expect(west.helmValues(IstioChart.ZTUNNEL)).toMatchObject({ network: 'net1', multiCluster: { clusterName: 'west' } });
  });

  test('with MeshNetworks, for every cluster', () => {
    const mesh = meshOf();
    const west = mesh.addPrimary('west', { network: NET1 });
    mesh.addNetworkGateway(NET1, { address: '192.0.2.1' }).addNetworkGateway(NET1, { address: 'gateway.example.com', port: 443 });
    const east = mesh.addPrimary('east', { network: NET2 });
    mesh.addNetworkGateway(NET2, { address: '192.0.2.2', cidrs: ['10.8.0.0/16'] });
    const networks = {
      net1: { endpoints: [{ fromRegistry: 'west' }], gateways: [{ address: '192.0.2.1', port: 15443 }, { address: 'gateway.example.com', port: 443 }] },
      net2: { endpoints: [{ fromCidr: '10.8.0.0/16' }], gateways: [{ address: '192.0.2.2', port: 15443 }] },
    };
    expect(west.helmValues(IstioChart.ISTIOD).global.meshNetworks).toEqual(networks);
    expect(east.helmValues(IstioChart.ISTIOD).global.meshNetworks).toEqual(networks);
    // What the chart makes of it, for who installs without it.
    expect([west.meshNetworks, east.meshNetworks]).toEqual([{ networks }, { networks }]);
  });

  test('without MeshNetworks, where nothing is to be said, or the primary says it', () => {
    const mesh = meshOf();
    const west = mesh.addPrimary('west', { network: NET1 });
    expect(west.meshNetworks).toBeUndefined();
    mesh.addNetworkGateway(NET1, { address: '192.0.2.1' });
    expect(mesh.addRemote('east', { primary: west, network: NET2, controlPlaneAddress: '192.0.2.1' }).meshNetworks).toBeUndefined();
  });

  test('with free values beside', () => {
    const west = meshOf().addPrimary('west');
    expect(west.helmValues(IstioChart.ISTIOD, { clusterName: 'west', values: { istiod: { autoscaleMin: 2 } } })).toMatchObject({ autoscaleMin: 2 });
  });

  describe('refuse', () => {
    const remote = () => {
      const mesh = meshOf();
      return mesh.addRemote('east', { primary: mesh.addPrimary('west'), controlPlaneAddress: '192.0.2.1' });
    };
    test.each<[string, () => unknown, string]>([
      ['another name', () => meshOf().addPrimary('west').helmValues(IstioChart.ISTIOD, { clusterName: 'east' }),
        'clusterName of cluster \'west\' is west, got \'east\' for a chart: leave it out there'],
      ['another network', () => meshOf().addPrimary('west', { network: NET1 }).helmValues(IstioChart.ISTIOD, { network: 'net2' }),
        'network of cluster \'west\' is net1, got \'net2\' for a chart: leave it out there'],
      ['a network where there is none', () => meshOf().addPrimary('west').helmValues(IstioChart.ISTIOD, { network: 'net2' }),
        'network of cluster \'west\' is none, got \'net2\' for a chart: leave it out there'],
      ['another address', () => remote().helmValues(IstioChart.ISTIOD, { values: { istiod: { global: { remotePilotAddress: '192.0.2.2' } } } }),
        'values say global.remotePilotAddress: "192.0.2.2", and cluster \'east\' says "192.0.2.1": leave it out there'],
      ['a gateway address that is none', () => meshOf().addNetworkGateway(NET1, { address: 'not an address' }), 'address of the gateway of network \'net1\''],
      ['a range that is none', () => meshOf().addNetworkGateway(NET1, { address: '192.0.2.1', cidrs: ['10.8.0.0'] }),
        'cidrs of network \'net1\' must be ranges such as 10.8.0.0/16, got \'10.8.0.0\''],
      ['a network that nothing is in', () => meshOf().addNetworkGateway(NET1, { address: '192.0.2.1' }),
        'network \'net1\' has no cluster so far, and no cidrs: pass cidrs, or add its clusters before'],
      ['MeshNetworks in an ambient mesh', () => {
        const mesh = meshOf({ dataPlane: DataPlane.AMBIENT });
        mesh.addPrimary('west', { network: NET1 });
        mesh.addNetworkGateway(NET1, { address: '192.0.2.1' });
      }, 'ambient cluster \'west\' does not read MeshNetworks, got a gateway of network \'net1\': make a RemoteNetworkGateway in the cluster'],
    ])('%s', (_, act, message) => {
      expect(act).toThrow(message);
    });
  });
});

describe('a cluster by itself', () => {
  test('is an Istio mesh with a name', () => {
    const cluster = new MeshCluster(new App(), 'Mesh', { clusterName: 'west', meshId: 'shop', network: NET1 });
    expect(cluster).toBeInstanceOf(IstioMesh);
    expect(cluster.meshConfig.defaultConfig).toEqual({ meshId: 'shop' });
  });
});
