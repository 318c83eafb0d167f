import { meshNetworks, NetworkGatewayAddress } from './network-gateway-address';
import { DataPlane } from '../../istio/data-plane';
import { IstioNetwork } from '../../istio/istio-network';
import { IstioChart, IstioHelmOptions } from '../control-plane/istio-helm';
import { overlayValues } from '../control-plane/istio-helm-values';

type Values = { [key: string]: unknown };

/** What the values of charts say of a cluster. */
interface InstalledCluster {
  readonly clusterName: string;
  readonly network?: IstioNetwork;
  readonly dataPlane: DataPlane;
  readonly remoteControlPlane?: { readonly address: string };
  readonly _networkGateways: readonly NetworkGatewayAddress[];
  readonly _servesRemotes: boolean;
}

/** What lets ambient clusters reach other networks. */
const MULTI_NETWORK = 'AMBIENT_ENABLE_MULTI_NETWORK';

/** The options of a chart with what the cluster says, which nothing else may say. */
export function clusterHelmOptions(cluster: InstalledCluster, chart: IstioChart, options: IstioHelmOptions): IstioHelmOptions {
  const { clusterName, network, dataPlane } = cluster;
  sayOnce(cluster, 'clusterName', clusterName, options.clusterName);
  sayOnce(cluster, 'network', network?.name ?? 'none', options.network);
  const own = JSON.parse(JSON.stringify(ownValues(cluster, chart))) as Values;
  const given = (options.values?.[chart] ?? {}) as Values;
  const merged = overlayValues(own, given);
  checkKept(cluster, own, merged, '');
  return {
    ...options,
    clusterName,
    network: network?.name,
    env: dataPlane === DataPlane.AMBIENT ? { ...options.env, [MULTI_NETWORK]: 'true' } : options.env,
    values: { ...options.values, [chart]: merged },
  };
}

function ownValues({ clusterName, network, remoteControlPlane, _networkGateways, _servesRemotes }: InstalledCluster, chart: IstioChart): object {
  const profile = remoteControlPlane && 'remote';
  switch (chart) {
    case IstioChart.BASE:
      return { profile };
    case IstioChart.ISTIOD:
      return {
        profile,
        // The primary injects for this cluster, and has to know for which one.
        istiodRemote: remoteControlPlane && { injectionPath: `/inject/cluster/${clusterName}${network ? `/net/${network.name}` : ''}` },
        global: {
          configCluster: remoteControlPlane && true,
          remotePilotAddress: remoteControlPlane?.address,
          externalIstiod: _servesRemotes || undefined,
          meshNetworks: remoteControlPlane ? undefined : meshNetworks(_networkGateways),
        },
      };
    default:
      return {};
  }
}

function sayOnce({ clusterName }: InstalledCluster, what: string, known: string, given: string | undefined): void {
  if (given !== undefined && given !== known) {
    throw new Error(`${what} of cluster '${clusterName}' is ${known}, got '${given}' for a chart: leave it out there`);
  }
}

function checkKept(cluster: InstalledCluster, own: Values, merged: Values, path: string): void {
  for (const [key, value] of Object.entries(own)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null && typeof merged[key] === 'object') {
      checkKept(cluster, value as Values, merged[key] as Values, at);
    } else if (merged[key] !== value) {
      throw new Error(`values say ${at}: ${JSON.stringify(merged[key])}, and cluster '${cluster.clusterName}' says ${JSON.stringify(value)}: leave it out there`);
    }
  }
}
