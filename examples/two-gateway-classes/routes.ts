import { Duration } from 'cdk8s';
import { Deployment, Namespace, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, GrpcRoute, GrpcRouteMatch, HttpHeaderMatch, HttpPathMatch, HttpPathModifier, HttpRedirectScheme, HttpRoute, HttpRouteFilter,
  HttpRouteMatch, IBackend, IGateway, RouteParent,
} from 'cdk8s-mesh';

/** The booking's pods and routes. Nothing here knows which class the Gateway is of. */
export function makeBooking(scope: Construct, namespace: Namespace, gateway: IGateway): void {
  const metadata = (name: string) => ({ name, namespace: namespace.name });
  const parents = (listener: string) => [RouteParent.gateway(gateway, { listener })];

  const workload = (name: string, tag: string, protocol: string, port: number): IBackend => {
    const construct = new Construct(scope, name);
    const deployment = new Deployment(construct, 'Deployment', {
      metadata: metadata(name), containers: [{ image: `registry.example.com/booking/${name}:${tag}`, portNumber: port }],
    });
    return Backend.service(new Service(construct, 'Service', { metadata: metadata(name), selector: deployment, ports: [{ name: protocol, port }] }));
  };
  const web = workload('web', '5.2.0', 'http', 8080);
  const search = workload('search', '3.9.1', 'http', 8080);
  const searchNext = workload('search-next', '4.0.0', 'http', 8080);
  const seats = workload('seats', '1.14.0', 'grpc', 50051);

  new HttpRoute(scope, 'RedirectRoute', {
    metadata: metadata('redirect-to-https'),
    parents: parents('http'),
    hostnames: ['booking.example.com'],
    rules: [{ filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, statusCode: 301 })] }],
  });
  new HttpRoute(scope, 'BookingRoute', {
    metadata: metadata('booking'),
    parents: parents('https'),
    hostnames: ['booking.example.com'],
    rules: [
      {
        name: 'testers',
        matches: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/search'), headers: [HttpHeaderMatch.exact('x-preview', 'true')] })],
        filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/v4/search') })],
        backends: [{ backend: searchNext }],
      },
      {
        name: 'search',
        matches: [HttpRouteMatch.pathPrefix('/search')],
        timeouts: { request: Duration.seconds(3) },
        backends: [{ backend: search, weight: 95 }, { backend: searchNext, weight: 5 }],
      },
      { name: 'pages', filters: [HttpRouteFilter.responseHeaders({ set: { 'x-frame-options': 'DENY' } })], backends: [{ backend: web }] },
    ],
  });
  new GrpcRoute(scope, 'SeatsRoute', {
    metadata: metadata('seats'),
    parents: parents('https'),
    hostnames: ['seats.example.com'],
    rules: [{ matches: [GrpcRouteMatch.service('booking.v1.Seats')], backends: [{ backend: seats }] }],
  });
}
