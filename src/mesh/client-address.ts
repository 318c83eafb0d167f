import { IstioAnnotation } from '../semantics/keys';

/**
 * How a gateway, or another workload, learns the address of its clients. It decides in which field a policy looks for it.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/
 */
export class ClientAddress {
  /**
   * It is the address of the peer: the load balancer passes packets on as they are, and the Service has `externalTrafficPolicy: Local`.
   */
  public static readonly PEER = new ClientAddress('ipBlocks', undefined);

  /** It is told by the PROXY protocol of the load balancer. */
  public static readonly PROXY_PROTOCOL = new ClientAddress('remoteIpBlocks', { proxyProtocol: {} });

  /**
   * It is told by `X-Forwarded-For`, as load balancers and CDNs for HTTP write it.
   *
   * @param trustedProxies how many proxies stand in front of the gateway, at least 1: what was in the header before them anybody may have written
   * @throws when the number is below 1
   */
  public static forwardedFor(trustedProxies: number): ClientAddress {
    if (!Number.isInteger(trustedProxies) || trustedProxies < 1) {
      throw new Error(`trusted proxies must be a whole number of at least 1, got ${trustedProxies}: use ClientAddress.PEER where none is in front`);
    }
    return new ClientAddress('remoteIpBlocks', { numTrustedProxies: trustedProxies });
  }

  private constructor(
    /**
     * The field of a source.
     *
     * @internal
     */
    public readonly _field: 'ipBlocks' | 'remoteIpBlocks',
    private readonly topology: object | undefined,
  ) {}

  /**
   * What the gateway itself must be told, or else it takes the load balancer for the client: annotations of its pods, or of the `infrastructure`
   * of a Gateway. None where nothing needs to be said.
   */
  public get gatewayAnnotations(): { [key: string]: string } {
    return this.topology === undefined ? {} : { [IstioAnnotation.PROXY_CONFIG]: JSON.stringify({ gatewayTopology: this.topology }) };
  }
}
