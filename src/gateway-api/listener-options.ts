import { Certificate } from './certificate';
import { ListenerFilter } from './listener-filter';
import { ListenerTls } from './listener-tls';
import { RouteNamespaces } from './route-namespaces';

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

/** Options of a listener that passes TLS through. */
export interface TlsPassthroughListenerOptions extends HostListenerOptions {
  /**
   * Settings of the implementation, at most 16.
   *
   * @default - none
   */
  readonly tlsOptions?: { [key: string]: string };
}

/** Options of a listener for plain HTTP. */
export interface HttpListenerOptions extends HostListenerOptions {
  /**
   * What happens to every request before a route is chosen, in this order, at most 16. Of the experimental channel, since 1.7.
   *
   * @default - nothing
   */
  readonly filters?: ListenerFilter[];
}

/** Options of a listener for HTTP in TLS. */
export interface HttpsListenerOptions extends TlsListenerOptions {
  /**
   * Whether the implementation finds the certificates by something that is no part of the listener, as GKE does by the annotation
   * `networking.gke.io/certmap` of the Gateway. No `tls` is written then. Istio makes no listener of that, so that its Gateways refuse it.
   *
   * @default false
   */
  readonly certificatesElsewhere?: boolean;

  /**
   * What happens to every request before a route is chosen, in this order, at most 16. Of the experimental channel, since 1.7.
   *
   * @default - nothing
   */
  readonly filters?: ListenerFilter[];
}

/** Options of a listener whose protocol only the implementation knows. */
export interface CustomListenerOptions extends HostListenerOptions {
  /**
   * What the listener does with TLS.
   *
   * @default - nothing is said
   */
  readonly tls?: ListenerTls;
}
