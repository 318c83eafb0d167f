import { Construct } from 'constructs';
import { CanaryParent } from './canary-parent';
import { CanaryPlan, CanaryRule, CanaryRuleShare } from './canary-plan';
import { checkHostsCount } from './canary-planning';
import { CanaryProtocol } from './canary-protocol';
import { canaryRules } from './canary-rules';
import { GrpcRoute } from '../../gateway-api/grpc-route';
import { GrpcRouteFilter } from '../../gateway-api/grpc-route-filter';
import { HttpRoute } from '../../gateway-api/http-route';
import { HttpRouteFilter } from '../../gateway-api/http-route-filter';
import { RouteParent } from '../../gateway-api/route-parent';
import { TcpRoute } from '../../gateway-api/tcp-route';
import { TlsRoute } from '../../gateway-api/tls-route';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** A route of the kind that its protocol has. */
export type CanaryGatewayRoute = HttpRoute | GrpcRoute | TcpRoute | TlsRoute;

/** A route as it is about to be made. */
interface RouteDraft {
  readonly id: string;
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly parents: readonly RouteParent[];
  readonly hostnames: readonly string[];
  readonly rules: readonly CanaryRule[];
}

/**
 * A CanaryRoute in Gateway API: a route for gateways, one for the mesh, and one for the callers of each namespace that is pinned. Routes of gateways and of the
 * mesh are two objects because hosts count for gateways only, and a mesh may skip the whole of a route that has what only a gateway knows.
 */
export function makeCanaryGatewayRoutes(scope: Construct, plan: CanaryPlan): CanaryGatewayRoute[] {
  const { name, namespace, parents } = plan;
  checkHostsCount(plan);
  const all = canaryRules(plan);
  const rules = all.filter(({ callers }) => callers === undefined);
  const [ofMesh, ofGateways] = [true, false].map(isMesh => parents.filter(({ _binding }) => (_binding.service !== undefined) === isMesh));
  const parentsOf = (of: readonly CanaryParent[]) => of.flatMap(({ _binding }) => _binding.routeParents!(plan.hostnames));
  const gateways: RouteDraft[] = ofGateways.length === 0 ? [] :
    [{ id: KINDS[plan.protocol], name, namespace, parents: parentsOf(ofGateways), hostnames: plan.hostnames, rules }];
  const both = gateways.length > 0;
  const mesh: RouteDraft[] = ofMesh.length === 0 ? [] : [
    {
      id: `${both ? 'Mesh' : ''}${KINDS[plan.protocol]}`,
      name: both ? `${name}-mesh` : name,
      namespace,
      parents: parentsOf(ofMesh),
      // Who calls in the mesh asks for the Service; of TLS the server names are all that there is.
      hostnames: plan.protocol === CanaryProtocol.TLS ? plan.hostnames : [],
      rules,
    },
    ...all.flatMap(rule => rule.callers === undefined ? [] : consumers(plan, ofMesh, rule)),
  ];
  return [...gateways, ...mesh].map(draft => makeRoute(scope, plan, draft));
}

/** The kinds of the routes, which are also their ids. */
export const KINDS = {
  [CanaryProtocol.HTTP]: 'HttpRoute',
  [CanaryProtocol.GRPC]: 'GrpcRoute',
  [CanaryProtocol.TCP]: 'TcpRoute',
  [CanaryProtocol.TLS]: 'TlsRoute',
} as const;

/** Routes in the namespaces of callers, which count for these in place of the others. */
function consumers({ name, namespace, hostnames, protocol }: CanaryPlan, parents: readonly CanaryParent[], rule: CanaryRule): RouteDraft[] {
  return rule.callers!.map(({ clientNamespace: caller }) => {
    if (caller.name === namespace.name) {
      throw new Error(`callers of canary route '${name}' are in its own namespace '${caller.name}', where a route of Gateway API counts for all callers: ` +
        'use CanaryCaller.pods, or pin a header that they send');
    }
    return {
      id: `From${caller.name}`,
      name: `${name}-${namespace.name}`,
      namespace: caller,
      parents: parents.map(({ _binding }) => _binding.service!.consumerParent(namespace.name)),
      hostnames: protocol === CanaryProtocol.TLS ? hostnames : [],
      rules: [rule],
    };
  });
}

function makeRoute(scope: Construct, plan: CanaryPlan, { id, name, namespace, parents, hostnames, rules }: RouteDraft): CanaryGatewayRoute {
  const elsewhere = namespace.name === plan.namespace.name ? undefined : plan.namespace.name;
  const backend = ({ version, weight }: CanaryRuleShare) => ({ backend: version._backend(elsewhere), weight });
  const props = {
    metadata: { name, namespace: namespace.name, labels: patternLabels('canary-route', plan.name) },
    parents: [...parents],
  };
  const hosts = { ...props, hostnames: hostnames.length > 0 ? [...hostnames] : undefined };
  switch (plan.protocol) {
    case CanaryProtocol.HTTP: return new HttpRoute(scope, id, {
      ...hosts,
      rules: rules.map(({ requests, shares, mirror }) => ({
        matches: [...requests],
        filters: mirror && [HttpRouteFilter.mirror({ backend: mirror.version._backend(), percent: mirror.percent })],
        backends: shares.map(share => ({
          ...backend(share),
          filters: share.cookie === undefined ? undefined : [HttpRouteFilter.responseHeaders({ add: { 'set-cookie': share.cookie } })],
        })),
      })),
    });
    case CanaryProtocol.GRPC: return new GrpcRoute(scope, id, {
      ...hosts,
      rules: rules.map(({ calls, shares, mirror }) => ({
        matches: calls.length > 0 ? [...calls] : undefined,
        filters: mirror && [GrpcRouteFilter.mirror({ backend: mirror.version._backend(), percent: mirror.percent })],
        backends: shares.map(backend),
      })),
    });
    case CanaryProtocol.TCP: return new TcpRoute(scope, id, { ...props, backends: rules.flatMap(({ shares }) => shares.map(backend)) });
    case CanaryProtocol.TLS: return new TlsRoute(scope, id, { ...hosts, backends: rules.flatMap(({ shares }) => shares.map(backend)) });
  }
}
