import { Duration, Size } from 'cdk8s';
import { NginxUpstream } from './nginx-upstream';
import { HttpPathMatch } from '../../gateway-api/http-path-match';

/** The Host header of what nginx sends on. */
export enum NginxHostHeader {
  /** The name of the Service, by which a sidecar knows it; the client's is in `X-Forwarded-Host`. */
  SERVICE = 'SERVICE',
  /**
   * The client's. Routes and canaries of the Service itself do not hold for it where sidecars carry the traffic: there a VirtualService of the gateway's namespace leads
   * the public name to the Service.
   */
  CLIENT = 'CLIENT',
}

/**
 * A route of a MeshedGateway that is an nginx: which requests go to which Service.
 *
 * Of the routes of a hostname the one with the exact path is taken, else that with the longest prefix, as in Gateway API; other paths get 404.
 */
export interface NginxRoute {
  /** The hostname, one of those that the hosts of the gateway cover. */
  readonly hostname: string;

  /** Where the requests go. */
  readonly upstream: NginxUpstream;

  /**
   * The path: exact or a prefix, which goes by elements, so that `/api` is `/api` and `/api/x`, but not `/apix`. It is compared with the path as nginx understands it,
   * without escapes, `..` and double slashes; so it is sent on, too.
   *
   * @default - every path
   */
  readonly path?: HttpPathMatch;

  /**
   * The Host header of what is sent on.
   *
   * @default NginxHostHeader.SERVICE
   */
  readonly hostHeader?: NginxHostHeader;

  /**
   * How long nginx waits for a next part of the answer, and for a next part of the request to be taken, at least 1 ms. A WebSocket without a message ends after it.
   *
   * @default - 60 seconds
   */
  readonly timeout?: Duration;

  /**
   * The largest body of a request, in whole bytes; a larger one gets 413.
   *
   * @default - 1 MiB
   */
  readonly maxBodySize?: Size;

  /**
   * Whether nginx takes whole requests and answers before it sends them on. Without it, long uploads and event streams pass as they come.
   *
   * @default true
   */
  readonly buffering?: boolean;
}
