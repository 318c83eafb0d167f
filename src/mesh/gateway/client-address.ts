import { IstioAnnotation } from '../../semantics/keys';

/**
 * How a gateway, or another workload, learns the address of its clients. It decides in which field a policy looks for it.
 *
 * Pass it to a MeshedGateway, which tells its proxies, and to the policies about its clients.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/
 */
export class ClientAddress {
  /**
   * It is the address of the peer: the load balancer passes packets on as they are, and the Service has `externalTrafficPolicy: Local`.
   */
  public static readonly PEER = new ClientAddress('ipBlocks');

  /** It is told by the PROXY protocol of the load balancer; who does not speak it is refused. */
  public static readonly PROXY_PROTOCOL = new ClientAddress('remoteIpBlocks', true);

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
    return new ClientAddress('remoteIpBlocks', false, trustedProxies);
  }

  private constructor(
    /**
     * The field of a source.
     *
     * @internal
     */
    public readonly _field: 'ipBlocks' | 'remoteIpBlocks',
    /** @internal */
    public readonly _proxyProtocol = false,
    /** @internal */
    public readonly _trustedProxies?: number,
  ) {}

  /**
   * What a gateway of Istio must be told that is no MeshedGateway, or else it takes the load balancer for the client: annotations of its pods, or of the
   * `infrastructure` of a Gateway. None where nothing needs to be said.
   */
  public get gatewayAnnotations(): { [key: string]: string } {
    const topology = this._proxyProtocol ? { proxyProtocol: {} } : this._trustedProxies && { numTrustedProxies: this._trustedProxies };
    return topology ? { [IstioAnnotation.PROXY_CONFIG]: JSON.stringify({ gatewayTopology: topology }) } : {};
  }

  /**
   * Adds it to annotations of a gateway's pods.
   *
   * @internal
   */
  public _annotate(what: string, annotations: { [key: string]: string } | undefined): { [key: string]: string } {
    const own = this.gatewayAnnotations;
    const taken = Object.keys(own).find(key => annotations?.[key] !== undefined);
    if (taken !== undefined) {
      throw new Error(`${what} must leave '${taken}' alone beside clientAddress, got '${annotations![taken]}': ` +
        'write gatewayTopology there and leave clientAddress out, or leave the annotation out');
    }
    return { ...annotations, ...own };
  }
}
