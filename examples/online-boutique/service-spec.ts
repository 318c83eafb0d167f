/** A service of the shop, as data. */
export interface ServiceSpec {
  readonly name: string;
  /** The name of its Service's port: up to the first `-` it tells Istio the protocol. */
  readonly protocol: 'grpc' | 'http' | 'tcp-redis';
  /** The gRPC service that it implements, without its package. */
  readonly grpcService?: string;
  /** The port of its Service. */
  readonly port: number;
  /** The port of its containers; by default the same. */
  readonly targetPort?: number;
  /** The variable by which callers learn its address. */
  readonly addressVariable: string;
  /** Whom it calls. */
  readonly calls?: Call[];
  /** More variables of its containers. */
  readonly env?: { readonly [name: string]: string };
  /** Releases by the `version` label of their pods; by default one release without that label. */
  readonly versions?: { readonly [version: string]: string };
  /** By default 2. */
  readonly replicas?: number;
  readonly resources: Resources;
  /** Where its containers may write; by default nowhere. */
  readonly scratch?: string;
}

/** That one service calls another. */
export interface Call {
  readonly callee: ServiceSpec;
  /** The gRPC methods that it needs; by default all of them. */
  readonly methods?: string[];
}

/** Request and limit of each. */
export interface Resources {
  readonly cpuMillis: readonly [number, number];
  readonly memoryMebibytes: readonly [number, number];
}
