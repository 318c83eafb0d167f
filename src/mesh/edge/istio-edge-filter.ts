import { EdgeScope } from './edge-hosts';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { EnvoyFilter } from '../../istio/envoy-filter';
import { EnvoyListenerMatch } from '../../istio/envoy-filter-listener-match';
import { EnvoyPatch } from '../../istio/envoy-patch';
import { patternLabels } from '../pattern-labels';

/**
 * Which filters run before which, of those that verbs put between all that istiod makes and the router: the lower first, whatever the order of calls.
 *
 * Those who may not call, by address, token or authorizer, are refused before, so that they use nothing up; pages of other origins are answered before as well,
 * and may read what these filters answer.
 */
export enum EdgeFilterPriority {
  EXTENSION = 100,
  RATE_LIMIT = 200,
  GLOBAL_RATE_LIMIT = 210,
  BODY = 220,
}

/** The settings of an HTTP filter, as Envoy's API has them. */
export interface EnvoyFilterSettings {
  readonly '@type': string;
  readonly [field: string]: unknown;
}

const ROUTER = 'envoy.filters.http.router';

/** Has the proxies of a gateway run a filter of Envoy before the router, with the name of what is said: an EnvoyFilter that matches nothing but the gateway. */
export function addEdgeFilter(gateway: IstioEdgeGateway, { id, name }: EdgeScope, priority: number, settings: EnvoyFilterSettings): EnvoyFilter {
  const { scope, namespace, policyScope: { selector, targets } } = gateway;
  return new EnvoyFilter(scope, id, {
    metadata: { name, namespace: namespace.name, labels: patternLabels('meshed-gateway', gateway.name) },
    workloadSelector: selector,
    targets,
    priority,
    configPatches: [EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway()).insertBefore(ROUTER, { name, typed_config: settings })],
  });
}
