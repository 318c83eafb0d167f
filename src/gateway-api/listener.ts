import { Certificate } from './certificate';
import { RouteNamespaces } from './route-namespaces';
import type { GatewaySpecListeners } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** What every listener has. */
export interface ListenerOptions {
  /**
   * The name of the listener, unique in its Gateway; routes name it as `sectionName`.
   *
   * @default - the protocol in lower case
   */
  readonly name?: string;

  /**
   * The port on which the Gateway listens, 1 to 65535.
   *
   * @default - 80 for HTTP, 443 for HTTPS and TLS; TCP and UDP have none
   */
  readonly port?: number;

  /**
   * The namespaces from which routes may attach.
   *
   * @default RouteNamespaces.same()
   */
  readonly routes?: RouteNamespaces;

  /**
   * The kinds of routes that may attach, at most 8.
   *
   * @default - the kinds that fit the protocol
   */
  readonly kinds?: RouteKind[];
}

/** A kind of route. */
export interface RouteKind {
  /** The kind, such as `HTTPRoute`. */
  readonly kind: string;

  /**
   * Its API group.
   *
   * @default 'gateway.networking.k8s.io'
   */
  readonly group?: string;
}

/** Options of a listener that tells hosts apart. */
export interface HostListenerOptions extends ListenerOptions {
  /**
   * The host that the listener serves; it may start with `*.`.
   *
   * @default - every host
   */
  readonly hostname?: string;
}

/** Options of a listener that ends TLS. */
export interface TlsListenerOptions extends HostListenerOptions {
  /**
   * The certificates to choose from, by server name, at most 64.
   *
   * @default - none; `tlsOptions` must then say where the implementation finds them
   */
  readonly certificates?: Certificate[];

  /**
   * Settings of the implementation, at most 16, such as `gateway.istio.io/tls-cipher-suites`.
   *
   * @default - none
   */
  readonly tlsOptions?: { [key: string]: string };
}

/** The protocols that a listener can speak. */
export enum ListenerProtocol {
  /** Plain HTTP. */
  HTTP = 'HTTP',
  /** HTTP in TLS that ends at the Gateway. */
  HTTPS = 'HTTPS',
  /** TLS, passed through or ended at the Gateway. */
  TLS = 'TLS',
  /** Bytes. */
  TCP = 'TCP',
  /** Datagrams. */
  UDP = 'UDP',
}

const GROUP = 'gateway.networking.k8s.io';
const MAX_KINDS = 8;
const MAX_CERTIFICATES = 64;
const MAX_TLS_OPTIONS = 16;

/** Which kinds of route fit a protocol. */
const KINDS: { [protocol in ListenerProtocol]: string[] } = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

type Tls = { mode: 'Terminate' | 'Passthrough'; certificates?: Certificate[]; options?: { [key: string]: string } };

