import { checkTrust } from './cluster-trust';
import { MeshCluster, MeshClusterProps } from './mesh-cluster';
import { DataPlane } from '../../istio/data-plane';

/** Refuses a cluster that could not work in one mesh with others. */
export function checkClusterFit(others: readonly MeshCluster[], cluster: MeshClusterProps, trustDomains: readonly string[]): void {
  const { clusterName, trustDomain } = cluster;
  for (const other of others) {
    checkNetworks(other, cluster);
    checkTrust(other, cluster);
  }
  if (trustDomain !== undefined && !trustDomains.includes(trustDomain)) {
    throw new Error(`trust domain '${trustDomain}' of cluster '${clusterName}' is not known to the others: pass it in trustDomainAliases of the mesh`);
  }
}

function checkNetworks(other: MeshCluster, { clusterName, network, dataPlane = DataPlane.SIDECAR }: MeshClusterProps): void {
  if ((network === undefined) !== (other.network === undefined)) {
    const [known, lacking] = network ? [clusterName, other.clusterName] : [other.clusterName, clusterName];
    throw new Error(`cluster '${lacking}' needs a network because cluster '${known}' has one: pass network to both, or to none`);
  }
  const same = network?.name === other.network?.name;
  if (!same && dataPlane !== other.dataPlane) {
    throw new Error(`cluster '${clusterName}' is ${dataPlane} and cluster '${other.clusterName}' of another network is ${other.dataPlane}: ` +
      'sidecars cannot use the gateways of ambient networks, let all clusters have one dataPlane');
  }
  if (same && dataPlane === DataPlane.AMBIENT && other.dataPlane === DataPlane.AMBIENT) {
    throw new Error(`ambient clusters '${other.clusterName}' and '${clusterName}' share network '${network!.name}': ` +
      'Istio joins ambient clusters of different networks only, give each its own');
  }
}
