import { Certificate } from '../../gateway-api/certificate';
import { checkHostname } from '../../semantics/hostname';
import { checkPort } from '../../semantics/port';

/** What a host of a MeshedGateway speaks. */
export enum GatewayHostProtocol {
  /** HTTP in TLS, which ends at the gateway. */
  HTTPS = 'HTTPS',
  /** Plain HTTP. */
  HTTP = 'HTTP',
  /** TLS that ends behind the gateway. */
  TLS = 'TLS',
  /** Bytes. */
  TCP = 'TCP',
}

/** A host that a MeshedGateway serves, or a port of bytes. */
export class GatewayHost {
  /**
   * Over HTTPS on port 443, with port 80 only redirecting there.
   *
   * @param hostname the host; it may start with `*.`
   * @param certificates one certificate or more for it
   * @throws when the hostname is malformed, or there is no certificate
   */
  public static https(hostname: string, ...certificates: Certificate[]): GatewayHost {
    if (certificates.length === 0) {
      throw new Error(`host '${hostname}' needs a certificate: pass one, or use GatewayHost.http for plain HTTP`);
    }
    return new GatewayHost(GatewayHostProtocol.HTTPS, 443, checkHost(hostname), certificates);
  }

  /**
   * Over plain HTTP on port 80: anybody on the way can read and change what is said.
   *
   * @param hostname the host; it may start with `*.`
   * @throws when the hostname is malformed
   */
  public static http(hostname: string): GatewayHost {
    return new GatewayHost(GatewayHostProtocol.HTTP, 80, checkHost(hostname), []);
  }

  /**
   * TLS that the gateway passes on as it is: it reads only the server name, and the workload behind it has the certificate.
   *
   * @param hostname the server name; it may start with `*.`
   * @param port 1 to 65535; default: 443
   * @throws when the hostname is malformed, or the port is none or 80
   */
  public static passthrough(hostname: string, port: number = 443): GatewayHost {
    return new GatewayHost(GatewayHostProtocol.TLS, checkOwnPort(port, `port of host '${hostname}'`), checkHost(hostname), []);
  }

  /**
   * Bytes, whatever they are: a port of which all goes to one route.
   *
   * @param port 1 to 65535, but not 80 or 443
   * @throws when the port is none, or one of the hosts'
   */
  public static tcp(port: number): GatewayHost {
    checkOwnPort(port, 'port of GatewayHost.tcp');
    if (port === 443) {
      throw new Error('port of GatewayHost.tcp must leave 443 to hosts, got 443: use another port, or GatewayHost.passthrough');
    }
    return new GatewayHost(GatewayHostProtocol.TCP, port, '*', []);
  }

  private constructor(
    /** What it speaks. */
    public readonly protocol: GatewayHostProtocol,
    /** Its port. */
    public readonly port: number,
    /** The host; `*` for bytes, which name none. */
    public readonly hostname: string,
    /** Its certificates; none where TLS does not end at the gateway. */
    public readonly certificates: Certificate[],
  ) {}

  /**
   * Refuses to be served beside hosts of which one is the same, or has the port of bytes.
   *
   * @internal
   */
  public _checkBeside(gateway: string, hosts: GatewayHost[]): void {
    const same = hosts.find(each => each.hostname === this.hostname && (each.port === this.port || !this.isBytes));
    if (same !== undefined) {
      throw new Error(`${this._description} is served by ${gateway} already: ${same.isBytes ? 'use another port' : 'pass all of its certificates at once'}`);
    }
    const bytes = hosts.find(each => each.port === this.port && each.isBytes !== this.isBytes);
    if (bytes !== undefined) {
      throw new Error(`${this._description} of ${gateway} needs a port of its own, got ${this.port}, which ${bytes._description} has: use another port`);
    }
  }

  private get isBytes(): boolean {
    return this.protocol === GatewayHostProtocol.TCP;
  }

  /** @internal */
  public get _description(): string {
    return this.isBytes ? `port ${this.port}` : `host '${this.hostname}'`;
  }
}

function checkHost(hostname: string): string {
  return checkHostname(hostname, 'hostname of the gateway');
}

function checkOwnPort(port: number, what: string): number {
  checkPort(port, what);
  if (port === 80) {
    throw new Error(`${what} must leave 80 to plain HTTP and to redirects, got 80: use another port`);
  }
  return port;
}
