import { Destination } from './destination';
import { IIstioGateway } from './istio-gateway-reference';

/** A destination of connections and its share. */
export interface TcpDestination {
  /** Where they go. */
  readonly destination: Destination;

  /**
   * Its share, 0 to 1000000, in proportion to the sum. Required when there are several.
   *
   * @default - every connection, being the only destination
   */
  readonly weight?: number;
}

/** Which connections a route is for: all that is said must hold. */
export interface IstioTcpMatch {
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
   * Addresses and CIDR blocks that the client called.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

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
}

/** Which TLS connections a route is for: all that is said must hold. */
export interface IstioTlsMatch {
  /** The server names, each one that the hosts of the VirtualService stand for; they may start with `*.`. At least one. */
  readonly sniHosts: string[];

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
   * Addresses and CIDR blocks that the client called.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

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
}

/**
 * Where connections go. The first route that matches is taken.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TCPRoute
 */
export interface VirtualServiceTcpRoute {
  /**
   * The connections, of which one match must fit.
   *
   * @default - every connection; such a route is the last
   */
  readonly matches?: IstioTcpMatch[];

  /** Where they go. Several destinations each have a weight. */
  readonly destinations: TcpDestination[];
}

/**
 * Where TLS connections go that are passed through. The first route that matches is taken.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSRoute
 */
export interface VirtualServiceTlsRoute {
  /** The connections, of which one match must fit. At least one. */
  readonly matches: IstioTlsMatch[];

  /** Where they go. Several destinations each have a weight. */
  readonly destinations: TcpDestination[];
}
