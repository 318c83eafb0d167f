import { EXTENSION_MAKERS } from './extension-makers';
import { MESH_MAKERS } from './mesh-makers';
import { MONITORING_MAKERS } from './monitoring-makers';
import { GATEWAY, HOME, OTHER } from './names';
import { isAmbient } from './rule';
import { SECURITY_MAKERS } from './security-makers';
import { gatewayOfApi, service, waypoint } from './world';
import { MAKERS as GATEWAY_API } from '../gateway-api/makers';
import { literal, Makers, map } from '../makers';
import { Value } from '../program';
import { Scene } from '../scene';

export const HEADERS = ['x-shop', 'x-user', 'x-version', 'x-trace'];
const LABELS = map(['app', 'web'], ['example.com/team', 'front'], ['version', 'v1']);
const HOSTS = [`web.${HOME}.example.com`, `api.${HOME}.example.com`, `*.${HOME}.example.net`];
const LOCALITIES = ['europe-west1', 'europe-west2', 'us-east1'];
const PRIORITY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

/** What the Gateway API means by what only it has. */
const OF_GATEWAY_API = ['allowedHeaders', 'allowedResponseHeaders', 'options', 'tlsOptions', 'HostListenerOptions.hostname', 'Listener.custom.protocol', 'FromGatewayNameOptions.listeners'];

