import { IstioNetwork } from '../../istio/istio-network';
import { clusterOf } from '../clusters/cluster-of';
import { EastWestEntrance, eastWestGatewaysOf } from '../clusters/east-west-registry';
import { Mesh } from '../mesh';

/** What of the cluster a workload outside of it has to reach. */
export interface NeededAccess {
  /** The workload, for messages. */
  readonly what: string;
  readonly mesh: Mesh;
  readonly network?: IstioNetwork;
  /** Whether it reaches istiod by itself. */
  readonly direct: boolean;
}

/** The gateway by which a workload outside of the cluster reaches istiod; `undefined` when it needs none. */
export function requireAccess({ what, mesh, network, direct }: NeededAccess): EastWestEntrance | undefined {
  const cluster = clusterOf(mesh);
  if (cluster?.remoteControlPlane !== undefined) {
    throw new Error(`${what} joins where the control plane is, and cluster '${cluster.clusterName}' has none: make it in cluster ` +
      `'${cluster.remoteControlPlane.clusterName}'`);
  }
  const gateways = eastWestGatewaysOf(mesh);
  const entrance = gateways.find(({ exposesControlPlane }) => exposesControlPlane);
  if (entrance === undefined && !direct) {
    throw new Error(`${what} cannot reach istiod: make an EastWestGateway with exposeControlPlane: true before, ` +
      'or pass controlPlaneAddress where istiod is reached without one');
  }
  const elsewhere = network !== undefined && network.name !== cluster?.network?.name;
  if (elsewhere && !gateways.some(({ exposesServices }) => exposesServices)) {
    throw new Error(`${what} cannot reach services of the cluster from network '${network.name}': give the EastWestGateway the network of the cluster, ` +
      'or leave network out when pods and machines reach each other directly');
  }
  return direct ? undefined : entrance;
}
