import { Construct } from 'constructs';
import { makeCanaryHttpRoute } from './canary-http-route';
import { CanaryParent } from './canary-parent';
import { CanaryPlan, isIstio, makeCanaryPlan } from './canary-plan';
import { CanaryVersion } from './canary-version';
import { makeCanaryVirtualService } from './canary-virtual-service';
import { IMeshNamespace } from './mesh-namespace';
import { sourceOf } from './source';
import { HttpPathMatch } from '../gateway-api/http-path-match';
import { HttpRoute } from '../gateway-api/http-route';
import { HttpRouteMatch } from '../gateway-api/http-route-match';
import { DestinationRule } from '../istio/destination-rule';
import { VirtualService } from '../istio/virtual-service';
import { isWildcard } from '../semantics/hostname';

/** Properties of a CanaryRoute. */
export interface CanaryRouteProps {
  /** The namespace of the route and of its versions. */
  readonly namespace: IMeshNamespace;

  /** Where requests come from, at least one. */
  readonly parents: CanaryParent[];

  /** The version that most requests go to. */
  readonly stable: CanaryVersion;

  /** The version that is tried. */
  readonly canary: CanaryVersion;

  /** The share of requests that go to the canary, in percent: 0 to 100. */
  readonly canaryWeight: number;

  /**
   * The public hosts.
   *
   * @default - none: only for requests of the mesh's own workloads
   */
  readonly hostnames?: string[];

  /**
   * Requests that always go to the canary.
   *
   * @default - none
   */
  readonly pinned?: HttpRouteMatch[];

  /**
   * The paths of the route: exact ones and prefixes.
   *
   * @default - every path
   */
  readonly paths?: HttpPathMatch[];

  /**
   * The name of the route and of what is made for it.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;
}

/**
 * Divides the requests of a Service between two versions, by weight, and by what requests carry.
 *
 * It is an HTTPRoute where its parents are Gateways of Gateway API or Services, and a VirtualService with a DestinationRule where they are Gateways of Istio
 * or its versions are subsets; both mean the same.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/traffic-splitting/
 */
export class CanaryRoute extends Construct {
  /**
   * The route in Gateway API.
   *
   * @default - there is none, because the route is one of Istio
   */
  public readonly httpRoute?: HttpRoute;

  /**
   * The route in Istio.
   *
   * @default - there is none, because the route is one of Gateway API
   */
  public readonly virtualService?: VirtualService;

  /**
   * The versions in Istio, where they are subsets.
   *
   * @default - there is none
   */
  public readonly destinationRule?: DestinationRule;

  constructor(scope: Construct, id: string, props: CanaryRouteProps) {
    super(scope, id);
    const plan = makeCanaryPlan(props, props.name ?? id.toLowerCase());
    if (isIstio(plan)) {
      plan.namespace.mesh._requireIstio(`canary route '${plan.name}' with a VirtualService`);
      const { virtualService, destinationRule } = makeCanaryVirtualService(this, plan);
      this.virtualService = virtualService;
      this.destinationRule = destinationRule;
    } else {
      this.httpRoute = makeCanaryHttpRoute(this, plan);
    }
    allowFromGateways(plan);
  }
}

/** In a closed namespace a route is worth nothing unless the workloads take requests of its gateways. */
function allowFromGateways({ name, namespace, parents, hostnames, stable, canary }: CanaryPlan): void {
  const istio = namespace.mesh._istio;
  if (istio === undefined) {
    return;
  }
  const shared = stable._host(namespace.name).host === canary._host(namespace.name).host;
  for (const gateway of parents.flatMap(({ _meshedGateway }) => _meshedGateway ?? [])) {
    for (const versions of shared ? [[stable, canary]] : [[stable], [canary]]) {
      const policy = `${name}${versions[0] === stable ? '' : '-canary'}-from-${gateway.name}`;
      namespace._policies.allowWhenClosed(policy, versions[0]._pods(), () => ({
        sources: [sourceOf(gateway)],
        operations: [{
          ports: [...new Set(versions.map(({ targetPort }) => targetPort))],
          // Hosts are HTTP, which nodes of an ambient mesh do not read.
          hosts: istio.sidecars ? hostnames.flatMap(host => isWildcard(host) ? [host] : [host, `${host}:*`]) : undefined,
        }],
      }));
    }
  }
}
