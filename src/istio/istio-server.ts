import { IstioProtocol } from './istio-protocol';
import { bareHost, checkServerHost } from './namespaced-host';
import { protocolFamily } from './protocol-family';
import { ServerTls } from './server-tls';
import { checkBind, checkDefaultEndpoint, isUnixSocket } from './socket-address';
import { Certificate } from '../gateway-api/certificate';
import type { GatewaySpecServers } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { hostSlug } from '../semantics/names';

/** What every server has. */
export interface IstioServerOptions {
  /**
   * The hosts that the server serves, at least one: `*`, DNS names that may start with `*.`, or IP addresses.
   *
   * `namespace/host` admits VirtualServices of that namespace only; `.` is the namespace of the Gateway, `*` is any.
   */
  readonly hosts: string[];

  /**
   * The port, 1 to 65535, as the gateway's Service has it; 0 when `bind` is a Unix domain socket.
   *
   * @default - 80 for HTTP, 443 for HTTPS and TLS; other protocols have none
   */
  readonly port?: number;

  /**
   * The name of the port, unique in its Gateway.
   *
   * @default - the protocol in lower case and the first host: `https-shop-example-com`, and `http-any` for `*`
   */
  readonly name?: string;

  /**
   * The name of the server in statistics, unique in its Gateway.
   *
   * @default - no name
   */
  readonly serverName?: string;

  /**
   * The address to listen on: an IP address, or `unix://` and a socket.
   *
   * @default - every address of the pod
   */
  readonly bind?: string;

  /**
   * Where traffic goes that nothing routes: `127.0.0.1:port`, `0.0.0.0:port`, `[::1]:port`, `[::]:port`, or `unix://` and a socket.
   *
   * @default - nowhere
   */
  readonly defaultEndpoint?: string;
}

/** Options of a server that speaks HTTP in clear text. */
export interface IstioHttpServerOptions extends IstioServerOptions {
  /**
   * Whether every request is answered with a redirect (301) to HTTPS. Its hosts have no namespace then.
   *
   * @default false
   */
  readonly httpsRedirect?: boolean;
}

/** Options of a server that speaks TLS. */
export interface IstioTlsServerOptions extends IstioServerOptions {
  /** What the server does with TLS. */
  readonly tls: ServerTls;
}

/** Options of a server of any protocol. */
export interface IstioProtocolServerOptions extends IstioHttpServerOptions {
  /** The protocol. */
  readonly protocol: IstioProtocol;

  /**
   * What the server does with TLS; HTTPS and TLS need it, others do not take it.
   *
   * @default - no TLS
   */
  readonly tls?: ServerTls;
}

const DEFAULT_PORTS: { [protocol: string]: number } = { HTTP: 80, HTTPS: 443, TLS: 443 };

/**
 * One port of an Istio Gateway, and the hosts that it serves there.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Server
 */
export class IstioServer {
  /**
   * HTTP in clear text, on port 80 unless said otherwise.
   *
   * @throws when a host, the port or an address is not one
   */
  public static http(options: IstioHttpServerOptions): IstioServer {
    return new IstioServer({ ...options, protocol: IstioProtocol.HTTP });
  }

  /**
   * HTTP in TLS, on port 443 unless said otherwise.
   *
   * @throws when a host, the port or an address is not one, or there is no tls
   */
  public static https(options: IstioTlsServerOptions): IstioServer {
    return new IstioServer({ ...options, protocol: IstioProtocol.HTTPS });
  }

  /**
   * TLS around anything, on port 443 unless said otherwise.
   *
   * @throws when a host, the port or an address is not one, or there is no tls
   */
  public static tls(options: IstioTlsServerOptions): IstioServer {
    return new IstioServer({ ...options, protocol: IstioProtocol.TLS });
  }

  /**
   * Bytes; the port has no default.
   *
   * @throws when a host, the port or an address is not one
   */
  public static tcp(options: IstioServerOptions): IstioServer {
    return new IstioServer({ ...options, protocol: IstioProtocol.TCP });
  }

  /**
   * A server of any protocol.
   *
   * @throws when a host, the port or an address is not one, or tls and protocol do not fit
   */
  public static of(options: IstioProtocolServerOptions): IstioServer {
    return new IstioServer(options);
  }

