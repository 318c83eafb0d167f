import { ConnectionPool } from './connection-pool';
import { IstioProtocol } from './istio-protocol';
import { ServerTls } from './server-tls';

/** A port of a Sidecar. */
export interface SidecarPort {
  /** The number, 1 to 65535; 0 when the listener binds to a Unix domain socket. */
  readonly number: number;

  /** The protocol. */
  readonly protocol: IstioProtocol;

  /**
   * The name, a DNS label.
   *
   * @default - no name
   */
  readonly name?: string;
}

/** How traffic comes to a listener. */
export enum CaptureMode {
  /** As the environment has it: captured, if the pod is. */
  DEFAULT = 'DEFAULT',
  /** It is captured by iptables. */
  IPTABLES = 'IPTABLES',
  /** It is not captured: the workload itself talks to the listener. */
  NONE = 'NONE',
}

/** What a workload may reach through one port, or through all others. */
export interface SidecarEgressListener {
  /**
   * What is imported, at least one `namespace/host`.
   *
   * The namespace is a name, `.` for the Sidecar's own or `*` for any; the host is `*`, or a DNS name that may start with `*.`.
   * `~namespace/host` excludes what others import (from Istio 1.31), `~/host` in any namespace; `~/*` alone imports nothing.
   */
  readonly hosts: string[];

  /**
   * The port.
   *
   * @default - every port that no other listener has; one listener of a Sidecar may do this
   */
  readonly port?: SidecarPort;

  /**
   * The address to listen on: an IP address, or `unix://` and a socket. Needs a port.
   *
   * @default - Istio chooses by the imported hosts
   */
  readonly bind?: string;

  /**
   * How traffic comes to the listener; with a Unix domain socket it cannot be captured.
   *
   * @default CaptureMode.DEFAULT
   */
  readonly captureMode?: CaptureMode;
}

/** How one port of a workload is reached. */
export interface SidecarIngressListener {
  /** The port, unique among the ingress listeners. */
  readonly port: SidecarPort;

  /**
   * The IP address to listen on.
   *
   * @default - the pod's own
   */
  readonly bind?: string;

  /**
   * How traffic comes to the listener.
   *
   * @default CaptureMode.DEFAULT
   */
  readonly captureMode?: CaptureMode;

  /**
   * Where the workload listens: `127.0.0.1:port`, `0.0.0.0:port`, `[::1]:port`, `[::]:port`, or `unix://` and a socket.
   *
   * @default - the same port of the pod
   */
  readonly defaultEndpoint?: string;

  /**
   * TLS of clients outside the mesh that ends at the sidecar: ServerTls.simple or ServerTls.mutual with certificates in files.
   * Istio heeds it only where `ENABLE_TLS_ON_SIDECAR_INGRESS` is set for istiod, and the port has no mTLS of the mesh.
   *
   * @default - none but mTLS of the mesh
   */
  readonly tls?: ServerTls;

  /**
   * How much the workload is given at once through this port; its http part needs an HTTP protocol.
   *
   * @default - `inboundConnectionPool` of the Sidecar
   */
  readonly connectionPool?: ConnectionPool;
}
