import { ProxyOptions } from '../enrolment/proxy-options';
import { GatewayProxyOptions } from '../gateway/gateway-proxy-options';

/** Options of a MeshedGateway that is an nginx of yours with a proxy of the mesh beside it. */
export interface NginxGatewayOptions extends GatewayProxyOptions {
  /**
   * The image of nginx, 1.22 or later, with `nginx` in its PATH, and `/bin/sleep`. It runs as user 101 and writes to volumes only; official images and unprivileged ones do.
   *
   * @default 'nginx:1.28'
   */
  readonly image?: string;

  /**
   * How the proxy of the mesh runs that is beside it; the ports for clients are excluded from it in any case.
   *
   * @default - as the mesh is installed; in Istio, nginx is held until it has started
   */
  readonly proxy?: ProxyOptions;

  /**
   * The DNS server of the cluster, by name or IP address, that nginx asks for Services: every 10 seconds at most, and not when it starts. Its own name is resolved when
   * nginx starts.
   *
   * @default 'kube-dns.kube-system.svc.cluster.local'
   */
  readonly resolver?: string;

  /**
   * Whether nginx listens on IPv6 too, which the nodes must have.
   *
   * @default false
   */
  readonly ipv6?: boolean;

  /**
   * Whether clients may speak HTTP/2.
   *
   * @default true
   */
  readonly http2?: boolean;

  /**
   * The proxies in front, as IP addresses or CIDR blocks, at least one: only what they say of clients is believed, in `X-Forwarded-For`, or with
   * `ClientAddress.PROXY_PROTOCOL` in its header. What others say is replaced.
   *
   * @default - none; with `ClientAddress.PROXY_PROTOCOL` every peer, because each has to say it
   */
  readonly trustedProxies?: string[];
}
