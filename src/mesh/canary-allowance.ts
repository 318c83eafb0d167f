import { CanaryPlan } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import { sourceOf } from './source';
import { WorkloadSelector } from '../istio/workload-selector';
import { isWildcard } from '../semantics/hostname';

/** Pods that take requests of gateways. */
export interface CanaryPods {
  /** What their policy is called between the name of the route and that of the gateway; nothing for the stable version. */
  readonly suffix: string;
  readonly pods?: WorkloadSelector;
  readonly ports: readonly number[];
}

/** What of a route its gateways ask for. */
type RouteOfGateways = Pick<CanaryPlan, 'name' | 'namespace' | 'parents' | 'hostnames' | 'protocol'>;

/** The pods of the versions: versions of one Service are one. */
export function podsOf({ namespace, versions }: CanaryPlan): CanaryPods[] {
  const hosts = [...new Set(versions.map(({ version }) => version._host(namespace.name).host))];
  return hosts.map(host => {
    const ofHost = versions.filter(({ version }) => version._host(namespace.name).host === host);
    const [{ role, version }] = ofHost;
    return {
      suffix: role === 'stable' ? '' : `-${role}`,
      pods: version._pods(),
      ports: [...new Set(ofHost.map(each => each.version.targetPort))],
    };
  });
}

/** In a closed namespace a route is worth nothing unless the workloads take requests of its gateways. */
export function allowFromGateways({ name, namespace, parents, hostnames, protocol }: RouteOfGateways, takers: readonly CanaryPods[]): void {
  const istio = namespace.mesh._istio;
  if (istio === undefined) {
    return;
  }
  const isHttp = protocol === CanaryProtocol.HTTP || protocol === CanaryProtocol.GRPC;
  for (const gateway of new Set(parents.flatMap(({ _meshedGateway }) => _meshedGateway ?? []))) {
    for (const { suffix, pods, ports } of takers) {
      namespace._policies.allowWhenClosed(`${name}${suffix}-from-${gateway.name}`, pods, () => ({
        sources: [sourceOf(gateway)],
        operations: [{
          ports: [...ports],
          // Hosts are HTTP, which connections have not, and nodes of an ambient mesh do not read.
          hosts: istio.sidecars && isHttp ? hostnames.flatMap(host => isWildcard(host) ? [host] : [host, `${host}:*`]) : undefined,
        }],
      }));
    }
  }
}
