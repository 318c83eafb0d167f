import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import {
  Certificate, EdgeAuthorizationOptions, EnvoyExtAuthzHttpOptions, ExtensionProvider, ExternalAuthorizer, GatewayForm, GatewayHost, IstioMesh,
  MeshedGateway, MeshNamespace, MeshWorkload, NginxUpstream, ProviderService,
} from '../../src';

let chart: Chart;
let gateway: MeshedGateway;
let mesh: IstioMesh;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
  mesh = new IstioMesh(chart, 'Mesh');
  const namespace = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
  gateway = new MeshedGateway(chart, 'Gateway', {
    name: 'door', namespace, form: GatewayForm.nginx(), hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls'))],
  }).addNginxRoute({ hostname: 'shop.example.com', upstream: NginxUpstream.serviceName(namespace, 'web', { port: 8080 }) });
});

const service = ProviderService.serviceName('authorizer', 'policy', 8000);
const http = (options: Partial<EnvoyExtAuthzHttpOptions> = {}) => ExtensionProvider.envoyExtAuthzHttp('asks', { service, timeout: Duration.millis(1500), ...options });
const lines = (): string => Testing.synth(chart).find(({ kind }) => kind === 'ConfigMap').data['nginx.conf'].replace(/^ +/gm, '');
const ask = (options: EdgeAuthorizationOptions = {}, provider = http()) => gateway.edge.authorizeBy(provider, options);

test('every request is asked about, by its path and method', () => {
  ask();

  expect(lines()).toContain('auth_request /.authorize_0;');
  expect(lines()).toContain([
    'location = /.authorize_0 {', 'internal;', 'auth_request off;', 'set $authorize_0_authorizer authorizer.policy.svc.cluster.local:8000;',
    'rewrite ^ $edge_path?$edge_arguments? break;', 'proxy_method $request_method;', 'proxy_pass_request_headers off;', 'proxy_pass_request_body off;',
    'proxy_set_header host $authorize_0_authorizer;', 'proxy_set_header content-length "";', 'proxy_set_header connection "";',
    'proxy_set_header x-forwarded-host $host;', 'proxy_set_header x-forwarded-proto $scheme;', 'proxy_set_header x-forwarded-method $request_method;',
    'proxy_set_header x-forwarded-uri $request_uri;', 'proxy_set_header x-forwarded-for $remote_addr;', 'proxy_connect_timeout 1500ms;',
    'proxy_send_timeout 1500ms;', 'proxy_read_timeout 1500ms;', 'proxy_pass http://$authorize_0_authorizer;', '}',
  ].join('\n'));
  expect(lines()).toContain('set $edge_path $uri;\nset $edge_arguments $args;\nrewrite ^ $uri break;');
});

test('what it cannot answer is refused, and it may send clients elsewhere', () => {
  ask({}, http({ statusOnError: 503 }));

  expect(lines()).toContain('error_page 500 = @authorize_0_refuses;\nlocation @authorize_0_refuses {\nif ($authorize_0_location) {\n' +
    'return 302 $authorize_0_location;\n}\nreturn 503;\n}');
});

test('it sends nobody elsewhere where its headers do not come to clients', () => {
  ask({}, http({ headersToDownstreamOnDeny: ['x-reason'] }));

  expect(lines()).toContain('location @authorize_0_refuses {\nreturn 403;\n}');
});

test('some requests are not asked about', () => {
  ask({ paths: ['/private*'], exceptPaths: ['/private/open'], exceptMethods: ['OPTIONS'] });

  expect(lines()).toContain([
    'map $edge_path $authorize_0_paths {', 'default "";', '~^/private yes;', '}',
    'map $edge_path $authorize_0_except_paths {', 'default $authorize_0_paths;', '"~^/private/open\\\\z" "";', '}',
    'map $request_method $authorize_0_except_methods {', 'default $authorize_0_except_paths;', '"~^OPTIONS\\\\z" "";', '}',
    'map $authorize_0_except_methods $authorize_0_spared {', 'default 1;', '~. "";', '}',
  ].join('\n'));
  expect(lines()).toContain('if ($authorize_0_spared) {\nreturn 204;\n}');
});

