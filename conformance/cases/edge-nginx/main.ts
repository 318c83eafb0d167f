import { App, Chart, Duration, Size } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  Certificate, ClientAddress, ExtensionProvider, ExternalAuthorizer, GatewayExposure, GatewayForm, GatewayHost, HttpCorsMethod, HttpMethod,
  HttpPathMatch, IstioMesh, MeshedGateway, MeshNamespace, NginxUpstream, ProviderService, RateLimitKey, RateLimitUnit,
} from 'cdk8s-mesh';

/** An nginx for each verb of the edge that it can enforce, and one with all of them. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'edge-nginx');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

function service(name: string, port: number): Service {
  const made = new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port, targetPort: 8080 }] });
  made.selectLabel('app', name);
  return made;
}

const web = NginxUpstream.service(shop, service('web', 8080));
const authorizer = ProviderService.service(service('authorizer', 8000));

function gateway(name: string): MeshedGateway {
  const made = new MeshedGateway(chart, name, {
    name,
    namespace: edge,
    form: GatewayForm.nginx(),
    hosts: [
      ...['shop.example.com', 'api.example.com', '*.apps.example.com'].map(host => GatewayHost.https(host, Certificate.fromSecretName(`${name}-tls`))),
      GatewayHost.http('plain.example.com'),
    ],
    exposures: [GatewayExposure.clusterIp()],
    clientAddress: ClientAddress.PEER,
    admits: [shop],
  });
  made.hosts.forEach(({ hostname }) => made.addNginxRoute({ hostname, upstream: web }));
  return made
    .addNginxRoute({ hostname: 'a.apps.example.com', upstream: web })
    .addNginxRoute({ hostname: 'shop.example.com', path: HttpPathMatch.prefix('/upload'), upstream: web, maxBodySize: Size.kibibytes(4) });
}

gateway('addresses').edge
  .restrictAddresses({ hosts: ['shop.example.com', '*.apps.example.com'], allowed: ['127.1.0.0/16'], denied: ['127.1.0.66'] })
  .restrictAddresses({ hosts: ['plain.example.com'], denied: ['127.1.0.0/16'] });

gateway('rates').edge
  .limitRate({
    hosts: ['shop.example.com'],
    limits: [
      { requests: 3, per: RateLimitUnit.MINUTE, each: RateLimitKey.ADDRESS },
      { requests: 1, per: RateLimitUnit.MINUTE, path: HttpPathMatch.prefix('/log%20in'), method: HttpMethod.POST, headers: { 'x-kind': 'a.b' } },
    ],
  })
  .limitRate({ hosts: ['api.example.com'], limits: [{ requests: 2, per: RateLimitUnit.MINUTE, each: RateLimitKey.header('x-api-key') }] })
  .limitRate({ hosts: ['plain.example.com'], limits: [{ requests: 1, per: RateLimitUnit.MINUTE }] });

const own = {
  allowOrigins: ['https://www.example.com', 'https://*.pages.example.com'],
  allowMethods: [HttpCorsMethod.GET, HttpCorsMethod.PUT],
  allowHeaders: ['authorization', 'x-page'],
  exposeHeaders: ['x-total'],
  allowCredentials: true,
  maxAge: Duration.minutes(10),
};
gateway('origins').edge.allowOrigins({ hosts: ['shop.example.com'], policy: own });

const changes = {
  removeFromRequests: ['X-User', 'x-real-ip'],
  addToResponses: { 'x-content-type-options': 'nosniff', 'x-share': '100% "of" ${host} $host;' },
  strictTransportSecurity: Duration.days(365),
};
gateway('headers').edge.cleanHeaders({ ...changes, hosts: ['shop.example.com', 'api.example.com'] });

gateway('bodies').edge.limitBody(Size.kibibytes(2), { hosts: ['shop.example.com'] }).logAccess();

const asks = ExtensionProvider.envoyExtAuthzHttp('asks', {
  service: authorizer,
  timeout: Duration.seconds(2),
  pathPrefix: '/check',
  includeRequestHeadersInCheck: ['x-answer-status', 'x-answer-headers', 'x-answer-by', 'authorization'],
  headersToUpstreamOnAllow: ['x-user', 'authorization'],
  headersToDownstreamOnAllow: ['set-cookie'],
  headersToDownstreamOnDeny: ['x-reason', 'location', 'set-cookie'],
});
const gone = ExtensionProvider.envoyExtAuthzHttp('gone', {
  service: ProviderService.serviceName('gone', 'shop', 8000), timeout: Duration.millis(500), statusOnError: 503,
});
gateway('authorized').edge
  .authorizeBy(asks, { hosts: ['shop.example.com'], exceptPaths: ['/healthz', '/public/*'], exceptMethods: ['OPTIONS'] })
  .authorizeBy(ExternalAuthorizer.oauth2Proxy('login', { service: authorizer }), { hosts: ['api.example.com'], paths: ['/private*'] })
  .authorizeBy(gone, { hosts: ['plain.example.com'] });

gateway('all').edge
  .authorizeBy(asks)
  .allowOrigins({ policy: own })
  .cleanHeaders(changes)
  .limitRate({ limits: [{ requests: 100, per: RateLimitUnit.SECOND, each: RateLimitKey.ADDRESS }] })
  .limitBody(Size.mebibytes(2))
  .restrictAddresses({ denied: ['127.2.0.0/16'] })
  .logAccess();

app.synth();
