import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkExportTo } from './export-to';
import { addRoute } from './first-match';
import { coversHttpMatch } from './http-match-cover';
import { httpRouteManifest } from './http-route-manifest';
import { IstioConstruct } from './istio-construct';
import { IVirtualServiceDelegate, VirtualServiceHttpRoute } from './virtual-service-http-route';
import type { VirtualServiceSpec, VirtualServiceSpecHttp } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a VirtualServiceDelegate. */
export interface VirtualServiceDelegateProps extends ResourceProps {
  /**
   * The routes, of which the first that matches is taken. Their matches narrow those of the route that delegates.
   *
   * @default - none; `addHttpRoute` must be called before synthesis
   */
  readonly httpRoutes?: VirtualServiceHttpRoute[];

  /**
   * The namespaces from which it may be named: `.` is its own, `*` is every one.
   *
   * @default - every namespace, unless the mesh says otherwise
   */
  readonly exportTo?: string[];
}

/** What is known of a VirtualService without hosts that is in the cluster already. */
export interface FromVirtualServiceNameOptions {
  /**
   * The namespace of the VirtualService.
   *
   * @default - that of the VirtualService that delegates
   */
  readonly namespace?: string;
}

/**
 * A VirtualService without hosts: HTTP routes that a route of another VirtualService delegates to.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export class VirtualServiceDelegate extends IstioConstruct implements IVirtualServiceDelegate {
  /**
   * A delegate that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromVirtualServiceName(name: string, options: FromVirtualServiceNameOptions = {}): IVirtualServiceDelegate {
    return checkNamed('VirtualService', { name, namespace: options.namespace });
  }

  /** The namespaces from which it may be named. */
  public readonly exportTo?: string[];

  /** The plural name of the kind. */
  public readonly resourceType = 'virtualservices';

  private http: readonly Manifest<VirtualServiceSpecHttp>[] = [];

  /**
   * @throws when a route or exportTo is one that Istio refuses
   */
  constructor(scope: Construct, id: string, props: VirtualServiceDelegateProps = {}) {
    super(scope, id, 'networking.istio.io', 'VirtualService', props.metadata);
    this.exportTo = props.exportTo;
    checkExportTo(props.exportTo, { hidden: false, namespace: this.namespace });
    props.httpRoutes?.forEach(route => this.addHttpRoute(route));
    this.node.addValidation({
      validate: () => this.http.length > 0 ? [] : ['a VirtualServiceDelegate needs at least one route: pass httpRoutes, or call addHttpRoute'],
    });
  }

  /**
   * Adds a route, tried after those before it.
   *
   * @throws when the route does not do exactly one thing, delegates again, has a part that Istio refuses or the declared release lacks, or is
   * never reached
   */
  public addHttpRoute(route: VirtualServiceHttpRoute): this {
    const written = httpRouteManifest(route, { namespace: this.namespace, isDelegate: true });
    this._check(`http[${this.http.length}]`, written);
    this.http = addRoute(this.http, written, 'HTTP', coversHttpMatch);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpec> {
    return { exportTo: this.exportTo, http: this.http };
  }
}
