import { App, Chart, Duration } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-28';
import {
  AttachedPolicy, Backend, BackendTlsPolicy, BackendTrust, CaCertificate, Certificate, CertManagerCertificate, CertManagerIssuance,
  CertManagerIssuer, CertManagerKeyAlgorithm, CookieLifetime, DefaultGatewayScope, ExternalAuth, ExternalDns, Gateway, GatewayAddress, GatewayApi,
  GatewayApiBundle, GatewayApiChannel, GatewayApiOptions, GatewayClass, GatewayController, GrpcMethodMatch, GrpcRoute, GrpcRouteFilter,
  GrpcRouteMatch, HttpHeaderMatch, HttpPathMatch, HttpPathModifier, HttpRoute, HttpRouteFilter, HttpRouteMatch, HttpRouteRule, Listener,
  ListenerNamespaces, ListenerSet, PolicyTargetRef, ReferenceGrant, RouteNamespaces, RouteParent, SessionPersistence, SubjectAltName, TcpRoute,
  TlsRoute, UdpRoute, XBackend, XBackendEndpoints, XBackendProtocol, XBackendTrafficPolicy, XMesh, XTelemetryAttribute, XTelemetryPolicy,
  XTelemetryTracing,
} from '../../src';

// What a user of the Gateway API gets wrong, and the whole message: one who sees nothing else knows what to change.

const EXPERIMENTAL = { channel: GatewayApiChannel.EXPERIMENTAL };
const web = { name: 'web', namespace: 'shop' };
const backend = Backend.serviceName('cart', { port: 80 });
const certificates = [Certificate.fromSecretName('shop-tls')];
const edge = Gateway.fromGatewayName('edge', { namespace: 'edge' });

function chart(options: GatewayApiOptions = {}): Chart {
  const app = new App();
  GatewayApi.declare(app, options);
  return new Chart(app, 'test');
}

const gateway = (...listeners: Listener[]) => new Gateway(chart(), 'Gateway', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass: GatewayClass.CILIUM, listeners });
const parentOf = (listener: Listener, name?: string, port?: number) => RouteParent.gateway(gateway(listener), { listener: name, port });
const http = (parents: RouteParent[], hostnames?: string[]) => new HttpRoute(chart(), 'Route', { metadata: web, parents, hostnames });
const rule = (bad: HttpRouteRule, options?: GatewayApiOptions) => new HttpRoute(chart(options), 'Route', { metadata: web, rules: [{ name: 'home' }, bad] });
const service = (props: object = {}) => new Service(chart(), 'Service', { metadata: { name: 'cart', namespace: 'shop' }, ports: [{ name: 'http', port: 80 }], ...props });
const tcp = (weight: number) => new TcpRoute(chart(), 'Route', { metadata: { name: 'db' }, backends: [{ backend: Backend.serviceName('db', { port: 5432 }), weight }] });
const issued = (props: object) => new CertManagerCertificate(chart(), 'Certificate', { metadata: { name: 'shop' }, issuer: CertManagerIssuer.issuer('ca'), dnsNames: ['shop.example.com'], ...props });
const policy = (hostname: string, ...targets: PolicyTargetRef[]) =>
  new BackendTlsPolicy(chart(), 'Policy', { metadata: { name: 'cart', namespace: 'shop' }, targets, validation: { hostname, trust: BackendTrust.system() } });
const retries = (seconds: number) => new XBackendTrafficPolicy(chart(EXPERIMENTAL), 'Policy', {
  metadata: { name: 'cart' }, retryConstraint: { budget: { percent: 20, interval: Duration.seconds(seconds) } },
});

