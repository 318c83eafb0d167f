/**
 * What is spoken at a port.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#server
 */
export enum LinkerdProxyProtocol {
  /** Found out from the first bytes of each connection. */
  UNKNOWN = 'unknown',
  /** HTTP/1. */
  HTTP_1 = 'HTTP/1',
  /** HTTP/2. */
  HTTP_2 = 'HTTP/2',
  /** GRPC. */
  GRPC = 'gRPC',
  /** Bytes that are not looked at, such as a database's. */
  OPAQUE = 'opaque',
  /** TLS that the application ends. */
  TLS = 'TLS',
}

/** Protocols of which the proxy sees no requests. */
const WITHOUT_REQUESTS: (LinkerdProxyProtocol | undefined)[] = [LinkerdProxyProtocol.OPAQUE, LinkerdProxyProtocol.TLS];

/**
 * Whether the proxy sees requests, as far as it is known.
 *
 * @internal
 */
export function hasRequests(protocol: LinkerdProxyProtocol | undefined): boolean {
  return !WITHOUT_REQUESTS.includes(protocol);
}
