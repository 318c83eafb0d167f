import { Service } from 'cdk8s-plus-28';
import { IstioHost } from './istio-host';
import { Subset } from './subset';
import type { VirtualServiceSpecHttpRouteDestination } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Options of a destination. */
export interface DestinationOptions {
  /**
   * The port of the host, 1 to 65535.
   *
   * @default - its only port; when its ports are not known the port is left out, which Istio takes for hosts with one port
   */
  readonly port?: number;
}

/**
 * Where a route sends its traffic.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export class Destination {
  /**
   * All endpoints of a Service of this app: in short for `Destination.host(IstioHost.service(service))`.
   *
   * @throws when the namespace of the Service is not known, it does not have the port, or has several and none is given
   */
  public static service(service: Service, options: DestinationOptions = {}): Destination {
    return new Destination(IstioHost.service(service), options);
  }

  /**
   * All endpoints of a host.
   *
   * @throws when the host is `*`, is known not to have the port, or is known to have several and none is given
   */
  public static host(host: IstioHost, options: DestinationOptions = {}): Destination {
    return new Destination(host, options);
  }

  /**
   * Some endpoints of a host.
   *
   * @throws when the host is known not to have the port, or is known to have several and none is given
   */
  public static subset(subset: Subset, options: DestinationOptions = {}): Destination {
    return new Destination(subset.host, options, subset.name);
  }

  /** The port, when it is known. */
  public readonly port?: number;

  private constructor(
    /** The host that traffic goes to. */
    public readonly targetHost: IstioHost,
    options: DestinationOptions,
    /** The name of the subset, when only some endpoints are meant. */
    public readonly subsetName?: string,
  ) {
    if (targetHost.host === '*') {
      throw new Error('a destination must be one host, got \'*\': name it');
    }
    this.port = targetHost._portOrOnly(options.port);
  }

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpRouteDestination> {
    return {
      host: this.targetHost.host,
      subset: this.subsetName,
      port: this.port === undefined ? undefined : { number: this.port },
    };
  }
}
