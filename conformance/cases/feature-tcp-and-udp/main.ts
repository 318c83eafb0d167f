import { App, Chart } from 'cdk8s';
import {
  Backend, Gateway, GatewayApi, GatewayClass, Listener, RouteNamespaces, RouteParent, TcpRoute, UdpRoute,
} from 'cdk8s-mesh';

/** Connections and datagrams, each with a listener of its own. */
const app = new App();
// Istio does not read them: here it is asked what it does instead.
GatewayApi.declare(app, { unreadFields: ['UDPRoute'] });
const chart = new Chart(app, 'feature-tcp-and-udp');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.tcp({ name: 'db', port: 5432, routes: RouteNamespaces.all() }),
    Listener.tcp({ name: 'weighted', port: 5433, routes: RouteNamespaces.all() }),
    Listener.tcp({ name: 'granted', port: 5434, routes: RouteNamespaces.all() }),
    Listener.tcp({ name: 'kept', port: 5435, routes: RouteNamespaces.all() }),
    Listener.tcp({ name: 'missing', port: 5436, routes: RouteNamespaces.all() }),
    Listener.tcp({ name: 'twice', port: 5437, routes: RouteNamespaces.all() }),
    Listener.tcp({ name: 'by-port', port: 5438, routes: RouteNamespaces.all() }),
    Listener.udp({ name: 'dns', port: 5353, routes: RouteNamespaces.all() }),
    Listener.http({ name: 'http', routes: RouteNamespaces.all() }),
  ],
});
new TcpRoute(chart, 'db', {
  metadata: { name: 'db', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'db' })],
  backends: [{ backend: Backend.serviceName('db-v1', { port: 5432 }) }],
});
new TcpRoute(chart, 'weighted', {
  metadata: { name: 'weighted', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'weighted' })],
  backends: [
    { backend: Backend.serviceName('db-v1', { port: 5432 }), weight: 70 },
    { backend: Backend.serviceName('db-v2', { port: 5432 }), weight: 30 },
  ],
});
new TcpRoute(chart, 'granted', {
  metadata: { name: 'granted', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'granted' })],
  backends: [{ backend: Backend.serviceName('granted', { namespace: 'other', port: 5432 }) }],
});
new TcpRoute(chart, 'missing', {
  metadata: { name: 'missing', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'missing' })],
  backends: [{ backend: Backend.serviceName('nobody', { port: 5432 }) }],
});
new TcpRoute(chart, 'twice-a', {
  metadata: { name: 'twice-a', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'twice' })],
  backends: [{ backend: Backend.serviceName('db-v1', { port: 5432 }) }],
});
new TcpRoute(chart, 'by-port', {
  metadata: { name: 'by-port', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { port: 5438 })],
  backends: [{ backend: Backend.serviceName('db-v2', { port: 5432 }) }],
});
new UdpRoute(chart, 'dns', {
  metadata: { name: 'dns', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'dns' })],
  backends: [{ backend: Backend.serviceName('dns', { port: 53 }) }],
});

app.synth();
