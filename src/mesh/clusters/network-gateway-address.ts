import { NetworkGatewayOptions } from './network-gateway-options';
import { IstioNetwork } from '../../istio/istio-network';
import { checkHostname } from '../../semantics/hostname';
import { isIpAddress } from '../../semantics/ip-address';
import { checkPort } from '../../semantics/port';

/** The gateway of a network, for MeshNetworks. */
export interface NetworkGatewayAddress {
  readonly network: IstioNetwork;
  readonly address: string;
  readonly port: number;
  /** By `fromRegistry` a cluster, by `fromCidr` a range. */
  readonly endpoints: { readonly fromRegistry?: string; readonly fromCidr?: string }[];
}

/** Checks and completes the gateway of a network. */
export function networkGatewayAddress(network: IstioNetwork, { address, port = 15443, cidrs = [] }: NetworkGatewayOptions): NetworkGatewayAddress {
  if (!isIpAddress(address)) {
    checkHostname(address, `address of the gateway of network '${network.name}'`);
  }
  const broken = cidrs.find(cidr => !/^[0-9a-fA-F:.]+\/\d{1,3}$/.test(cidr) || !isIpAddress(cidr.split('/')[0]));
  if (broken !== undefined) {
    throw new Error(`cidrs of network '${network.name}' must be ranges such as 10.8.0.0/16, got '${broken}'`);
  }
  return {
    network, address, port: checkPort(port, `port of the gateway of network '${network.name}'`), endpoints: cidrs.map(fromCidr => ({ fromCidr })),
  };
}

/** The values of the chart for MeshNetworks. */
export function meshNetworks(gateways: readonly NetworkGatewayAddress[]): { [network: string]: object } | undefined {
  const networks: { [network: string]: { endpoints: object[]; gateways: object[] } } = {};
  for (const { network: { name }, address, port, endpoints } of gateways) {
    const known = networks[name] ??= { endpoints: [], gateways: [] };
    known.gateways.push({ address, port });
    known.endpoints.push(...endpoints.filter(one => !known.endpoints.some(other => JSON.stringify(other) === JSON.stringify(one))));
  }
  return gateways.length > 0 ? networks : undefined;
}
