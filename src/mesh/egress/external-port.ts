import { ExternalTls } from './external-tls';
import { ForwardProxy } from './forward-proxy';
import { checkPort } from '../../semantics/port';

/** What applications speak to an external host. */
export enum ExternalProtocol {
  /** TLS, which the application begins and the gateway passes on unread. */
  TLS = 'TLS',
  /** Plain HTTP, also beyond the gateway. */
  HTTP = 'HTTP',
  /** Plain HTTP up to the gateway, which begins TLS. */
  HTTP_WITH_TLS_ORIGINATION = 'HTTP with TLS origination',
  /** Plain gRPC, also beyond the gateway. */
  GRPC = 'gRPC',
  /** Plain gRPC up to the gateway, which begins TLS. */
  GRPC_WITH_TLS_ORIGINATION = 'gRPC with TLS origination',
  /** Bytes, such as those of a database. */
  TCP = 'TCP',
}

/** Options of a port of an external host. */
export interface ExternalPortOptions {
  /**
   * The port that applications call, 1 to 65535.
   *
   * @default - 443 for TLS, 80 for HTTP and gRPC
   */
  readonly port?: number;
}

/** Options of a port to which applications speak TLS. */
export interface TlsPortOptions extends ExternalPortOptions {
  /**
   * The HTTP proxy through which the host is reached.
   *
   * @default - it is reached directly
   */
  readonly proxy?: ForwardProxy;

  /**
   * The port of the gateway for it, 1 to 65535, where it cannot share one.
   *
   * @default - the same as that of the host, or 10000 more where the mesh's own TLS is around it and that is told apart by port
   */
  readonly gatewayPort?: number;
}

/** Options of a port to which the mesh begins TLS. */
export interface OriginatePortOptions {
  /**
   * The port that applications call in clear text, 1 to 65535.
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

  /**
   * How the host proves who it is.
   *
   * @default ExternalTls.systemTrust()
   */
  readonly tls?: ExternalTls;
}

/** Options of a port to which applications speak neither TLS nor HTTP that the mesh could read. */
export interface TcpPortOptions {
  /** The port, 1 to 65535. */
  readonly port: number;

  /**
   * The HTTP proxy through which the host is reached.
   *
   * @default - it is reached directly
   */
  readonly proxy?: ForwardProxy;

  /**
   * The port of the gateway for it, 1 to 65535, which it shares with no other: nothing else tells bytes apart.
   *
   * @default - the same as that of the host, or 10000 more where the mesh's own TLS is around it and that is told apart by port
   */
  readonly gatewayPort?: number;
}

const ORIGINATING = [ExternalProtocol.HTTP_WITH_TLS_ORIGINATION, ExternalProtocol.GRPC_WITH_TLS_ORIGINATION];
const READABLE = [ExternalProtocol.HTTP, ExternalProtocol.GRPC, ...ORIGINATING];

/**
 * One port of an external host, and what is spoken there.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ExternalPort {
  /**
   * TLS of the application's own, which nobody on the way reads.
   *
   * @throws when a port is none
   */
  public static tls(options: TlsPortOptions = {}): ExternalPort {
    const { port = 443, proxy, gatewayPort } = options;
    return new ExternalPort(ExternalProtocol.TLS, port, { proxy, gatewayPort });
  }

  /**
   * Plain HTTP: anybody on the way can read and change what is said.
   *
   * @throws when the port is none
   */
  public static http(options: ExternalPortOptions = {}): ExternalPort {
    return new ExternalPort(ExternalProtocol.HTTP, options.port ?? 80);
  }

  /**
   * Plain HTTP of the application, to which the mesh begins TLS, so that it sees requests and clients.
   *
   * @throws when a port is none
   */
  public static originate(options: OriginatePortOptions = {}): ExternalPort {
    return new ExternalPort(ExternalProtocol.HTTP_WITH_TLS_ORIGINATION, options.port ?? 80, options);
  }

  /**
   * Plain gRPC: anybody on the way can read and change what is said.
   *
   * @throws when the port is none
   */
  public static grpc(options: ExternalPortOptions = {}): ExternalPort {
    return new ExternalPort(ExternalProtocol.GRPC, options.port ?? 80);
  }

  /**
   * Plain gRPC of the application, to which the mesh begins TLS.
   *
   * @throws when a port is none
   */
  public static originateGrpc(options: OriginatePortOptions = {}): ExternalPort {
    return new ExternalPort(ExternalProtocol.GRPC_WITH_TLS_ORIGINATION, options.port ?? 80, options);
  }

  /**
   * Bytes of any kind.
   *
   * @throws when a port is none
   */
  public static tcp(options: TcpPortOptions): ExternalPort {
    return new ExternalPort(ExternalProtocol.TCP, options.port, options);
  }

  /** The port of the host, 1 to 65535. */
  public readonly hostPort: number;

  /**
   * The HTTP proxy through which the host is reached.
   *
   * @default - it is reached directly
   */
  public readonly proxy?: ForwardProxy;

  /**
   * The port of the gateway for it.
   *
   * @default - what is free there
   */
  public readonly gatewayPort?: number;

  /**
   * How the host proves who it is, where the mesh begins TLS.
   *
   * @default - the mesh begins none
   */
  public readonly originatedTls?: ExternalTls;

  private constructor(
    /** What applications speak. */
    public readonly protocol: ExternalProtocol,
    /** The port that applications call, 1 to 65535. */
    public readonly port: number,
    options: { readonly externalPort?: number; readonly tls?: ExternalTls; readonly proxy?: ForwardProxy; readonly gatewayPort?: number } = {},
  ) {
    this.hostPort = options.externalPort ?? (this._originates ? 443 : port);
    this.originatedTls = this._originates ? options.tls ?? ExternalTls.systemTrust() : undefined;
    this.proxy = options.proxy;
    this.gatewayPort = options.gatewayPort;
  }

  /**
   * Whether the mesh begins TLS.
   *
   * @internal
   */
  public get _originates(): boolean {
    return ORIGINATING.includes(this.protocol);
  }

  /**
   * Whether requests can be read on the way.
   *
   * @internal
   */
  public get _isReadable(): boolean {
    return READABLE.includes(this.protocol);
  }

  /**
   * Whether requests are those of gRPC.
   *
   * @internal
   */
  public get _isGrpc(): boolean {
    return this.protocol === ExternalProtocol.GRPC || this.protocol === ExternalProtocol.GRPC_WITH_TLS_ORIGINATION;
  }

  /** @internal */
  public _check(hostname: string): void {
    checkPort(this.port, `port of external host '${hostname}'`);
    checkPort(this.hostPort, `external port of '${hostname}'`);
    if (this.gatewayPort !== undefined) {
      checkPort(this.gatewayPort, `gateway port of '${hostname}'`);
    }
  }
}
