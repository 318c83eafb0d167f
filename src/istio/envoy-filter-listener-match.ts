import { EnvoyProxyMatchOptions, proxyMatchToKube } from './envoy-filter-proxy-match';
import { waypointToKube, EnvoyWaypointMatchOptions } from './envoy-filter-waypoint-match';
import type { EnvoyFilterSpecConfigPatchesMatch, EnvoyFilterSpecConfigPatchesMatchListener } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** How connections come in for which a filter chain is. */
export enum EnvoyTransportProtocol {
  /** In the clear. */
  RAW_BUFFER = 'raw_buffer',
  /** In TLS. */
  TLS = 'tls',
}

/**
 * Filter chains of a listener. All that is said must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-ListenerMatch-FilterChainMatch
 */
export interface EnvoyFilterChainMatch {
  /**
   * The name of the filter chain.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * A server name for which the filter chain is.
   *
   * @default - any, and none
   */
  readonly sni?: string;

  /**
   * How connections come in, on the inbound side of sidecars.
   *
   * @default - anyhow
   */
  readonly transportProtocol?: EnvoyTransportProtocol;

  /**
   * Protocols of applications for which the filter chain is, all of them: `h2`, `http/1.1` or `http/1.0`. On sidecars only.
   *
   * @default - any, and none
   */
  readonly applicationProtocols?: string[];

  /**
   * The port to which connections go for which the filter chain is, from 1 to 65535.
   *
   * @default - any, and none
   */
  readonly destinationPort?: number;
}

/** Listeners of proxies. All that is said must hold. */
export interface EnvoyListenerMatchOptions extends EnvoyProxyMatchOptions {
  /**
   * The name of the listener, which istiod writes as `<IP>_<port>`, `virtualInbound` and `virtualOutbound`.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * The port of the Service or the gateway, from 1 to 65535.
   *
   * @default - any
   */
  readonly portNumber?: number;

  /**
   * Its filter chains that are meant. Not where listeners, or their own filters, are patched.
   *
   * @default - all of them
   */
  readonly filterChain?: EnvoyFilterChainMatch;
}

type Match = Manifest<EnvoyFilterSpecConfigPatchesMatch>;
type Listener = Manifest<EnvoyFilterSpecConfigPatchesMatchListener>;
type Filter = NonNullable<NonNullable<Listener['filterChain']>['filter']>;

/**
 * The listeners that a patch is for.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-ListenerMatch
 */
export class EnvoyListenerMatch {
  /**
   * Listeners of sidecars and gateways.
   *
   * @throws when a port is none, or the pattern is no RE2
   */
  public static any(options: EnvoyListenerMatchOptions = {}): EnvoyListenerMatch {
    return new EnvoyListenerMatch('ANY', options);
  }

  /**
   * Listeners of sidecars for what the workload receives; also those of waypoints, for istiod.
   *
   * @throws when a port is none, or the pattern is no RE2
   */
  public static sidecarInbound(options: EnvoyListenerMatchOptions = {}): EnvoyListenerMatch {
    return new EnvoyListenerMatch('SIDECAR_INBOUND', options);
  }

  /**
   * Listeners of sidecars for what the workload sends.
   *
   * @throws when a port is none, or the pattern is no RE2
   */
  public static sidecarOutbound(options: EnvoyListenerMatchOptions = {}): EnvoyListenerMatch {
    return new EnvoyListenerMatch('SIDECAR_OUTBOUND', options);
  }

  /**
   * Listeners of gateways.
   *
   * @throws when a port is none, or the pattern is no RE2
   */
  public static gateway(options: EnvoyListenerMatchOptions = {}): EnvoyListenerMatch {
    return new EnvoyListenerMatch('GATEWAY', options);
  }

  /**
   * Listeners of waypoints, for control planes that know this word: istiod takes no notice of such patches. Istio 1.29 and later.
   *
   * @throws when the port is none, or the pattern is no RE2
   */
  public static waypoint(options: EnvoyWaypointMatchOptions = {}): EnvoyListenerMatch {
    return new EnvoyListenerMatch('WAYPOINT', options, waypointToKube(options));
  }

  private readonly proxy: Match['proxy'];
  private readonly listener: Listener | undefined;

  private constructor(
    private readonly context: NonNullable<Match['context']>,
    options: EnvoyListenerMatchOptions,
    private readonly waypoint?: NonNullable<Match['waypoint']>,
  ) {
    this.proxy = proxyMatchToKube(options);
    this.listener = waypoint ? undefined : listenerToKube(options);
  }

  /**
   * Whether it says more than the proxies.
   *
   * @internal
   */
  public get _namesListeners(): boolean {
    return this.listener !== undefined || this.waypoint?.portNumber !== undefined;
  }

  /** @internal */
  public get _namesFilterChains(): boolean {
    return this.listener?.filterChain !== undefined;
  }

  /** @internal */
  public _toKube(filter?: Filter): Match {
    const { context, proxy, listener, waypoint } = this;
    if (waypoint) {
      return { context, proxy, waypoint: filter ? { ...waypoint, filter } : waypoint };
    }
    return { context, proxy, listener: filter ? { ...listener, filterChain: { ...listener?.filterChain, filter } } : listener };
  }

  /** @internal */
  public _toKubeWithListenerFilter(listenerFilter: string): Match {
    if (this.waypoint) {
      throw new Error(`listener filter '${listenerFilter}' cannot be named for waypoints: use EnvoyListenerMatch.sidecarInbound`);
    }
    return { context: this.context, proxy: this.proxy, listener: { ...this.listener, listenerFilter } };
  }
}

function listenerToKube({ name, portNumber, filterChain }: EnvoyListenerMatchOptions): Listener | undefined {
  if (name === undefined && portNumber === undefined && filterChain === undefined) {
    return undefined;
  }
  return {
    name,
    portNumber: portNumber === undefined ? undefined : checkPort(portNumber, 'portNumber of a listener match'),
    filterChain: filterChain && filterChainToKube(filterChain),
  };
}

function filterChainToKube({ name, sni, transportProtocol, applicationProtocols, destinationPort }: EnvoyFilterChainMatch): Listener['filterChain'] {
  return {
    name,
    sni,
    transportProtocol,
    applicationProtocols: applicationProtocols?.join(','),
    destinationPort: destinationPort === undefined ? undefined : checkPort(destinationPort, 'destinationPort of a filter chain match'),
  };
}
