import { Chart } from 'cdk8s';
import { Backend, Gateway, HttpPathModifier, HttpRoute, HttpRouteFilter, HttpRouteMatch, HttpRouteRule, RouteParent } from 'cdk8s-mesh';

export function httpRouteFeatures(chart: Chart): void {
  const gateway = Gateway.fromGatewayName('my-gateway', { namespace: 'gw-system' });
  const route = (name: string, ...rules: HttpRouteRule[]) =>
    new HttpRoute(chart, name, { metadata: { name, namespace: 'my-app' }, parents: [RouteParent.gateway(gateway)], rules });

  route('by-header',
    { matches: [HttpRouteMatch.header('x-env', 'staging')], backends: [{ backend: Backend.serviceName('my-app-staging', { port: 80 }) }] },
    { backends: [{ backend: Backend.serviceName('my-app-production', { port: 80 }) }] });
  route('split', {
    backends: [
      { backend: Backend.serviceName('my-app-v1', { port: 80 }), weight: 90 },
      { backend: Backend.serviceName('my-app-v2', { port: 80 }), weight: 10 },
    ],
  });
  route('rewrite', {
    matches: [HttpRouteMatch.pathPrefix('/old-api')],
    filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/new-api') })],
    backends: [{ backend: Backend.serviceName('api-server', { port: 8080 }) }],
  });
  route('cross-namespace', { backends: [{ backend: Backend.serviceName('search', { namespace: 'search', port: 80 }) }] });
}
