import { App, Chart } from 'cdk8s';
import { Deployment, Secret, Service } from 'cdk8s-plus-28';
import { LINKERD, MANAGED, MESHES } from './meshes';
import { Scene, Unwritable } from './scene';
import { Row, Section } from './section';
import {
  CertManagerIssuer, EastWestForm, EastWestGateway, EastWestGatewayProps, ExternalContainers, IstioCertificateAuthority, IstioNetwork,
  LinkerdExport, LinkerdIdentity, LinkerdMesh, LinkerdTrustRoots, MachineService, MeshCaCertificate, MeshCluster, MeshNamespace, MultiClusterMesh,
  RemoteNetworkGateway, SharedService, SharedServiceProps, StaticMachines, VirtualMachine,
} from '../../src';

const columns = MESHES.map(mesh => ({ id: mesh.id, title: mesh.title, mesh }));
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const ISSUER = CertManagerIssuer.clusterIssuer('mesh-root');

/** A mesh of several clusters, whose authority has one root. */
function meshOf(scene: Scene): MultiClusterMesh {
  return new MultiClusterMesh({ meshId: 'shop', ...scene.kind === MANAGED ? {} : { certificateAuthority: IstioCertificateAuthority.certManager(ISSUER) } });
}

/** Two clusters on networks of their own, each with its gateway. */
function clusters(scene: Scene, gateways: Pick<EastWestGatewayProps, 'form' | 'exposeControlPlane'> = {}): { readonly mesh: MultiClusterMesh; readonly west: MeshCluster } {
  const mesh = meshOf(scene);
  const [west] = ['west', 'east'].map(name => {
    const cluster = scene.kind.addCluster(mesh, name, { network: IstioNetwork.of(`network-${name}`) });
    scene.alsoRender(cluster.app);
    new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace, ...gateways });
    return cluster;
  });
  return { mesh, west };
}

const chartOf = ({ app }: { readonly app: App }, name: string) => new Chart(app, name);

const eastWest = (id: string, what: string, covers: readonly string[], gateways: Parameters<typeof clusters>[1]): Row =>
  ({ id, what, covers: ['EastWestGateway', ...covers], program: scene => void clusters(scene, gateways) });

