import { literal, Maker, Makers, map } from '../makers';
import { CLASS, HOME, importedGateway, listeners, openGateway, service } from './world';

const LABELS = map(['app', 'web'], ['example.com/team', 'shop'], ['tier', '']);
const ANNOTATIONS = map(['example.com/note', 'text'], ['example.com/owner', 'shop team']);

/** The listeners that every gateway of a program has, by the kinds of route that they take. */
const LISTENERS: { readonly [target: string]: readonly [name: string, port: number] } = {
  TlsRoute: ['tls', 8443],
  TcpRoute: ['tcp', 9000],
  UdpRoute: ['udp', 9001],
};
const listenerFor = (target: string) => LISTENERS[target] ?? ['http', 80];
const listenerName: Maker = ({ target }) => literal(listenerFor(target)[0]);
const listenerPort: Maker = ({ target }) => literal(listenerFor(target)[1]);

const NAMES = ['web', 'api', 'shop-v2', 'cart', 'checkout', 'stock', 'search', 'mail', 'pay', 'users'];
const HEADERS = ['X-Shop', 'X-User', 'X-Version', 'X-Trace'];
const ORIGINS = ['https://shop.example.com', 'https://*.example.com', 'http://localhost:8080'];
/** What refers to objects of its own namespace only. */
const STAYS = /Policy$|^XBackend$/;

/** What strings and numbers mean in the Gateway API. */
export const MAKERS: Makers = {
  // Objects.
  'name': NAMES,
  'names': [HOME, 'other', 'team'],
  'ruleName': NAMES,
  'namespace': ({ pick, target }) => literal(STAYS.test(target) ? HOME : pick([HOME, 'other', 'team'])),
  'ConsumedServiceOptions.namespace': ['other', 'team'],
  'group': ['example.com', 'networking.example.org'],
  'kind': ['Widget', 'Settings'],
  'labels': LABELS,
  'matchLabels': LABELS,
  'annotations': ANNOTATIONS,
  'description': ['For the shop', 'Everything else'],
  'GatewayController.of.name': ['example.com/controller', 'gateway.example.org/mesh'],
  'unreadFields': ['HTTPRoute rules[].sessionPersistence'],
  'GatewayProps.gatewayClass': ({ maybe }) => maybe(40) ? CLASS : undefined,
  // Listeners and addresses.
  'listener': listenerName,
  'sectionName': listenerName,
  'GatewayParentOptions.port': listenerPort,
  'ListenerSetParentOptions.port': listenerPort,
  'ListenerOptions.name': ({ below }) => literal(`listener-${below(1000)}`),
  'ListenerOptions.port': ({ below }) => literal(1000 + below(6000)),
  'HostListenerOptions.hostname': ['web.example.com', '*.example.com'],
  'FromGatewayNameOptions.listeners': () => listeners(),
  'FromListenerSetNameOptions.listeners': () => listeners(),
  'options': map(['example.com/setting', 'on'], ['example.com/other', 'off']),
  'tlsOptions': map(['gateway.istio.io/tls-cipher-suites', 'ECDHE-RSA-AES128-GCM-SHA256'], ['example.com/setting', 'on']),
  'Listener.custom.protocol': ['example.com/mqtt', 'example.com/quic'],
  'ListenerSetProps.gateway': scene => scene.maybe(70) ? openGateway(scene) : importedGateway(scene),
  'GatewayAddress.ipAddress.value': ['10.0.0.1', '2001:db8::1'],
  'GatewayAddress.hostname.value': ['gateway.example.com'],
  'GatewayAddress.of.type': ['example.com/pool', 'NamedAddress'],
  'GatewayRoutability.of.name': ['example.com/campus', 'example.org/building'],
  // Services and other backends.
  'port': [80],
  'XBackendProps.port': [443, 8443],
  'portName': ['http'],
  'PolicyServiceOptions.port': ['http'],
  'PolicyRuleOptions.rule': ['first'],
  'PolicyTargetRef.service.service': scene => service(scene, HOME),
  'RouteParent.producerService.service': scene => service(scene, HOME),
  'RouteParent.consumerService.service': scene => service(scene, 'other'),
  'host': ['web.example.com', 'payments.example.net'],
  'weight': [0, 1, 10, 1000000],
  // Hosts, paths, headers, methods.
  'hostname': ['web.example.com', 'api.example.com'],
  'hostnames': ['web.example.com', 'api.example.com', '*.shop.example.com'],
  'path': ['/', '/shop', '/shop/cart'],
  'value': ['yes', 'v2', 'a.b'],
  'HttpPathMatch.exact.value': ['/shop', '/shop/cart'],
  'HttpPathMatch.prefix.value': ['/', '/shop', '/shop/cart'],
  'HttpPathMatch.regex.value': ['/shop/[0-9]+', '/.*'],
  'HttpPathModifier.replacePrefixMatch.path': ['/', '/v2', ''],
  'HttpHeaderMatch.exact.name': HEADERS,
  'HttpHeaderMatch.regex.name': HEADERS,
  'HttpRouteMatch.header.name': HEADERS,
  'GrpcRouteMatch.header.name': HEADERS,
  'SessionPersistence.header.name': HEADERS,
  'HeaderModifier.set': map(['X-Set', 'yes'], ['X-Place', 'front'], ['X-Set-Too', 'on']),
  'HeaderModifier.add': map(['X-Add', 'a,b'], ['X-Hop', '1'], ['X-Add-Too', '2']),
  'HeaderModifier.remove': ['X-Debug', 'X-Internal'],
  'allowHeaders': HEADERS,
  'exposeHeaders': HEADERS,
  'allowedHeaders': HEADERS,
  'allowedResponseHeaders': HEADERS,
  'allowOrigins': ORIGINS,
  'service': ['shop.Checkout', 'shop.Cart'],
  'method': ['Pay', 'List'],
  // Numbers.
  'HttpRedirectOptions.port': [8080, 8443],
  'statusCode': [301, 302, 303, 307, 308],
  'attempts': [0, 1, 3],
  'codes': [500, 503, 504],
  'percent': [0, 5, 100],
  'numerator': [0, 1, 50],
  'denominator': [50, 100, 1000],
  // Trust.
  'uri': ['spiffe://cluster.local/ns/shop/sa/web', 'https://example.com/id'],
  'BackendTrust.wellKnown.name': ['example.com/corporate', 'example.org/ca.v2'],
  // A policy of another kind.
  'AttachedPolicyProps.apiVersion': ['gateway.envoyproxy.io/v1alpha1'],
  'AttachedPolicyProps.kind': ['BackendTrafficPolicy'],
  'AttachedPolicyProps.spec': () => ({ map: { useClientProtocol: literal(true) } }),
  'maxTargets': [4, 8],
  // Telemetry.
  'count': [1, 10, 1000],
  'serviceName': ['shop', 'shop-gateway'],
  'spanName': ['shop request', 'request'],
  'key': ['http.host', 'k8s.cluster.name'],
  'headerName': HEADERS,
  'XTelemetryProvider.headers': map(['X-Tenant', 'shop'], ['Authorization', 'token']),
};
