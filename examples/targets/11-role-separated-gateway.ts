import { Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Backend, Certificate, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener, RouteNamespaces, RouteParent } from 'cdk8s-mesh';

export function roleSeparatedGateway(chart: Chart): void {
  const access = { 'gateway-access': 'true' };
  // the cluster operator
  const gateway = new Gateway(chart, 'Gateway', {
    metadata: { name: 'my-gateway', namespace: 'gw-system' },
    gatewayClass: GatewayClass.fromGatewayClassName('example-gateway-class'),
    listeners: [
      Listener.http({ routes: RouteNamespaces.all() }),
      Listener.https({ certificates: [Certificate.fromSecretName('my-tls-secret')], routes: RouteNamespaces.labelled(access) }),
    ],
  });
  // a team
  new Namespace(chart, 'Namespace', { metadata: { name: 'my-app', labels: access } });
  new HttpRoute(chart, 'Route', {
    metadata: { name: 'my-app', namespace: 'my-app' },
    parents: [RouteParent.gateway(gateway, { listener: 'https' })],
    hostnames: ['my-app.example.com'],
    rules: [
      { matches: [HttpRouteMatch.pathPrefix('/api')], backends: [{ backend: Backend.serviceName('api-server', { port: 8080 }) }] },
      { matches: [HttpRouteMatch.pathPrefix('/')], backends: [{ backend: Backend.serviceName('web-frontend', { port: 3000 }) }] },
    ],
  });
}
