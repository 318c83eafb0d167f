import { Duration, Size } from 'cdk8s';

/** What connections are like where nothing else is said. */
export enum ConnectionProfile {
  /** As Istio has it. */
  SIDECAR = 'SIDECAR',
  /** As Envoy advises for gateways to the outside: limits for buffers, times and streams, and strict paths and headers. */
  EDGE = 'EDGE',
}

/** What happens to requests whose header names have underscores. */
export enum HeadersWithUnderscores {
  /** They pass. */
  ALLOW = 'HEADERS_WITH_UNDERSCORES_ALLOW',
  /** They are refused with 400. */
  REJECT_REQUEST = 'HEADERS_WITH_UNDERSCORES_REJECT_REQUEST',
  /** They lose the headers. */
  DROP_HEADER = 'HEADERS_WITH_UNDERSCORES_DROP_HEADER',
}

/** What happens to requests with `%2F` or `%5C` in their path. */
export enum EscapedSlashes {
  /** They pass. */
  KEEP_UNCHANGED = 'KEEP_UNCHANGED',
  /** They are refused with 400. */
  REJECT_REQUEST = 'REJECT_REQUEST',
  /** They are redirected to the path with slashes. */
  UNESCAPE_AND_REDIRECT = 'UNESCAPE_AND_REDIRECT',
  /** They pass with slashes. */
  UNESCAPE_AND_FORWARD = 'UNESCAPE_AND_FORWARD',
}

/** Connections to a proxy. Istio 1.31 and later. */
export interface MeshConnectionSettings {
  /**
   * What holds where nothing else is said.
   *
   * @default ConnectionProfile.SIDECAR
   */
  readonly profile?: ConnectionProfile;

  /**
   * The buffer of a connection to the proxy, 1 byte or more.
   *
   * @default - as the profile says: 1 MiB or 32 KiB
   */
  readonly listenerPerConnectionBufferLimit?: Size;

  /**
   * The buffer of a connection from the proxy, 1 byte or more.
   *
   * @default - as the profile says: 1 MiB or 32 KiB
   */
  readonly clusterPerConnectionBufferLimit?: Size;

  /**
   * How long a connection may carry no requests; 0 is no limit.
   *
   * @default - 1 hour
   */
  readonly httpIdleTimeout?: Duration;

  /**
   * How long a connection may last; 0 is no limit.
   *
   * @default - as long as it takes
   */
  readonly httpMaxConnectionDuration?: Duration;

  /**
   * How long requests in flight may take once a connection is to be closed.
   *
   * @default - 5 seconds
   */
  readonly httpDrainTimeout?: Duration;

  /**
   * How long a request may take to arrive; 0 is no limit.
   *
   * @default - as the profile says: no limit or 5 minutes
   */
  readonly httpRequestTimeout?: Duration;

  /**
   * How long the headers of a request may take to arrive; 0 is no limit.
   *
   * @default - no limit
   */
  readonly httpRequestHeadersTimeout?: Duration;

  /**
   * How long a stream may carry nothing; 0 is no limit.
   *
   * @default - 5 minutes
   */
  readonly httpStreamIdleTimeout?: Duration;

  /**
   * How long a stream may last; 0 is no limit.
   *
   * @default - no limit
   */
  readonly httpMaxStreamDuration?: Duration;

  /**
   * Streams of a connection of HTTP/2, 1 or more.
   *
   * @default - as the profile says: Envoy's own limit or 100
   */
  readonly httpMaxConcurrentStreams?: number;

  /**
   * The first window of a stream of HTTP/2, 65535 bytes or more.
   *
   * @default - as the profile says: Envoy's own or 64 KiB
   */
  readonly http2InitialStreamWindowSize?: number;

  /**
   * The first window of a connection of HTTP/2, 65535 bytes or more.
   *
   * @default - as the profile says: Envoy's own or 1 MiB
   */
  readonly http2InitialConnectionWindowSize?: number;

  /**
   * What happens to requests whose header names have underscores.
   *
   * @default - as the profile says: ALLOW or REJECT_REQUEST
   */
  readonly httpHeadersWithUnderscoresAction?: HeadersWithUnderscores;

  /**
   * Whether `//` in a path becomes `/`.
   *
   * @default - as the profile says: no or yes
   */
  readonly httpMergeSlashes?: boolean;

  /**
   * What happens to requests with `%2F` or `%5C` in their path.
   *
   * @default - as the profile says: KEEP_UNCHANGED or UNESCAPE_AND_REDIRECT
   */
  readonly httpPathWithEscapedSlashesAction?: EscapedSlashes;

  /**
   * Connections of a listener, 1 or more.
   *
   * @default - no limit
   */
  readonly listenerConnectionLimit?: number;

  /**
   * Connections of all listeners, 1 or more.
   *
   * @default - no limit
   */
  readonly globalDownstreamConnectionLimit?: number;
}
