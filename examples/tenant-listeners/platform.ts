import { Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Gateway, GatewayClass, HttpRedirectScheme, HttpRoute, HttpRouteFilter, Listener, ListenerNamespaces, RouteParent } from 'cdk8s-mesh';

/** The operator's: the address that all tenants share, and who may listen at it. Hosts and certificates are none of its business. */
export class Platform extends Chart {
  public readonly gateway: Gateway;

  /**
   * @param tenants the namespaces of the tenants that may listen
   */
  constructor(scope: Construct, id: string, tenants: string[]) {
    super(scope, id);
    const [edge, ...admitted] = ['edge', ...tenants].map(name => new Namespace(this, name, { metadata: { name } }));
    this.gateway = new Gateway(this, 'Gateway', {
      metadata: { name: 'shared', namespace: edge.name },
      gatewayClass: GatewayClass.ISTIO,
      allowedListeners: ListenerNamespaces.of(...admitted),
      // Whoever asks without TLS for a host that no tenant listens for in the clear is sent on.
      listeners: [Listener.http()],
    });
    new HttpRoute(this, 'Redirect', {
      metadata: { name: 'redirect-to-https', namespace: edge.name },
      parents: [RouteParent.gateway(this.gateway, { listener: 'http' })],
      rules: [{ filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, statusCode: 301 })] }],
    });
  }
}