/**
 * One port, protocol and host of a Gateway.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export class Listener {
  /** Plain HTTP, on port 80 unless said otherwise. */
  public static http(options: HostListenerOptions = {}): Listener {
    return new Listener(ListenerProtocol.HTTP, 80, options, options.hostname);
  }

  /**
   * HTTP in TLS, on port 443 unless said otherwise; TLS ends at the Gateway.
   *
   * @throws when there is neither a certificate nor a setting of the implementation
   */
  public static https(options: TlsListenerOptions): Listener {
    return new Listener(ListenerProtocol.HTTPS, 443, options, options.hostname, terminate('https', 'Listener.http', options));
  }

  /** TLS that is passed through to the backend, on port 443 unless said otherwise. */
  public static tlsPassthrough(options: HostListenerOptions = {}): Listener {
    return new Listener(ListenerProtocol.TLS, 443, options, options.hostname, { mode: 'Passthrough' });
  }

  /**
   * TLS that ends at the Gateway and carries no HTTP, on port 443 unless said otherwise.
   *
   * @throws when there is neither a certificate nor a setting of the implementation
   */
  public static tlsTerminate(options: TlsListenerOptions): Listener {
    return new Listener(ListenerProtocol.TLS, 443, options, options.hostname, terminate('tls', 'Listener.tlsPassthrough', options));
  }

  /**
   * Bytes; the port has no default.
   *
   * @throws when there is no port
   */
  public static tcp(options: ListenerOptions): Listener {
    return new Listener(ListenerProtocol.TCP, undefined, options);
  }

  /**
   * Datagrams; the port has no default.
   *
   * @throws when there is no port
   */
  public static udp(options: ListenerOptions): Listener {
    return new Listener(ListenerProtocol.UDP, undefined, options);
  }

  /** The name of the listener. */
  public readonly name: string;

  /** The port on which it listens. */
  public readonly port: number;

  /**
   * The host that it serves.
   *
   * @default - every host
   */
  public readonly hostname?: string;

  private readonly routes: RouteNamespaces;
  private readonly kinds?: RouteKind[];

  private constructor(
    /** The protocol that it speaks. */
    public readonly protocol: ListenerProtocol,
    defaultPort: number | undefined,
    options: ListenerOptions,
    hostname?: string,
    private readonly tls?: Tls,
  ) {
    this.name = checkDnsSubdomain(options.name ?? protocol.toLowerCase(), 'name of the listener');
    const port = options.port ?? defaultPort;
    if (port === undefined) {
      throw new Error(`listener '${this.name}' needs a port: ${protocol} has no default one`);
    }
    this.port = checkPort(port, `port of listener '${this.name}'`);
    this.hostname = hostname === undefined ? undefined : checkHostname(hostname, `hostname of listener '${this.name}'`);
    this.routes = options.routes ?? RouteNamespaces.same();
    this.kinds = options.kinds;
    checkAtMost(MAX_KINDS, this.kinds?.length ?? 0, `kinds of listener '${this.name}'`, 'use a second listener');
    const misfit = this.kinds?.find(({ group, kind }) => (group ?? GROUP) === GROUP && !KINDS[protocol].includes(kind));
    if (misfit !== undefined) {
      throw new Error(`kinds of listener '${this.name}' must fit protocol ${protocol}, got ${misfit.kind}: ${protocol} takes ${KINDS[protocol].join(', ')}`);
    }
  }

  /**
   * Whether another listener of the same Gateway would leave neither of them working.
   *
   * @internal
   */
  public _collidesWith(other: Listener): boolean {
    const datagram = (listener: Listener) => listener.protocol === ListenerProtocol.UDP;
    if (this.port !== other.port || datagram(this) !== datagram(other)) {
      return false;
    }
    const protocols = [this.protocol, other.protocol];
    return protocols.includes(ListenerProtocol.TCP) || datagram(this) ||
      (this.protocol === other.protocol && this.hostname === other.hostname);
  }

  /** @internal */
  public _admitsKind(kind: string): boolean {
    return this.kinds?.length ? this.kinds.some(k => (k.group ?? GROUP) === GROUP && k.kind === kind) : KINDS[this.protocol].includes(kind);
  }

  /** @internal */
  public _namespaces(): RouteNamespaces {
    return this.routes;
  }

  /** @internal */
  public _certificates(): Certificate[] {
    return this.tls?.certificates ?? [];
  }

  /** @internal */
  public _toKube(gatewayNamespace?: string): Manifest<GatewaySpecListeners> {
    return {
      name: this.name,
      port: this.port,
      protocol: this.protocol,
      hostname: this.hostname,
      tls: this.tls && {
        mode: this.tls.mode,
        certificateRefs: this.tls.certificates?.map(certificate => ({
          group: '',
          kind: 'Secret',
          name: certificate.secretName,
          namespace: certificate.secretNamespace === gatewayNamespace ? undefined : certificate.secretNamespace,
        })),
        options: this.tls.options,
      },
      allowedRoutes: {
        namespaces: this.routes._toKube(),
        kinds: this.kinds?.map(({ group, kind }) => ({ group: group ?? GROUP, kind })),
      },
    };
  }
}

function terminate(name: string, otherwise: string, { name: own, certificates, tlsOptions }: TlsListenerOptions): Tls {
  const what = `listener '${own ?? name}'`;
  const settings = Object.keys(tlsOptions ?? {}).length;
  // Some implementations find certificates by their own settings.
  if (!certificates?.length && settings === 0) {
    throw new Error(`${what} needs a certificate: pass certificates, or use ${otherwise}`);
  }
  checkAtMost(MAX_CERTIFICATES, certificates?.length ?? 0, `certificates of ${what}`, 'use a second listener');
  checkAtMost(MAX_TLS_OPTIONS, settings, `tlsOptions of ${what}`, 'leave some out');
  return { mode: 'Terminate', certificates, options: tlsOptions };
}
