import { checkClient } from './call-checks';
import { checkPort } from '../../semantics/port';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** Where the metrics of workloads are. */
export interface AllowMonitoringOptions {
  /** The ports on which containers tell metrics, at least one. Sidecars merge what is told where pods are annotated for it, at a port that nothing closes. */
  readonly ports: number[];

  /**
   * The paths, exact or with `*` at one end. Proxies of ambient nodes do not read them.
   *
   * @default ['/metrics']
   */
  readonly paths?: string[];
}

export function allowMonitoring(namespace: IMeshNamespace, client: IMeshClient, { ports, paths = ['/metrics'] }: AllowMonitoringOptions): void {
  const { mesh, name } = namespace;
  if (ports.length === 0) {
    throw new Error(`monitoring of namespace '${name}' needs at least one port, got none: pass those on which containers tell metrics`);
  }
  ports.forEach(port => checkPort(port, `port of metrics of namespace '${name}'`));
  checkClient(`namespace '${name}'`, namespace, client);
  const policy = policyName(namespace, client);
  // Scrapers ask pods by their own address, where only the node is on the way in an ambient mesh.
  const http = mesh._istio !== undefined && !mesh._istio.sidecars ? {} : { methods: ['GET'], paths };
  namespace._policies.openWhenClosed({ name: policy }, { client, ports, pastWaypoint: true, ...http });
}

/** By namespace, the names of its policies and whom they let in. */
const NAMES = new WeakMap<IMeshNamespace, Map<string, string>>();

/** After who reads them; of two with one name the later one says its namespace too, so that nothing is renamed. */
function policyName(namespace: IMeshNamespace, { clientNamespace, clientServiceAccount, clientTrustDomain }: IMeshClient): string {
  const known = NAMES.get(namespace) ?? new Map<string, string>();
  NAMES.set(namespace, known);
  const reader = [clientTrustDomain, clientNamespace.name, clientServiceAccount ?? '*'].filter(part => part !== undefined).join('/');
  if ([...known.values()].includes(reader)) {
    throw new Error(`monitoring of namespace '${namespace.name}' is allowed to '${reader}' already: pass all ports and paths at once`);
  }
  const usual = `metrics-from-${clientServiceAccount ?? clientNamespace.name}`;
  const name = known.has(usual) ? `metrics-from-${reader.replace('*', 'all').replace(/[^a-z0-9]/g, '-')}` : usual;
  known.set(name, reader);
  return name;
}
