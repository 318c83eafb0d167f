import { Chart } from 'cdk8s';
import { Backend, Gateway, GrpcRoute, GrpcRouteMatch, RouteParent, TcpRoute, TlsRoute, UdpRoute } from 'cdk8s-mesh';

export function l4Routes(chart: Chart): void {
  const gateway = Gateway.fromGatewayName('my-gateway', { namespace: 'gw-system' });
  const on = (listener: string) => [RouteParent.gateway(gateway, { listener })];
  const metadata = (name: string) => ({ name, namespace: 'data' });

  new TlsRoute(chart, 'Db', {
    metadata: metadata('db'),
    parents: on('tls'),
    hostnames: ['db.example.com'],
    backends: [{ backend: Backend.serviceName('db', { port: 5432 }) }],
  });
  new TcpRoute(chart, 'Mqtt', {
    metadata: metadata('mqtt'),
    parents: on('mqtt'),
    backends: [{ backend: Backend.serviceName('mqtt', { port: 1883 }) }],
  });
  new UdpRoute(chart, 'Dns', {
    metadata: metadata('dns'),
    parents: on('dns'),
    backends: [{ backend: Backend.serviceName('dns', { port: 53 }) }],
  });
  new GrpcRoute(chart, 'Checkout', {
    metadata: metadata('checkout'),
    parents: on('https'),
    hostnames: ['grpc.example.com'],
    rules: [{
      matches: [GrpcRouteMatch.serviceMethod('shop.Checkout', 'Pay')],
      backends: [{ backend: Backend.serviceName('checkout', { port: 9000 }) }],
    }],
  });
}
