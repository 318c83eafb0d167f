import { Construct } from 'constructs';
import { MonitorProps } from './monitor-props';
import { monitorToKube } from './monitor-spec';
import { ScrapeEndpoint } from './scrape-endpoint';
import { endpointToKube } from './scrape-endpoint-spec';
import { ServiceScrapeTls } from './scrape-tls';
import { serviceTlsToKube } from './scrape-tls-spec';
import { SpecConstruct } from '../gateway-api/spec-construct';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';
import { checkPort } from '../semantics/port';

/** The objects through which endpoints of Services are discovered. */
export enum ServiceDiscoveryRole {
  /** Endpoints. */
  ENDPOINTS = 'Endpoints',
  /** EndpointSlices, since Kubernetes 1.21. */
  ENDPOINT_SLICE = 'EndpointSlice',
}

/**
 * The port of a Service at which metrics are read.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint
 */
export class ServiceScrapePort {
  /**
   * The name that the port has in the Service.
   *
   * @throws when it is empty
   */
  public static named(name: string): ServiceScrapePort {
    return new ServiceScrapePort({ port: named(name) });
  }

  /**
   * The number of a port of the containers.
   *
   * @throws when it is no port
   */
  public static target(port: number): ServiceScrapePort {
    return new ServiceScrapePort({ targetPort: checkPort(port, 'target port of an endpoint') });
  }

  /**
   * The name of a port of the containers.
   *
   * @throws when it is empty
   */
  public static targetNamed(name: string): ServiceScrapePort {
    return new ServiceScrapePort({ targetPort: named(name) });
  }

  private constructor(private readonly spec: { port?: string; targetPort?: number | string }) {}

  /** @internal */
  public _toKube(): { port?: string; targetPort?: number | string } {
    return this.spec;
  }
}

/** Where and how Services' metrics are read. */
export interface ServiceMonitorEndpoint extends ScrapeEndpoint {
  /** The port. */
  readonly port: ServiceScrapePort;

  /**
   * How TLS is spoken, with `scheme: ScrapeScheme.HTTPS`.
   *
   * @default - with the authorities that the container of Prometheus trusts
   */
  readonly tls?: ServiceScrapeTls;
}

/** Properties of a ServiceMonitor. */
export interface ServiceMonitorProps extends MonitorProps {
  /** Where metrics are read; at least one. */
  readonly endpoints: ServiceMonitorEndpoint[];

  /**
   * The labels of Services that are copied to all samples.
   *
   * @default - none
   */
  readonly targetLabels?: string[];

  /**
   * The objects through which endpoints are discovered.
   *
   * @default - those of the Prometheus object
   */
  readonly serviceDiscoveryRole?: ServiceDiscoveryRole;
}

/**
 * Has the Prometheus Operator scrape what is behind Services. Pods without a Service need a `PodMonitor`.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export class ServiceMonitor extends SpecConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'servicemonitors';

  private readonly spec: object;

  /**
   * @throws when there are no endpoints, a limit or duration is out of range, or parts contradict each other
   */
  constructor(scope: Construct, id: string, props: ServiceMonitorProps) {
    super(scope, id, 'monitoring.coreos.com/v1', 'ServiceMonitor', props.metadata);
    checkNamed('ServiceMonitor', { name: this.name, namespace: this.metadata.namespace });
    this.spec = within(`ServiceMonitor '${this.name}'`, () => {
      if (props.endpoints.length === 0) {
        throw new Error('endpoints must have at least one, got none: say where metrics are read');
      }
      return {
        ...monitorToKube(props),
        targetLabels: props.targetLabels,
        serviceDiscoveryRole: props.serviceDiscoveryRole,
        endpoints: props.endpoints.map(endpoint => ({
          ...endpoint.port._toKube(),
          ...endpointToKube(endpoint),
          tlsConfig: endpoint.tls && serviceTlsToKube(endpoint.tls),
        })),
      };
    });
  }

  /** @internal */
  public _toKube(): object {
    return this.spec;
  }
}

function named(name: string): string {
  if (name === '') {
    throw new Error('name of a port must not be empty: it is the name in the Service or the container');
  }
  return name;
}
