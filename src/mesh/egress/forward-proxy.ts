import { checkHostname, isWildcard } from '../../semantics/hostname';
import { checkIpAddress } from '../../semantics/ip-address';
import { checkPort } from '../../semantics/port';

/**
 * An HTTP proxy outside of the mesh, which opens tunnels when it is asked by CONNECT. Only bytes go through a tunnel: TLS that applications begin, and TCP.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/http-proxy/
 */
export class ForwardProxy {
  /**
   * A proxy by name.
   *
   * @param hostname its name, which DNS knows
   * @param port its port, 1 to 65535
   * @throws when the name is malformed or has no dot, or the port is none
   */
  public static host(hostname: string, port: number): ForwardProxy {
    if (isWildcard(hostname) || !hostname.includes('.')) {
      throw new Error(`host of a forward proxy must be one host, fully qualified, got '${hostname}'`);
    }
    return new ForwardProxy(checkHostname(hostname, 'host of a forward proxy'), port, undefined);
  }

  /**
   * A proxy that DNS does not know.
   *
   * @param address its IP address
   * @param port its port, 1 to 65535
   * @throws when the address or the port is none
   */
  public static address(address: string, port: number): ForwardProxy {
    checkIpAddress(address, 'address of a forward proxy');
    return new ForwardProxy(`${address.replace(/[.:]+/g, '-')}.forward-proxy.internal`, port, address);
  }

  private constructor(
    /** The name by which the mesh knows the proxy. */
    public readonly hostname: string,
    /** The port of the proxy. */
    public readonly port: number,
    /**
     * The IP address of the proxy.
     *
     * @default - DNS knows it by its name
     */
    public readonly ipAddress?: string,
  ) {
    checkPort(port, `port of forward proxy '${ipAddress ?? hostname}'`);
  }
}
