import { IIstioGateway } from './istio-gateway-reference';
import { StringMatch } from './string-match';

/**
 * Which requests a route is for: all that is said must hold. A route takes requests that one of its matches fits.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface IstioHttpMatch {
  /**
   * A name for logs and statistics.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * The path. A prefix counts characters, not path elements.
   *
   * @default - any path
   */
  readonly uri?: StringMatch;

  /**
   * The scheme.
   *
   * @default - any scheme
   */
  readonly scheme?: StringMatch;

  /**
   * The method.
   *
   * @default - any method
   */
  readonly method?: StringMatch;

  /**
   * The host of the request, with the port if the client sent one.
   *
   * @default - any host of the VirtualService
   */
  readonly authority?: StringMatch;

  /**
   * Headers by name. On gateways only, `@request.auth.claims.name` is a claim of a verified token.
   *
   * @default - any headers
   */
  readonly headers?: { [key: string]: StringMatch };

  /**
   * Headers that must not look so, by name.
   *
   * @default - none
   */
  readonly withoutHeaders?: { [key: string]: StringMatch };

  /**
   * Query parameters by name.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [key: string]: StringMatch };

  /**
   * The port that the client called, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * The gateways that the match is for: some of those of the VirtualService.
   *
   * @default - all of them
   */
  readonly gateways?: IIstioGateway[];

  /**
   * Labels of the client's pod; for sidecars only.
   *
   * @default - any client
   */
  readonly sourceLabels?: { [key: string]: string };

  /**
   * The namespace of the client's pod; for sidecars only.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Whether letter case does not count in `uri`; for exact and prefix matches.
   *
   * @default false
   */
  readonly ignoreUriCase?: boolean;

  /**
   * Prefix of the statistics that the proxy keeps for the route.
   *
   * @default - no statistics of its own
   */
  readonly statPrefix?: string;
}
