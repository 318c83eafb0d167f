import { existsSync, readFileSync } from 'node:fs';
import { originalName } from './cluster-use';
import { Message } from '../istiod/ask';

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
  /** Whether a policy that audits asked for an entry in the log. */
  readonly audited?: true;
  /** What policies that are on trial would have done, by their action. */
  readonly dryRun?: { readonly [action: string]: string };
  /** Whether it is in the access log that the mesh asks for. */
  readonly logged?: true;
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
  audited: '%DYNAMIC_METADATA(envoy.common:access_log_hint)%',
  allowOnTrial: '%DYNAMIC_METADATA(envoy.filters.http.rbac:istio_dry_run_allow_shadow_engine_result)%',
  denyOnTrial: '%DYNAMIC_METADATA(envoy.filters.http.rbac:istio_dry_run_deny_shadow_engine_result)%',
};

const FILE = 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog';

/** For access_log of a listener, a connection manager or a TCP proxy. */
export function accessLog(path: string): object[] {
  return [{
    name: 'envoy.access_loggers.file',
    typedConfig: { '@type': FILE, path, 'logFormat': { jsonFormat: FORMAT } },
  }];
}

/** The access logs that the mesh asks for beside ours, with their filters, in a file of their own that says no more than what they took. */
export function meshAccessLog(asked: readonly Message[], path: string): Message[] {
  return asked.filter(({ typedConfig }) => typedConfig['@type'] === FILE)
    .map(log => ({ ...log, typedConfig: { '@type': FILE, 'path': meshPath(path), 'logFormat': { jsonFormat: { start: FORMAT.start } } } }));
}

type Line = { readonly [field in keyof typeof FORMAT]: string | null };

/** What a proxy has logged; one that had nothing to do has no log. */
export function readAccessLog(proxy: string, path: string): LoggedHop[] {
  const logged = new Set(linesOf(meshPath(path)).map(({ start }) => start));
  return linesOf(path).map(line => ({ ...hopOf(proxy, line), ...logged.has(line.start) && { logged: true } }));
}

function meshPath(path: string): string {
  return `${path}.mesh`;
}

function linesOf(path: string): Line[] {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(line => line !== '') : [];
  return lines.map(line => JSON.parse(line) as Line);
}

function hopOf(proxy: string, line: Line): LoggedHop {
  const { start, route, cluster, flags, details, termination, sni, client, audited, allowOnTrial, denyOnTrial } = line;
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
    // A word in JSON, or a truth value: it depends on the version of Envoy.
    ...`${audited}` === 'true' && { audited: true },
    ...(allowOnTrial || denyOnTrial) && { dryRun: { ...allowOnTrial && { ALLOW: allowOnTrial }, ...denyOnTrial && { DENY: denyOnTrial } } },
  };
}

/** Addresses and what a library says of an error differ from run to run. */
function steady(reason: string): string {
  return reason.replace(/\{.*\}|\|.*/g, '');
}