/** What strings and numbers mean in Istio. */
export const MAKERS: Makers = {
  ...Object.fromEntries(OF_GATEWAY_API.map(place => [place, GATEWAY_API[place]])),
  // Objects.
  'name': ['web', 'api', 'cart', 'checkout', 'stock', 'search', 'mail', 'pay', 'users', 'first'],
  'names': [HOME, OTHER],
  'group': ['example.com'],
  'kind': ['Settings'],
  'description': ['For the shop'],
  'namespace': [HOME, OTHER],
  'namespaces': [HOME, OTHER],
  'notNamespaces': [HOME, OTHER],
  'sourceNamespace': [HOME, OTHER],
  'exportTo': ({ pick }) => ({ list: pick([['.'], ['*'], [HOME, OTHER], ['.', OTHER]]).map(literal) }),
  'labels': LABELS,
  'sourceLabels': LABELS,
  'matchLabels': LABELS,
  'annotations': map(['example.com/note', 'text'], ['example.com/owner', 'team']),
  'WorkloadSelector.labels.labels': LABELS,
  'IstioGatewayProps.selector': () => ({ factory: 'cdk8s-mesh.WorkloadSelector.labels', args: [{ map: { istio: literal(GATEWAY) } }] }),
  // Hosts.
  'hosts': HOSTS,
  'host': HOSTS,
  'IstioHost.of.host': HOSTS.slice(0, 2),
  'Destination.host.host': oneHost,
  'Subset.named.host': oneHost,
  'VirtualServiceProps.hosts': scene => scene.maybe(25) ? { list: [{ constant: 'cdk8s-mesh.IstioHost.ANY' }] } : { list: [oneHost(scene)] },
  'DestinationRuleProps.host': scene => oneHost(scene),
  'IstioHost.serviceName.name': ['web', 'api', 'cart'],
  'IstioHost.service.service': scene => service(scene),
  'serverName': ({ below }) => literal(`server-${below(1000)}`),
  'authority': HOSTS.slice(0, 2),
  'sniHosts': HOSTS.slice(0, 2),
  'sni': HOSTS.slice(0, 2),
  'targetHost': [`proxy.${HOME}.example.com`],
  'ServiceEntryProps.hosts': HOSTS,
  'SidecarEgressListener.hosts': ['*/*', './*', `${OTHER}/*`, 'istio-system/*', `./web.${HOME}.svc.cluster.local`, '~/*'],
  'Sidecar.addEgressHosts.hosts': ['*/*', './*', `${OTHER}/*`, 'istio-system/*'],
  'IstioServerOptions.hosts': [...HOSTS, '*', `./web.${HOME}.example.com`, `${HOME}/*`],
  'FromIstioGatewayNameOptions.hosts': ['*'],
  // Addresses.
  'address': ['10.10.0.1', `vm.${HOME}.example.com`, '2001:db8::1'],
  'addresses': ['240.1.0.1', '240.2.0.0/16'],
  'bind': ['127.0.0.1', '10.0.0.5'],
  'defaultEndpoint': ['127.0.0.1:8080', 'unix:///var/run/app.sock'],
  'network': ['network-1', 'network-2'],
  'locality': ['europe-west1/europe-west1-b', 'us-east1'],
  'clients': ['europe-west1/*', 'us-east1/*'],
  'region': LOCALITIES.slice(0, 1),
  'fallback': LOCALITIES.slice(1),
  'failoverPriority': PRIORITY,
  'shares': map(['europe-west1/*', 100]),
  'destinationSubnets': ['10.0.0.0/8', '192.168.1.0/24'],
  'sourceSubnet': ['10.0.0.0/8'],
  // Ports, numbers and shares.
  'port': [80, 443],
  'DestinationOptions.port': [80, 443, 9000],
  'number': ({ below }) => literal(8000 + below(1000)),
  'targetPort': [8080, 8443],
  'ports': map(['http', 8080]),
  'IstioTrafficSelector.ports': [80, 8080],
  'PortTrafficPolicy.port': [80, 443, 9000],
  'weight': [0, 1, 10, 100],
  'WorkloadTemplate.weight': [1, 10],
  'percentage': [0.5, 10, 100],
  'percent': [0, 20, 100],
  'minimumPercent': [1, 10],
  'aggression': [1, 1.5],
  'status': [200, 404, 503],
  'IstioHttpRedirectOptions.code': [301, 302, 307],
  'attempts': [1, 3],
  'retryOn': ['5xx', 'connect-failure', 'reset', '503', 'unavailable'],
  'tableSize': [65537, 5003],
  'minimumSize': [1024, 100],
  'minClusterSize': [1, 6],
  'probes': [3, 9],
  'http1MaxPendingRequests': [1, 1024],
  'http2MaxRequests': [1, 1024],
  'maxRequestsPerConnection': [0, 1, 10],
  'maxRetries': [1, 3],
  'maxConcurrentStreams': [1, 100],
  'maxConnections': [1, 100],
  'minRetryConcurrency': [1, 3],
  'consecutive5xxErrors': [5, 7],
  'consecutiveGatewayErrors': [0, 2],
  'consecutiveLocalOriginFailures': [1, 5],
  'maxEjectionPercent': [10, 100],
  'minHealthPercent': [0, 50],
  'outlierDetectionHttpErrorCodes': [500, 503],
  // Matches, paths and headers.
  'value': ['yes', 'v2', 'a.b'],
  'pattern': ['v[0-9]+', 'a.*b'],
  'match': ['/shop/([0-9]+)/x'],
  'replacement': ['/v2/\\1'],
  'uri': ['/', '/v2', '/shop/cart'],
  'StringMatch.exact.value': ['/shop', 'web', 'GET'],
  'StringMatch.prefix.value': ['/shop', 'w'],
  'StringMatch.regex.pattern': ['/shop/[0-9]+', 'v.*'],
  'prefixRewrite': ['/v2', '/'],
  'path': ['/', '/shop'],
  'statPrefix': ['shop', 'cart'],
  'IstioHttpMatch.headers': stringMatches,
  'IstioHttpMatch.withoutHeaders': stringMatches,
  'IstioHttpMatch.queryParams': stringMatches,
  'IstioHeaderOperations.set': map(['x-set', 'yes'], ['x-place', 'front']),
  'IstioHeaderOperations.add': map(['x-add', 'a'], ['x-hop', '1']),
  'IstioHeaderOperations.remove': ['x-debug', 'x-internal'],
  'ConsistentHashKey.header.name': HEADERS,
  'ConsistentHashKey.queryParameter.name': ['user', 'session'],
  'ConsistentHashKey.cookie.name': ['session', 'user'],
  'HashCookieAttribute.name': ['SameSite', 'Secure'],
  'allowHeaders': HEADERS,
  'exposeHeaders': HEADERS,
  'allowMethods': ['GET', 'POST', 'PUT'],
  'text': ['closed', '{}'],
  'body': ['closed', '{}'],
  'base64': ['Y2xvc2Vk'],
  // Gateways.
  'UseWaypoint.gateway.gateway': () => waypoint('waypoint'),
  'UseWaypointOptions.canary': () => waypoint('waypoint-2'),
  'PolicyTarget.gateway.gateway': scene => isAmbient(scene) && scene.maybe(50) ? waypoint('waypoint') : gatewayOfApi(scene),
  'PolicyTarget.gatewayClass.gatewayClass': () => ({ constant: 'cdk8s-mesh.GatewayClass.ISTIO_WAYPOINT' }),
  // Workloads that are no pods.
  'WorkloadLocality.zone.zone': ['europe-west1-b'],
  'WorkloadLocality.subzone.zone': ['europe-west1-b'],
  'WorkloadLocality.subzone.subzone': ['rack-1'],
  'canonicalName': ['web', 'api'],
  'canonicalRevision': ['v1', 'latest'],
  'workloadName': ['web', 'api'],
  'command': ['/bin/check', '--fast'],
  'failureThreshold': [1, 3],
  'successThreshold': [1, 2],
  'canaryWeight': [10, 50],
  'concurrency': [0, 2],
  'environmentVariables': map(['GOMAXPROCS', '2'], ['ISTIO_META_STAGE', 'test']),
  'imageType': ['boring'],
  ...SECURITY_MAKERS,
  ...EXTENSION_MAKERS,
  ...MESH_MAKERS,
  ...MONITORING_MAKERS,
};

/** One host, no wildcard. */
function oneHost(scene: Scene): Value {
  const { pick, maybe } = scene;
  return maybe(50) ? { factory: 'cdk8s-mesh.IstioHost.service', args: [service(scene, HOME)] } :
    maybe(50) ? { factory: 'cdk8s-mesh.IstioHost.serviceName', args: [literal(pick(['web', 'api', 'cart'])), literal(HOME)] } :
      { factory: 'cdk8s-mesh.IstioHost.of', args: [literal(`web.${HOME}.example.com`)] };
}

function stringMatches({ pick, below }: { pick: <T>(list: readonly T[]) => T; below: (end: number) => number }) {
  const match = () => pick([
    { factory: 'cdk8s-mesh.StringMatch.exact', args: [literal('v2')] },
    { factory: 'cdk8s-mesh.StringMatch.prefix', args: [literal('v')] },
    { factory: 'cdk8s-mesh.StringMatch.regex', args: [literal('v[0-9]+')] },
  ]);
  return { map: Object.fromEntries(HEADERS.slice(0, 1 + below(2)).map(name => [name, match()])) };
}
