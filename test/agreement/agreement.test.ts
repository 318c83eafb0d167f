import { disagreements } from './agreement';
import { KubeObject } from '../examples/kube-object';

const meta = (name: string, namespace?: string, labels?: object) => ({ name, namespace, labels });
const pods = (namespace: string, name: string, labels: object, container: object, annotations?: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: meta(name, namespace),
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'true' }, annotations },
      spec: { serviceAccountName: name, containers: [{ name: 'main', image: 'auto', ...container }] },
    },
  },
});
const service = (namespace: string, name: string, selector: object, ...ports: object[]) => ({ apiVersion: 'v1', kind: 'Service', metadata: meta(name, namespace), spec: { selector, ports } });

/** A small world in which all agree. */
const world = (): { [name: string]: KubeObject } => ({
  shop: { apiVersion: 'v1', kind: 'Namespace', metadata: meta('shop', undefined, { team: 'shop' }) },
  edge: { apiVersion: 'v1', kind: 'Namespace', metadata: meta('edge') },
  webAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('web', 'shop') },
  gatewayAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('way-in', 'edge') },
  webPods: pods('shop', 'web', { app: 'web' }, { image: 'web', ports: [{ name: 'http', containerPort: 8080 }] }, { 'traffic.sidecar.istio.io/excludeInboundPorts': '8080' }),
  web: service('shop', 'web', { app: 'web' }, { name: 'http', port: 80, targetPort: 'http' }),
  gatewayPods: pods('edge', 'way-in', { istio: 'way-in' }, {}, { 'inject.istio.io/templates': 'gateway' }),
  gatewayService: service('edge', 'way-in', { istio: 'way-in' }, { name: 'https', port: 443 }, { name: 'status-port', port: 15021 }),
  autoscaler: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: meta('way-in', 'edge'), spec: { scaleTargetRef: { kind: 'Deployment', name: 'way-in' } } },
  istioGateway: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: meta('way-in', 'edge'),
    spec: { selector: { istio: 'way-in' }, servers: [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['shop/*.example.com'] }] },
  },
  virtualService: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: meta('web', 'shop'),
    spec: {
      hosts: ['web.example.com'],
      gateways: ['edge/way-in'],
      http: [{ match: [{ port: 443, gateways: ['edge/way-in'] }], route: [{ destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 }, subset: 'v1' } }] }],
    },
  },
  destinationRule: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: meta('web', 'shop'),
    spec: { host: 'web.shop.svc.cluster.local', trafficPolicy: { portLevelSettings: [{ port: { number: 80 } }] }, subsets: [{ name: 'v1', labels: {} }] },
  },
  policy: {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: meta('web', 'shop'),
    spec: {
      selector: { matchLabels: { app: 'web' } },
      rules: [{
        from: [{ source: { principals: ['cluster.local/ns/edge/sa/way-in', 'cluster.local/ns/edge/sa/public-istio'], namespaces: ['shop'] } }],
        to: [{ operation: { ports: ['8080'] } }],
      }],
    },
  },
  gateway: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: meta('public', 'edge'),
    spec: {
      gatewayClassName: 'istio',
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname: '*.example.com', allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } } } }],
    },
  },
  bound: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: meta('bound', 'edge'),
    spec: { gatewayClassName: 'istio', addresses: [{ type: 'Hostname', value: 'way-in' }], listeners: [{ name: 'https', port: 443, protocol: 'HTTPS' }] },
  },
  wall: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: meta('way-in', 'edge'),
    spec: {
      podSelector: { matchLabels: { istio: 'way-in' } },
      policyTypes: ['Ingress'],
      ingress: [{
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'web' } } }],
        ports: [{ port: 443 }, { port: 15021 }],
      }],
    },
  },
  filter: {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: meta('way-in', 'edge'),
    spec: { workloadSelector: { labels: { istio: 'way-in' } }, configPatches: [{ applyTo: 'HTTP_FILTER', match: { context: 'GATEWAY' } }] },
  },
  route: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: meta('web', 'shop'),
    spec: {
      parentRefs: [{ name: 'public', namespace: 'edge', sectionName: 'http' }], hostnames: ['web.example.com'], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
    },
  },
});

