import { Service } from 'cdk8s-plus-28';
import { CanaryPlan } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import { WorkloadSelector } from '../istio/workload-selector';

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

/** The pods of the versions: versions of one Service are one. */
export function podsOf({ namespace, versions }: CanaryPlan): CanaryPods[] {
  const hosts = [...new Set(versions.map(({ version }) => version._host(namespace.name).host))];
  return hosts.map(host => {
    const ofHost = versions.filter(({ version }) => version._host(namespace.name).host === host);
    const [{ role, version }] = ofHost;
    return {
      suffix: role === 'stable' ? '' : `-${role}`,
      pods: version._pods(),
      services: version._service && [version._service],
      ports: [...new Set(ofHost.map(each => each.version.targetPort))],
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
