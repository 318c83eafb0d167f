import { CaCertificate } from '../../gateway-api/ca-certificate';
import { TlsVersion } from '../../istio/tls-version';

/** How a MeshedGateway speaks TLS with its clients, on every host that ends TLS. */
export interface GatewayTls {
  /**
   * The oldest TLS version that clients may speak. A form that cannot be told refuses it, unless it is what it does anyway.
   *
   * @default TlsVersion.V1_2
   */
  readonly minVersion?: TlsVersion;

  /**
   * The newest TLS version that clients may speak. A form that cannot be told refuses it.
   *
   * @default TlsVersion.V1_3
   */
  readonly maxVersion?: TlsVersion;

  /**
   * The cipher suites for TLS up to 1.2, by OpenSSL name, each once.
   *
   * @default - those of the proxy
   */
  readonly cipherSuites?: string[];

  /**
   * The certificates that clients show.
   *
   * @default - they are not asked for
   */
  readonly clientCertificates?: ClientCertificates;
}

/**
 * What a gateway asks of its clients in the handshake.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#configure-a-mutual-tls-ingress-gateway
 */
export class ClientCertificates {
  /**
   * A client without a certificate of the authority is refused.
   *
   * @param authority who signs the certificates of clients, in the namespace of the gateway
   */
  public static required(authority: CaCertificate): ClientCertificates {
    return new ClientCertificates(authority, true);
  }

  /**
   * A client may come without a certificate; one that it shows must be of the authority.
   *
   * @param authority who signs the certificates of clients, in the namespace of the gateway
   */
  public static optional(authority: CaCertificate): ClientCertificates {
    return new ClientCertificates(authority, false);
  }

  private constructor(
    /** Who signs the certificates of clients. */
    public readonly authority: CaCertificate,
    /** Whether a client must show one. */
    public readonly mandatory: boolean,
  ) {}
}
