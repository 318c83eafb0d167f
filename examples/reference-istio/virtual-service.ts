import { Chart, Duration } from 'cdk8s';
import { Subsets } from './destination-rule';
import { Gateways } from './gateway';
import { MATCHES } from './http-match';
import { Hosts } from './service-entry';
import { Shop } from './shop';
import {
  Destination, GrpcStatus, HttpFault, HttpRetries, IstioCorsPolicy, IstioDirectResponse, IstioHost, IstioHttpRedirect, IstioHttpRewrite,
  IstioRedirectPort, IstioRedirectScheme, StringMatch, UnmatchedPreflights, VirtualService, VirtualServiceDelegate, VirtualServiceGateway,
} from 'cdk8s-mesh';

/** What VirtualServices refer to. */
export interface VirtualServiceParts {
  readonly shop: Shop;
  readonly gateways: Gateways;
  readonly subsets: Subsets;
  readonly hosts: Hosts;
}

export function virtualServices(chart: Chart, { shop, gateways, subsets, hosts }: VirtualServiceParts): void {
  const { ingress, egress } = gateways;
  const { catalogueV1, catalogueV2 } = subsets;
  const partner = hosts.partners.host('cookie.partners.example.net');
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const { web, cart, orders, catalogue } = shop;
  const toWeb = { destinations: [{ destination: Destination.service(web.service) }] };
  const on = (path: string) => [{ uri: StringMatch.prefix(path) }];

  // delegate.name, namespace: the routes of the cart, which its team writes
  const cartRoutes = new VirtualServiceDelegate(chart, 'Delegate', {
    metadata: metadata('cart-routes'),
    exportTo: ['.'],
    httpRoutes: [{ matches: on('/cart/items'), destinations: [{ destination: Destination.service(cart.service) }] }],
  });

  // hosts, gateways, http[].name, match, route[].destination.host, port.number
  new VirtualService(chart, 'Shop', {
    metadata: metadata('shop'),
    hosts: [IstioHost.of('shop.example.com'), IstioHost.of('www.example.com')],
    gateways: [ingress],
    httpRoutes: [
      ...Object.entries(MATCHES).map(([name, matches]) => ({ name, matches, ...toWeb })),
      // match[].gateways, port
      { name: 'gateways', matches: [{ uri: StringMatch.prefix('/from-outside'), gateways: [ingress], port: 443 }], ...toWeb },
      // delegate
      { name: 'delegate', matches: on('/cart'), delegate: cartRoutes },
      // redirect.uri, authority, scheme, port, redirectCode
      {
        name: 'redirect-uri',
        matches: on('/old-shop'),
        redirect: IstioHttpRedirect.to({ uri: '/welcome', authority: 'www.example.com', scheme: IstioRedirectScheme.HTTPS, port: 8443, code: 308 }),
      },
      // redirect.prefixRewrite, derivePort: FROM_REQUEST_PORT
      {
        name: 'redirect-prefix',
        matches: on('/blog'),
        redirect: IstioHttpRedirect.to({ prefixRewrite: '/news', derivePort: IstioRedirectPort.FROM_REQUEST_PORT }),
      },
      // redirect.derivePort: FROM_PROTOCOL_DEFAULT
      {
        name: 'redirect-port',
        matches: on('/insecure'),
        redirect: IstioHttpRedirect.to({
          uri: '/', scheme: IstioRedirectScheme.HTTPS, derivePort: IstioRedirectPort.FROM_PROTOCOL_DEFAULT, code: 302,
        }),
      },
      // directResponse.status, body.string
      { name: 'direct-response', matches: on('/robots.txt'), directResponse: IstioDirectResponse.text(200, 'User-agent: *\nDisallow: /cart\n') },
      // directResponse.body.bytes
      { name: 'direct-response-bytes', matches: on('/pixel.gif'), directResponse: IstioDirectResponse.bytes(200, 'R0lGODlhAQABAAAAACwAAAAAAQABAAA=') },
      // rewrite.uri, authority
      { name: 'rewrite', matches: on('/legacy/'), rewrite: IstioHttpRewrite.uri('/', { authority: 'web.shop.svc.cluster.local' }), ...toWeb },
      // rewrite.uriRegexRewrite.match, rewrite
      { name: 'rewrite-regex', matches: on('/users/'), rewrite: IstioHttpRewrite.uriRegex('^/users/([0-9]+)', '/accounts/\\1'), ...toWeb },
      // timeout, retries.attempts, perTryTimeout, retryOn, backoff, retryRemoteLocalities, retryIgnorePreviousHosts
      {
        name: 'retries',
        matches: on('/prices'),
        timeout: Duration.seconds(5),
        retries: HttpRetries.attempts(3, {
          perTryTimeout: Duration.millis(1500),
          retryOn: ['connect-failure', 'refused-stream', '503'],
          backoff: Duration.millis(50),
          retryRemoteLocalities: true,
          retryIgnorePreviousHosts: true,
        }),
        ...toWeb,
      },
      // fault.delay.fixedDelay, percentage.value, fault.abort.httpStatus, percentage.value
      {
        name: 'fault',
        matches: [{ headers: { 'x-test': StringMatch.exact('faults') } }],
        fault: HttpFault.delay(Duration.seconds(3), 50).combinedWith(HttpFault.abort(503, 10)),
        ...toWeb,
      },
      // headers.request.set, add, remove, headers.response.set, add, remove
      {
        name: 'headers',
        matches: on('/private'),
        headers: {
          request: { set: { 'x-shop': 'main' }, add: { 'x-via': 'ingress' }, remove: ['x-debug'] },
          response: { set: { 'cache-control': 'no-store' }, add: { 'x-served-by': 'shop' }, remove: ['server'] },
        },
        ...toWeb,
      },
      // corsPolicy: all but the words of unmatchedPreflights, which follow
      {
        name: 'cors',
        matches: on('/api'),
        cors: IstioCorsPolicy.of({
          allowOrigins: [
            StringMatch.exact('https://www.example.com'), StringMatch.prefix('https://partners.'), StringMatch.regex('https://.*\\.example\\.com'),
          ],
          allowMethods: ['GET', 'POST'],
          allowHeaders: ['authorization', 'content-type'],
          exposeHeaders: ['x-request-id'],
          maxAge: Duration.hours(24),
          allowCredentials: true,
          unmatchedPreflights: UnmatchedPreflights.FORWARD,
        }),
        ...toWeb,
      },
      // corsPolicy.unmatchedPreflights: IGNORE
      {
        name: 'cors-ignore',
        matches: on('/feed'),
        cors: IstioCorsPolicy.of({ allowOrigins: [StringMatch.exact('https://www.example.com')], unmatchedPreflights: UnmatchedPreflights.IGNORE }),
        ...toWeb,
      },
      { name: 'others', ...toWeb },
    ],
  });

  // What the other hosts of the ingress are for: the same pods.
  new VirtualService(chart, 'Others', {
    metadata: metadata('others'),
    hosts: ['events', 'partners', 'account', 'devices', 'terminals'].map(name => IstioHost.of(`${name}.example.com`)),
    gateways: [ingress],
    httpRoutes: [toWeb],
  });

  // match[].gateways: from the mesh to the egress gateway, and from there to a partner
  new VirtualService(chart, 'Partner', {
    metadata: metadata('partner'),
    hosts: [partner],
    gateways: [VirtualServiceGateway.MESH, egress],
    exportTo: ['.', 'edge'],
    httpRoutes: [
      { name: 'to-egress', matches: [{ gateways: [VirtualServiceGateway.MESH] }], destinations: [{ destination: Destination.service(shop.egress.service, { port: 80 }) }] },
      { name: 'out', matches: [{ gateways: [egress] }], destinations: [{ destination: Destination.host(partner, { port: 80 }) }] },
    ],
  });

  // exportTo, and what clients in the mesh say of a Service: match[].sourceLabels, sourceNamespace
  new VirtualService(chart, 'Catalogue', {
    metadata: metadata('catalogue'),
    hosts: [IstioHost.service(catalogue.service)],
    gateways: [VirtualServiceGateway.MESH],
    exportTo: ['.', 'edge'],
    httpRoutes: [
      {
        name: 'sources',
        matches: [{ sourceLabels: { app: 'web', version: 'v1' }, sourceNamespace: 'shop', headers: { 'x-release': StringMatch.present() } }],
        destinations: [{ destination: Destination.subset(catalogueV2, { port: 8080 }) }],
      },
      // route[].destination.subset, weight, headers; mirrors[].destination.host, port, subset, percentage.value
      {
        name: 'weights',
        matches: on('/products'),
        destinations: [
          { destination: Destination.subset(catalogueV1, { port: 8080 }), weight: 90 },
          {
            destination: Destination.subset(catalogueV2, { port: 8080 }),
            weight: 10,
            headers: {
              request: { set: { 'x-canary': 'true' }, add: { 'x-via': 'canary' }, remove: ['x-cache'] },
              response: { set: { 'x-version': 'v2' }, add: { 'x-served-by': 'canary' }, remove: ['x-internal'] },
            },
          },
        ],
        mirrors: [{ destination: Destination.subset(catalogueV2, { port: 8080 }), percentage: 5 }],
      },
      { name: 'others', destinations: [{ destination: Destination.subset(catalogueV1, { port: 8080 }) }] },
    ],
  });

  // fault.abort.grpcStatus, retries.attempts: 0
  new VirtualService(chart, 'Orders', {
    metadata: metadata('orders'),
    hosts: [IstioHost.service(orders.service)],
    httpRoutes: [{
      name: 'grpc-status',
      matches: [{ port: 9090 }],
      fault: HttpFault.abortGrpc(GrpcStatus.UNAVAILABLE, 0.1),
      retries: HttpRetries.none(),
      destinations: [{ destination: Destination.service(orders.service, { port: 9090 }) }],
    }, {
      name: 'http',
      destinations: [{ destination: Destination.service(orders.service, { port: 8080 }) }],
    }],
  });
}
