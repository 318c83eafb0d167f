/** What a CanaryRoute divides. */
export enum CanaryProtocol {
  /** HTTP requests. */
  HTTP = 'HTTP',
  /** gRPC calls, which are HTTP/2 requests. */
  GRPC = 'GRPC',
  /** TCP connections. */
  TCP = 'TCP',
  /** TLS connections that are passed through, by their server name. */
  TLS = 'TLS',
}