/** A Service, in a cluster where the mesh has several. */
function shared(scene: Scene, props: Partial<SharedServiceProps> = {}): SharedService {
  if (scene.kind === LINKERD) {
    return new SharedService(scene.chart, 'Shared', { namespace: scene.shop, service: scene.service('web'), ...props });
  }
  const { west } = clusters(scene);
  const chart = chartOf(west, 'shop');
  const metadata = { name: 'web', namespace: 'shop' };
  const deployment = new Deployment(chart, 'Web', { metadata, containers: [{ image: 'registry.example.com/web:1.4.0', portNumber: 8080 }] });
  const service = new Service(chart, 'Service', { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  return new SharedService(chart, 'Shared', { namespace: new MeshNamespace(chart, 'Shop', { mesh: west, name: 'shop' }), service, ...props });
}

const exported = (by: LinkerdExport, what: string): Row =>
  ({ id: `export-${by}`, what, covers: [`LinkerdExport.${by.toUpperCase()}`], program: scene => void shared(scene, { linkerdExport: by }) });

export const NETWORKS: Section = {
  id: 'clusters',
  title: 'Several clusters',
  about: 'Clusters of one mesh, on networks of their own or on one.',
  columns,
  rows: [
    { id: 'multi-primary', what: 'a control plane in each cluster, a network for each', covers: ['MultiClusterMesh.addPrimary', 'MeshCluster'], program: scene => void clusters(scene) },
    {
      id: 'one-network',
      what: 'a control plane in each cluster, one network',
      covers: [],
      program: scene => {
        const mesh = meshOf(scene);
        ['west', 'east'].forEach(name => scene.alsoRender(scene.kind.addCluster(mesh, name, { network: IstioNetwork.of('network') }).app));
      },
    },
    {
      id: 'remote',
      what: 'a cluster that uses the control plane of another one',
      covers: ['MultiClusterMesh.addRemote'],
      program: scene => {
        const { mesh, west } = clusters(scene, { exposeControlPlane: scene.kind !== MANAGED });
        scene.alsoRender(mesh.addRemote('north', { network: IstioNetwork.of('network-west'), primary: west, controlPlaneAddress: '198.51.100.1' }).app);
      },
    },
    eastWest('east-west-self-managed', '`EastWestGateway`, self-managed', ['EastWestForm.selfManaged'], { form: EastWestForm.selfManaged() }),
    eastWest('east-west-provisioned', '`EastWestGateway`, provisioned', ['EastWestForm.provisioned'], { form: EastWestForm.provisioned() }),
    eastWest('expose-control-plane', 'a control plane that is reached through the gateway', [], { exposeControlPlane: true }),
    {
      id: 'network-gateway',
      what: 'the gateway of a network by its address (`MeshNetworks`)',
      covers: ['MultiClusterMesh.addNetworkGateway'],
      program: scene => void clusters(scene).mesh.addNetworkGateway(IstioNetwork.of('network-tasks'), { address: '192.0.2.7', cidrs: ['10.9.0.0/16'] }),
    },
    {
      id: 'remote-network-gateway',
      what: 'the gateway of a network as an object (`RemoteNetworkGateway`)',
      covers: ['RemoteNetworkGateway'],
      program: scene => {
        const { west } = clusters(scene);
        new RemoteNetworkGateway(chartOf(west, 'tasks'), 'Tasks', { namespace: west.controlPlaneNamespace, network: IstioNetwork.of('network-tasks'), addresses: ['192.0.2.7'] });
      },
    },
    { id: 'shared-service', what: 'a Service of all clusters (`SharedService`)', covers: ['SharedService'], program: scene => void shared(scene) },
    {
      id: 'failover', what: 'a Service that fails over to another region', covers: [], program: scene => void shared(scene, { failover: [{ region: 'us-east', fallback: 'us-west' }] }),
    },
    exported(LinkerdExport.GATEWAY, 'a Service by Linkerd\'s gateway'),
    exported(LinkerdExport.FLAT, 'a Service whose pods others reach directly, in Linkerd'),
    exported(LinkerdExport.FEDERATED, 'a federated Service of Linkerd'),
    {
      id: 'mirror-name',
      what: 'the name that a Service has in another cluster',
      covers: ['SharedService.mirrorName'],
      program: scene => void shared(scene).mirrorName('east'),
    },
  ],
};

const PORTS = { http: 8080 };

function machine(id: string, what: string, covers: readonly string[], service?: MachineService): Row {
  return {
    id,
    what,
    covers: ['VirtualMachine', ...covers],
    program: scene => void new VirtualMachine(scene.chart, 'Machine', { namespace: scene.shop, ports: PORTS, service, controlPlaneAddress: '10.0.0.4' }).allowFrom(scene.client()),
  };
}

export const MACHINES: Section = {
  id: 'machines',
  title: 'Machines and containers elsewhere',
  about: 'What takes part in the mesh and is no pod of the cluster.',
  columns,
  rows: [
    machine('virtual-machine', '`VirtualMachine`, behind a Service', ['MachineService.kubernetes', 'VirtualMachine.allowFrom'], MachineService.kubernetes('web')),
    machine('virtual-machine-host', '`VirtualMachine`, behind a host of the mesh', ['MachineService.host'], MachineService.host('machines.example.com')),
    machine('virtual-machine-existing', '`VirtualMachine`, behind a Service that is there', ['MachineService.existing'], MachineService.existing()),
    {
      id: 'static-machines',
      what: '`StaticMachines`, without agent',
      covers: ['StaticMachines'],
      program: scene => void new StaticMachines(scene.chart, 'Ledger', { namespace: scene.shop, ports: { tcp: 5432 }, machines: [{ address: '10.20.0.5' }] }),
    },
    {
      id: 'external-containers',
      what: '`ExternalContainers`, joined by a ztunnel',
      covers: ['ExternalContainers', 'ExternalContainers.allowFrom'],
      program: scene => void new ExternalContainers(scene.chart, 'Tasks', { namespace: scene.shop, ports: PORTS, containers: [{ address: '10.9.0.4' }], controlPlaneAddress: '10.0.0.4' }),
    },
  ],
};

function authority(id: string, what: string, covers: readonly string[], make: (scene: Scene) => IstioCertificateAuthority): Row {
  return {
    id,
    what,
    covers,
    program: scene => {
      if (scene.kind === LINKERD) {
        throw new Unwritable('a LinkerdMesh takes a LinkerdIdentity: its issuer is a Secret, of others or of cert-manager');
      }
      const caCertificates = id === 'kubernetes-signer' ? [MeshCaCertificate.pem(PEM, { certSigners: ['clusterissuers.cert-manager.io/mesh'] })] : undefined;
      scene.declare({ certificateAuthority: make(scene), caCertificates });
      void scene.mesh.providedSecrets;
    },
  };
}

function identity(id: string, what: string, covers: readonly string[], make: () => LinkerdIdentity): Row {
  return {
    id,
    what,
    covers,
    program: scene => {
      if (scene.kind !== LINKERD) {
        throw new Unwritable('an IstioMesh takes an IstioCertificateAuthority');
      }
      const mesh = new LinkerdMesh(scene.chart, 'Mesh', { identity: make() });
      mesh.helmValues();
      if (id.endsWith('cert-manager')) {
        mesh.issueIdentityIssuer(scene.chart, 'Issuer');
      }
    },
  };
}

export const AUTHORITIES: Section = {
  id: 'authorities',
  title: 'Certificate authorities',
  about: 'Who signs the certificates of workloads; no private key is ever in what is written.',
  columns,
  rows: [
    authority('self-signed', 'istiod, with a root of its own', ['IstioCertificateAuthority.selfSigned'], () => IstioCertificateAuthority.selfSigned()),
    authority('plugged-in', 'istiod, with a Secret of others', ['IstioCertificateAuthority.pluggedIn'],
      scene => IstioCertificateAuthority.pluggedIn(Secret.fromSecretName(scene.chart, 'CaCerts', 'cacerts'))),
    authority('cert-manager', 'istiod, below an issuer of cert-manager', ['IstioCertificateAuthority.certManager'], () => IstioCertificateAuthority.certManager(ISSUER)),
    authority('istio-csr', 'cert-manager, by istio-csr', ['IstioCertificateAuthority.istioCsr'], () => IstioCertificateAuthority.istioCsr(ISSUER)),
    authority('kubernetes-signer', 'a signer of Kubernetes', ['IstioCertificateAuthority.kubernetesSigner'],
      () => IstioCertificateAuthority.kubernetesSigner('clusterissuers.cert-manager.io', 'mesh')),
    identity('linkerd-provided', 'Linkerd, with a Secret of others', ['LinkerdIdentity.provided', 'LinkerdTrustRoots.pem'], () => LinkerdIdentity.provided(LinkerdTrustRoots.pem(PEM))),
    identity('linkerd-cert-manager', 'Linkerd, below an issuer of cert-manager', ['LinkerdIdentity.certManager', 'LinkerdTrustRoots.configMap'],
      () => LinkerdIdentity.certManager(ISSUER, LinkerdTrustRoots.configMap())),
  ],
};

