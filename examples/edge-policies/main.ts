import { App, Chart, Duration, Size } from 'cdk8s';
import { Application } from './application';
import {
  Backend, Certificate, ClientAddress, Destination, ExternalAuthorizer, GatewayClass, GatewayForm, GatewayHost, HttpCorsMethod, HttpMethod,
  HttpPathMatch, HttpRoute, IstioFlux, IstioHost, IstioMesh, JwtRequirement, JwtRule, MeshedGateway, MeshNamespace, ProviderService, RateLimitKey,
  RateLimitUnit, TrafficExtensionFilter, VirtualService,
} from 'cdk8s-mesh';

const SHOP = 'shop.example.com';
const API = 'api.example.com';
const ADMIN = 'admin.example.com';

const app = new App();
const chart = new Chart(app, 'edge-policies');

// OAuth2 Proxy decides who has logged in; the mesh has to know where it is.
const login = ExternalAuthorizer.oauth2Proxy('login', { service: ProviderService.serviceName('oauth2-proxy', 'access', 4180) });
const mesh = new IstioMesh(chart, 'Mesh', { extensionProviders: [login] });
new IstioFlux(chart, 'Istio', { mesh });

const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const access = new MeshNamespace(chart, 'Access', { mesh, name: 'access' });

const web = new Application(chart, 'web', { namespace: shop, image: 'registry.example.com/shop/web:1.4.0', port: 8080 });
const api = new Application(chart, 'api', { namespace: shop, image: 'registry.example.com/shop/api:2.1.0', port: 8080 });
const admin = new Application(chart, 'admin', { namespace: shop, image: 'registry.example.com/shop/admin:1.0.0', port: 8080 });
const proxy = new Application(chart, 'oauth2-proxy', {
  namespace: access,
  image: 'registry.example.com/platform/oauth2-proxy:7.9.0',
  port: 4180,
  // It answers by itself what it allows, and tells who the user is.
  args: ['--http-address=:4180', '--upstream=static://200', '--reverse-proxy=true', '--set-xauthrequest=true'],
});
const limiter = new Application(chart, 'ratelimit', {
  namespace: access, image: 'registry.example.com/platform/ratelimit:1.0.0', port: 8081, protocol: 'grpc',
});

const certificate = Certificate.fromSecretName('example-tls');

// Customers come through a gateway that Istio provisions. One load balancer stands in front of it, and tells whom it serves.
const open = new MeshedGateway(chart, 'Open', {
  name: 'open',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [SHOP, API].map(host => GatewayHost.https(host, certificate)),
  clientAddress: ClientAddress.forwardedFor(1),
  admits: [shop],
});

open.edge
  // Nobody outside says who the user is, and nobody reads what runs behind the gateway.
  .cleanHeaders({
    removeFromRequests: ['x-user', 'x-auth-request-user', 'x-auth-request-email', 'x-forwarded-host', 'x-original-url'],
    addToResponses: { 'x-content-type-options': 'nosniff' },
    strictTransportSecurity: Duration.days(365),
  })
  // Some networks have attacked the shop.
  .restrictAddresses({ denied: ['198.51.100.0/24'] })
  // Pages of the shop call the API; browsers ask before, without a token.
  .allowOrigins({
    hosts: [API],
    policy: {
      allowOrigins: [`https://${SHOP}`, 'https://*.partners.example.com'],
      allowMethods: [HttpCorsMethod.GET, HttpCorsMethod.PUT, HttpCorsMethod.DELETE],
      allowHeaders: ['authorization', 'content-type'],
      maxAge: Duration.minutes(10),
    },
  })
  // The API takes tokens of the shop, and knows the user by a header.
  .requireJwt({
    hosts: [API],
    rules: [JwtRule.issuer('https://accounts.example.com', { audiences: ['shop-api'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }] })],
    tokens: JwtRequirement.requiredExcept({ paths: ['/healthz'] }),
  })
  // Whoever uses the shop has logged in, but for its first page.
  .authorizeBy(login, { hosts: [SHOP], exceptPaths: ['/', '/static/*'], authorizer: proxy.workload })
  // Guessing passwords takes long, and nobody keeps one proxy busy.
  .limitRate({
    limits: [
      { requests: 10, per: RateLimitUnit.MINUTE, path: HttpPathMatch.prefix('/login'), method: HttpMethod.POST, each: RateLimitKey.ADDRESS },
      { requests: 50, per: RateLimitUnit.SECOND, each: RateLimitKey.ADDRESS },
    ],
  })
  // What a partner has paid for is counted over all proxies. Without the service, requests are refused.
  .limitRateBy(ProviderService.service(limiter.service), {
    hosts: [API], limits: [{ requests: 100_000, per: RateLimitUnit.DAY, each: RateLimitKey.header('x-api-key') }], limiter: limiter.workload,
  })
  .limitBody(Size.mebibytes(10))
  // Old clients still ask by an old header.
  .extend(TrafficExtensionFilter.lua(`
function envoy_on_request(handle)
  local key = handle:headers():get("x-legacy-key")
  if key ~= nil then
    handle:headers():replace("x-api-key", key)
  end
end
`))
  .logAccess({ filter: 'response.code >= 400' });

for (const [host, { service, workload }] of [[SHOP, web], [API, api]] as const) {
  workload.allowFrom(open);
  new HttpRoute(chart, `Route-${host}`, {
    metadata: { name: service.name, namespace: shop.name },
    parents: [open.routeParent(host)],
    hostnames: [host],
    rules: [{ backends: [{ backend: Backend.service(service) }] }],
  });
}

// Administrators come through a gateway of ours, from the office only: its load balancer passes connections on as they are.
const office = new MeshedGateway(chart, 'Office', {
  name: 'office',
  namespace: edge,
  form: GatewayForm.selfManaged(),
  hosts: [GatewayHost.https(ADMIN, certificate)],
  clientAddress: ClientAddress.PEER,
  admits: [shop],
});

office.edge
  .restrictAddresses({ allowed: ['203.0.113.0/24'], denied: ['203.0.113.66'] })
  .authorizeBy(login, { authorizer: proxy.workload })
  .cleanHeaders({ removeFromRequests: ['x-auth-request-user', 'x-auth-request-email'], strictTransportSecurity: Duration.days(365) })
  .limitBody(Size.mebibytes(1))
  // Everything is logged that administrators do.
  .logAccess();

admin.workload.allowFrom(office);
new VirtualService(chart, 'AdminRoute', {
  metadata: { name: 'admin', namespace: shop.name },
  gateways: [office.istioGateway],
  hosts: [IstioHost.of(ADMIN)],
  httpRoutes: [{ destinations: [{ destination: Destination.service(admin.service) }] }],
});

app.synth();
