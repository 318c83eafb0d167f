import { Service } from 'cdk8s-plus-28';
import { HttpRouteFilter } from '../gateway-api/http-route-filter';
import { servicePort } from '../gateway-api/service-port';
import { LinkerdHeader } from '../semantics/keys';
import { checkDnsLabel, serviceHost } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** Where a Service is that is only named. */
export interface LinkerdIngressServiceOptions {
  /** The namespace of the Service. */
  readonly namespace: string;

  /** The port of the Service, 1 to 65535. */
  readonly port: number;

  /**
   * The domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}

/**
 * Tells the proxy of a gateway in ingress mode where a request goes. It takes the place of what a client sent in that header, so every rule of such a gateway needs
 * it: for a rule with several backends each of them.
 *
 * @see https://linkerd.io/2-edge/tasks/using-ingress/
 */
export class LinkerdIngressFilter {
  /**
   * To a Service of this app, in a cluster of domain `cluster.local`.
   *
   * @param service the Service
   * @param port its port; default: its only port
   * @throws when the Service has no such port, or says no namespace
   */
  public static service(service: Service, port?: number): HttpRouteFilter {
    const { name, metadata: { namespace } } = service;
    if (namespace === undefined) {
      throw new Error(`service '${name}' must say its namespace, which the header ${LinkerdHeader.DST_OVERRIDE} names, got none: set its metadata.namespace`);
    }
    return LinkerdIngressFilter.serviceName(name, { namespace, port: servicePort(service, 'TCP', port) });
  }

  /**
   * To a Service that is in the cluster already.
   *
   * @throws when a name breaks DNS rules, or the port is none
   */
  public static serviceName(name: string, options: LinkerdIngressServiceOptions): HttpRouteFilter {
    const { namespace, port, clusterDomain } = options;
    checkDnsLabel(name, 'name of the service');
    checkDnsLabel(namespace, 'namespace of the service');
    checkPort(port, `port of service '${name}'`);
    return HttpRouteFilter.requestHeaders({ set: { [LinkerdHeader.DST_OVERRIDE]: `${serviceHost(name, namespace, clusterDomain)}:${port}` } });
  }

  private constructor() {}
}
