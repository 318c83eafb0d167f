import { Construct } from 'constructs';
import { MonitorProps } from './monitor-props';
import { monitorToKube } from './monitor-spec';
import { ScrapeEndpoint } from './scrape-endpoint';
import { endpointToKube } from './scrape-endpoint-spec';
import { ScrapeTls } from './scrape-tls';
import { tlsToKube } from './scrape-tls-spec';
import { SpecConstruct } from '../gateway-api/spec-construct';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';
import { checkPort } from '../semantics/port';

/**
 * The port of pods at which metrics are read.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMetricsEndpoint
 */
export class PodScrapePort {
  /** Every port that the containers declare: relabelings say which one it is. */
  public static all(): PodScrapePort {
    return new PodScrapePort({});
  }

  /**
   * The name that the port has in the container.
   *
   * @throws when it is empty
   */
  public static named(name: string): PodScrapePort {
    if (name === '') {
      throw new Error('name of a port must not be empty: it is the name in the container');
    }
    return new PodScrapePort({ port: name });
  }

  /**
   * The number of a port that the container declares.
   *
   * @throws when it is no port
   */
  public static number(port: number): PodScrapePort {
    return new PodScrapePort({ portNumber: checkPort(port, 'port of an endpoint') });
  }

  private constructor(private readonly spec: { port?: string; portNumber?: number }) {}

  /** @internal */
  public _toKube(): { port?: string; portNumber?: number } {
    return this.spec;
  }
}

/** Where and how pods' metrics are read. */
export interface PodMetricsEndpoint extends ScrapeEndpoint {
  /** The port. */
  readonly port: PodScrapePort;

  /**
   * How TLS is spoken, with `scheme: ScrapeScheme.HTTPS`.
   *
   * @default - with the authorities that the container of Prometheus trusts
   */
  readonly tls?: ScrapeTls;
}

/** Properties of a PodMonitor. */
export interface PodMonitorProps extends MonitorProps {
  /** Where metrics are read; at least one. */
  readonly podMetricsEndpoints: PodMetricsEndpoint[];
}

/**
 * Has the Prometheus Operator scrape pods, with or without a Service: sidecars, gateways, daemons.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export class PodMonitor extends SpecConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'podmonitors';

  private readonly spec: object;

  /**
   * @throws when there are no endpoints, a limit or duration is out of range, or parts contradict each other
   */
  constructor(scope: Construct, id: string, props: PodMonitorProps) {
    super(scope, id, 'monitoring.coreos.com/v1', 'PodMonitor', props.metadata);
    checkNamed('PodMonitor', { name: this.name, namespace: this.metadata.namespace });
    this.spec = within(`PodMonitor '${this.name}'`, () => {
      if (props.podMetricsEndpoints.length === 0) {
        throw new Error('podMetricsEndpoints must have at least one, got none: say where metrics are read');
      }
      return {
        ...monitorToKube(props),
        podMetricsEndpoints: props.podMetricsEndpoints.map(endpoint => ({
          ...endpoint.port._toKube(),
          ...endpointToKube(endpoint),
          tlsConfig: endpoint.tls && tlsToKube(endpoint.tls),
        })),
      };
    });
  }

  /** @internal */
  public _toKube(): object {
    return this.spec;
  }
}
