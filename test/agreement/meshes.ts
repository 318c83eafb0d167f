import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { AUTHORIZER, Pods } from './kitchen';
import { Recipe } from './recipe';
import {
  CertManagerIssuer, ControlPlane, DataPlane, EastWestGateway, IstioCertificateAuthority, IstioChart, IstioMesh, IstioMeshProps, IstioNetwork,
  IstioUpgrade, LinkerdIdentity, LinkerdMesh, LinkerdTrustRoots, ManagedChannel, Mesh, MeshCaCertificate, MeshCluster, MeshNamespace,
  MultiClusterMesh, SharedService,
} from '../../src';
import { KubeObject } from '../examples/kube-object';

const ROOT = '-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----\n';
const ISSUER = CertManagerIssuer.clusterIssuer('mesh-root');
const SIGNERS = 'clusterissuers.cert-manager.io';

/** A mesh, as one cluster has it, and what the others are made of. */
export interface Meshes {
  readonly mesh: Mesh;
  readonly others: Chart[];
}

/** The mesh of a recipe, whose cluster is `chart`. */
export function meshesOf(chart: Chart, recipe: Recipe): Meshes {
  const { mesh: asked, clusters } = recipe;
  if (asked === 'linkerd') {
    const roots = LinkerdTrustRoots.pem(ROOT);
    const identity = { 'provided': () => LinkerdIdentity.provided(LinkerdTrustRoots.configMap()), 'cert-manager': () => LinkerdIdentity.certManager(ISSUER, roots) }[recipe.authority as string];
    return { mesh: new LinkerdMesh(chart, 'Mesh', { identity: identity?.() }), others: [] };
  }
  const props: IstioMeshProps = {
    extensionProviders: [AUTHORIZER],
    dataPlane: asked === 'ambient' ? DataPlane.AMBIENT : DataPlane.SIDECAR,
    controlPlane: controlPlane(recipe),
    certificateAuthority: authority(chart, recipe),
    caCertificates: recipe.authority === 'signer' ? [MeshCaCertificate.pem(ROOT, { certSigners: [`${SIGNERS}/mesh`] })] : undefined,
    upgrade: upgrade(recipe),
  };
  if (clusters === 'one') {
    return { mesh: new IstioMesh(chart, 'Mesh', props), others: [] };
  }
  const network = (name: string) => clusters === 'flat' ? {} : { network: IstioNetwork.of(name) };
  const meshes = new MultiClusterMesh({ meshId: 'shop', ...props });
  const mesh = meshes.addPrimary('west', { scope: chart, ...network('network-west') });
  const east = clusters === 'remote' ? meshes.addRemote('east', { primary: mesh, controlPlaneAddress: '203.0.113.7', ...network('network-east') }) :
    meshes.addPrimary('east', network('network-east'));
  return { mesh, others: [elsewhere(east)] };
}

/** What a mesh is asked for when all of its members are known. */
export function askMesh(chart: Chart, mesh: Mesh, recipe: Recipe): void {
  if (mesh instanceof LinkerdMesh && recipe.authority !== 'none') {
    mesh.helmValues();
    if (recipe.authority === 'cert-manager') {
      mesh.issueIdentityIssuer(chart, 'Authority');
    }
  }
  if (mesh instanceof IstioMesh && recipe.mesh !== 'managed') {
    mesh.helmValues(IstioChart.ISTIOD);
    if (recipe.authority === 'cert-manager') {
      mesh.issueCertificateAuthority(chart, 'Authority');
    }
    if (recipe.authority === 'istio-csr') {
      mesh.istioCsrValues();
    }
  }
}

function controlPlane({ mesh, upgrade: asked }: Recipe): ControlPlane {
  return asked === 'tag' ? ControlPlane.tag('stable', '1-30') :
    mesh === 'revision' ? ControlPlane.revision('stable') :
      mesh === 'managed' ? ControlPlane.managed(ManagedChannel.REGULAR) : ControlPlane.defaultTag('1-30');
}

function upgrade({ mesh, upgrade: asked, namespaces }: Recipe): IstioUpgrade | undefined {
  const to = mesh === 'managed' ? ControlPlane.managed(ManagedChannel.RAPID) : ControlPlane.revision('1-31');
  return asked === 'none' ? undefined : { to, promoted: asked === 'promoted', canaries: asked === 'installed' || mesh === 'ambient' ? undefined : [namespaces.shop] };
}

function authority(chart: Chart, { authority: asked }: Recipe): IstioCertificateAuthority | undefined {
  return {
    'none': () => undefined,
    'provided': () => undefined,
    'self-signed': () => IstioCertificateAuthority.selfSigned({ rsaKeySize: 4096 }),
    'plugged-in': () => IstioCertificateAuthority.pluggedIn(Secret.fromSecretName(chart, 'CaCerts', 'cacerts')),
    'cert-manager': () => IstioCertificateAuthority.certManager(ISSUER),
    'istio-csr': () => IstioCertificateAuthority.istioCsr(ISSUER),
    'signer': () => IstioCertificateAuthority.kubernetesSigner(SIGNERS, 'mesh'),
  }[asked]();
}

/** The shop's stock in another cluster, and how it is entered. */
function elsewhere(cluster: MeshCluster): Chart {
  const chart = new Chart(cluster.app, 'elsewhere');
  if (cluster.network !== undefined) {
    new EastWestGateway(chart, 'EastWest', { namespace: cluster.controlPlaneNamespace });
  }
  if (cluster.remoteControlPlane === undefined) {
    const shop = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop-1' });
    new SharedService(chart, 'Stock', { namespace: shop, service: new Pods(chart, 'stock', shop).service });
  }
  return chart;
}

/** The manifests of other clusters, each with what the cluster itself says. */
export function manifestsOf(others: readonly Chart[]): KubeObject[][] {
  return others.map(chart => App.of(chart).charts.flatMap(each => each.toJson() as KubeObject[]));
}
