import { Construct } from 'constructs';
import { GatewayBodyProps } from './gateway-body';
import { GatewayHost, GatewayHostProtocol } from './gateway-host';
import { Gateway } from '../../gateway-api/gateway';
import { HttpRedirectScheme } from '../../gateway-api/http-redirect';
import { HttpRoute } from '../../gateway-api/http-route';
import { HttpRouteFilter } from '../../gateway-api/http-route-filter';
import { Listener } from '../../gateway-api/listener';
import { RouteNamespaces } from '../../gateway-api/route-namespaces';
import { RouteParent } from '../../gateway-api/route-parent';
import { hostSlug } from '../../semantics/names';
import { patternLabels } from '../pattern-labels';

/** The listeners of a Gateway of Gateway API for the hosts of a MeshedGateway, and the route that redirects. */
export class GatewayListeners {
  /** The route that redirects to HTTPS, once a host needs it. */
  public redirect?: HttpRoute;

  /**
   * @param scope where the redirect is made
   * @param gateway the Gateway
   * @param props whom it admits, and whether port 80 redirects
   * @param tlsOptions what the class reads of listeners that end TLS
   */
  constructor(
    private readonly scope: Construct, private readonly gateway: Gateway, private readonly props: GatewayBodyProps,
    private readonly tlsOptions?: { [key: string]: string },
  ) {}

  /** Adds what a host needs. The first listener of a protocol is named after it, others after their hosts too, so that a new host renames nothing. */
  public addHost(host: GatewayHost): void {
    const { admits } = this.props;
    const { hostname, certificates, port } = host;
    const routes = admits.length > 0 ? RouteNamespaces.named(...admits) : RouteNamespaces.same();
    switch (host.protocol) {
      case GatewayHostProtocol.HTTPS:
        this.gateway.addListener(Listener.https({ name: this.nameOf('https', hostname), hostname, routes, certificates, tlsOptions: this.tlsOptions }));
        if (this.props.redirect) {
          this.redirectFrom(this.plain(hostname, RouteNamespaces.same()));
        }
        break;
      case GatewayHostProtocol.TLS:
        this.gateway.addListener(Listener.tlsPassthrough({ name: this.nameOf('tls', hostname), hostname, routes, port }));
        break;
      case GatewayHostProtocol.TCP:
        this.gateway.addListener(Listener.tcp({ name: `tcp-${port}`, port, routes }));
        break;
      default:
        this.plain(hostname, routes);
    }
  }

  /** The listeners of a host, also the one that redirects; those of a protocol only, where one is named. */
  public namesOf(hostname: string, protocol?: GatewayHostProtocol): string[] {
    return this.gateway.listeners!.filter(listener => listener.hostname === hostname && (protocol ?? listener.protocol) === listener.protocol)
      .map(({ name }) => name);
  }

  private plain(hostname: string, routes: RouteNamespaces): string {
    const name = this.nameOf('http', hostname);
    this.gateway.addListener(Listener.http({ name, hostname, routes }));
    return name;
  }

  private nameOf(protocol: string, hostname: string): string {
    return this.gateway.listeners!.some(listener => listener.name === protocol) ? `${protocol}-${hostSlug(hostname)}` : protocol;
  }

  private redirectFrom(listener: string): void {
    const { name, namespace } = this.props;
    this.redirect ??= new HttpRoute(this.scope, 'Redirect', {
      metadata: { name: `${name}-redirect`, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
      rules: [{ filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, statusCode: 301 })] }],
    });
    this.redirect.addParent(RouteParent.gateway(this.gateway, { listener }));
  }
}
