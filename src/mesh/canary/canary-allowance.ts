import { Service } from 'cdk8s-plus-28';
import { CanaryPlan } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import { CanaryVersion } from './canary-version';
import { WorkloadSelector } from '../../istio/workload-selector';

/** Pods that take requests of gateways. */
export interface CanaryPods {
  /** What their policy is called between the name of the route and that of the gateway; nothing for the stable version. */
  readonly suffix: string;
  readonly pods?: WorkloadSelector;
  /** The Services by which they are called; not known when it is left out. */
  readonly services?: Service[];
  readonly ports: readonly number[];
}

/** What of a route its gateways ask for. */
type RouteOfGateways = Pick<CanaryPlan, 'name' | 'namespace' | 'parents' | 'hostnames' | 'protocol'>;

/** The pods of the versions: versions of one Service, or of the same pods, are one. */
export function podsOf({ namespace, versions }: CanaryPlan): CanaryPods[] {
  const keyOf = (version: CanaryVersion) => version._subset ? version._host(namespace.name).host :
    JSON.stringify(version._pods()?.matchLabels ?? version._host(namespace.name).host);
  return [...new Set(versions.map(({ version }) => keyOf(version)))].map(key => {
    const same = versions.filter(({ version }) => keyOf(version) === key);
    const [{ role, version }] = same;
    return {
      suffix: role === 'stable' ? '' : `-${role}`,
      pods: version._pods(),
      ports: [...new Set(same.map(each => each.version.targetPort))],
    };
  });
}

/** In a closed namespace a route is worth nothing unless the workloads take requests of its gateways. */
export function allowFromGateways({ name, namespace, parents, hostnames, protocol }: RouteOfGateways, takers: readonly CanaryPods[]): void {
  const isHttp = protocol === CanaryProtocol.HTTP || protocol === CanaryProtocol.GRPC;
  for (const gateway of new Set(parents.flatMap(({ _meshedGateway }) => _meshedGateway ?? []))) {
    for (const { suffix, pods, services, ports } of takers) {
      namespace._policies.openWhenClosed({ name: `${name}${suffix}-from-${gateway.name}`, selector: pods, services }, {
        // Hosts are HTTP, which connections have not.
        client: gateway, ports: [...ports], routedHosts: isHttp ? [...hostnames] : undefined,
      });
    }
  }
}
