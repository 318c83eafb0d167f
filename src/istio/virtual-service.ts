import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkExportTo } from './export-to';
import { addRoute } from './first-match';
import { coversHttpMatch } from './http-match-cover';
import { httpRouteManifest } from './http-route-manifest';
import { IstioConstruct } from './istio-construct';
import { IIstioGateway, VirtualServiceGateway } from './istio-gateway-reference';
import { IstioHost } from './istio-host';
import { coversTcpMatch, coversTlsMatch } from './l4-match-cover';
import { tcpRouteManifest, tlsRouteManifest } from './l4-route-manifest';
import { takeMeshHosts } from './mesh-hosts';
import { VirtualServiceHttpRoute } from './virtual-service-http-route';
import { VirtualServiceTcpRoute, VirtualServiceTlsRoute } from './virtual-service-l4-route';
import type { VirtualServiceSpec, VirtualServiceSpecHttp, VirtualServiceSpecTcp, VirtualServiceSpecTls } from '../imports/networking.istio.io';
import { covers } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';

/** Properties of a VirtualService. */
export interface VirtualServiceProps extends ResourceProps {
  /** The hosts that clients ask for, at least one; none may stand for another. `IstioHost.ANY` is for gateways only. */
  readonly hosts: IstioHost[];

  /**
   * Where the routes apply.
   *
   * @default - the sidecars of the mesh
   */
  readonly gateways?: IIstioGateway[];

  /**
   * The namespaces whose clients see it: `.` is its own, `*` is every one.
   *
   * @default - every namespace, unless the mesh says otherwise
   */
  readonly exportTo?: string[];

  /**
   * Routes of HTTP requests, of which the first that matches is taken.
   *
   * @default - none
   */
  readonly httpRoutes?: VirtualServiceHttpRoute[];

  /**
   * Routes of TLS connections that are passed through, of which the first that matches is taken.
   *
   * @default - none
   */
  readonly tlsRoutes?: VirtualServiceTlsRoute[];

  /**
   * Routes of other connections, of which the first that matches is taken.
   *
   * @default - none
   */
  readonly tcpRoutes?: VirtualServiceTcpRoute[];
}

