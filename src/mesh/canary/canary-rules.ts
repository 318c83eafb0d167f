import { CanaryPlan, CanaryRule, PlannedVersion } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import { GrpcRouteMatch } from '../../gateway-api/grpc-route-match';
import { HttpHeaderMatch } from '../../gateway-api/http-header-match';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { HttpRouteMatch } from '../../gateway-api/http-route-match';
import { narrowerPath } from '../../semantics/path';

/** The rules of a canary, in the order in which they are tried: what is pinned, who has a version, and all others by weight. */
export function canaryRules(plan: CanaryPlan): CanaryRule[] {
  const { name, versions, sticky } = plan;
  const serving = versions.filter(({ weight }) => weight > 0);
  // Who goes to the only version there is need not be remembered.
  const kept = sticky !== undefined && serving.length > 1 ? sticky : undefined;
  return [
    ...versions.filter(({ callers }) => callers.length > 0).map(version => ({ ...every(plan), callers: version.callers, shares: only(version) })),
    // A controller that owns the weights makes the rules of pins itself.
    ...versions.filter(({ pinned }) => pinned.length > 0 && !plan.isManaged).map(version => ({ ...pinnedTo(plan, version), shares: only(version) })),
    ...kept ? serving.map(version => ({ ...withHeader(plan, kept._match(name, version.role)), shares: only(version) })) : [],
    {
      ...every(plan),
      shares: (plan.isManaged ? versions : serving).map(({ version, weight, role }) => ({ version, weight, cookie: kept?._assign(name, role) })),
      mirror: plan.mirrorPercent === undefined ? undefined : { version: versions[1].version, percent: plan.mirrorPercent },
    },
  ];
}

type Requests = Pick<CanaryRule, 'requests' | 'calls'>;

function only({ version }: PlannedVersion) {
  return [{ version }];
}

function every({ protocol, paths, calls }: CanaryPlan): Requests {
  return { requests: protocol === CanaryProtocol.HTTP ? paths.map(path => HttpRouteMatch.of({ path })) : [], calls };
}

function withHeader(plan: CanaryPlan, header: HttpHeaderMatch): Requests {
  return { requests: plan.paths.map(path => HttpRouteMatch.of({ path, headers: [header] })), calls: [] };
}

function pinnedTo(plan: CanaryPlan, { pinned }: PlannedVersion): Requests {
  if (plan.protocol === CanaryProtocol.GRPC) {
    return { requests: [], calls: pinned.flatMap(match => pinnedCalls(plan, match)) };
  }
  return { requests: pinned.flatMap(match => within(plan, match)), calls: [] };
}

/** gRPC has metadata, which are headers; nothing else of a request is the caller's to choose. */
function pinnedCalls({ name, calls }: CanaryPlan, { path, headers, queryParams, method }: HttpRouteMatch): GrpcRouteMatch[] {
  if (!headers?.length || path !== undefined || queryParams?.length || method !== undefined) {
    throw new Error(`pinned calls of canary route '${name}' must have headers and nothing else, which is all that gRPC lets a caller say: use HttpRouteMatch.header`);
  }
  return (calls.length > 0 ? calls : [GrpcRouteMatch.of({})]).map(call => GrpcRouteMatch.of({ method: call.method, headers }));
}

/** A pinned match on each path of the route: then it is the more specific one, and comes first by Gateway API's rules as well as by order. */
function within({ name, paths, sticky }: CanaryPlan, match: HttpRouteMatch): HttpRouteMatch[] {
  if (!match.headers?.length && !match.queryParams?.length && match.method === undefined) {
    throw new Error(`pinned requests of canary route '${name}' must have a header, query parameter or method, got only a path: use a route of its own`);
  }
  const { headers, queryParams, method } = match;
  const narrowed = paths.map(path => match.path === undefined ? path : narrower(name, path, match.path)).filter(path => path !== undefined);
  if (narrowed.length === 0) {
    throw new Error(`pinned path '${match.path!.value}' is outside of canary route '${name}': its paths are ${paths.map(p => p.value).join(', ')}`);
  }
  // To Gateway API a header outranks a query parameter, so that the version which a client has would win over the pin.
  const variants = sticky !== undefined && !headers?.length ? [headers, [sticky._match(name)]] : [headers];
  return narrowed.flatMap(path => variants.map(variant => HttpRouteMatch.of({ path, headers: variant, queryParams, method })));
}

function narrower(name: string, a: HttpPathMatch, b: HttpPathMatch): HttpPathMatch | undefined {
  const regex = [a, b].find(({ type }) => type === HttpPathMatchType.REGULAR_EXPRESSION);
  if (regex !== undefined) {
    throw new Error(`canary route '${name}' cannot combine the regular expression '${regex.value}' with another path: use prefixes`);
  }
  return narrowerPath(a, b);
}