test('headers go to where they are meant for', () => {
  ask({}, http({
    pathPrefix: '/check',
    includeRequestHeadersInCheck: ['Authorization'],
    includeAdditionalHeadersInCheck: { 'X-Url': 'https://%REQ(:authority)%%REQ(:path)%', 'X-Rate': '5%%' },
    headersToUpstreamOnAllow: ['x-user', 'authorization'],
    headersToDownstreamOnAllow: ['set-cookie'],
    headersToDownstreamOnDeny: ['set-cookie', 'x-reason', 'content-type', 'location'],
  }));

  expect(lines()).toContain('rewrite ^ /check$edge_path?$edge_arguments? break;');
  expect(lines()).toContain('proxy_set_header authorization $http_authorization;\nproxy_set_header x-url https://$host$request_uri;\nproxy_set_header x-rate 5%;');
  expect(lines().match(/auth_request_set .*/g)).toEqual([
    'auth_request_set $authorize_0_status $upstream_status;', 'auth_request_set $authorize_0_location $upstream_http_location;',
    'auth_request_set $authorize_0_answered_x_user $upstream_http_x_user;',
    'auth_request_set $authorize_0_answered_authorization $upstream_http_authorization;',
    'auth_request_set $authorize_0_answered_set_cookie $upstream_http_set_cookie;',
    'auth_request_set $authorize_0_answered_x_reason $upstream_http_x_reason;',
  ]);
  // Its word for the user counts alone; what it has seen stays, unless it writes it anew.
  expect(lines()).toContain('map $authorize_0_answered_x_user $authorize_0_upstream_x_user {\ndefault "";\n~. $authorize_0_answered_x_user;');
  expect(lines()).toContain('$authorize_0_upstream_authorization {\ndefault $http_authorization;\n~. $authorize_0_answered_authorization;');
  expect(lines()).toContain('proxy_set_header x-user $authorize_0_upstream_x_user;\nproxy_set_header authorization $authorize_0_upstream_authorization;');
  expect(lines()).toContain('map $authorize_0_status $authorize_0_client_x_reason {\ndefault $authorize_0_answered_x_reason;\n~^2 "";');
  expect(lines()).toContain('map $authorize_0_status $authorize_0_client_set_cookie {\ndefault $authorize_0_answered_set_cookie;\n~^2 $authorize_0_answered_set_cookie;');
  expect(lines().match(/add_header .*/g)).toEqual([
    'add_header set-cookie $authorize_0_client_set_cookie always;', 'add_header x-reason $authorize_0_client_x_reason always;',
  ]);
});

test('a header that only answers to what is allowed have is kept from others', () => {
  ask({}, http({ headersToDownstreamOnAllow: ['x-session'], headersToDownstreamOnDeny: ['x-reason'] }));

  expect(lines()).toContain('$authorize_0_client_x_session {\ndefault "";\n~^2 $authorize_0_answered_x_session;');
});

test('OAuth2 Proxy tells of users by headers that are known', () => {
  ask({}, ExternalAuthorizer.oauth2Proxy('login', { service }));

  expect(lines()).toContain('proxy_set_header x-auth-request-user $authorize_0_upstream_x_auth_request_user;');
  expect(lines()).toContain('proxy_set_header x-auth-request-redirect https://$host$request_uri;');
});

test('it lets the gateway ask, where it is a workload of the mesh', () => {
  const metadata = { name: 'authorizer', namespace: 'policy' };
  const deployment = new Deployment(chart, 'Authorizer', {
    metadata, select: false, podMetadata: { labels: { app: 'authorizer' } }, serviceAccount: new ServiceAccount(chart, 'Account', { metadata }), containers: [{ image: 'a' }],
  });
  deployment.select(LabelSelector.of({ labels: { app: 'authorizer' } }));
  const namespace = new MeshNamespace(chart, 'Policy', { mesh, name: 'policy' });
  ask({ authorizer: new MeshWorkload(chart, 'Workload', { namespace, workload: deployment }) });

  const rules = Testing.synth(chart).filter(({ kind, spec }) => kind === 'AuthorizationPolicy' && spec.rules).map(({ spec }) => spec.rules[0].from);
  expect(rules).toEqual([[{ source: { principals: ['cluster.local/ns/edge/sa/door'] } }]]);
});

test.each<[string, ExtensionProvider, string]>([
  ['gRPC', ExternalAuthorizer.openPolicyAgent('opa', { service, timeout: Duration.seconds(1) }),
    "nginx asks over HTTP only, and 'opa' is none of that; pass ExtensionProvider.envoyExtAuthzHttp(...)"],
  ['a name', ExtensionProvider.named('opa'), "nginx reads no mesh configuration, in which 'opa' is declared; pass ExtensionProvider.envoyExtAuthzHttp(...)"],
  ['failOpen', http({ failOpen: true }), 'nginx lets nothing pass while it cannot ask; use GatewayForm.selfManaged()'],
  ['bodies', http({ includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(1) } }), 'nginx shows it no bodies; use GatewayForm.selfManaged()'],
  ['a pattern', http({ headersToUpstreamOnAllow: ['x-user-*'] }),
    "nginx copies headers with letters, digits and dashes by their whole names, got 'x-user-*' in headersToUpstreamOnAllow; name each of them"],
  ['a header of its own', http({ headersToUpstreamOnAllow: ['x-real-ip'] }), "nginx writes 'x-real-ip' itself, got it in headersToUpstreamOnAllow; leave it out"],
  ['words of Envoy', http({ includeAdditionalHeadersInCheck: { 'x-id': '%START_TIME%' } }),
    "nginx has no word for '%START_TIME%' in includeAdditionalHeadersInCheck; use GatewayForm.selfManaged()"],
  ['variables', http({ pathPrefix: '/$host' }), "nginx takes '$' for the beginning of a variable, got '/$host'; use GatewayForm.selfManaged()"],
])('it cannot be asked with %s', (_, provider, message) => {
  expect(() => ask({}, provider)).toThrow(`gateway 'door' cannot have an authorizer decide: ${message}`);
});

test.each(['a', '/a*b', '/{*}'])('paths end with a star, or are exact: %s', path => {
  expect(() => ask({ exceptPaths: [path] })).toThrow(`path of authorizer of gateway 'door' must begin with '/', and may have '*' at its end only, got '${path}'`);
});
