import { CanaryParent } from './canary-parent';
import type { CanaryRouteProps } from './canary-route';
import { CanaryVersion } from './canary-version';
import { IMeshNamespace } from './mesh-namespace';
import { HttpPathMatch, HttpPathMatchType } from '../gateway-api/http-path-match';
import { HttpRouteMatch } from '../gateway-api/http-route-match';
import { checkHostname } from '../semantics/hostname';
import { checkDnsLabel } from '../semantics/names';
import { narrowerPath } from '../semantics/path';

/** What both kinds of route are made from. */
export interface CanaryPlan {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly hostnames: string[];
  readonly parents: CanaryParent[];
  readonly stable: CanaryVersion;
  readonly canary: CanaryVersion;
  /** Shares that are not zero, the stable one first. */
  readonly shares: { readonly version: CanaryVersion; readonly weight: number }[];
  readonly matches: HttpRouteMatch[];
  readonly pinned: HttpRouteMatch[];
}

/** Checks what a user said, and says it in the words of both. */
export function makeCanaryPlan(props: CanaryRouteProps, name: string): CanaryPlan {
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
export function isIstio({ name, parents, stable, canary }: CanaryPlan): boolean {
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