  /** The protocol. */
  public readonly protocol: IstioProtocol;

  /** The name of the port. */
  public readonly name: string;

  /** The port; 0 for a Unix domain socket. */
  public readonly port: number;

  /** The hosts as the Gateway writes them. */
  public readonly hosts: string[];

  private constructor(private readonly options: IstioProtocolServerOptions) {
    const { protocol, bind, tls } = options;
    this.protocol = protocol;
    this.hosts = [...options.hosts];
    if (this.hosts.length === 0) {
      throw new Error(`a server needs at least one host, got none: pass hosts, such as ['*'], to the one of protocol ${protocol}`);
    }
    this.name = options.name ?? `${protocol.toLowerCase()}-${this.hosts[0].endsWith('*') ? 'any' : hostSlug(bareHost(this.hosts[0]))}`;
    if (this.name === '') {
      throw new Error('name of a server must not be empty: leave it out to have it made from protocol and host');
    }
    const what = `server '${this.name}'`;
    this.hosts.forEach((host, index) => {
      checkServerHost(host, `host of ${what}`);
      if (this.hosts.indexOf(host) !== index) {
        throw new Error(`${what} must name each host once, got '${host}' twice`);
      }
    });
    const port = options.port ?? (bind !== undefined && isUnixSocket(bind) ? 0 : DEFAULT_PORTS[protocol]);
    if (port === undefined) {
      throw new Error(`${what} needs a port: ${protocol} has no default one`);
    }
    checkBind(bind, port, what);
    this.port = port;
    if (options.defaultEndpoint !== undefined) {
      checkDefaultEndpoint(options.defaultEndpoint, `default endpoint of ${what}`);
    }
    const family = protocolFamily(protocol);
    if (family === 'TLS' && tls === undefined) {
      throw new Error(`${what} needs tls because it speaks ${protocol}: pass ServerTls.simple or another, or use IstioServer.http`);
    }
    if (family !== 'TLS' && tls !== undefined) {
      throw new Error(`${what} takes no tls because it speaks ${protocol}: use protocol HTTPS or TLS`);
    }
    if (options.httpsRedirect && family !== 'HTTP') {
      throw new Error(`${what} cannot redirect to HTTPS because it speaks ${protocol}: put httpsRedirect on the HTTP server`);
    }
    const namespaced = this.hosts.find(host => host.includes('/'));
    if (options.httpsRedirect && namespaced !== undefined) {
      // istiod makes the redirect for the literal text, which no request has as its host.
      throw new Error(`${what} must redirect bare hosts, got '${namespaced}': name the host without a namespace, no route is asked there`);
    }
  }

  /**
   * Whether it answers by itself, so that no route has a say.
   *
   * @internal
   */
  public _redirects(): boolean {
    return this.options.httpsRedirect === true;
  }

  /**
   * Why another server of the same Gateway would not work beside this one.
   *
   * @internal
   */
  public _collidesWith(other: IstioServer): string | undefined {
    if (this.port !== other.port || this.options.bind !== other.options.bind) {
      return undefined;
    }
    const [family, others] = [protocolFamily(this.protocol), protocolFamily(other.protocol)];
    if (family !== others) {
      return `one speaks ${this.protocol}, the other ${other.protocol}; use another port`;
    }
    if (family === 'TCP') {
      return 'nothing tells connections of two TCP servers apart; use another port';
    }
    // Server names of TLS know no namespaces.
    const key = (host: string) => family === 'TLS' ? bareHost(host) : host;
    const host = this.hosts.find(h => other.hosts.some(o => key(o) === key(h)));
    return host && `both serve host '${key(host)}'; name it in one of them`;
  }

  /**
   * The Secrets of which something is known beside the name.
   *
   * @internal
   */
  public _certificates(): readonly Certificate[] {
    return this.options.tls?._certificates ?? [];
  }

  /** @internal */
  public _serverName(): string | undefined {
    return this.options.serverName;
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpecServers> {
    const { serverName, bind, defaultEndpoint, httpsRedirect, tls } = this.options;
    return {
      name: serverName,
      port: { number: this.port, name: this.name, protocol: this.protocol },
      bind,
      hosts: this.hosts,
      tls: httpsRedirect ? { httpsRedirect } : tls?._toKube(),
      defaultEndpoint,
    };
  }
}
