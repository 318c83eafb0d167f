import { DataPlane } from '../../istio/data-plane';

/** What requests are counted by. */
const BY_WORKLOAD = 'destination_workload_namespace, destination_workload';
const BY_SERVICE = 'destination_service_namespace, destination_service_name';

/** What the statuses of gRPC that are the server's fault are: unknown, deadline exceeded, unimplemented, internal, unavailable, data loss. */
const GRPC_FAULTS = '2|4|12|13|14|15';
/** What a proxy says when a request met no server: no healthy upstream, connection failed, no route, no cluster. URX comes after answers of servers too. */
const NOT_DELIVERED = '.*(UH|UF|NR|NC).*';
/** What a proxy says when a connection pool is full. */
const OVERFLOW = '.*UO.*';

const REQUESTS = 'istio_requests_total';
const DURATION = 'istio_request_duration_milliseconds_bucket';

/** Which servers are meant, as matchers of labels; '' is all. */
export interface SignalFilters {
  /** Matchers of the labels of workloads. */
  readonly workloads: string;
  /** Matchers of the labels of services: who meets no server knows no workload. */
  readonly services: string;
}

/**
 * The golden signals in PromQL, each request counted once.
 *
 * A sidecar at the server reports with `reporter="destination"`; the same request is in the series of the client's proxy with `source`. A waypoint reports with `waypoint`, and
 * ztunnel says nothing of HTTP. Where a server with a sidecar is behind a waypoint, the sidecar sees every request, so what the waypoint says of that server is left out.
 */
export class GoldenSignals {
  /**
   * @param dataPlane who reports
   * @param filters matchers of labels of the servers
   * @param range over what time, such as `5m`
   */
  constructor(private readonly dataPlane: DataPlane, private readonly filters: SignalFilters, private readonly range: string) {}

  /** Requests a second. */
  public requests(): string {
    return this.once(reporter => this.ofWorkloads(REQUESTS, reporter));
  }

  /** Requests a second that the server failed: 5xx, or a status of gRPC that is its fault. */
  public errors(): string {
    return this.once(reporter => `(${this.ofWorkloads(REQUESTS, reporter, 'response_code=~"5.."')} or ${
      this.ofWorkloads(REQUESTS, reporter, `response_code!~"5..", grpc_response_status=~"${GRPC_FAULTS}"`)})`);
  }

  /** The errors' part of requests, 0 where there are none. */
  public errorRatio(): string {
    return ratio(this.errors(), this.requests());
  }

  /** The time within which a part of requests is answered, in milliseconds. */
  public latency(quantile: number): string {
    return `histogram_quantile(${quantile}, ${this.once(reporter => this.ofWorkloads(DURATION, reporter), `${BY_WORKLOAD}, le`)})`;
  }

  /** Messages of gRPC a second that clients sent. */
  public requestMessages(): string {
    return this.once(reporter => this.ofWorkloads('istio_request_messages_total', reporter));
  }

  /** Messages of gRPC a second that servers sent. */
  public responseMessages(): string {
    return this.once(reporter => this.ofWorkloads('istio_response_messages_total', reporter));
  }

  /** The part of requests to a service that never got to a server, as the proxies before it report. */
  public notDelivered(): string {
    return this.before(NOT_DELIVERED);
  }

  /** The part of requests to a service for which there was no room in a connection pool. */
  public overflow(): string {
    return this.before(OVERFLOW);
  }

  /** A waypoint stands between a client and the server, and knows better; what does not get to it only the client knows. */
  private before(flags: string): string {
    const { services } = this.filters;
    const sum = (reporter: string, more = '') => `sum by (${BY_SERVICE}) (${this.rate(REQUESTS, reporter, services, more)})`;
    const part = (reporter: string) => `${sum(reporter, `response_flags=~"${flags}"`)} / ${sum(reporter)}`;
    return this.dataPlane === DataPlane.SIDECAR ? part('source') : `${part('waypoint')} > 0 or ${part('source')}`;
  }

  private once(rates: (reporter: string) => string, by = BY_WORKLOAD): string {
    const atServers = `sum by (${by}) (${rates('destination')})`;
    if (this.dataPlane === DataPlane.SIDECAR) {
      return atServers;
    }
    const servers = `sum by (${BY_WORKLOAD}) (${this.ofWorkloads(REQUESTS, 'destination')})`;
    return `(${atServers} or (sum by (${by}) (${rates('waypoint')}) unless on (${BY_WORKLOAD}) ${servers}))`;
  }

  private ofWorkloads(metric: string, reporter: string, more = ''): string {
    return this.rate(metric, reporter, this.filters.workloads, more);
  }

  private rate(metric: string, reporter: string, ...more: string[]): string {
    return `rate(${metric}{${[`reporter="${reporter}"`, ...more].filter(text => text !== '').join(', ')}}[${this.range}])`;
  }
}

/** One rate as a part of another; where nothing was counted, 0. */
export function ratio(part: string, whole: string): string {
  return `(${part} or 0 * ${whole}) / ${whole}`;
}
