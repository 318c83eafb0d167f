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

/** A hop, and what no verdict keeps. */
export interface LoggedHop extends Hop {
  /** When it began, in seconds. */
  readonly start: number;
  /** Whether weights chose the cluster. */
  readonly byChance: boolean;
}

/** The name of the routes with weights. */
export const BY_CHANCE = 'by chance';

const FORMAT = {
  start: '%START_TIME(%s.%9f)%',
  route: '%ROUTE_NAME%',
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
    typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog', path, 'logFormat': { jsonFormat: FORMAT } },
  }];
}

type Line = { readonly [field in keyof typeof FORMAT]: string | null };

/** What a proxy has logged; one that had nothing to do has no log. */
export function readAccessLog(proxy: string, path: string): LoggedHop[] {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(line => line !== '') : [];
  return lines.map(line => hopOf(proxy, JSON.parse(line) as Line));
}

function hopOf(proxy: string, { start, route, cluster, flags, details, termination, sni, client }: Line): LoggedHop {
  const because = termination ?? (details === 'via_upstream' ? null : details);
  return {
    start: Number(start),
    byChance: route === BY_CHANCE && Boolean(cluster),
    proxy,
    ...cluster && { cluster: originalName(cluster) },
    ...because && { because: steady(because) },
    ...flags && flags !== '-' && { flags },
    ...sni && { sni },
    ...client && { client },
  };
}

/** Addresses and what a library says of an error differ from run to run. */
function steady(reason: string): string {
  return reason.replace(/\{.*\}|\|.*/g, '');
}