/**
 * A VirtualService: where the traffic for some hosts goes. It needs at least one route.
 *
 * In the mesh a host has one VirtualService for each client: of several, only the oldest has an effect. On a Gateway those for one host are merged,
 * in an order that their age and names decide: write routes there that exclude each other.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends IstioConstruct {
  /** The hosts that clients ask for. */
  public readonly hosts: IstioHost[];

  /** Where the routes apply. */
  public readonly gateways: IIstioGateway[];

  /** The plural name of the kind. */
  public readonly resourceType = 'virtualservices';

  private http: readonly Manifest<VirtualServiceSpecHttp>[] = [];
  private tls: readonly Manifest<VirtualServiceSpecTls>[] = [];
  private tcp: readonly Manifest<VirtualServiceSpecTcp>[] = [];
  private readonly gatewayNames: string[];
  private readonly hostNames: string[];
  private readonly namesGateways: boolean;
  private readonly exportTo?: string[];

  /**
   * @throws when the hosts overlap, are not those of the gateways or have a VirtualService in this chart, or a route or exportTo is one that Istio refuses
   */
  constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id, 'networking.istio.io', 'VirtualService', props.metadata);
    this.hosts = [...props.hosts];
    this.hostNames = props.hosts.map(({ host }) => host);
    this.gateways = props.gateways?.length ? [...props.gateways] : [VirtualServiceGateway.MESH];
    this.gatewayNames = this.gateways.map(gateway => VirtualServiceGateway._write(gateway));
    this.namesGateways = props.gateways !== undefined;
    this.exportTo = props.exportTo;
    this.checkHosts();
    this.gateways.forEach(gateway => this.checkGateway(gateway));
    checkExportTo(props.exportTo, { hidden: false, namespace: this.namespace });
    if (this.gatewayNames.includes('mesh')) {
      takeMeshHosts(this, this.hostNames, props.exportTo);
    }
    props.httpRoutes?.forEach(route => this.addHttpRoute(route));
    props.tlsRoutes?.forEach(route => this.addTlsRoute(route));
    props.tcpRoutes?.forEach(route => this.addTcpRoute(route));
    this.node.addValidation({
      validate: () => this.http.length + this.tls.length + this.tcp.length > 0 ? [] :
        ['a VirtualService needs at least one route: pass httpRoutes, tlsRoutes or tcpRoutes, or call addHttpRoute, addTlsRoute or addTcpRoute'],
    });
  }

  /**
   * Adds a route of HTTP requests, tried after those before it.
   *
   * @throws when the route does not do exactly one thing, has a part that Istio refuses or the declared release lacks, or is never reached
   */
  public addHttpRoute(route: VirtualServiceHttpRoute): this {
    const scope = { gateways: this.gatewayNames, namespace: this.namespace, isDelegate: false };
    const written = httpRouteManifest(route, scope);
    this._check(`http[${this.http.length}]`, written);
    this.http = addRoute(this.http, written, 'HTTP', coversHttpMatch);
    return this;
  }

  /**
   * Adds a route of TLS connections that are passed through, tried after those before it.
   *
   * @throws when it has no destination or server name, a server name that the hosts do not stand for, or is never reached
   */
  public addTlsRoute(route: VirtualServiceTlsRoute): this {
    const written = tlsRouteManifest(route, this.gatewayNames, this.hostNames);
    this._check(`tls[${this.tls.length}]`, written);
    this.tls = addRoute(this.tls, written, 'TLS', coversTlsMatch);
    return this;
  }

  /**
   * Adds a route of connections, tried after those before it.
   *
   * @throws when it has no destination, has a part that Istio refuses, or is never reached
   */
  public addTcpRoute(route: VirtualServiceTcpRoute): this {
    const written = tcpRouteManifest(route, this.gatewayNames);
    this._check(`tcp[${this.tcp.length}]`, written);
    this.tcp = addRoute(this.tcp, written, 'TCP', coversTcpMatch);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpec> {
    const present = <T>(routes: readonly T[]) => routes.length > 0 ? routes : undefined;
    return {
      hosts: this.hostNames,
      gateways: this.namesGateways ? this.gatewayNames : undefined,
      exportTo: this.exportTo,
      http: present(this.http),
      tls: present(this.tls),
      tcp: present(this.tcp),
    };
  }

  private checkHosts(): void {
    if (this.hostNames.length === 0) {
      throw new Error('a VirtualService needs at least one host, got none: use VirtualServiceDelegate for routes that another one delegates to');
    }
    if (this.hostNames.includes('*') && this.gatewayNames.includes('mesh')) {
      throw new Error(`host '*' is for gateways only, got gateways ${this.gatewayNames.join(', ')}: name the hosts, or leave mesh out`);
    }
    this.hostNames.forEach((host, i) => {
      const other = this.hostNames.slice(0, i).find(before => covers(before, host) || covers(host, before));
      if (other !== undefined) {
        throw new Error(`hosts of a VirtualService must not overlap, got '${other}' and '${host}'`);
      }
    });
  }

  /** Refuses a gateway that is known to serve none of the hosts. */
  private checkGateway(gateway: IIstioGateway): void {
    const served = gateway.hosts?.filter(host => this.admits(host, gateway.namespace)).map(host => host.replace(/^.*\//, ''));
    if (served && !served.some(a => this.hostNames.some(b => covers(a, b) || covers(b, a)))) {
      throw new Error(`gateway '${gateway.name}' serves none of ${this.hostNames.join(', ')} ` +
        `for namespace '${this.namespace ?? 'default'}': its servers so far are for ${gateway.hosts!.join(', ') || 'nothing'}; declare the servers of a Gateway before what refers to it`);
    }
  }

  /** Whether a server's host, such as `shop/*.example.com`, admits objects of this namespace; `.` is the Gateway's own. */
  private admits(host: string, gatewayNamespace?: string): boolean {
    const own = this.namespace;
    const [admitted] = host.includes('/') ? host.split('/') : ['*'];
    const namespace = admitted === '.' ? gatewayNamespace : admitted;
    return own === undefined || namespace === undefined || namespace === '*' || namespace === own;
  }
}
