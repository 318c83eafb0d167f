import { BackendConfig, IBackend } from './backend';
import { Certificate } from './certificate';
import { BY_PORT, FAMILIES } from './listener-families';
import { ListenerFilter } from './listener-filter';
import {
  CustomListenerOptions, HttpListenerOptions, HttpsListenerOptions, ListenerOptions, RouteKind, TlsListenerOptions,
  TlsPassthroughListenerOptions,
} from './listener-options';
import { ListenerTls } from './listener-tls';
import { RouteNamespaces } from './route-namespaces';
import type { GatewaySpecListeners } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';
import { checkGroupKind } from '../semantics/object-reference';
import { checkPort } from '../semantics/port';

const GROUP = 'gateway.networking.k8s.io';
const MAX_KINDS = 8;
const MAX_FILTERS = 16;
const MAX_PROTOCOL = 255;
const PROTOCOL_NAME = /^[A-Za-z0-9]+$/;
/** The protocol of waypoints and east-west gateways; Istio gave it no domain. */
const HBONE = 'HBONE';

/** Which kinds of route fit a protocol; what fits the others, their implementation knows. */
const KINDS: { [protocol: string]: string[] | undefined } = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** What two listeners have against each other. */
interface Collision {
  readonly why: string;
  readonly remedy: string;
}

/** What only some protocols have. */
interface Parts {
  readonly hostname?: string;
  readonly tls?: ListenerTls;
  readonly filters?: ListenerFilter[];
}

