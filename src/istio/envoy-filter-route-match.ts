import { EnvoyProxyMatchOptions, proxyMatchToKube } from './envoy-filter-proxy-match';
import { EnvoyWaypointRouteMatchOptions, waypointToKube } from './envoy-filter-waypoint-match';
import { IIstioGateway } from './istio-gateway-reference';
import type {
  EnvoyFilterSpecConfigPatchesMatch, EnvoyFilterSpecConfigPatchesMatchRouteConfiguration, EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost,
} from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** What a route does. */
export enum EnvoyRouteAction {
  /** Any of the others. */
  ANY = 'ANY',
  /** It sends requests to a cluster. */
  ROUTE = 'ROUTE',
  /** It redirects. */
  REDIRECT = 'REDIRECT',
  /** It answers by itself. */
  DIRECT_RESPONSE = 'DIRECT_RESPONSE',
}

/** Routes of a virtual host. All that is said must hold. */
export interface EnvoyHttpRouteMatch {
  /**
   * The name of the route: that of the HTTP route of a VirtualService, and `default` of what istiod makes by itself.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * What the route does.
   *
   * @default EnvoyRouteAction.ANY
   */
  readonly action?: EnvoyRouteAction;
}

/** Virtual hosts of a route configuration. All that is said must hold. */
export interface EnvoyVirtualHostMatch {
  /**
   * The name of the virtual host, which istiod writes as `<host>:<port>`.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * A domain that the virtual host serves. Istio 1.25 and later.
   *
   * @default - any
   */
  readonly domainName?: string;

  /**
   * Its routes that are meant. Only where routes are patched.
   *
   * @default - all of them
   */
  readonly route?: EnvoyHttpRouteMatch;
}

/** Route configurations of proxies. All that is said must hold. */
export interface EnvoyRouteMatchOptions extends EnvoyProxyMatchOptions {
  /**
   * The name of the route configuration, such as `http_proxy`.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * The port of the Service or of the server of a Gateway, from 1 to 65535.
   *
   * @default - any
   */
  readonly portNumber?: number;

  /**
   * Its virtual hosts that are meant. Not where route configurations are patched.
   *
   * @default - all of them
   */
  readonly vhost?: EnvoyVirtualHostMatch;
}

/** Route configurations of gateways. All that is said must hold. */
export interface EnvoyGatewayRouteMatchOptions extends EnvoyRouteMatchOptions {
  /**
   * The name of the port of a server of the Gateway, with HTTPS.
   *
   * @default - any
   */
  readonly portName?: string;

  /**
   * The Istio Gateway, with its namespace, that has servers with HTTPS.
   *
   * @default - any
   */
  readonly gateway?: IIstioGateway;
}

type Match = Manifest<EnvoyFilterSpecConfigPatchesMatch>;
type RouteConfiguration = Manifest<EnvoyFilterSpecConfigPatchesMatchRouteConfiguration>;

/**
 * The route configurations, virtual hosts and routes that a patch is for.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-RouteConfigurationMatch
 */
export class EnvoyRouteMatch {
  /**
   * Those of sidecars and gateways.
   *
   * @throws when the port is none, or the pattern is no RE2
   */
  public static any(options: EnvoyRouteMatchOptions = {}): EnvoyRouteMatch {
    return new EnvoyRouteMatch('ANY', options);
  }

  /**
   * Those of sidecars for what the workload receives; also those of waypoints, for istiod.
   *
   * @throws when the port is none, or the pattern is no RE2
   */
  public static sidecarInbound(options: EnvoyRouteMatchOptions = {}): EnvoyRouteMatch {
    return new EnvoyRouteMatch('SIDECAR_INBOUND', options);
  }

  /**
   * Those of sidecars for what the workload sends.
   *
   * @throws when the port is none, or the pattern is no RE2
   */
  public static sidecarOutbound(options: EnvoyRouteMatchOptions = {}): EnvoyRouteMatch {
    return new EnvoyRouteMatch('SIDECAR_OUTBOUND', options);
  }

  /**
   * Those of gateways.
   *
   * @throws when the port is none, the Gateway has no known namespace, or the pattern is no RE2
   */
  public static gateway(options: EnvoyGatewayRouteMatchOptions = {}): EnvoyRouteMatch {
    return new EnvoyRouteMatch('GATEWAY', options);
  }

  /**
   * Those of waypoints, for control planes that know this word: istiod takes no notice of such patches. Istio 1.29 and later.
   *
   * @throws when the port is none, or the pattern is no RE2
   */
  public static waypoint(options: EnvoyWaypointRouteMatchOptions = {}): EnvoyRouteMatch {
    const { proxyVersion, proxyMetadata } = options;
    return new EnvoyRouteMatch('WAYPOINT', { proxyVersion, proxyMetadata }, waypointToKube(options));
  }

  private readonly proxy: Match['proxy'];
  private readonly routeConfiguration: RouteConfiguration | undefined;

  private constructor(private readonly context: NonNullable<Match['context']>, options: EnvoyGatewayRouteMatchOptions, private readonly waypoint?: Match['waypoint']) {
    this.proxy = proxyMatchToKube(options);
    this.routeConfiguration = routeConfigurationToKube(options);
  }

  /** @internal */
  public get _namesVirtualHosts(): boolean {
    return this.routeConfiguration?.vhost !== undefined;
  }

  /** @internal */
  public get _namesRoutes(): boolean {
    return (this.routeConfiguration?.vhost?.route ?? this.waypoint?.route) !== undefined;
  }

  /** @internal */
  public _toKube(): Match {
    return { context: this.context, proxy: this.proxy, routeConfiguration: this.routeConfiguration, waypoint: this.waypoint };
  }
}

function routeConfigurationToKube({ name, portNumber, portName, gateway, vhost }: EnvoyGatewayRouteMatchOptions): RouteConfiguration | undefined {
  if ([name, portNumber, portName, gateway, vhost].every(value => value === undefined)) {
    return undefined;
  }
  return {
    name,
    portNumber: portNumber === undefined ? undefined : checkPort(portNumber, 'portNumber of a route match'),
    portName,
    gateway: gateway && gatewayToKube(gateway),
    vhost: vhost && vhostToKube(vhost),
  };
}

function gatewayToKube({ name, namespace }: IIstioGateway): string {
  if (namespace === undefined) {
    throw new Error(`gateway '${name}' of a route match needs its namespace, got none: give the Gateway one, or pass it to fromGatewayName`);
  }
  return `${namespace}/${name}`;
}

function vhostToKube({ name, domainName, route }: EnvoyVirtualHostMatch): Manifest<EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost> {
  return { name, domainName, route: route && { name: route.name, action: route.action } };
}
