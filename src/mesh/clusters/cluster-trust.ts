import { IConstruct } from 'constructs';
import type { MeshCluster, MeshClusterProps } from './mesh-cluster';

/** What of a cluster decides whom its workloads trust. */
type TrustedCluster = Pick<MeshClusterProps, 'clusterName' | 'certificateAuthority' | 'controlPlane' | 'remoteControlPlane'>;

/** The clusters so far, by app. */
const CLUSTERS = new WeakMap<IConstruct, MeshCluster[]>();

/** Refuses a cluster that would not trust another one of its mesh which the same app has, whoever made them. */
export function checkTrustInApp(cluster: MeshCluster): void {
  const { root } = cluster.node;
  const known = CLUSTERS.get(root) ?? [];
  // An app may say the same cluster twice, for parts of it that have nothing to do with each other.
  known.filter(other => meshIdOf(other) === meshIdOf(cluster) && other.clusterName !== cluster.clusterName)
    .forEach(other => checkTrust(other, cluster));
  CLUSTERS.set(root, [...known, cluster]);
}

/** Refuses two clusters of one mesh whose control planes sign below different roots. A remote has the certificates of its primary. */
export function checkTrust(other: TrustedCluster, cluster: TrustedCluster): void {
  if (other.remoteControlPlane !== undefined || cluster.remoteControlPlane !== undefined) {
    return;
  }
  const [isOtherManaged, isManaged] = [other, cluster].map(({ controlPlane }) => controlPlane?.channel !== undefined);
  if (isManaged !== isOtherManaged) {
    const [managed, own] = isManaged ? [cluster, other] : [other, cluster];
    throw new Error(`the provider signs for cluster '${managed.clusterName}' and istiod for cluster '${own.clusterName}', so that they would not trust each other: ` +
      'let the provider run the control planes of all clusters, or of none');
  }
  if (!isManaged && (hasOwnRoot(cluster) || hasOwnRoot(other))) {
    throw new Error(`clusters '${other.clusterName}' and '${cluster.clusterName}' would each sign with a root of their own, and not trust each other: ` +
      'pass a certificateAuthority below a common root to the mesh, such as IstioCertificateAuthority.pluggedIn, or make one of them a remote of the other');
  }
}

function hasOwnRoot({ certificateAuthority }: TrustedCluster): boolean {
  const { secrets, issued, csr, signer } = certificateAuthority?._authority ?? {};
  return [secrets, issued, csr, signer].every(part => part === undefined);
}

function meshIdOf({ meshConfig, trustDomain }: MeshCluster): string {
  return meshConfig.defaultConfig?.meshId ?? trustDomain;
}
