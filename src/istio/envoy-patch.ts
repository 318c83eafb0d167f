import { EnvoyClusterMatch } from './envoy-filter-cluster-match';
import { EnvoyChainFilterOperations, EnvoyListenerFilterOperations } from './envoy-filter-filter-operations';
import { EnvoyListenerMatch } from './envoy-filter-listener-match';
import { EnvoyHttpRouteOperations, EnvoyItemOperations, EnvoyObjectOperations, EnvoyVirtualHostOperations } from './envoy-filter-operations';
import { EnvoyFilterPatch } from './envoy-filter-patch';
import { EnvoyProxyMatchOptions, proxyMatchToKube } from './envoy-filter-proxy-match';
import { EnvoyRouteMatch } from './envoy-filter-route-match';
import { checkExtensionValue } from './envoy-filter-value';

/** The network filter that has the HTTP filters. */
const HTTP_CONNECTION_MANAGER = 'envoy.filters.network.http_connection_manager';

/**
 * What of Envoy's configuration is patched. Each offers what istiod can do to it, and nothing else: `EnvoyPatch.httpFilter(match).insertBefore(...)`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-ApplyTo
 */
export class EnvoyPatch {
  /**
   * Listeners. Added ones are for sidecars, outbound, and gateways, unless the match says one side.
   *
   * @throws when the match names filter chains
   */
  public static listener(match?: EnvoyListenerMatch): EnvoyItemOperations {
    return EnvoyItemOperations._of({
      applyTo: 'LISTENER',
      match: match?._toKube(),
      unfit: match?._namesFilterChains ? 'filterChain' : undefined,
      ignoredByAdd: match?._namesListeners ? 'listeners' : undefined,
    });
  }

  /** Filter chains of listeners. */
  public static filterChain(match?: EnvoyListenerMatch): EnvoyItemOperations {
    return EnvoyItemOperations._of({
      applyTo: 'FILTER_CHAIN', match: match?._toKube(), ignoredByAdd: match?._namesFilterChains ? 'filterChain' : undefined,
    });
  }

  /**
   * The filters of listeners themselves.
   *
   * @throws when the match names filter chains
   */
  public static listenerFilter(match: EnvoyListenerMatch = EnvoyListenerMatch.any()): EnvoyListenerFilterOperations {
    if (match._namesFilterChains) {
      throw new Error('a patch of LISTENER_FILTER is for whole listeners, got filterChain in its match, which has no effect: leave that out');
    }
    return EnvoyListenerFilterOperations._of({
      applyTo: 'LISTENER_FILTER', match: filter => filter === undefined ? match._toKube() : match._toKubeWithListenerFilter(filter),
    });
  }

  /** The network filters of filter chains. */
  public static networkFilter(match: EnvoyListenerMatch = EnvoyListenerMatch.any()): EnvoyChainFilterOperations {
    return EnvoyChainFilterOperations._of({ applyTo: 'NETWORK_FILTER', match: name => match._toKube(name === undefined ? undefined : { name }) });
  }

  /** The HTTP filters of filter chains. */
  public static httpFilter(match: EnvoyListenerMatch = EnvoyListenerMatch.any()): EnvoyChainFilterOperations {
    return EnvoyChainFilterOperations._of({
      applyTo: 'HTTP_FILTER', match: name => match._toKube({ name: HTTP_CONNECTION_MANAGER, subFilter: name === undefined ? undefined : { name } }),
    });
  }

  /**
   * Route configurations.
   *
   * @throws when the match names virtual hosts
   */
  public static routeConfiguration(match?: EnvoyRouteMatch): EnvoyObjectOperations {
    return EnvoyObjectOperations._of({
      applyTo: 'ROUTE_CONFIGURATION', match: match?._toKube(), unfit: match?._namesVirtualHosts ? 'vhost' : undefined,
    });
  }

  /**
   * The virtual hosts of route configurations.
   *
   * @throws when the match names routes
   */
  public static virtualHost(match?: EnvoyRouteMatch): EnvoyVirtualHostOperations {
    return EnvoyVirtualHostOperations._of({
      applyTo: 'VIRTUAL_HOST',
      match: match?._toKube(),
      unfit: match?._namesRoutes ? 'route' : undefined,
      ignoredByAdd: match?._namesVirtualHosts ? 'vhost' : undefined,
    });
  }

  /** The routes of virtual hosts. */
  public static httpRoute(match?: EnvoyRouteMatch): EnvoyHttpRouteOperations {
    return EnvoyHttpRouteOperations._of({ applyTo: 'HTTP_ROUTE', match: match?._toKube(), ignoredByAdd: match?._namesRoutes ? 'route' : undefined });
  }

  /** Clusters. Added ones are for sidecars, outbound, and gateways, unless the match says one side. */
  public static cluster(match?: EnvoyClusterMatch): EnvoyItemOperations {
    return EnvoyItemOperations._of({ applyTo: 'CLUSTER', match: match?._toKube(), ignoredByAdd: match?._namesClusters ? 'clusters' : undefined });
  }

  /**
   * Adds settings for a filter, which then takes them by their name with `config_discovery`.
   *
   * @param value the name and the typed_config, as Envoy's API has it
   * @param proxies the proxies that get it, otherwise all
   * @throws when the name or the typed_config is missing or has no type of the v3 API, or the pattern is no RE2
   */
  public static extensionConfig(value: { [field: string]: any }, proxies: EnvoyProxyMatchOptions = {}): EnvoyFilterPatch {
    const proxy = proxyMatchToKube(proxies);
    return EnvoyFilterPatch._of({
      applyTo: 'EXTENSION_CONFIG',
      match: proxy && { proxy },
      patch: { operation: 'ADD', value: checkExtensionValue(value, 'ADD of EXTENSION_CONFIG') },
    });
  }

  private constructor() {}
}
