/**
 * A move from one implementation of Gateway API to another: the cluster with Istio and the one with Envoy Gateway get the same routes, from one function, so
 * that DNS can send visitors to either. What must differ is in the one place that says which class the Gateway is of.
 */
import { App, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { makeBooking } from './routes';
import { Certificate, Gateway, GatewayClass, GatewayController, IGatewayClass, Listener, RouteNamespaces } from 'cdk8s-mesh';

/** A cluster: the class is made in it, or there already. */
class Cluster extends Chart {
  constructor(scope: Construct, id: string, classOf: (cluster: Construct) => IGatewayClass) {
    super(scope, id);
    const edge = new Namespace(this, 'Edge', { metadata: { name: 'edge' } });
    const booking = new Namespace(this, 'Booking', { metadata: { name: 'booking' } });
    const routes = RouteNamespaces.of(booking);
    const gateway = new Gateway(this, 'Gateway', {
      metadata: { name: 'public', namespace: edge.name },
      gatewayClass: classOf(this),
      listeners: [
        Listener.http({ hostname: '*.example.com', routes }),
        Listener.https({ hostname: '*.example.com', certificates: [Certificate.fromSecretName('example-com-tls')], routes }),
      ],
    });
    makeBooking(this, booking, gateway);
  }
}

const app = new App();
// istiod makes its class itself.
new Cluster(app, 'istio', () => GatewayClass.ISTIO);
new Cluster(app, 'envoy-gateway', cluster => new GatewayClass(cluster, 'GatewayClass', {
  metadata: { name: 'envoy-gateway' }, controller: GatewayController.ENVOY_GATEWAY,
}));

app.synth();
