/** Where a network is entered, when istiod cannot find out by itself. */
export interface NetworkGatewayOptions {
  /** The IP address or the host name of the gateway. */
  readonly address: string;

  /**
   * The port, 1 to 65535.
   *
   * @default 15443
   */
  readonly port?: number;

  /**
   * The addresses of the network, such as `10.8.0.0/16`, where its workloads say no network by themselves.
   *
   * @default - those of its clusters
   */
  readonly cidrs?: string[];
}
