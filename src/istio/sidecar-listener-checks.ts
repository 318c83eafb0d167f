import { checkSidecarHost, excludes, importsToo, isExclusion, NOTHING } from './namespaced-host';
import { protocolFamily } from './protocol-family';
import { CaptureMode, SidecarEgressListener, SidecarIngressListener } from './sidecar-listener';
import { checkBind, checkDefaultEndpoint, isUnixSocket } from './socket-address';
import { checkIpAddress } from '../semantics/ip-address';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** Where a listener is that is there already. */
interface Taken {
  readonly port?: { readonly number?: number };
  readonly bind?: string;
}

/** Refuses one more listener of what a workload may reach. */
export function checkEgressListener({ hosts, port, bind, captureMode }: SidecarEgressListener, others: readonly Taken[], own?: string): void {
  const what = port ? `egress listener of port ${port.number}` : 'egress listener without a port';
  if (hosts.length === 0) {
    throw new Error(`${what} needs at least one host, got none: pass hosts such as './*', or '${NOTHING}' for nothing`);
  }
  hosts.forEach((host, index) => checkImport(host, hosts.slice(0, index), own));
  checkImportsSome(hosts, what);
  if (port === undefined) {
    if (bind !== undefined) {
      throw new Error(`${what} takes no bind, got '${bind}': pass port`);
    }
    if (others.some(other => other.port === undefined)) {
      throw new Error('a Sidecar takes one egress listener without a port, got two: call addEgressHosts for more hosts');
    }
    return;
  }
  checkName(port.name, what);
  checkBind(bind, port.number, what);
  if (bind !== undefined && isUnixSocket(bind)) {
    if (captureMode === CaptureMode.IPTABLES) {
      throw new Error(`${what} binds to a Unix domain socket: captureMode must be DEFAULT or NONE, got ${captureMode}`);
    }
    if (others.some(other => other.bind === bind)) {
      throw new Error(`egress listeners must have a socket of their own, got '${bind}' twice`);
    }
  } else if (others.some(other => other.port?.number === port.number)) {
    throw new Error(`egress listeners must have a port of their own, got ${port.number} twice: put the hosts into one listener`);
  }
}

/** Refuses a host that is none, or that changes nothing beside those before it. */
export function checkImport(host: string, before: string[], own?: string): void {
  checkSidecarHost(host, 'host of a Sidecar');
  const nothing = [host, ...before].includes(NOTHING);
  if (nothing && before.length > 0) {
    throw new Error(`host '${NOTHING}' of a Sidecar excludes all others, got ${[...before, host].join(', ')}: leave it out`);
  }
  const pair = before.map(b => importsToo(b, host, own) ? [b, host] : importsToo(host, b, own) ? [host, b] : undefined).find(p => p);
  if (pair) {
    throw new Error(`host '${pair[1]}' of a Sidecar is imported by '${pair[0]}' already: leave it out`);
  }
  const vain = before.map(b => excludes(b, host, own) ? [b, host] : excludes(host, b, own) ? [host, b] : undefined).find(p => p);
  if (vain) {
    throw new Error(`host '${vain[1]}' of a Sidecar is excluded by '${vain[0]}': leave one of them out`);
  }
}

/** Refuses a list of hosts that takes something away from nothing. */
export function checkImportsSome(hosts: string[], what: string): void {
  if (hosts.every(isExclusion)) {
    throw new Error(`${what} excludes ${hosts.join(', ')} from nothing: import hosts such as '*/*' as well`);
  }
}

/** Refuses one more listener of how a workload is reached. */
export function checkIngressListener(listener: SidecarIngressListener, others: readonly Taken[]): void {
  const { port, bind, defaultEndpoint, tls, connectionPool } = listener;
  const what = `ingress listener of port ${port.number}`;
  checkPort(port.number, `port of ${what}`);
  checkName(port.name, what);
  if (bind !== undefined) {
    checkIpAddress(bind, `bind of ${what}`);
  }
  if (others.some(other => other.port?.number === port.number)) {
    throw new Error(`ingress listeners must have a port of their own, got ${port.number} twice`);
  }
  if (defaultEndpoint !== undefined) {
    checkDefaultEndpoint(defaultEndpoint, `default endpoint of ${what}`);
  }
  if (tls !== undefined && protocolFamily(port.protocol) !== 'TLS') {
    throw new Error(`${what} takes no tls because it speaks ${port.protocol}: use protocol HTTPS or TLS`);
  }
  tls?._checkSidecar(what);
  if (connectionPool?._toKube().http && protocolFamily(port.protocol) !== 'HTTP') {
    throw new Error(`connectionPool of ${what} must have no http part because the port speaks ${port.protocol}: it would do nothing`);
  }
}

function checkName(name: string | undefined, what: string): void {
  if (name !== undefined) {
    checkDnsLabel(name, `port name of ${what}`);
  }
}
