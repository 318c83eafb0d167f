import { Certificate } from '../gateway-api/certificate';
import { checkHostname } from '../semantics/hostname';

/** A host that a MeshedGateway serves. */
export class GatewayHost {
  /**
   * Over HTTPS, with port 80 only redirecting there.
   *
   * @param hostname the host; it may start with `*.`
   * @param certificates one certificate or more for it
   * @throws when the hostname is malformed, or there is no certificate
   */
  public static https(hostname: string, ...certificates: Certificate[]): GatewayHost {
    if (certificates.length === 0) {
      throw new Error(`host '${hostname}' needs a certificate: pass one, or use GatewayHost.http for plain HTTP`);
    }
    return new GatewayHost(checkHostname(hostname, 'hostname of the gateway'), certificates);
  }

  /**
   * Over plain HTTP: anybody on the way can read and change what is said.
   *
   * @param hostname the host; it may start with `*.`
   * @throws when the hostname is malformed
   */
  public static http(hostname: string): GatewayHost {
    return new GatewayHost(checkHostname(hostname, 'hostname of the gateway'), []);
  }

  private constructor(
    /** The host. */
    public readonly hostname: string,
    /** Its certificates; none for plain HTTP. */
    public readonly certificates: Certificate[],
  ) {}
}