/**
 * One port, protocol and host of a Gateway or ListenerSet.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export class Listener {
  /**
   * Plain HTTP, on port 80 unless said otherwise.
   *
   * @throws when a part breaks Gateway API's rules, as in every factory
   */
  public static http(options: HttpListenerOptions = {}): Listener {
    return new Listener('HTTP', 80, options, options);
  }

  /**
   * HTTP in TLS, on port 443 unless said otherwise; TLS ends at the Gateway.
   *
   * @throws when there is neither a certificate nor a setting of the implementation, or there is one besides `certificatesElsewhere`
   */
  public static https(options: HttpsListenerOptions): Listener {
    const tls = options.certificatesElsewhere ? checkElsewhere(options) : terminate('https', 'Listener.http', options);
    return new Listener('HTTPS', 443, options, { ...options, tls });
  }

  /**
   * TLS that is passed through to the backend, on port 443 unless said otherwise. Beside listeners that end TLS on the same port it needs an
   * implementation with the feature TLSRouteModeMixed.
   */
  public static tlsPassthrough(options: TlsPassthroughListenerOptions = {}): Listener {
    const tls = ListenerTls._passthrough(`listener '${options.name ?? 'tls'}'`, { options: options.tlsOptions });
    return new Listener('TLS', 443, options, { hostname: options.hostname, tls });
  }

  /**
   * TLS that ends at the Gateway and carries no HTTP, on port 443 unless said otherwise. Beside listeners that pass TLS through on the same port it
   * needs an implementation with the feature TLSRouteModeMixed.
   *
   * @throws when there is neither a certificate nor a setting of the implementation
   */
  public static tlsTerminate(options: TlsListenerOptions): Listener {
    return new Listener('TLS', 443, options, { hostname: options.hostname, tls: terminate('tls', 'Listener.tlsPassthrough', options) });
  }

  /**
   * Bytes; the port has no default.
   *
   * @throws when there is no port
   */
  public static tcp(options: ListenerOptions): Listener {
    return new Listener('TCP', undefined, options);
  }

  /**
   * Datagrams; the port has no default.
   *
   * @throws when there is no port
   */
  public static udp(options: ListenerOptions): Listener {
    return new Listener('UDP', undefined, options);
  }

  /**
   * A protocol that only the implementation knows; name and port have no default.
   *
   * @param protocol a domain, a slash and a name, such as `example.com/quic`; or `HBONE`, which Istio's waypoints listen to, on port 15008
   * @throws when the protocol is not of that form, or there is no name or port
   */
  public static custom(protocol: string, options: CustomListenerOptions): Listener {
    if (protocol !== HBONE) {
      checkProtocol(protocol);
    }
    if (options.name === undefined) {
      throw new Error(`listener with protocol '${protocol}' needs a name: pass name`);
    }
    return new Listener(protocol, undefined, options, { hostname: options.hostname, tls: options.tls });
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
  private readonly tls?: ListenerTls;
  private readonly filters?: ListenerFilter[];

  private constructor(
    /** The protocol that it speaks: HTTP, HTTPS, TLS, TCP, UDP, or one with a domain. */
    public readonly protocol: string,
    defaultPort: number | undefined,
    options: ListenerOptions,
    { hostname, tls, filters }: Parts = {},
  ) {
    this.name = checkDnsSubdomain(options.name ?? protocol.toLowerCase(), 'name of the listener');
    const port = options.port ?? defaultPort;
    if (port === undefined) {
      throw new Error(`listener '${this.name}' needs a port: ${protocol} has no default one, pass port`);
    }
    this.port = checkPort(port, `port of listener '${this.name}'`);
    this.hostname = hostname === undefined ? undefined : checkHostname(hostname, `hostname of listener '${this.name}'`);
    this.routes = options.routes ?? RouteNamespaces.same();
    this.kinds = options.kinds;
    this.tls = tls;
    this.filters = filters;
    checkAtMost(MAX_FILTERS, filters?.length ?? 0, `filters of listener '${this.name}'`, 'leave some out');
    this.checkKinds(options.kinds ?? []);
  }

  /**
   * Why this listener and another one of the same Gateway do not both work, and what helps.
   *
   * @internal
   */
  public _collision(other: Listener): Collision | undefined {
    const [own, others] = [FAMILIES[this.protocol], FAMILIES[other.protocol]];
    if (this.port !== other.port || (this.protocol !== other.protocol && (own === undefined || others === undefined))) {
      return undefined;
    }
    const protocols = this.protocol === other.protocol ? `protocol ${this.protocol}` : `protocols ${this.protocol} and ${other.protocol}`;
    const why = `both listen on port ${this.port} with ${protocols}`;
    if (own !== others) {
      // Datagrams have ports of their own.
      return own === 'UDP' || others === 'UDP' ? undefined : { why, remedy: 'use another port' };
    }
    if (own !== undefined && BY_PORT.includes(own)) {
      return { why, remedy: 'use another port' };
    }
    return this.hostname === other.hostname ? { why: `${why} for ${this.hostname ?? 'every host'}`, remedy: 'use another port or hostname' } : undefined;
  }

  /** @internal */
  public _admitsKind(kind: string): boolean {
    if (this.kinds?.length) {
      return this.kinds.some(k => (k.group ?? GROUP) === GROUP && k.kind === kind);
    }
    return this.fittingKinds()?.includes(kind) ?? true;
  }

  /** @internal */
  public _namespaces(): RouteNamespaces {
    return this.routes;
  }

  /** @internal */
  public get _hasTls(): boolean {
    return this.tls !== undefined;
  }

  /** @internal */
  public _certificates(): Certificate[] {
    return this.tls?._certificates() ?? [];
  }

  /** @internal */
  public _backends(): IBackend[] {
    return (this.filters ?? []).flatMap(({ _backend }) => _backend ?? []);
  }

  /**
   * @param ownNamespace that of the Gateway or ListenerSet
   * @param backendRef how the Gateway or ListenerSet refers to the servers of `filters`
   * @internal
   */
  public _toKube(ownNamespace: string | undefined, backendRef: (backend: IBackend) => BackendConfig): Manifest<GatewaySpecListeners> {
    return {
      name: this.name,
      port: this.port,
      protocol: this.protocol,
      hostname: this.hostname,
      tls: this.tls?._toKube(ownNamespace),
      filters: this.filters && { requests: this.filters.map(filter => filter._toKube(backendRef)) },
      allowedRoutes: {
        namespaces: this.routes._toKube(),
        kinds: this.kinds?.map(({ group, kind }) => ({ group: group ?? GROUP, kind })),
      },
    };
  }

  private fittingKinds(): string[] | undefined {
    // Istio and Envoy Gateway have bytes for a TCPRoute only where TLS ends.
    return this.protocol === 'TLS' && this.tls?._isPassthrough() ? ['TLSRoute'] : KINDS[this.protocol];
  }

  private checkKinds(kinds: RouteKind[]): void {
    checkAtMost(MAX_KINDS, kinds.length, `kinds of listener '${this.name}'`, 'use a second listener');
    const fit = this.fittingKinds();
    for (const { group = GROUP, kind } of kinds) {
      checkGroupKind(group, kind, `the routes of listener '${this.name}'`);
      if (group === GROUP && fit !== undefined && !fit.includes(kind)) {
        throw new Error(`kinds of listener '${this.name}' must fit protocol ${this.protocol}, got ${kind}: ${this.tls?._isPassthrough() ? 'TLS that is passed through' : this.protocol} takes ${fit.join(', ')}`);
      }
    }
  }
}

function checkProtocol(protocol: string): void {
  const [domain, ...name] = protocol.split('/');
  if (!PROTOCOL_NAME.test(name.join('/')) || protocol.length > MAX_PROTOCOL) {
    throw new Error(`protocol of a custom listener must be a domain and a name such as example.com/quic, at most ${MAX_PROTOCOL} characters, ` +
      `got '${protocol}': names without domain are Gateway API's own, use Listener.http and the like`);
  }
  checkDnsSubdomain(domain, 'domain of the protocol');
}

function terminate(name: string, otherwise: string, { name: own, certificates, tlsOptions }: TlsListenerOptions): ListenerTls {
  return ListenerTls._terminate(`listener '${own ?? name}'`, otherwise, { certificates, options: tlsOptions });
}

function checkElsewhere({ name = 'https', certificates, tlsOptions }: HttpsListenerOptions): undefined {
  const also = Object.entries({ certificates, tlsOptions }).filter(([, value]) => value !== undefined).map(([option]) => option);
  if (also.length > 0) {
    throw new Error(`listener '${name}' with certificatesElsewhere must have neither certificates nor tlsOptions, got ${also.join(' and ')}: ` +
      'leave them out, or certificatesElsewhere');
  }
}
