import { Service } from 'cdk8s-plus-28';
import { checkDnsLabel, checkDnsSubdomain, serviceHost } from '../semantics/names';

/** Where a Service is that is only named. */
export interface LinkerdProfiledServiceOptions {
  /** The namespace of the Service. */
  readonly namespace: string;

  /**
   * The domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}

/** What a ServiceProfile is about, by the name that clients call. */
export class LinkerdProfiledService {
  /**
   * A Service of this app, in a cluster of domain `cluster.local`.
   *
   * @throws when the Service says no namespace
   */
  public static service(service: Service): LinkerdProfiledService {
    const { name, metadata: { namespace } } = service;
    if (namespace === undefined) {
      throw new Error(`service '${name}' must say its namespace, by which its ServiceProfile is named, got none: set its metadata.namespace`);
    }
    return LinkerdProfiledService.serviceName(name, { namespace });
  }

  /**
   * A Service that is in the cluster already.
   *
   * @throws when a name breaks DNS rules
   */
  public static serviceName(name: string, options: LinkerdProfiledServiceOptions): LinkerdProfiledService {
    const { namespace, clusterDomain } = options;
    checkDnsLabel(name, 'name of the service');
    checkDnsLabel(namespace, 'namespace of the service');
    return LinkerdProfiledService.named(serviceHost(name, namespace, clusterDomain));
  }

  /**
   * Any name that clients call.
   *
   * @throws when it breaks DNS rules
   */
  public static named(host: string): LinkerdProfiledService {
    return new LinkerdProfiledService(checkDnsSubdomain(host, 'host of the ServiceProfile'));
  }

  private constructor(
    /** The name that clients call. */
    public readonly host: string,
  ) {}
}
