import { Chart } from 'cdk8s';
import {
  Backend, Certificate, ClientAddress, Destination, GatewayBinding, GatewayClass, GatewayEdge, GatewayForm, GatewayHost, HttpRoute,
  IstioHost, IstioMesh, IstioMeshProps, MeshedGateway, MeshNamespace, VirtualService,
} from 'cdk8s-mesh';

const HTTPS = ['shop.example.com', 'api.example.com', '*.blog.example.com'];
const HTTP = 'plain.example.com';
const CERTIFICATE = Certificate.fromSecretName('shop-tls');

/** Makes the same gateway in each form whose proxy is Istio's: provisioned; self-managed with an Istio Gateway; self-managed with a Gateway of Gateway API. */
export class EveryForm {
  public readonly mesh: IstioMesh;
  public readonly edge: MeshNamespace;
  private readonly shop: MeshNamespace;

  constructor(private readonly chart: Chart, props: IstioMeshProps = {}) {
    this.mesh = new IstioMesh(chart, 'Mesh', props);
    this.shop = new MeshNamespace(chart, 'Shop', { mesh: this.mesh, name: 'shop' });
    this.edge = new MeshNamespace(chart, 'Edge', { mesh: this.mesh, name: 'edge', enrolled: false });
  }

  /** Says the same of the edge of each. */
  public make(name: string, say: (edge: GatewayEdge) => void, clientAddress?: ClientAddress): MeshedGateway[] {
    const gateways = [
      this.withRoute(this.gateway(name, GatewayForm.provisioned(GatewayClass.ISTIO), clientAddress)),
      this.withVirtualService(this.gateway(`${name}-own`, GatewayForm.selfManaged(), clientAddress)),
      this.withRoute(this.gateway(`${name}-routes`, GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API }), clientAddress)),
    ];
    gateways.forEach(({ edge }) => say(edge));
    return gateways;
  }

  /** Says it of the edge of a self-managed one with an Istio Gateway. */
  public own(name: string, say: (edge: GatewayEdge) => void): void {
    say(this.withVirtualService(this.gateway(name, GatewayForm.selfManaged())).edge);
  }

  private gateway(name: string, form: GatewayForm, clientAddress?: ClientAddress): MeshedGateway {
    return new MeshedGateway(this.chart, name, {
      namespace: this.edge,
      form,
      admits: [this.shop],
      hosts: [...HTTPS.map(host => GatewayHost.https(host, CERTIFICATE)), GatewayHost.http(HTTP)],
      clientAddress,
    });
  }

  private withVirtualService(gateway: MeshedGateway): MeshedGateway {
    new VirtualService(gateway, 'Web', {
      metadata: { name: `${gateway.name}-web`, namespace: 'shop' },
      gateways: [gateway.istioGateway],
      hosts: [...HTTPS, HTTP].map(host => IstioHost.of(host)),
      httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
    });
    return gateway;
  }

  private withRoute(gateway: MeshedGateway): MeshedGateway {
    new HttpRoute(gateway, 'Web', {
      metadata: { name: `${gateway.name}-web`, namespace: 'shop' },
      parents: [...HTTPS, HTTP].map(host => gateway.routeParent(host)),
      hostnames: [...HTTPS, HTTP],
      rules: [{ backends: [{ backend: Backend.serviceName('web', { namespace: 'shop', port: 80 }) }] }],
    });
    return gateway;
  }
}
