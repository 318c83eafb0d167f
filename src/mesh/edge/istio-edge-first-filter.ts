import { EdgeScope } from './edge-hosts';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { virtualHosts } from './istio-edge-virtual-hosts';
import { EnvoyFilter } from '../../istio/envoy-filter';
import { EnvoyFilterPatch } from '../../istio/envoy-filter-patch';
import { EnvoyRouteMatch } from '../../istio/envoy-filter-route-match';
import { EnvoyPatch } from '../../istio/envoy-patch';
import { patternLabels } from '../pattern-labels';

/** Of filters that go before all that istiod makes: each is put before those that are there, so that the highest is the first that sees a request. */
export enum EdgeFirstPriority {
  CORS = 300,
  HEADERS = 310,
}

/** What a filter does for hosts. */
export interface PerHost {
  /** What the verb does, as `allow origins`. */
  readonly what: string;
  /** The settings of the filter, as Envoy's API has them for a virtual host. */
  readonly settings: { readonly [field: string]: unknown };
}

/** An EnvoyFilter that has the proxies of a gateway run a filter before all others, which is named after it. */
export function addFirstFilter(
  gateway: IstioEdgeGateway, { id, name }: EdgeScope, priority: EdgeFirstPriority, configPatches: EnvoyFilterPatch[],
): EnvoyFilter {
  const { scope, namespace, policyScope: { selector, targets } } = gateway;
  return new EnvoyFilter(scope, id, {
    metadata: { name, namespace: namespace.name, labels: patternLabels('meshed-gateway', gateway.name) },
    workloadSelector: selector,
    targets,
    priority,
    configPatches,
  });
}

/** Says to a filter what it does for the hosts of a verb. */
export function forHosts(gateway: IstioEdgeGateway, { name, hosts }: EdgeScope, { what, settings }: PerHost): EnvoyFilterPatch[] {
  const value = { typed_per_filter_config: { [name]: settings } };
  return hosts === undefined
    ? [EnvoyPatch.routeConfiguration(EnvoyRouteMatch.gateway()).merge(value)]
    : virtualHosts(gateway, hosts, what).map(match => EnvoyPatch.virtualHost(match).merge(value));
}
