import { Chart } from 'cdk8s';
import {
  Backend, Certificate, Destination, ExtensionProvider, GatewayBinding, GatewayClass, GatewayForm, GatewayHost, HttpRoute,
  IstioFlux, IstioHost, IstioMesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, RouteParent, TcpRoute, TlsRoute, VirtualService,
} from 'cdk8s-mesh';

const WEB = ['shop.example.com', 'api.example.com', 'plain.example.com'];

/**
 * Gateways whose proxy is Istio's, in each form: provisioned; self-managed with an Istio Gateway, and with a Gateway of Gateway API. They serve two hosts with TLS, one
 * without, and perhaps TLS that is passed on at the port of HTTPS, and bytes.
 */
export class EdgeScene {
  public readonly shop: MeshNamespace;
  public readonly edge: MeshNamespace;
  public readonly mesh: IstioMesh;

  constructor(private readonly chart: Chart, extensionProviders?: ExtensionProvider[]) {
    this.mesh = new IstioMesh(chart, 'Mesh', { extensionProviders });
    if (extensionProviders !== undefined) {
      new IstioFlux(chart, 'Istio', { mesh: this.mesh });
    }
    this.shop = new MeshNamespace(chart, 'Shop', { mesh: this.mesh, name: 'shop' });
    this.edge = new MeshNamespace(chart, 'Edge', { mesh: this.mesh, name: 'edge', enrolled: false });
  }

  public make(name: string, props: Partial<MeshedGatewayProps> = {}, onlyHttp = false): MeshedGateway[] {
    const hosts = [
      ...WEB.map(host => host.startsWith('plain') ? GatewayHost.http(host) : GatewayHost.https(host, Certificate.fromSecretName('edge-tls'))),
      ...onlyHttp ? [] : [GatewayHost.passthrough('secure.example.com'), GatewayHost.tcp(5432)],
    ];
    const forms = {
      [name]: GatewayForm.provisioned(GatewayClass.ISTIO),
      [`${name}-own`]: GatewayForm.selfManaged(),
      [`${name}-routes`]: GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API }),
    };
    return Object.entries(forms).map(([each, form]) => {
      const gateway = new MeshedGateway(this.chart, each, { namespace: this.edge, form, admits: [this.shop], hosts, ...props });
      (each.endsWith('-own') ? bindVirtualServices : bindRoutes)(gateway, onlyHttp);
      return gateway;
    });
  }
}

function bindVirtualServices(gateway: MeshedGateway, onlyHttp: boolean): void {
  const named = (name: string) => ({ metadata: { name: `${gateway.name}-${name}`, namespace: 'shop' }, gateways: [gateway.istioGateway] });
  const to = (name: string, port: number) => [{ destination: Destination.host(IstioHost.serviceName(name, 'shop'), { port }) }];
  new VirtualService(gateway, 'Web', { ...named('web'), hosts: WEB.map(host => IstioHost.of(host)), httpRoutes: [{ destinations: to('web', 80) }] });
  if (!onlyHttp) {
    new VirtualService(gateway, 'Secure', {
      ...named('secure'),
      hosts: [IstioHost.of('secure.example.com')],
      tlsRoutes: [{ matches: [{ sniHosts: ['secure.example.com'] }], destinations: to('secure', 443) }],
    });
    new VirtualService(gateway, 'Data', { ...named('data'), hosts: [IstioHost.ANY], tcpRoutes: [{ matches: [{ port: 5432 }], destinations: to('data', 5432) }] });
  }
}

function bindRoutes(gateway: MeshedGateway, onlyHttp: boolean): void {
  const named = (name: string) => ({ name: `${gateway.name}-${name}`, namespace: 'shop' });
  const to = (name: string, port: number) => [{ backend: Backend.serviceName(name, { namespace: 'shop', port }) }];
  new HttpRoute(gateway, 'Web', {
    metadata: named('web'),
    parents: WEB.map(host => gateway.routeParent(host)),
    hostnames: WEB,
    rules: [{ backends: to('web', 80) }],
  });
  if (!onlyHttp) {
    new TlsRoute(gateway, 'Secure', {
      metadata: named('secure'), parents: [gateway.routeParent('secure.example.com')], hostnames: ['secure.example.com'], backends: to('secure', 443),
    });
    new TcpRoute(gateway, 'Data', {
      metadata: named('data'), parents: [RouteParent.gateway(gateway.gateway, { listener: 'tcp-5432' })], backends: to('data', 5432),
    });
  }
}
