import { Duration } from 'cdk8s';
import { LinkerdAccessPolicy } from '../../linkerd/linkerd-access-policy';
import { LinkerdPortRange } from '../calls/linkerd-port-range';

/** The form of access logs of Linkerd. */
export enum LinkerdAccessLog {
  /** Apache's Common Log Format. */
  APACHE = 'apache',
  /** JSON. */
  JSON = 'json',
}

/**
 * What a pod, or a namespace for its pods, can say of proxies of Linkerd. What is not said on a pod is as its namespace says.
 *
 * @see https://linkerd.io/2-edge/reference/proxy-configuration/
 */
export interface LinkerdProxyOptions {
  /**
   * Ranges of ports of the pod on which connections do not pass the proxy, beside `excludedInboundPorts`.
   *
   * @default - none
   */
  readonly skipInboundPorts?: LinkerdPortRange[];

  /**
   * Ranges of ports to which connections do not pass the proxy, beside `excludedOutboundPorts`.
   *
   * @default - none
   */
  readonly skipOutboundPorts?: LinkerdPortRange[];

  /**
   * CIDR blocks from which connections to the pod do not pass the proxy. What the pod calls passes it, whatever the address.
   *
   * @default - none
   */
  readonly skipSubnets?: string[];

  /**
   * Ports whose protocol the proxy does not detect, in place of Linkerd's own list. Ports of protocols in which the server speaks first, such as MySQL's, need it.
   *
   * @default - 25, 587, 3306, 4444, 5432, 6379, 9300 and 11211
   */
  readonly opaquePorts?: LinkerdPortRange[];

  /**
   * Whom the proxy lets in where no Server says it.
   *
   * @default - as Linkerd is installed: LinkerdAccessPolicy.ALL_UNAUTHENTICATED
   */
  readonly defaultInboundPolicy?: LinkerdAccessPolicy;

  /**
   * Ports on which the proxy lets nobody in without an identity of the mesh.
   *
   * @default - none
   */
  readonly requireIdentityInboundPorts?: LinkerdPortRange[];

  /**
   * All ports of the pod, where webhooks add containers after Linkerd's.
   *
   * @default - those of the containers that Linkerd sees
   */
  readonly podInboundPorts?: LinkerdPortRange[];

  /**
   * The form in which the proxy logs requests.
   *
   * @default - none is logged
   */
  readonly accessLog?: LinkerdAccessLog;

  /**
   * What the proxy logs, in the words of Rust's tracing, such as `warn,linkerd=debug`.
   *
   * @default 'warn,linkerd=info,hickory=error'
   */
  readonly logLevel?: string;

  /**
   * How long the proxy serves connections once its pod is to end, in whole seconds.
   *
   * @default - 2 minutes
   */
  readonly shutdownGracePeriod?: Duration;

  /**
   * Whether the proxy takes the destination of a request from its headers, `l5d-dst-override` before others, for a controller that knows no Service addresses. It must remove
   * that header from what clients send. Pods only: a namespace cannot say it for all.
   *
   * @default false
   */
  readonly ingressMode?: boolean;
}
