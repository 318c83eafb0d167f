import { App, Chart } from 'cdk8s';
import { Deployment, Namespace, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, Certificate, Gateway, GatewayClass, GrpcMethodMatch, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch, HttpHeaderMatch, IBackend, Listener,
  RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

const CHECKOUT = 'shop.checkout.v1.CheckoutService';

/** A version of the checkout: its pods, and a Service in front of them. */
class CheckoutVersion extends Construct {
  public readonly backend: IBackend;

  constructor(scope: Construct, id: string, image: string) {
    super(scope, id);
    const metadata = { name: id, namespace: 'shop' };
    const deployment = new Deployment(this, 'Deployment', { metadata, containers: [{ image, portNumber: 50051 }] });
    // By its name a mesh knows that the port speaks gRPC.
    const service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: 'grpc', port: 50051 }] });
    this.backend = Backend.service(service);
  }
}

const app = new App();
const chart = new Chart(app, 'grpc-canary');

new Namespace(chart, 'Edge', { metadata: { name: 'edge' } });
new Namespace(chart, 'Shop', { metadata: { name: 'shop' } });

// gRPC needs HTTP/2, which clients and an HTTPS listener agree on as they begin TLS.
const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.https({
    name: 'grpc',
    hostname: 'grpc.shop.example.com',
    certificates: [Certificate.fromSecretName('grpc-shop-example-com-tls')],
    routes: RouteNamespaces.named('shop'),
    kinds: [{ kind: 'GRPCRoute' }],
  })],
});

const stable = new CheckoutVersion(chart, 'checkout-v1', 'registry.example.com/shop/checkout:1.9.2').backend;
const canary = new CheckoutVersion(chart, 'checkout-v2', 'registry.example.com/shop/checkout:2.0.0').backend;

const isTester = HttpHeaderMatch.exact('x-release', 'canary');

new GrpcRoute(chart, 'Checkout', {
  metadata: { name: 'checkout', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'grpc' })],
  hostnames: ['grpc.shop.example.com'],
  rules: [
    {
      // A longer method wins over more headers: without the second match, the quotes of testers would be those of everybody.
      name: 'testers',
      matches: [
        GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ service: CHECKOUT }), headers: [isTester] }),
        GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ service: CHECKOUT, method: 'GetQuote' }), headers: [isTester] }),
      ],
      filters: [GrpcRouteFilter.responseHeaders({ set: { 'x-served-by': 'checkout-v2' } })],
      backends: [{ backend: canary }],
    },
    {
      // A quote changes nothing, so that the new version may answer every fourth one as well, and be compared.
      name: 'quotes',
      matches: [GrpcRouteMatch.serviceMethod(CHECKOUT, 'GetQuote')],
      filters: [GrpcRouteFilter.mirror({ backend: canary, percent: 25 })],
      backends: [{ backend: stable }],
    },
    {
      name: 'calls',
      matches: [GrpcRouteMatch.service(CHECKOUT)],
      backends: [{ backend: stable, weight: 90 }, { backend: canary, weight: 10 }],
    },
  ],
});

app.synth();
