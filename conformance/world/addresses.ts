/**
 * Addresses of a world.
 *
 * Pods have addresses of the loopback network, on which their proxies really listen: what one proxy sends to another arrives, without iptables.
 * Each process that makes worlds takes a part of that network of its own.
 */
const NETWORK = 16 + process.pid % 224;

export function podAddress(index: number): string {
  return `127.${NETWORK}.${1 + Math.floor(index / 250)}.${1 + index % 250}`;
}

/** Nothing listens there: clients of the mesh name it, and their sidecars translate it. */
export function clusterAddress(index: number): string {
  return `10.96.${Math.floor(index / 250)}.${1 + index % 250}`;
}

/** Of hosts outside of the cluster, from the network for documentation. */
export function externalAddress(index: number): string {
  return `203.0.113.${1 + index % 250}`;
}

/** Of load balancers, from another network for documentation. */
export function loadBalancerAddress(index: number): string {
  return `198.51.100.${1 + index % 250}`;
}

/** Ports under 1024 need a privilege on many machines. */
export function bindable(port: number): number {
  return port < 1024 ? port + 20000 : port;
}
