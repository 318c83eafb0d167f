import { existsSync, readFileSync } from 'node:fs';
import { originalName } from './cluster-use';

/** What a proxy says of a request or a connection that it handled. */
export interface Hop {
  readonly proxy: string;
  readonly cluster?: string;
  /** Why it answered itself, or closed, such as `rbac_access_denied_matched_policy[none]`. */
  readonly because?: string;
  /** Envoy's short words for what went wrong. */
  readonly flags?: string;
  readonly sni?: string;
  /** Whom the proxy took the client to be, by its certificate. */
  readonly client?: string;
}

/** A hop, and when it began. */
export interface LoggedHop extends Hop {
  readonly start: number;
}

const FORMAT = {
  start: '%START_TIME(%s.%9f)%',
  cluster: '%UPSTREAM_CLUSTER_RAW%',
  flags: '%RESPONSE_FLAGS%',
  details: '%RESPONSE_CODE_DETAILS%',
  termination: '%CONNECTION_TERMINATION_DETAILS%',
  sni: '%REQUESTED_SERVER_NAME%',
  client: '%DOWNSTREAM_PEER_URI_SAN%',
};

/** For access_log of a listener, a connection manager or a TCP proxy. */
export function accessLog(path: string): object[] {
  return [{
    name: 'envoy.access_loggers.file',
    typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog', path, logFormat: { jsonFormat: FORMAT } },
  }];
}

/** Reads the log of a proxy, each line once. */
export class AccessLog {
  private read = 0;

  constructor(private readonly proxy: string, private readonly path: string) {
  }

  public next(): LoggedHop[] {
    const lines = existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n').slice(0, -1) : [];
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.map(line => this.hop(JSON.parse(line) as { [field in keyof typeof FORMAT]: string | null }));
  }

  private hop({ start, cluster, flags, details, termination, sni, client }: { [field in keyof typeof FORMAT]: string | null }): LoggedHop {
    const because = termination ?? (details === 'via_upstream' ? null : details);
    return {
      start: Number(start),
      proxy: this.proxy,
      ...cluster && { cluster: originalName(cluster) },
      ...because && { because: steady(because) },
      ...flags && flags !== '-' && { flags },
      ...sni && { sni },
      ...client && { client },
    };
  }
}

/** Addresses and what a library says of an error differ from run to run. */
function steady(reason: string): string {
  return reason.replace(/\{.*\}|\|.*/g, '');
}