test('nothing is said against a world in which all agree', () => {
  expect(disagreements(Object.values(world()))).toEqual([]);
});

/** One change, and what is said of it. */
const CHANGES: [string, (objects: ReturnType<typeof world>) => void, string][] = [
  ['a namespace that is not there', ({ route }) => route.metadata.namespace = 'shop-2', 'HTTPRoute shop-2/web: there is no namespace shop-2'],
  ['an autoscaler of nothing', ({ autoscaler }) => autoscaler.spec.scaleTargetRef.name = 'way', 'HorizontalPodAutoscaler edge/way-in scaleTargetRef: there is no Deployment edge/way'],
  ['pods without their account', objects => delete objects.webAccount, 'Deployment shop/web pods: there is no ServiceAccount shop/web'],
  ['a route of no gateway', ({ route }) => route.spec.parentRefs[0].name = 'private', 'HTTPRoute shop/web parentRefs: there is no Gateway edge/private'],
  ['a listener that is not there', ({ route }) => route.spec.parentRefs[0].sectionName = 'https', 'HTTPRoute shop/web: Gateway edge/public does not take it: it has no listener https'],
  ['a listener of another protocol', ({ gateway }) => gateway.spec.listeners[0].protocol = 'TCP', 'HTTPRoute shop/web: Gateway edge/public does not take it: no listener carries HTTPRoute'],
  ['a namespace that is not admitted', ({ shop }) => shop.metadata.labels.team = 'other', 'HTTPRoute shop/web: Gateway edge/public does not take it: no listener admits namespace shop'],
  ['a host that is not served', ({ route }) => route.spec.hostnames = ['example.com'], 'HTTPRoute shop/web: Gateway edge/public does not take it: no listener is for example.com'],
  ['a backend without the port', ({ route }) => route.spec.rules[0].backendRefs[0].port = 8080, 'HTTPRoute shop/web backendRefs: web.shop.svc.cluster.local has no port 8080'],
  ['a backend that nobody grants', ({ route }) => {
    route.spec.rules[0].backendRefs[0] = { name: 'way-in', namespace: 'edge', port: 443 };
  }, 'HTTPRoute shop/web backendRefs: nobody grants Service edge/way-in'],
  ['a port on which no pod listens', ({ web }) => web.spec.ports[0].targetPort = 8081, 'Service shop/web port 80: Deployment shop/web spec template does not listen on 8081'],
  ['a port on which no proxy listens', ({ gatewayService }) => gatewayService.spec.ports[0].port = 8443, 'Service edge/way-in port 8443: Deployment edge/way-in spec template does not listen on 8443'],
  ['a server that no Service leads to', ({ istioGateway }) => istioGateway.spec.servers[0].port.number = 8443, 'IstioGateway edge/way-in server 8443: no Service leads there'],
  ['a listener that its Service has not', ({ bound }) => bound.spec.listeners[0].port = 8443, 'Gateway edge/bound listener 8443: Service edge/way-in has no such port'],
  ['a destination without the port', ({ virtualService }) => virtualService.spec.http[0].route[0].destination.port.number = 81,
    'VirtualService shop/web destination: web.shop.svc.cluster.local has no port 81'],
  ['a destination that is not there', ({ virtualService }) => virtualService.spec.http[0].route[0].destination.host = 'web', 'VirtualService shop/web destination: nothing is named web'],
  ['a subset that is not there', ({ destinationRule }) => destinationRule.spec.subsets = [], 'VirtualService shop/web destination: no DestinationRule of web.shop.svc.cluster.local has subset v1'],
  ['a match on a port without server', ({ virtualService }) => virtualService.spec.http[0].match[0].port = 80, 'VirtualService shop/web: IstioGateway edge/way-in has no server on 80'],
  ['hosts that the gateway keeps for others', ({ istioGateway }) => istioGateway.spec.servers[0].hosts = ['./*.example.com'],
    'VirtualService shop/web: gateway edge/way-in serves none of its hosts to shop'],
  ['a host that no gateway serves', ({ virtualService }) => virtualService.spec.hosts.push('web.example.org'), 'VirtualService shop/web: no gateway of it serves web.example.org'],
  ['a gateway that is not there', ({ virtualService }) => virtualService.spec.gateways = ['way-in'], 'VirtualService shop/web gateways: there is no IstioGateway shop/way-in'],
  ['a rule for a port that is not there', ({ destinationRule }) => destinationRule.spec.trafficPolicy.portLevelSettings[0].port.number = 443,
    'DestinationRule shop/web portLevelSettings: web.shop.svc.cluster.local has no port 443'],
  ['a rule for nothing', ({ destinationRule }) => destinationRule.spec.host = 'web.example.com', 'DestinationRule shop/web: nothing is named web.example.com'],
  ['a port kept from the proxy that is not there', ({ webPods }) => webPods.spec.template.metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts'] = '443',
    'Deployment shop/web spec template: no container has one of the ports that are kept from the proxy'],
  ['a caller that is not there', ({ policy }) => policy.spec.rules[0].from[0].source.principals = ['cluster.local/ns/edge/sa/edge'],
    'AuthorizationPolicy shop/web: there is no ServiceAccount edge/edge'],
  ['callers of a namespace that is not there', ({ policy }) => policy.spec.rules[0].from[0].source.namespaces = ['shops'], 'AuthorizationPolicy shop/web: there is no namespace shops'],
  ['a port of a Service in a policy', ({ policy }) => policy.spec.rules[0].to[0].operation.ports = ['80'], 'AuthorizationPolicy shop/web: none of its workloads listens on 80'],
  ['a selector that finds nothing', ({ policy }) => policy.spec.selector.matchLabels.app = 'api', 'AuthorizationPolicy shop/web: no pod of shop has {"app":"api"}'],
  ['a wall against a namespace that is not there', ({ wall }) => wall.spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'shops',
    'NetworkPolicy edge/way-in: there is no namespace with {"kubernetes.io/metadata.name":"shops"}'],
  ['a wall that lets pods through that are not there', ({ wall }) => wall.spec.ingress[0].from[0].podSelector.matchLabels.app = 'api',
    'NetworkPolicy edge/way-in: there are no pods with {"app":"api"}'],
  ['a wall before a port that is used', ({ wall }) => wall.spec.ingress[0].ports.shift(), 'NetworkPolicy edge/way-in: nobody may reach port 443 of Service edge/way-in'],
  ['a wall around nothing', ({ wall }) => wall.spec.podSelector.matchLabels.istio = 'way', 'NetworkPolicy edge/way-in: no pod of edge has {"istio":"way"}'],
  ['a filter of gateways in a workload', ({ filter }) => {
    filter.metadata.namespace = 'shop';
    filter.spec.workloadSelector.labels = { app: 'web' };
  }, 'EnvoyFilter shop/way-in: no gateway of shop has {"app":"web"}'],
  ['a volume of a ConfigMap that is not there', ({ webPods }) => webPods.spec.template.spec.volumes = [{ name: 'settings', configMap: { name: 'settings' } }],
    'Deployment shop/web pods: there is no ConfigMap shop/settings'],
  ['a subset of pods that are not there', ({ destinationRule }) => destinationRule.spec.subsets[0].labels = { version: 'v9' },
    'DestinationRule shop/web subset v1: no pod of shop has {"app":"web","version":"v9"}'],
  ['a selector by enrolment', ({ web }) => web.spec.selector['sidecar.istio.io/inject'] = 'true', 'Service shop/web: selects by sidecar.istio.io/inject'],
];

describe('what does not agree is said:', () => {
  test.each(CHANGES)('%s', (_, change, said) => {
    const objects = world();
    change(objects);
    expect(disagreements(Object.values(objects))).toContain(said);
  });
});
