import { checkHostname, isWildcard } from '../semantics/hostname';
import { hostSlug } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** What applications speak to an external host. */
export enum ExternalProtocol {
  /** TLS, which the application begins and the gateway passes on unread. */
  TLS = 'TLS',
  /** Plain HTTP, also beyond the gateway. */
  HTTP = 'HTTP',
  /** Plain HTTP up to the gateway, which begins TLS. */
  HTTP_WITH_TLS_ORIGINATION = 'HTTP with TLS origination',
}

/** Options of an external host. */
export interface ExternalServiceOptions {
  /**
   * The port that applications call, 1 to 65535.
   *
   * @default - 443 for TLS, 80 for HTTP
   */
  readonly port?: number;

  /**
   * Whether the way from the application's proxy to the gateway is mTLS of the mesh, so that the gateway knows who calls.
   *
   * @default - true with a client list, false without
   */
  readonly identified?: boolean;
}

/** Options of an external host to which the gateway begins TLS. */
export interface OriginateOptions {
  /**
   * The port that applications call with plain HTTP, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * The port of the host, 1 to 65535.
   *
   * @default 443
   */
  readonly externalPort?: number;
}

/**
 * A host outside of the mesh.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class ExternalService {
  /**
   * A host that applications call with TLS of their own.
   *
   * @param hostname the host
   * @throws when it is malformed or a wildcard
   */
  public static tls(hostname: string, options: ExternalServiceOptions = {}): ExternalService {
    const port = options.port ?? 443;
    return new ExternalService(hostname, ExternalProtocol.TLS, port, port, options.identified);
  }

  /**
   * A host that is called with plain HTTP: anybody on the way can read and change what is said.
   *
   * @param hostname the host
   * @throws when it is malformed or a wildcard
   */
  public static http(hostname: string, options: ExternalServiceOptions = {}): ExternalService {
    const port = options.port ?? 80;
    return new ExternalService(hostname, ExternalProtocol.HTTP, port, port, options.identified);
  }

  /**
   * A host that applications call with plain HTTP and to which the gateway begins TLS, so that it sees requests and clients.
   *
   * @param hostname the host
   * @throws when it is malformed or a wildcard
   */
  public static originate(hostname: string, options: OriginateOptions = {}): ExternalService {
    return new ExternalService(hostname, ExternalProtocol.HTTP_WITH_TLS_ORIGINATION, options.port ?? 80, options.externalPort ?? 443, true);
  }

  /** The name of what is made for the host: its dots as dashes. */
  public readonly slug: string;

  private constructor(
    /** The host. */
    public readonly hostname: string,
    /** What applications speak to it. */
    public readonly protocol: ExternalProtocol,
    /** The port that applications call. */
    public readonly port: number,
    /** The port of the host. */
    public readonly externalPort: number,
    /** Whether the gateway knows who calls; `undefined` leaves it to the client list. */
    public readonly identified?: boolean,
  ) {
    if (isWildcard(hostname)) {
      throw new Error(`external host must be one host, got '${hostname}': a wildcard has no address to look up (resolution DNS), name the hosts one by one`);
    }
    checkHostname(hostname, 'external host');
    if (!hostname.includes('.')) {
      throw new Error(`external host must be fully qualified, got '${hostname}'`);
    }
    checkPort(port, `port of external host '${hostname}'`);
    checkPort(externalPort, `external port of '${hostname}'`);
    this.slug = hostSlug(hostname);
  }
}
