import { Duration } from 'cdk8s';
import { FlaggerServiceMatch } from './flagger-match';
import {
  FlaggerCors, FlaggerHeaders, FlaggerMetadata, FlaggerRetries, FlaggerRewrite, FlaggerTrafficDistribution, FlaggerUnmanagedMetadata,
} from './flagger-service-options';
import { FlaggerTrafficPolicy } from './flagger-traffic-policy';
import { MirrorOptions } from '../gateway-api/mirror';
import { RouteParent } from '../gateway-api/route-parent';

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
