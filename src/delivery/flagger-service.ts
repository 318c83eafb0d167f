import { Duration } from 'cdk8s';
import { FlaggerServiceMatch, FlaggerStringMatch } from './flagger-match';
import { FlaggerTrafficPolicy } from './flagger-traffic-policy';
import { HeaderModifier } from '../gateway-api/header-modifier';
import { MirrorOptions } from '../gateway-api/mirror';
import { RouteParent } from '../gateway-api/route-parent';

/** Labels and annotations that Flagger gives to a Service that it makes, and to the route in the case of the apex. */
export interface FlaggerMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Keys of Services that Flagger leaves to others. */
export interface FlaggerUnmanagedMetadata {
  /**
   * Keys of labels.
   *
   * @default - none
   */
  readonly labels?: string[];

  /**
   * Keys of annotations.
   *
   * @default - none
   */
  readonly annotations?: string[];
}

/** Where Services prefer to send requests. */
export enum FlaggerTrafficDistribution {
  /** To near endpoints; the older name of the zone. */
  PREFER_CLOSE = 'PreferClose',
  /** To endpoints of the zone. */
  PREFER_SAME_ZONE = 'PreferSameZone',
  /** To endpoints of the node. */
  PREFER_SAME_NODE = 'PreferSameNode',
}

/** Retries of Istio. */
export interface FlaggerRetries {
  /** How often. */
  readonly attempts: number;

  /**
   * How long one try may take.
   *
   * @default - as long as the request
   */
  readonly perTryTimeout?: Duration;

  /**
   * Conditions, such as `gateway-error,connect-failure`.
   *
   * @default - those of Istio
   */
  readonly retryOn?: string;
}

/** How requests are changed. */
export interface FlaggerRewrite {
  /**
   * The new path, or what stands instead of its prefix.
   *
   * @default - as it is
   */
  readonly uri?: string;

  /**
   * The new host.
   *
   * @default - as it is
   */
  readonly authority?: string;

  /**
   * What of the path is replaced in Gateway API: `ReplaceFullPath` or `ReplacePrefixMatch`.
   *
   * @default - the prefix that matched
   */
  readonly type?: string;
}

/** What scripts of other origins may do. */
export interface FlaggerCors {
  /**
   * Origins as they are, which Gateway API takes.
   *
   * @default - none
   */
  readonly allowOrigin?: string[];

  /**
   * Origins by matches, which Istio takes.
   *
   * @default - none
   */
  readonly allowOrigins?: FlaggerStringMatch[];

  /**
   * Methods.
   *
   * @default - none
   */
  readonly allowMethods?: string[];

  /**
   * Headers of requests.
   *
   * @default - none
   */
  readonly allowHeaders?: string[];

  /**
   * Headers of answers that scripts may read.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * How long an answer to a preflight is good for.
   *
   * @default - as the proxy does
   */
  readonly maxAge?: Duration;

  /**
   * Whether cookies may be sent.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;
}

/** Headers that are changed on the way. */
export interface FlaggerHeaders {
  /**
   * Of requests.
   *
   * @default - none
   */
  readonly request?: HeaderModifier;

  /**
   * Of answers.
   *
   * @default - none
   */
  readonly response?: HeaderModifier;
}

/** The Services and the route that Flagger makes. */
export interface FlaggerService {
  /**
   * The name of the Service that clients call; the others have `-primary` and `-canary` behind it.
   *
   * @default - the name of the target
   */
  readonly name?: string;

  /** The port of the Services, 1 to 65535. */
  readonly port: number;

  /**
   * The port of the pods, 1 to 65535.
   *
   * @default - the same
   */
  readonly targetPort?: number;

  /**
   * The port of the pods by its name; not together with targetPort.
   *
   * @default - by its number
   */
  readonly targetPortName?: string;

  /**
   * The name of the port.
   *
   * @default 'http'
   */
  readonly portName?: string;

  /**
   * The protocol of the port, such as `http` or `grpc`; `tcp` makes a route of connections in Istio.
   *
   * @default - by the name of the port
   */
  readonly appProtocol?: string;

  /**
   * Where the Services prefer to send requests.
   *
   * @default - anywhere
   */
  readonly trafficDistribution?: FlaggerTrafficDistribution;

  /**
   * Whether the Services have all ports of the containers.
   *
   * @default false
   */
  readonly portDiscovery?: boolean;

  /**
   * Whether the Services have no address of their own.
   *
   * @default false
   */
  readonly headless?: boolean;

  /**
   * How long a request may take.
   *
   * @default - as long as it takes
   */
  readonly timeout?: Duration;

  /**
   * How long one try may take; Gateway API only.
   *
   * @default - as long as the request
   */
  readonly backendTimeout?: Duration;

  /**
   * The mesh, of App Mesh.
   *
   * @default - none
   */
  readonly meshName?: string;

  /**
   * Services that the target calls, of App Mesh.
   *
   * @default - none
   */
  readonly backends?: string[];

  /**
   * Hosts of the route. Istio's has the name of the Service as well.
   *
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * Whether the route is one that another VirtualService delegates to; without hosts and gateways. Istio only.
   *
   * @default false
   */
  readonly delegation?: boolean;

  /**
   * Requests that the route is for, of which one must fit.
   *
   * @default - every request
   */
  readonly matches?: FlaggerServiceMatch[];

  /**
   * Retries; Flagger does not write them in Gateway API.
   *
   * @default - as the mesh does
   */
  readonly retries?: FlaggerRetries;

  /**
   * How requests are changed.
   *
   * @default - they are not
   */
  readonly rewrite?: FlaggerRewrite;

  /**
   * Where copies of all requests go, beside those to the canary; each names a Service and takes neither `percent` nor `fraction`. Gateway API only.
   *
   * @default - nowhere
   */
  readonly mirrors?: MirrorOptions[];

  /**
   * What happens to headers.
   *
   * @default - nothing
   */
  readonly headers?: FlaggerHeaders;

  /**
   * Gateways of Istio, as `namespace/name` or `mesh`.
   *
   * @default - none: the mesh
   */
  readonly gateways?: string[];

  /**
   * What the route attaches to in Gateway API, at most 32; it is required there.
   *
   * @default - none
   */
  readonly gatewayRefs?: RouteParent[];

  /**
   * What scripts of other origins may do.
   *
   * @default - the application answers
   */
  readonly corsPolicy?: FlaggerCors;

  /**
   * What proxies do with connections to both versions; Istio only.
   *
   * @default - what Istio does by itself
   */
  readonly trafficPolicy?: FlaggerTrafficPolicy;

  /**
   * Metadata of the Service that clients call, and of the route.
   *
   * @default - none
   */
  readonly apex?: FlaggerMetadata;

  /**
   * Metadata of the Service of the stable version.
   *
   * @default - none
   */
  readonly primary?: FlaggerMetadata;

  /**
   * Metadata of the Service of the canary.
   *
   * @default - none
   */
  readonly canary?: FlaggerMetadata;

  /**
   * Keys that others write into the Services.
   *
   * @default - none
   */
  readonly unmanagedMetadata?: FlaggerUnmanagedMetadata;
}
