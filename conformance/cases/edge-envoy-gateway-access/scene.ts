import { Chart } from 'cdk8s';
import {
  Backend, Certificate, ClientAddress, GatewayClass, GatewayEdge, GatewayForm, GatewayHost, HttpPathMatch, HttpRoute, HttpRouteMatch, IstioMesh,
  MeshedGateway, MeshNamespace,
} from 'cdk8s-mesh';

const HOSTS = ['shop.example.com', 'admin.example.com'];

/** Gateways of Envoy Gateway in a mesh, each with two hosts that have certificates, in front of one Service. */
export class Scene {
  public readonly shop: MeshNamespace;
  public readonly edge: MeshNamespace;

  constructor(private readonly chart: Chart) {
    const mesh = new IstioMesh(chart, 'Mesh');
    this.shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
    this.edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
  }

  /** A gateway, and what is asked at its edge. */
  public make(name: string, ask: (edge: GatewayEdge) => void): MeshedGateway {
    const gateway = new MeshedGateway(this.chart, name, {
      namespace: this.edge,
      form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY),
      admits: [this.shop],
      hosts: HOSTS.map(host => GatewayHost.https(host, Certificate.fromSecretName(host.replace(/\..*/, '-tls')))),
      clientAddress: ClientAddress.forwardedFor(1),
    });
    const backends = [{ backend: Backend.serviceName('web', { namespace: 'shop', port: 80 }) }];
    new HttpRoute(gateway, 'Web', {
      metadata: { name: `${name}-web`, namespace: 'shop' },
      parents: gateway.hosts.map(({ hostname }) => gateway.routeParent(hostname)),
      hostnames: gateway.hosts.map(({ hostname }) => hostname),
      rules: [
        { name: 'api', matches: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/api') })], backends },
        { name: 'all', backends },
      ],
    });
    ask(gateway.edge);
    return gateway;
  }
}
