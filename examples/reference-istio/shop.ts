import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Workload } from './workload';
import { Gateway, GatewayClass, GatewayWorkload, IstioMesh, Listener, MeshNamespace } from 'cdk8s-mesh';

/** What runs in the mesh: the pods of gateways, and the services of a shop. Everything else is about them. */
export class Shop extends Chart {
  /** Where clients from outside come in. */
  public readonly ingress: GatewayWorkload;
  /** Where workloads go out. */
  public readonly egress: GatewayWorkload;
  /** Where workloads of other clusters of the mesh come in. */
  public readonly eastWest: GatewayWorkload;
  /** A gateway that Istio provisions; policies are attached to it. */
  public readonly publicGateway: Gateway;

  public readonly web: Workload;
  public readonly catalogue: Workload;
  public readonly cart: Workload;
  public readonly orders: Workload;
  public readonly mqtt: Workload;

  constructor(scope: Construct, id: string, mesh: IstioMesh) {
    super(scope, id);
    const edge = new MeshNamespace(this, 'Edge', { mesh, name: 'edge' });
    const shop = new MeshNamespace(this, 'Shop', { mesh, name: 'shop' });

    this.ingress = new GatewayWorkload(this, 'Ingress', { namespace: edge, name: 'ingress' });
    this.ingress.addPort(80, 'http').addPort(443, 'https').addPort(1883, 'tcp-mqtt');
    this.egress = new GatewayWorkload(this, 'Egress', { namespace: edge, name: 'egress' });
    this.egress.addPort(443, 'tls').addPort(80, 'http');
    this.eastWest = new GatewayWorkload(this, 'EastWest', { namespace: edge, name: 'east-west' });
    this.eastWest.addPort(15443, 'tls');
    this.publicGateway = new Gateway(this, 'Public', {
      metadata: { name: 'public', namespace: 'edge' },
      gatewayClass: GatewayClass.ISTIO,
      listeners: [Listener.http({ hostname: '*.public.example.com' })],
    });

    const workload = (name: string, ports: { name: string; port: number }[], versions?: { [version: string]: string }) =>
      new Workload(this, name, { namespace: shop.name, image: `registry.example.com/${name}`, ports, versions });
    this.web = workload('web', [{ name: 'http', port: 8080 }]);
    this.catalogue = workload('catalogue', [{ name: 'http', port: 8080 }, { name: 'grpc', port: 9090 }], { v1: '1.8.2', v2: '2.0.0' });
    this.cart = workload('cart', [{ name: 'http', port: 8080 }]);
    this.orders = workload('orders', [{ name: 'http', port: 8080 }, { name: 'grpc', port: 9090 }]);
    this.mqtt = workload('mqtt', [{ name: 'tcp', port: 1883 }, { name: 'tls', port: 8883 }]);
  }
}
