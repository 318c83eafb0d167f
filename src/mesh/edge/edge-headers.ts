import { Duration } from 'cdk8s';
import { EdgeHosts } from './edge-hosts';

/** What the gateway does to headers, of every request before anything else reads it, and of every response at the last. */
export interface EdgeHeaderOptions extends EdgeHosts {
  /**
   * Headers of requests that clients may not write, because those behind the gateway believe them, such as `x-user-id`. Istio's gateways write `x-forwarded-for` and
   * `x-forwarded-proto`, take away orders to Envoy such as `x-envoy-retry-on`, and pass on `x-forwarded-host`, `x-forwarded-port`, `x-forwarded-prefix`, `forwarded`,
   * `x-real-ip`, `x-original-url` and `x-rewrite-url` as clients write them. Claims of tokens, and what authorizers say, are written afterwards.
   *
   * @default - none beside those that the gateway itself writes or takes away
   */
  readonly removeFromRequests?: string[];

  /**
   * Headers of responses that tell what runs behind the gateway.
   *
   * @default - `server` and `x-powered-by`
   */
  readonly removeFromResponses?: string[];

  /**
   * Headers that every response gets, whatever the application says.
   *
   * @default - none
   */
  readonly addToResponses?: { [name: string]: string };

  /**
   * For how long browsers speak HTTPS only to the hosts, in whole seconds: the header `strict-transport-security`. It goes out over HTTPS only; hosts that are named
   * must be HTTPS.
   *
   * @default - the header is left to the application
   */
  readonly strictTransportSecurity?: Duration;
}