const MISTAKES: [string, () => unknown, string][] = [
  // gateways and listeners
  ['HTTPS without certificate', () => Listener.https({ name: 'https' }),
    "listener 'https' needs a certificate: pass certificates, or use Listener.http"],
  ['TCP without port', () => Listener.tcp({ name: 'db' } as { name: string; port: number }),
    "listener 'db' needs a port: TCP has no default one, pass port"],
  ['a port that is none', () => Listener.http({ port: 70000 }),
    "port of listener 'http' must be between 1 and 65535, got 70000"],
  ['a listener in upper case', () => Listener.http({ name: 'HTTP' }),
    'name of the listener must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), ' +
    "got 'HTTP'"],
  ['an address as hostname', () => Listener.http({ hostname: '10.0.0.1' }),
    "hostname of listener 'http' must be a lower case DNS name, optionally starting with '*.', got '10.0.0.1'"],
  ['HTTPRoutes for TCP', () => Listener.tcp({ port: 5432, kinds: [{ kind: 'HTTPRoute' }] }),
    "kinds of listener 'tcp' must fit protocol TCP, got HTTPRoute: TCP takes TCPRoute"],
  ['two listeners of one name', () => gateway(Listener.http(), Listener.http({ port: 8080 })),
    "listener name 'http' is taken in Gateway 'edge': pass another name"],
  ['two listeners of one port', () => gateway(Listener.http(), Listener.tcp({ port: 80 })),
    "listener 'tcp' collides with listener 'http' of Gateway 'edge': both listen on port 80 with protocols TCP and HTTP; use " +
    'another port'],
  ['two listeners of one host', () => gateway(Listener.http({ hostname: 'a.com' }), Listener.http({ name: 'b', hostname: 'a.com' })),
    "listener 'b' collides with listener 'http' of Gateway 'edge': both listen on port 80 with protocol HTTP for a.com; use " +
    'another port or hostname'],
  ['a protocol of nobody', () => Listener.custom('QUIC', { name: 'quic', port: 443 }),
    "protocol of a custom listener must be a domain and a name such as example.com/quic, at most 255 characters, got 'QUIC': " +
    "names without domain are Gateway API's own, use Listener.http and the like"],
  ['a gateway with dots', () => Gateway.fromGatewayName('edge.example.com'),
    "name of the Gateway must be a DNS label (lower case letters, digits and inner dashes), got 'edge.example.com'"],
  ['an IP address that is none', () => GatewayAddress.ipAddress('10.0.0'),
    "address of type IPAddress must be an IP address such as 10.1.2.3 or 2001:db8::1, got '10.0.0'"],
  ['labels of nothing', () => RouteNamespaces.labelled({}),
    'selector of namespaces that a listener admits must have labels or expressions, got none, which is every namespace: use ' +
    'RouteNamespaces.all()'],
  ['no namespace', () => RouteNamespaces.named(),
    'namespaces that a listener admits must have at least one name, got none: pass names, or use RouteNamespaces.same()'],
  ['a label with blanks', () => new Gateway(chart(), 'Gateway', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.CILIUM, infrastructure: { labels: { 'my team': 'a' } } }),
    "Gateway 'edge': label of the infrastructure must be a name of at most 63 letters, digits and inner -_., optionally after a " +
    "domain and a slash, got 'my team'"],
  ['no CA', () => new Gateway(chart(), 'Gateway', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.CILIUM, frontendTls: { validation: { caCertificates: [] } } }),
    "Gateway 'edge': caCertificates of frontendTls must be at least one, got none: pass one, or leave validation out"],
  ['a class with a long description', () => new GatewayClass(chart(), 'Class', { metadata: { name: 'internal' }, controller: GatewayController.CILIUM, description: 'x'.repeat(65) }),
    "description of GatewayClass 'internal' must have at most 64 characters, got 65: shorten it"],
  ['a controller without path', () => GatewayController.of('example.com'),
    "controller name must be a domain and a path such as example.com/gateway-controller, got 'example.com'"],
  ['a listener set that is not admitted', () => new ListenerSet(chart(), 'Set', {
    metadata: { name: 'team', namespace: 'shop' }, gateway: Gateway.fromGatewayName('edge', { namespace: 'edge', allowedListeners: ListenerNamespaces.none() }),
  }),
  "ListenerSet 'team' cannot attach to gateway 'edge', which admits ListenerSets of no namespace and not of namespace 'shop': " +
    "add 'shop' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)"],
  ['a listener that its gateway has', () => new ListenerSet(chart(), 'Set', {
    metadata: { name: 'team', namespace: 'edge' }, gateway: Gateway.fromGatewayName('edge', { namespace: 'edge', listeners: [Listener.http()] }), listeners: [Listener.http({ name: 'web' })],
  }),
  "listener 'web' of ListenerSet 'team' conflicts with listener 'http' of gateway 'edge': both listen on port 80 with protocol " +
    'HTTP for every host, and a Gateway listens as one with its ListenerSets; use another port or hostname'],
  // what routes attach to
  ['a listener that is not there', () => http([parentOf(Listener.http(), 'https')]),
    "gateway 'edge' has no listener 'https' for HTTPRoute 'web': it has 'http' on port 80"],
  ['a port that is not there', () => http([parentOf(Listener.http(), undefined, 8080)]),
    "gateway 'edge' has no listener on port 8080 for HTTPRoute 'web': it has 'http' on port 80"],
  ['a kind that is not taken', () => http([parentOf(Listener.tcp({ port: 5432 }))]),
    "HTTPRoute 'web' cannot attach to gateway 'edge': listener 'tcp' with protocol TCP admits no HTTPRoute, use another listener " +
    'or its kinds'],
  ['a namespace that is not admitted', () => http([parentOf(Listener.http())]),
    "HTTPRoute 'web' cannot attach to gateway 'edge': listener 'http' admits routes of its own namespace and not of namespace " +
    "'shop', add 'shop' to the namespaces that the listener admits with routes (RouteNamespaces.named)"],
  ['a host that is not served', () => http([parentOf(Listener.http({ hostname: '*.example.com', routes: RouteNamespaces.all() }))], ['shop.example.org']),
    "HTTPRoute 'web' cannot attach to gateway 'edge': listener 'http' serves *.example.com and none of shop.example.org, use a " +
    'host that the listener serves'],
  ['a gateway without listeners', () => http([RouteParent.gateway(gateway())]),
    "gateway 'edge' has no listeners yet, so HTTPRoute 'web' cannot attach to it: declare its listeners before routes attach"],
  ['a parent twice', () => http([RouteParent.gateway(edge), RouteParent.gateway(edge)]),
    "Gateway 'edge' is a parent of HTTPRoute 'web' already, got it once more without a section: each must name a section of its " +
    'own'],
  ['a host with a path', () => http([], ['shop.example.com/cart']),
    "hostname of HTTPRoute 'web' must be a lower case DNS name, optionally starting with '*.', got 'shop.example.com/cart'"],
  ['a host in upper case', () => new TlsRoute(chart(), 'Route', { metadata: { name: 'db' }, hostnames: ['DB.example.com'] }),
    "hostname of TLSRoute 'db' must be a lower case DNS name, optionally starting with '*.', got 'DB.example.com'"],
  ['a second route for TCP', () => {
    const listening = gateway(Listener.tcp({ port: 5432, routes: RouteNamespaces.all() }));
    ['a', 'b'].forEach(name => new TcpRoute(Chart.of(listening), name, { metadata: { name }, parents: [RouteParent.gateway(listening)] }));
  },
  "listener 'tcp' of Gateway 'edge' must have one TCPRoute, got 'b' beside 'a': only the oldest gets traffic; use another " +
    'listener, or one route with several backends'],
  // rules
  ['a path without slash', () => HttpPathMatch.prefix('cart'),
    "path prefix must start with '/', got 'cart'"],
  ['a path that climbs', () => HttpPathMatch.exact('/a/../b'),
    "path must not contain '/../', got '/a/../b': write the normalized path"],
  ['a path with a blank', () => HttpPathMatch.prefix('/my cart'),
    "path prefix must consist of path characters and percent escapes, got '/my cart': escape the others as %XX"],
  ['a regular expression of nothing', () => HttpPathMatch.regex(''),
    'regular expression of a path must have 1 to 1024 characters, got 0'],
  ['a header with a colon', () => HttpHeaderMatch.exact('Host:', 'a'),
    "header name must be 1 to 256 letters, digits or characters of !#$%&'*+-.^_`|~, got 'Host:'"],
  ['a header twice', () => HttpRouteMatch.of({ headers: [HttpHeaderMatch.exact('X-User', 'a'), HttpHeaderMatch.exact('x-user', 'b')] }),
    "header names of a match must differ from each other, got 'x-user' twice: leave one out"],
  ['a negative weight', () => rule({ backends: [{ backend, weight: 50 }, { backend, weight: -5 }] }),
    "rule 2 of HTTPRoute 'web': weight of backend 2 must be between 0 and 1000000, got -5"],
  ['weights of nothing', () => rule({ backends: [{ backend, weight: 0 }, { backend, weight: 0 }] }),
    "rule 2 of HTTPRoute 'web': backends must have a weight above 0 for at least one destination, got 0, 0: every request would " +
    'fail, raise one of them'],
  ['too many backends', () => rule({ backends: Array(17).fill({ backend }) }),
    "rule 2 of HTTPRoute 'web': backends must be at most 16, got 17: a second rule for the same requests would never get one, so " +
    'put several backends behind one Service'],
  ['a redirect with a backend', () => rule({ backends: [{ backend }], filters: [HttpRouteFilter.redirect({ port: 443 })] }),
    "rule 2 of HTTPRoute 'web': a rule with a redirect must have no backends, got 1: remove the backends, or the redirect"],
  ['a redirect and a rewrite', () => rule({ filters: [HttpRouteFilter.redirect({ port: 443 }), HttpRouteFilter.rewrite({ hostname: 'a.com' })] }),
    "rule 2 of HTTPRoute 'web': filters must not have a redirect and a rewrite, got both: remove one of them"],
  ['a filter twice', () => rule({ backends: [{ backend, filters: [HttpRouteFilter.cors({}), HttpRouteFilter.cors({})] }] }),
    "rule 2 of HTTPRoute 'web': types of the filters of backend 1 must differ from each other, got 'CORS' twice: join them into " +
    'one'],
  ['a prefix of nothing replaced', () => rule({ matches: [HttpRouteMatch.pathExact('/a')], filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/b') })] }),
    "rule 2 of HTTPRoute 'web': replacePrefixMatch needs a rule with exactly one match, by path prefix, got Exact: write one rule " +
    'for each prefix'],
  ['a timeout within a shorter one', () => rule({ timeouts: { request: Duration.seconds(10), backendRequest: Duration.minutes(1) } }),
    "rule 2 of HTTPRoute 'web': backend request timeout must be at most the request timeout of 10s, got 1m"],
  ['half a millisecond', () => rule({ timeouts: { request: Duration.millis(0.5) } }),
    "rule 2 of HTTPRoute 'web': request timeout must be in whole milliseconds and below 100000h, got 0.5ms"],
  ['retries of what went well', () => rule({ retry: { codes: [200] } }),
    "rule 2 of HTTPRoute 'web': codes of a retry must be between 400 and 599, got 200"],
  ['a rule twice', () => rule({ name: 'home' }),
    "rule 'home' of HTTPRoute 'web': rule name 'home' is taken: names are unique in an HTTPRoute, pass another name"],
  ['a rule in upper case', () => rule({ name: 'Cart' }),
    "rule 'Cart' of HTTPRoute 'web': name must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 " +
    "characters), got 'Cart'"],
  ['rules that tie', () => new HttpRoute(chart(), 'Route', { metadata: web, rules: Array.from({ length: 17 }, () => ({})) }),
    "rule 17 of HTTPRoute 'web': rules of an HTTPRoute that tie must be at most 16 with 128 matches, got 17 with 17: rule 1, rule " +
    '2, rule 3, rule 4, rule 5, rule 6, rule 7, rule 8, rule 9, rule 10, rule 11, rule 12, rule 13, rule 14, rule 15, rule 16, ' +
    "rule 17; the last ties with rule 1: some request matches both by path prefix '/', so only the order of the rules decides, " +
    'and it is kept within one object only; let the matches differ in path, method or exact values, or join rules that do the same'],
  ['sessions of a rule that is too large', () => rule({ matches: Array.from({ length: 65 }, (_, n) => HttpRouteMatch.pathExact(`/${n}`)), sessionPersistence: SessionPersistence.cookie() }, EXPERIMENTAL),
    "rule 2 of HTTPRoute 'web': matches of a rule with sessions must be at most 64, got 65: more need a second rule, and rules " +
    'share no session; use fewer matches, or no sessions'],
  ['a redirect to nowhere', () => HttpRouteFilter.redirect({}),
    'a redirect needs a scheme, hostname, port, path or status code, got none: it would lead back to itself'],
  ['a redirect with 200', () => HttpRouteFilter.redirect({ statusCode: 200 }),
    'status code of a redirect must be one of 301, 302, 303, 307, 308, got 200'],
  ['a redirect to many hosts', () => HttpRouteFilter.redirect({ hostname: '*.example.com' }),
    "hostname of a redirect must name one host, got '*.example.com': wildcards are not allowed here"],
  ['a rewrite of nothing', () => HttpRouteFilter.rewrite({}),
    'a rewrite needs a hostname or a path, got none: leave the filter out'],
  ['headers of nothing', () => HttpRouteFilter.requestHeaders({}),
    'a header modifier needs a header to set, add or remove, got none: leave the filter out'],
  ['a header value that begins with a blank', () => rule({ filters: [HttpRouteFilter.requestHeaders({ set: { 'X-User': ' a' } })] }, EXPERIMENTAL),
    "spec.rules[1] of HTTPRoute 'web': value of header 'X-User' must be printable ASCII with single blanks inside only, got ' a'"],
  ['a mirror of too much', () => HttpRouteFilter.mirror({ backend, percent: 150 }),
    'percent of a mirror must be between 0 and 100, got 150'],
  ['a mirror by two measures', () => GrpcRouteFilter.mirror({ backend, percent: 5, fraction: { numerator: 1, denominator: 20 } }),
    'a mirror takes percent or fraction, got both 5 and 1/20: pass one'],
  ['an origin without scheme', () => HttpRouteFilter.cors({ allowOrigins: ['shop.example.com'] }),
    "allowOrigins of CORS must be '*' or like https://shop.example.com or https://*.example.com, got 'shop.example.com'"],
  ['every origin and one', () => HttpRouteFilter.cors({ allowOrigins: ['*', 'https://shop.example.com'] }),
    "allowOrigins of CORS must have '*' alone, got *, https://shop.example.com"],
  ['CORS for less than a second', () => HttpRouteFilter.cors({ maxAge: Duration.millis(500) }),
    'maxAge of CORS must be whole seconds from 1 to 2147483647, got 500ms'],
  ['an authorization with a strange path', () => ExternalAuth.http({ backend, path: '/check?x' }),
    "path of ExternalAuth.http must be characters of a URL path, at most 1024, got '/check?x'"],
  ['a cookie without end', () => SessionPersistence.cookie({ lifetime: CookieLifetime.PERMANENT }),
    'a permanent session cookie needs an end, got none: pass absoluteTimeout, or use CookieLifetime.SESSION'],
  ['a gRPC service with slash', () => GrpcRouteMatch.service('shop/Checkout'),
    "gRPC service of a match must be a protobuf name such as 'shop.Checkout', got 'shop/Checkout': use GrpcMethodMatch.regex for " +
    'a pattern'],
  ['a gRPC service with leading dot', () => GrpcRouteMatch.service('.shop.Checkout'),
    "gRPC service of a match must not start with a dot, got '.shop.Checkout': write 'shop.Checkout', calls are made to that"],
  ['a gRPC match of nothing', () => GrpcMethodMatch.exact({}),
    'a gRPC method match needs a service or a method, got none: leave the match out for every call'],
  ['gRPC weights', () => new GrpcRoute(chart(), 'Route', { metadata: { name: 'pay' }, rules: [{ backends: [{ backend, weight: 2000000 }] }] }),
    "rule 1 of GRPCRoute 'pay': weight of backend 1 must be between 0 and 1000000, got 2000000"],
  ['TCP weights', () => tcp(-1),
    "weight of backend 1 of TCPRoute 'db' must be between 0 and 1000000, got -1"],
  ['TCP weights of nothing', () => tcp(0),
    "backends of TCPRoute 'db' must have a weight above 0 for at least one destination, got 0: every request would fail, raise " +
    'one of them'],
  // backends, grants and policies
  ['a port that the Service lacks', () => Backend.service(service(), { port: 8080 }),
    "service 'cart' has no port 8080: it has 80/TCP"],
  ['a Service of two ports', () => Backend.service(service({ ports: [{ name: 'a', port: 80 }, { name: 'b', port: 81 }] })),
    "service 'cart' has no single port: it has 80/TCP, 81/TCP; pass port"],
  ['a Service without port', () => Backend.of({ group: '', kind: 'Service', name: 'cart' }),
    "backend Service 'cart' needs a port: pass port"],
  ['a Service name with blanks', () => Backend.serviceName('my cart', { port: 80 }),
    'name of the backend must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got ' +
    "'my cart'"],
  ['a grant of a namespace that is none', () => new ReferenceGrant(chart(), 'Grant', {
    metadata: { name: 'routes' }, sources: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'Shop' }], targets: [],
  }),
  "namespace of a source of ReferenceGrant 'routes' must be a DNS label (lower case letters, digits and inner dashes), got " +
    "'Shop'"],
  ['a policy in another namespace', () => policy('cart.example.com', PolicyTargetRef.serviceName('cart', { namespace: 'other' })),
    "BackendTLSPolicy 'cart' is in namespace 'shop', its target Service 'cart' in namespace 'other': put the policy into the " +
    'namespace of its target'],
  ['a policy of gateways', () => policy('cart.example.com', PolicyTargetRef.gateway(Gateway.fromGatewayName('edge'))),
    "BackendTLSPolicy 'cart' cannot be attached to Gateway 'edge': its targets are Services, use PolicyTargetRef.service"],
  ['a policy twice', () => policy('cart.example.com', PolicyTargetRef.serviceName('cart'), PolicyTargetRef.serviceName('cart')),
    "BackendTLSPolicy 'cart' has target Service 'cart' twice: leave one out"],
  ['a certificate of many hosts', () => policy('*.example.com'),
    "BackendTLSPolicy 'cart': hostname of a backend's certificate must name one host, got '*.example.com': wildcards are not " +
    'allowed here'],
  ['a port that the Service does not name', () => PolicyTargetRef.service(service(), { port: 'grpc' }),
    "Service 'cart' has no port 'grpc': it has http"],
  ['a policy that says its targets itself', () => new AttachedPolicy(chart(), 'Policy', { apiVersion: 'example.com/v1', kind: 'RateLimit', spec: { targetRefs: [] } }),
    'spec of RateLimit must not hold targetRefs: pass targets, so that they are checked'],
  ['trust in nobody', () => BackendTrust.certificates(),
    'CA certificates that a backend is trusted by must be 1 to 8, got 0: for those of the system use BackendTrust.system'],
  ['a name that is no URI', () => SubjectAltName.uri('cart'),
    "subject alternative name must be a URI such as spiffe://cluster.local/ns/shop/sa/cart, at most 253 characters, got 'cart'"],
  ['a bundle of a namespace', () => CaCertificate.of({ group: 'certificates.k8s.io', kind: 'ClusterTrustBundle', name: 'corporate', namespace: 'shop' }),
    "ClusterTrustBundle 'corporate' has no namespace, got 'shop': it is of the whole cluster, leave namespace out"],
  // X kinds
  ['a budget of no time', () => retries(0),
    "XBackendTrafficPolicy 'cart': interval of a retry budget must be between 1s and 1h, got 0s"],
  ['TLS missing', () => new XBackend(chart(EXPERIMENTAL), 'Backend', {
    metadata: { name: 'api' }, endpoints: XBackendEndpoints.externalHostname('api.example.com'), port: 443, protocol: XBackendProtocol.HTTP2,
  }),
  "XBackend 'api': protocol HTTP2 needs TLS, got none: pass XBackendTls.serverOnly, or use XBackendProtocol.H2C"],
  ['a host of the cluster', () => XBackendEndpoints.externalHostname('cart.shop.svc.cluster.local'),
    "hostname of the XBackend must be outside the cluster, got 'cart.shop.svc.cluster.local': use Backend.service, or " +
    'XBackendEndpoints.endpointSelector'],
  ['every pod', () => XBackendEndpoints.endpointSelector({}),
    'endpointSelector of an XBackend needs at least one label, got none: it cannot select every pod'],
  ['an attribute without a value', () => XTelemetryAttribute.literal('team', ''),
    "value of attribute 'team' must have 1 to 1024 characters, got 0"],
  ['a span with two blanks', () => XTelemetryTracing.enabled({ provider: { backend }, spanName: 'a  b' }),
    "spanName of tracing must be 1 to 256 letters, digits or characters of _.:/-, with single blanks inside, got 'a  b'"],
  ['telemetry of a Service', () => new XTelemetryPolicy(chart(EXPERIMENTAL), 'Policy', {
    metadata: { name: 'traces' }, targets: [PolicyTargetRef.serviceName('cart')], tracing: XTelemetryTracing.disabled(),
  }),
  "XTelemetryPolicy 'traces' cannot be attached to Service 'cart': its targets are Gateways, use PolicyTargetRef.gateway"],
  ['a mesh with a long description', () => new XMesh(chart(EXPERIMENTAL), 'Mesh', { metadata: { name: 'mesh' }, controller: GatewayController.ISTIO, description: 'x'.repeat(65) }),
    "characters of the description of XMesh 'mesh' must be at most 64, got 65: shorten it"],
  // releases, channels and controllers
  ['a kind of the experimental channel', () => new XMesh(chart(), 'Mesh', { controller: GatewayController.ISTIO }),
    'XMesh is not in Gateway API 1.7 standard: it is in the experimental channel only, since 1.4; leave it out, or declare what ' +
    'the clusters run with GatewayApi.declare'],
  ['a field of the experimental channel', () => rule({ sessionPersistence: SessionPersistence.cookie() }),
    "spec.rules[1].sessionPersistence of HTTPRoute 'web' is not in Gateway API 1.7 standard, which would drop it in silence: it " +
    'is in the experimental channel only, since 1.1; leave it out, or declare what the clusters run with GatewayApi.declare'],
  ['a field of a later release', () => rule({ retry: { attempts: 3 } }, { bundle: GatewayApiBundle.V1_6 }),
    "spec.rules[1].retry of HTTPRoute 'web' is not in Gateway API 1.6 standard, which would drop it in silence: it is in the " +
    'standard channel since 1.7, in the experimental channel since 1.2; leave it out, or declare what the clusters run with ' +
    'GatewayApi.declare'],
  ['a field of the whole route', () => new HttpRoute(chart(), 'Route', { metadata: web, useDefaultGateways: DefaultGatewayScope.ALL }),
    "spec.useDefaultGateways of HTTPRoute 'web' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the " +
    'experimental channel only, since 1.4; leave it out, or declare what the clusters run with GatewayApi.declare'],
  ['a kind that the controller does not read', () => new UdpRoute(chart(), 'Route', {
    metadata: { name: 'dns' }, parents: [RouteParent.gateway(Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO }))],
  }),
  "Istio 1.31 does not read UDPRoute 'dns': it is ignored in silence; leave it out, or name 'UDPRoute' in unreadFields of " +
    'GatewayApi.declare'],
  ['a field that the controller does not read', () => new HttpRoute(chart(EXPERIMENTAL), 'Route', {
    metadata: web, parents: [RouteParent.gateway(Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO }))], rules: [{ sessionPersistence: SessionPersistence.cookie() }],
  }),
  "Istio 1.31 does not read spec.rules[0].sessionPersistence of HTTPRoute 'web': it is ignored in silence; leave it out, or " +
    "name 'HTTPRoute rules[].sessionPersistence' in unreadFields of GatewayApi.declare"],
  ['no retries before they could be off', () => rule({ retry: { attempts: 0 } }, { bundle: GatewayApiBundle.V1_4, ...EXPERIMENTAL }),
    "rule 2 of HTTPRoute 'web': attempts of a retry must be at least 1 before Gateway API 1.7, got 0 with 1.4: leave retry out"],
  ['a declaration that comes late', () => GatewayApi.declare(chart().node.root, {}),
    "the Gateway API must be declared before 'the app' has children, got 1, the first is 'test': declare it right after the " +
    'app, or chart, is made'],
  ['an opt-in for nothing', () => chart({ unreadFields: ['GatewayClass description'] }),
    "unreadFields must name what a controller is known not to read, such as 'HTTPRoute rules[].sessionPersistence', got " +
    "'GatewayClass description'; there is nothing of the kind: the kinds are GRPCRoute, Gateway, HTTPRoute, ListenerSet, " +
    'TCPRoute, TLSRoute, UDPRoute, XTelemetryPolicy'],
  // meshes
  ['a producer elsewhere', () => new HttpRoute(chart(), 'Route', { metadata: { name: 'web', namespace: 'client' }, parents: [RouteParent.producerService(service())] }),
    "a producer route of Service 'cart' must be in its namespace 'shop', got 'client': only there it counts for all clients; set " +
    "metadata.namespace of the route, or use RouteParent.consumerService for clients in the route's namespace"],
  ['a consumer at home', () => http([RouteParent.consumerServiceName('cart', { namespace: 'shop' })]),
    "a consumer route of Service 'cart' must be outside of its namespace, got 'shop' for both: there it counts for all clients, " +
    'which is RouteParent.producerService'],
  ['a Service without address', () => RouteParent.producerService(service({ type: ServiceType.EXTERNAL_NAME, externalName: 'a.com' })),
    "service 'cart' must have a cluster IP to be the parent of a route, got one that is of type ExternalName: meshes route by " +
    'that address'],
  // cert-manager and external-dns
  ['a certificate for nobody', () => issued({ dnsNames: [] }),
    "Certificate 'shop': a certificate needs a name, got none: pass dnsNames, ipAddresses, uris, emailAddresses, otherNames or " +
    'commonName'],
  ['a certificate for minutes', () => issued({ duration: Duration.minutes(30) }),
    "Certificate 'shop': duration of a certificate must be at least 1h, got 30m"],
  ['a renewal before the beginning', () => issued({ duration: Duration.hours(2), renewBefore: Duration.hours(3) }),
    "Certificate 'shop': renewBefore of a certificate must be shorter than its duration of 2h, got 3h"],
  ['a curve that is none', () => issued({ privateKey: { algorithm: CertManagerKeyAlgorithm.ECDSA, size: 512 } }),
    "Certificate 'shop': size of an ECDSA key must be one of 256, 384, 521, got 512"],
  ['two certificates for a Secret', () => ['a', 'b'].reduce((scope, name) => {
    new CertManagerCertificate(scope, name, { metadata: { name }, issuer: CertManagerIssuer.issuer('ca'), secretName: 'shop-tls', dnsNames: ['shop.example.com'] });
    return scope;
  }, chart()),
  "Secret 'shop-tls' in namespace 'default' is filled for Certificate 'a' already, got Certificate 'b': only one of them can " +
    'have it; use another Secret, or leave the issuer of the Gateway or the Certificate out'],
  ['a listener that cert-manager cannot know', () => CertManagerIssuance.gateway(gateway(Listener.https({ certificates })), CertManagerIssuer.issuer('ca')),
    "listener 'https' of Gateway 'edge' gets no certificate of cert-manager: it has no hostname; pass hostname, use a " +
    'CertManagerCertificate, or name the listener in ignoreTlsListeners'],
  ['an issuer of an unknown kind', () => CertManagerIssuer.of({ group: 'cert-manager.io', kind: 'VaultIssuer', name: 'ca' }),
    "kind of an issuer of cert-manager.io must be Issuer or ClusterIssuer, got 'VaultIssuer': pass the group of the external " +
    'issuer'],
  ['records of a Gateway', () => new ExternalDns().publish(gateway(Listener.http())),
    "external-dns makes records of HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute only, got Gateway 'edge': use target for " +
    'what listens'],
  ['records for no time', () => new ExternalDns().publish(http([]), { ttl: Duration.seconds(0) }),
    "ttl of the records of HTTPRoute 'web' must be whole seconds from 1 to 2147483647, got 0s"],
  ['records of no host', () => new ExternalDns().publish(new TcpRoute(chart(), 'Route', { metadata: { name: 'db' } })),
    "TCPRoute 'db' has no hosts of its own, got no hostnames: pass hostnames"],
];

const messageOf = (mistake: () => unknown) => {
  try {
    mistake();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

test.each(MISTAKES)('%s', (_, mistake, message) => {
  expect(messageOf(mistake)).toBe(message);
});

test('the messages are many', () => {
  const kinds = new Set(MISTAKES.map(([, , message]) => message.replace(/'[^']*'|\d+/g, '')));
  expect(kinds.size).toBeGreaterThanOrEqual(60);
  expect(new Set(MISTAKES.map(([, , message]) => message)).size).toBe(MISTAKES.length);
});

test('each is one sentence without a full stop', () => {
  expect(MISTAKES.map(([, , message]) => message).filter(message => /\.$|\. /.test(message))).toEqual([]);
});
