import { RolloutAlb, RolloutApisix, RolloutAppMesh, RolloutNginx, RolloutSmi } from './rollout-routers';

/** Connections of TCP in a VirtualService. */
export interface RolloutTcpRoute {
  /**
   * The port that clients call.
   *
   * @default - the only one
   */
  readonly port?: number;
}

/** Connections of TLS in a VirtualService. */
export interface RolloutTlsRoute extends RolloutTcpRoute {
  /**
   * The server names.
   *
   * @default - by the port
   */
  readonly sniHosts?: string[];
}

/** A VirtualService whose weights the controller changes. */
export interface RolloutVirtualService {
  /** The name; of another namespace `name.namespace`. */
  readonly name: string;

  /**
   * The routes of HTTP, by name.
   *
   * @default - the only one
   */
  readonly routes?: string[];

  /**
   * The routes of TCP.
   *
   * @default - none
   */
  readonly tcpRoutes?: RolloutTcpRoute[];

  /**
   * The routes of TLS.
   *
   * @default - none
   */
  readonly tlsRoutes?: RolloutTlsRoute[];
}

/** A DestinationRule whose subsets are the versions. */
export interface RolloutDestinationRule {
  /** The name. */
  readonly name: string;
  /** The subset of the canary. */
  readonly canarySubsetName: string;
  /** The subset of the stable version. */
  readonly stableSubsetName: string;

  /**
   * Further subsets of the VirtualService, whose weights are taken from the stable version.
   *
   * @default - none
   */
  readonly additionalSubsetNames?: string[];
}

/** Routing by Istio. */
export interface RolloutIstio {
  /** VirtualServices, at least one. */
  readonly virtualServices: RolloutVirtualService[];

  /**
   * The DestinationRule, where versions are subsets of one Service.
   *
   * @default - none: each version has a Service
   */
  readonly destinationRule?: RolloutDestinationRule;
}

/** A route of Gateway API whose weights the plugin changes. */
export interface RolloutGatewayRoute {
  /** The name. */
  readonly name: string;

  /**
   * Whether header routes are written into it; HTTPRoute and GRPCRoute only.
   *
   * @default false
   */
  readonly useHeaderRoutes?: boolean;

  /**
   * The only rule that is changed, by its name.
   *
   * @default - every rule with both Services
   */
  readonly ruleName?: string;
}

/** Routing by Gateway API, with the plugin `argoproj-labs/gatewayAPI`, which the ConfigMap `argo-rollouts-config` must name. */
export interface RolloutGatewayApi {
  /**
   * The namespace of the routes.
   *
   * @default - that of the Rollout
   */
  readonly namespace?: string;

  /**
   * HTTPRoutes.
   *
   * @default - none
   */
  readonly httpRoutes?: RolloutGatewayRoute[];

  /**
   * GRPCRoutes.
   *
   * @default - none
   */
  readonly grpcRoutes?: RolloutGatewayRoute[];

  /**
   * TCPRoutes.
   *
   * @default - none
   */
  readonly tcpRoutes?: RolloutGatewayRoute[];

  /**
   * TLSRoutes.
   *
   * @default - none
   */
  readonly tlsRoutes?: RolloutGatewayRoute[];
}

/**
 * Who divides the requests; at least one.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/
 */
export interface RolloutTrafficRouting {
  /**
   * Istio.
   *
   * @default - not by it
   */
  readonly istio?: RolloutIstio;

  /**
   * Gateway API.
   *
   * @default - not by it
   */
  readonly gatewayApi?: RolloutGatewayApi;

  /**
   * Other plugins, by name, with what they are told.
   *
   * @default - none
   */
  readonly plugins?: { [key: string]: any };

  /**
   * An ALB.
   *
   * @default - not by it
   */
  readonly alb?: RolloutAlb;

  /**
   * Mappings of Ambassador, by name.
   *
   * @default - not by it
   */
  readonly ambassadorMappings?: string[];

  /**
   * APISIX.
   *
   * @default - not by it
   */
  readonly apisix?: RolloutApisix;

  /**
   * App Mesh.
   *
   * @default - not by it
   */
  readonly appMesh?: RolloutAppMesh;

  /**
   * NGINX Ingress.
   *
   * @default - not by it
   */
  readonly nginx?: RolloutNginx;

  /**
   * The Service Mesh Interface.
   *
   * @default - not by it
   */
  readonly smi?: RolloutSmi;

  /**
   * The weighted TraefikService.
   *
   * @default - not by it
   */
  readonly traefikService?: string;

  /**
   * Names of routes that steps may make, in the order in which they are tried. No rule of the user may have one of them, nor one with a number behind it.
   *
   * @default - none
   */
  readonly managedRoutes?: string[];

  /**
   * What the weights of both versions are together, 100 or more.
   *
   * @default 100
   */
  readonly maxTrafficWeight?: number;
}
