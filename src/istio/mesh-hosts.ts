import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** A VirtualService, as far as what it takes from others is concerned. */
interface MeshVirtualService extends IConstruct {
  readonly name: string;
  readonly namespace?: string;
}

/** Who has which host for which clients, by chart: another chart may be for another cluster. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Refuses a second VirtualService for clients in the mesh that have one for the host: Istio merges them on Gateways only, and takes the oldest. */
export function takeMeshHosts(service: MeshVirtualService, hosts: readonly string[], exportTo: readonly string[] = ['*']): void {
  const { name, namespace } = service;
  const chart = Chart.of(service);
  const owners = taken.get(chart) ?? new Map<string, string>();
  taken.set(chart, owners);
  const clients = exportTo.map(target => target === '.' ? namespace ?? '.' : target).sort().join();
  for (const host of hosts) {
    const key = `${namespace ?? ''} ${clients} ${host}`;
    const owner = owners.get(key);
    if (owner !== undefined) {
      throw new Error(`host '${host}' of VirtualService '${name}' has VirtualService '${owner}' for the same clients in the mesh, where Istio takes only the oldest: ` +
        'add the routes to that one');
    }
    owners.set(key, name);
  }
}
