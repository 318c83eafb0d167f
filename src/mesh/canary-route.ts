import { Construct } from 'constructs';
import { makeCanaryHttpRoute } from './canary-http-route';
import { CanaryParent } from './canary-parent';
import { CanaryPlan } from './canary-plan';
import { CanaryVersion } from './canary-version';
import { makeCanaryVirtualService } from './canary-virtual-service';
import { IMeshNamespace } from './mesh-client';
import { sourceOf } from './source';
import { HttpPathMatch, HttpPathMatchType } from '../gateway-api/http-path-match';
import { HttpRoute } from '../gateway-api/http-route';
import { HttpRouteMatch } from '../gateway-api/http-route-match';
import { DestinationRule } from '../istio/destination-rule';
import { VirtualService } from '../istio/virtual-service';
import { checkHostname, isWildcard } from '../semantics/hostname';
import { checkDnsLabel } from '../semantics/names';
import { narrowerPath } from '../semantics/path';

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
    const plan = makePlan(props, props.name ?? id.toLowerCase());
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

/** Checks what a user said, and says it in the words of both. */
function makePlan(props: CanaryRouteProps, name: string): CanaryPlan {
  const { namespace, parents, stable, canary, canaryWeight, hostnames = [], paths = [HttpPathMatch.prefix('/')], pinned = [] } = props;
  checkDnsLabel(name, 'name of the canary route');
  if (!Number.isInteger(canaryWeight) || canaryWeight < 0 || canaryWeight > 100) {
    throw new Error(`canaryWeight of '${name}' must be between 0 and 100 percent, got ${canaryWeight}`);
  }
  if (parents.length === 0) {
    throw new Error(`canary route '${name}' needs at least one parent, got none: pass CanaryParent.gateway(gateway) or CanaryParent.service(service)`);
  }
  hostnames.forEach(hostname => {
    checkHostname(hostname, `hostname of canary route '${name}'`);
    parents.forEach(parent => parent._meshedGateway?._requireHost(hostname));
  });
  if (hostnames.length === 0 && parents.some(({ _binding }) => _binding.istioHost === undefined)) {
    throw new Error(`canary route '${name}' needs hostnames, got none: pass the public hosts that it serves`);
  }
  return {
    name,
    namespace,
    hostnames,
    parents,
    stable,
    canary,
    shares: [{ version: stable, weight: 100 - canaryWeight }, { version: canary, weight: canaryWeight }].filter(({ weight }) => weight > 0),
    matches: paths.map(path => HttpRouteMatch.of({ path })),
    pinned: pinned.flatMap(match => within(name, paths, match)),
  };
}

/** A pinned match on each path of the route: then it is the more specific one, and comes first by Gateway API's rules as well as by order. */
function within(name: string, paths: HttpPathMatch[], match: HttpRouteMatch): HttpRouteMatch[] {
  if (!match.headers?.length && !match.queryParams?.length && match.method === undefined) {
    throw new Error(`pinned requests of canary route '${name}' must have a header, query parameter or method, got only a path: use a route of its own`);
  }
  const { headers, queryParams, method } = match;
  const narrowed = paths.map(path => match.path === undefined ? path : narrower(name, path, match.path)).filter(path => path !== undefined);
  if (narrowed.length === 0) {
    throw new Error(`pinned path '${match.path!.value}' is outside of canary route '${name}': its paths are ${paths.map(p => p.value).join(', ')}`);
  }
  return narrowed.map(path => HttpRouteMatch.of({ path, headers, queryParams, method }));
}

function narrower(name: string, a: HttpPathMatch, b: HttpPathMatch): HttpPathMatch | undefined {
  const regex = [a, b].find(({ type }) => type === HttpPathMatchType.REGULAR_EXPRESSION);
  if (regex !== undefined) {
    throw new Error(`canary route '${name}' cannot combine the regular expression '${regex.value}' with another path: use prefixes`);
  }
  return narrowerPath(a, b);
}

/** Istio where something can be said in Istio only; it is an error when something else can be said in Gateway API only. */
function isIstio({ name, parents, stable, canary }: CanaryPlan): boolean {
  const istio = [
    ...parents.filter(({ _binding }) => _binding.httpParents === undefined).map(({ _description }) => _description),
    ...[stable, canary].filter(({ _subset }) => _subset).map(({ _subset }) => `subset '${_subset!.name}'`),
  ];
  const gatewayApi = parents.filter(({ _binding }) => _binding.istioGateway === undefined).map(({ _description }) => _description);
  if (istio.length > 0 && gatewayApi.length > 0) {
    throw new Error(`canary route '${name}' must be of one kind, got ${istio[0]} of Istio and ${gatewayApi[0]} of Gateway API: ` +
      'use a Service for each version, and one route for each kind of gateway');
  }
  return istio.length > 0;
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
