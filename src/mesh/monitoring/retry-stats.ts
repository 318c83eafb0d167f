import { RE2JS } from 're2js';

/** The counters of retries that Envoy has, by the end of their names: it makes them only when the mesh asks for them. */
export const RETRY_STATS = ['upstream_rq_retry', 'upstream_rq_retry_success', 'upstream_rq_retry_overflow', 'upstream_rq_retry_limit_exceeded'];

/** A name that such a counter has in Envoy, before its end. */
const BEGINNING = 'cluster.outbound|8080||web.shop.svc.cluster.local';

/** The statistics that proxies have in addition, as the mesh configuration says it. */
interface Matcher {
  readonly inclusionPrefixes?: readonly string[];
  readonly inclusionSuffixes?: readonly string[];
  readonly inclusionRegexps?: readonly string[];
}

/** What is asked of a mesh. */
interface DeclaredMesh {
  readonly rootNamespace: string;
  /** As it is rendered. */
  readonly meshConfig?: { readonly defaultConfig?: { readonly proxyStatsMatcher?: Matcher } };
}

/** Refuses a mesh whose proxies do not count retries; `what` needs them. */
export function requireRetryStats({ meshConfig }: DeclaredMesh, what: string): void {
  const matcher = meshConfig?.defaultConfig?.proxyStatsMatcher;
  const missing = RETRY_STATS.filter(stat => !includes(matcher, `${BEGINNING}.${stat}`));
  if (missing.length > 0) {
    throw new Error(`${what}: the proxies of the mesh do not have the counters ${missing.join(', ')}; ` +
      'pass proxyStatsMatcher: { inclusionRegexps: [\'.*upstream_rq_retry.*\'] } in defaultConfig of the mesh');
  }
}

function includes({ inclusionPrefixes = [], inclusionSuffixes = [], inclusionRegexps = [] }: Matcher = {}, name: string): boolean {
  return inclusionPrefixes.some(prefix => name.startsWith(prefix)) || inclusionSuffixes.some(suffix => name.endsWith(suffix)) ||
    inclusionRegexps.some(pattern => RE2JS.matches(pattern, name));
}

const BY = 'namespace, cluster_name';

/** Retries in PromQL, by the client's namespace and the cluster of Envoy. */
export class RetrySignals {
  constructor(private readonly filter: string, private readonly range: string) {}

  /** Retries a second. */
  public retries(): string {
    return this.rate('retry');
  }

  /** Retries a second that were answered. */
  public successes(): string {
    return this.rate('retry_success');
  }

  /** Retries a second for which there was no room in the budget of retries. */
  public overflows(): string {
    return this.rate('retry_overflow');
  }

  /** Requests a second whose retries were all spent. */
  public spent(): string {
    return this.rate('retry_limit_exceeded');
  }

  private rate(name: string): string {
    return `sum by (${BY}) (rate(envoy_cluster_upstream_rq_${name}{${this.filter}}[${this.range}]))`;
  }
}
