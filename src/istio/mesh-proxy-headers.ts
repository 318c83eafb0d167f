/** What a proxy does with the header `x-forwarded-client-cert`. */
export enum ForwardClientCertDetails {
  /** It is never sent on. */
  SANITIZE = 'SANITIZE',
  /** It is sent on when the client uses mutual TLS. */
  FORWARD_ONLY = 'FORWARD_ONLY',
  /** The client's certificate is added to it when the client uses mutual TLS; sidecars do this by default. */
  APPEND_FORWARD = 'APPEND_FORWARD',
  /** It says the client's certificate only; gateways do this by default. */
  SANITIZE_SET = 'SANITIZE_SET',
  /** It is always sent on, whoever wrote it. */
  ALWAYS_FORWARD_ONLY = 'ALWAYS_FORWARD_ONLY',
}

/** What the header `x-forwarded-client-cert` says of the client's certificate. Istio 1.24 and later. */
export interface ClientCertDetails {
  /**
   * Its subject.
   *
   * @default true
   */
  readonly subject?: boolean;

  /**
   * The certificate itself.
   *
   * @default false
   */
  readonly cert?: boolean;

  /**
   * The certificate with its chain.
   *
   * @default false
   */
  readonly chain?: boolean;

  /**
   * Its DNS names.
   *
   * @default true
   */
  readonly dns?: boolean;

  /**
   * Its URI.
   *
   * @default true
   */
  readonly uri?: boolean;
}

/** The headers that proxies add. */
export interface MeshProxyHeaders {
  /**
   * What sidecars do with `x-forwarded-client-cert`; for gateways, see MeshGatewayTopology.
   *
   * @default ForwardClientCertDetails.APPEND_FORWARD
   */
  readonly forwardedClientCert?: ForwardClientCertDetails;

  /**
   * What `x-forwarded-client-cert` says; with APPEND_FORWARD or SANITIZE_SET. Istio 1.24 and later.
   *
   * @default - subject, DNS names and URI
   */
  readonly setCurrentClientCertDetails?: ClientCertDetails;

  /**
   * Whether requests without `x-request-id` get one.
   *
   * @default true
   */
  readonly requestId?: boolean;

  /**
   * Whether answers get the header `server`.
   *
   * @default true
   */
  readonly server?: boolean;

  /**
   * What the header `server` says; not with `server: false`.
   *
   * @default 'istio-envoy'
   */
  readonly serverValue?: string;

  /**
   * Whether requests get `x-envoy-attempt-count`.
   *
   * @default true
   */
  readonly attemptCount?: boolean;

  /**
   * Whether answers get headers such as `x-envoy-upstream-service-time`.
   *
   * @default true
   */
  readonly envoyDebugHeaders?: boolean;

  /**
   * Whether only services of the mesh get `x-envoy-peer-metadata`.
   *
   * @default false
   */
  readonly metadataExchangeInMeshOnly?: boolean;

  /**
   * Whether names of headers of HTTP/1 keep their capitals. Istio 1.25 and later.
   *
   * @default false
   */
  readonly preserveHttp1HeaderCase?: boolean;

  /**
   * Whether requests whose host is rewritten get `x-forwarded-host`. Istio 1.28 and later.
   *
   * @default false
   */
  readonly xForwardedHost?: boolean;

  /**
   * Whether requests get `x-forwarded-port`. Istio 1.28 and later.
   *
   * @default false
   */
  readonly xForwardedPort?: boolean;
}

/** What is in front of gateways. */
export interface MeshGatewayTopology {
  /**
   * How many trusted proxies are in front of gateways: the address of the client is that many from the right in `x-forwarded-for`.
   *
   * @default 0
   */
  readonly numTrustedProxies?: number;

  /**
   * What gateways do with `x-forwarded-client-cert`.
   *
   * @default ForwardClientCertDetails.SANITIZE_SET
   */
  readonly forwardClientCertDetails?: ForwardClientCertDetails;

  /**
   * Whether what arrives at gateways begins with the PROXY protocol.
   *
   * @default false
   */
  readonly proxyProtocol?: boolean;
}
