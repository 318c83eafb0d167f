import { DataPlane } from '../istio/data-plane';

/** What a request or connection is counted by. */
export const BY_WORKLOAD = 'destination_workload_namespace, destination_workload';

/** What the statuses of gRPC that are the server's fault are: unknown, deadline exceeded, unimplemented, internal, unavailable, data loss. */
const GRPC_FAULTS = '2|4|12|13|14|15';
/** What a client's proxy says when no server answered: no healthy upstream, connection failed, no route, no cluster, retries spent. */
const NOT_DELIVERED = '.*(UH|UF|NR|NC|URX).*';
/** What a client's proxy says when a connection pool is full. */
const OVERFLOW = '.*UO.*';

const REQUESTS = 'istio_requests_total';
const DURATION = 'istio_request_duration_milliseconds_bucket';

/**
 * The golden signals in PromQL, each request counted once.
 *
 * A sidecar at the server reports with `reporter="destination"`; the same request is in the series of the client's proxy with `source`. A waypoint reports with `waypoint`, and
 * ztunnel says nothing of HTTP. Where a server with a sidecar is behind a waypoint, the sidecar sees every request, so what the waypoint says of that server is left out.
 */
export class GoldenSignals {
  /**
   * @param dataPlane who reports
   * @param filter matchers of labels of the destination, or ''
   * @param range over what time, such as `5m`
   */
  constructor(private readonly dataPlane: DataPlane, private readonly filter: string, private readonly range: string) {}

  /** Requests a second. */
  public requests(): string {
    return this.once(reporter => this.rate(REQUESTS, reporter));
  }

  /** Requests a second that the server failed: 5xx, or a status of gRPC that is its fault. */
  public errors(): string {
    return this.once(reporter => `(${this.rate(REQUESTS, reporter, 'response_code=~"5.."')} or ${
      this.rate(REQUESTS, reporter, `response_code!~"5..", grpc_response_status=~"${GRPC_FAULTS}"`)})`);
  }

  /** The errors' part of requests, 0 where there are none. */
  public errorRatio(): string {
    return ratio(this.errors(), this.requests());
  }

  /** The time within which a part of requests is answered, in milliseconds. */
  public latency(quantile: number): string {
    return `histogram_quantile(${quantile}, ${this.once(reporter => this.rate(DURATION, reporter), `${BY_WORKLOAD}, le`)})`;
  }

  /** Messages of gRPC a second that clients sent. */
  public requestMessages(): string {
    return this.once(reporter => this.rate('istio_request_messages_total', reporter));
  }

  /** Messages of gRPC a second that servers sent. */
  public responseMessages(): string {
    return this.once(reporter => this.rate('istio_response_messages_total', reporter));
  }

  /** The part of requests to a service that never got to a server, as clients' proxies report. */
  public notDelivered(): string {
    return this.reportedByClients(NOT_DELIVERED);
  }

  /** The part of requests to a service for which there was no room in a connection pool. */
  public overflow(): string {
    return this.reportedByClients(OVERFLOW);
  }

  private reportedByClients(flags: string): string {
    const by = 'destination_service_namespace, destination_service_name';
    const sum = (more: string) => `sum by (${by}) (rate(${REQUESTS}{reporter="source"${more}}[${this.range}]))`;
    return `${sum(`, response_flags=~"${flags}"`)} / ${sum('')}`;
  }

  private once(rates: (reporter: string) => string, by = BY_WORKLOAD): string {
    const atServers = `sum by (${by}) (${rates('destination')})`;
    if (this.dataPlane === DataPlane.SIDECAR) {
      return atServers;
    }
    const servers = `sum by (${BY_WORKLOAD}) (${this.rate(REQUESTS, 'destination')})`;
    return `(${atServers} or (sum by (${by}) (${rates('waypoint')}) unless on (${BY_WORKLOAD}) ${servers}))`;
  }

  private rate(metric: string, reporter: string, more = ''): string {
    return `rate(${metric}{${[`reporter="${reporter}"`, this.filter, more].filter(text => text !== '').join(', ')}}[${this.range}])`;
  }
}

/** One rate as a part of another; where nothing was counted, 0. */
export function ratio(part: string, whole: string): string {
  return `(${part} or 0 * ${whole}) / ${whole}`;
}
