/**
 * The protocols that Istio knows by name.
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export enum IstioProtocol {
  /** HTTP/1.1 in clear text. */
  HTTP = 'HTTP',
  /** HTTP in TLS. */
  HTTPS = 'HTTPS',
  /** HTTP/2 in clear text. */
  HTTP2 = 'HTTP2',
  /** gRPC in clear text. */
  GRPC = 'GRPC',
  /** gRPC-Web in clear text. */
  GRPC_WEB = 'GRPC-WEB',
  /** Bytes. */
  TCP = 'TCP',
  /** TLS around anything. */
  TLS = 'TLS',
  /** The wire protocol of MongoDB. */
  MONGO = 'MONGO',
  /** The wire protocol of MySQL. */
  MYSQL = 'MYSQL',
  /** The wire protocol of Redis. */
  REDIS = 'REDIS',
}
