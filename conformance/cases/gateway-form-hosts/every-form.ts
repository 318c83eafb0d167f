import { Chart } from 'cdk8s';
import {
  Backend, Certificate, Destination, GatewayBinding, GatewayClass, GatewayForm, GatewayHost, HttpRoute, IstioHost, IstioMesh, MeshedGateway,
  MeshedGatewayProps, MeshNamespace, VirtualService,
} from 'cdk8s-mesh';

/** Makes the same gateway in each form whose proxy is Istio's: provisioned; self-managed with an Istio Gateway; self-managed with a Gateway of Gateway API. */
export class EveryForm {
  public static readonly CERTIFICATE = Certificate.fromSecretName('shop-tls');

  private readonly shop: MeshNamespace;
  private readonly edge: MeshNamespace;

  constructor(private readonly chart: Chart) {
    const mesh = new IstioMesh(chart, 'Mesh');
    this.shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
    this.edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
  }

  /** With a route of its kind to the Service `web`. */
  public make(name: string, props: Pick<MeshedGatewayProps, 'tls' | 'clientAddress'> = {}, more: GatewayHost[] = []): MeshedGateway[] {
    return [
      this.withRoute(this.gateway(name, GatewayForm.provisioned(GatewayClass.ISTIO), props, more)),
      this.withVirtualService(this.gateway(`${name}-own`, GatewayForm.selfManaged(), props, more)),
      this.withRoute(this.gateway(`${name}-routes`, GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API }), props, more)),
    ];
  }

  public withVirtualService(gateway: MeshedGateway): MeshedGateway {
    new VirtualService(gateway, 'Web', {
      metadata: { name: `${gateway.name}-web`, namespace: 'shop' },
      gateways: [gateway.istioGateway],
      hosts: [IstioHost.of('shop.example.com')],
      httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
    });
    return gateway;
  }

  public gateway(name: string, form: GatewayForm, props: Partial<MeshedGatewayProps>, more: GatewayHost[] = []): MeshedGateway {
    return new MeshedGateway(this.chart, name, {
      namespace: this.edge,
      form,
      admits: [this.shop],
      hosts: [GatewayHost.https('shop.example.com', EveryForm.CERTIFICATE), ...more],
      ...props,
    });
  }

  private withRoute(gateway: MeshedGateway): MeshedGateway {
    new HttpRoute(gateway, 'Web', {
      metadata: { name: `${gateway.name}-web`, namespace: 'shop' },
      parents: [gateway.routeParent('shop.example.com')],
      hostnames: ['shop.example.com'],
      rules: [{ backends: [{ backend: Backend.serviceName('web', { namespace: 'shop', port: 80 }) }] }],
    });
    return gateway;
  }
}
