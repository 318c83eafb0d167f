import { bindable } from '../../conformance/world/addresses';
import { Manifest, readManifests } from '../../conformance/world/manifest';
import { makeWorld } from '../../conformance/world/world';

const world = (yaml: string) => makeWorld(readManifests(yaml));
const objects = (yaml: string, kind: string): Manifest[] => world(yaml).objects.filter(object => object.kind === kind);

const deployment = (name: string, { namespace = 'shop', labels = '', annotations = '', ports = '' } = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  template:
    metadata: {labels: {app: ${name}${labels}}, annotations: {${annotations}}}
    spec:
      serviceAccountName: ${name}
      containers: [{name: main, image: web, ports: [${ports}]}]
---`;
const ENROLLED = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---`;

describe('a pod', () => {
  test.each([
    ['a sidecar in an enrolled namespace', ENROLLED + deployment('web'), 'sidecar'],
    ['a sidecar by its own label', deployment('web', { labels: ', sidecar.istio.io/inject: "true"' }), 'sidecar'],
    ['a sidecar by a revision', deployment('web', { labels: ', istio.io/rev: stable' }), 'sidecar'],
    ['none when it says so', ENROLLED + deployment('web', { labels: ', sidecar.istio.io/inject: "false"' }), 'none'],
    ['none in another namespace', ENROLLED + deployment('web', { namespace: 'legacy' }), 'none'],
    ['a gateway by its template', ENROLLED + deployment('web', { annotations: 'inject.istio.io/templates: gateway' }), 'gateway'],
  ])('has %s', (_, yaml, role) => {
    expect(world(yaml).pods.map(pod => pod.role)).toEqual([role]);
  });

  test('takes mutual TLS when it has a sidecar, but not as a gateway', () => {
    const [sidecar, gateway] = world(ENROLLED + deployment('web') + deployment('edge', { annotations: 'inject.istio.io/templates: gateway' })).pods;

    expect(sidecar.labels).toEqual({ 'app': 'web', 'security.istio.io/tlsMode': 'istio' });
    expect(gateway.labels).toEqual({ app: 'edge' });
  });

  test('has an address of its own on loopback', () => {
    const ips = world(deployment('a') + deployment('b')).pods.map(({ ip }) => ip);

    expect(new Set(ips).size).toBe(2);
    expect(ips.every(ip => /^127\.\d+\.1\.[12]$/.test(ip))).toBe(true);
  });
});

describe('a Service', () => {
  const service = (ports: string) => `${deployment('web', { ports: '{name: http, containerPort: 8080}' })}
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [${ports}]}
---`;

  test('gets an address and defaults', () => {
    expect(objects(service('{port: 80}'), 'Service')[0].spec).toEqual({
      selector: { app: 'web' }, clusterIP: '10.96.0.1', ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
  });

  test.each([
    ['by number', '{name: http, port: 80, targetPort: 9090}', 9090],
    ['by name', '{name: http, port: 80, targetPort: http}', 8080],
    ['by default', '{name: http, port: 80}', 80],
  ])('leads to the port of its pods %s', (_, ports, port) => {
    const [slice] = objects(service(ports), 'EndpointSlice');

    expect(slice.ports).toEqual([{ name: 'http', port, protocol: 'TCP' }]);
    expect(slice.endpoints).toMatchObject([{ targetRef: { name: 'web-0' } }]);
  });

  test('without pods has no endpoints', () => {
    expect(objects(service('{port: 80}').replace('app: web}, ports', 'app: other}, ports'), 'EndpointSlice')).toEqual([]);
  });
});

describe('a Gateway of Gateway API', () => {
  const gateway = (gatewayClass: string, more = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: edge, labels: {team: a}}
spec:
  gatewayClassName: ${gatewayClass}
  ${more}
  listeners:
    - {name: https, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: {certificateRefs: [{name: shop-tls}]}}
    - {name: admin, port: 443, protocol: HTTPS, hostname: admin.example.com, tls: {certificateRefs: [{name: shop-tls}]}}
---`;

  test('is provisioned by Istio for a class of its own', () => {
    const { pods, services } = world(gateway('istio'));

    expect(pods).toMatchObject([{ namespace: 'edge', workload: 'public-istio', serviceAccount: 'public-istio', role: 'gateway' }]);
    expect(pods[0].labels).toMatchObject({ 'team': 'a', 'gateway.networking.k8s.io/gateway-name': 'public' });
    expect(services[0]).toMatchObject({ metadata: { name: 'public-istio' }, spec: { type: 'LoadBalancer' } });
    expect(services[0].spec.ports.map((port: { port: number }) => port.port)).toEqual([15021, 443]);
  });

  test('says the labels of its pods by infrastructure, instead of its own', () => {
    const [pod] = world(gateway('istio', 'infrastructure: {labels: {tier: edge}}')).pods;

    expect(pod.labels).toMatchObject({ tier: 'edge' });
    expect(pod.labels).not.toHaveProperty('team');
  });

  test('says the annotations of its pods by infrastructure, too', () => {
    const [pod] = world(gateway('istio', 'infrastructure: {annotations: {note: "edge"}}')).pods;

    expect(pod.annotations).toEqual({ note: 'edge' });
  });

  test('of a class that others control makes nothing', () => {
    expect(world(gateway('nginx')).pods).toEqual([]);
  });

  test('needs a certificate for the hosts of its listeners', () => {
    expect(world(gateway('istio')).tlsSecrets).toEqual([{ namespace: 'edge', name: 'shop-tls', hosts: ['shop.example.com', 'admin.example.com'] }]);
  });
});

test('the certificate of an Istio Gateway is in the namespace of its pods', () => {
  const { tlsSecrets } = world(`${deployment('edge', { namespace: 'gateways', labels: ', istio.io/rev: stable', annotations: 'inject.istio.io/templates: gateway' })}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: elsewhere}
spec:
  selector: {app: edge}
  servers: [{hosts: [shop/shop.example.com], port: {name: https, number: 443, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: shop-tls}}]
`);

  expect(tlsSecrets).toEqual([{ namespace: 'gateways', name: 'shop-tls', hosts: ['shop.example.com'] }]);
});

test('namespaces that are only named exist, with the label that the API server gives', () => {
  const namespaces = objects(`${ENROLLED}${deployment('web', { namespace: 'legacy' })}`, 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]);

  expect(namespaces).toContainEqual(['shop', { 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': 'shop' }]);
  expect(namespaces).toContainEqual(['legacy', { 'kubernetes.io/metadata.name': 'legacy' }]);
});

test('a port that needs a privilege is moved', () => {
  expect([bindable(80), bindable(443), bindable(1024), bindable(8080)]).toEqual([20080, 20443, 1024, 8080]);
});

const api = (kind: string, name: string, spec: string, version = 'v1') => `
apiVersion: gateway.networking.k8s.io/${version}
kind: ${kind}
metadata: {name: ${name}, namespace: edge}
spec: ${spec}
---`;

test('objects of Gateway API have the defaults that the API server writes', () => {
  const [{ spec }] = objects(api('HTTPRoute', 'web', '{rules: [{matches: [{method: GET}], retry: {}, backendRefs: [{name: web, port: 80}]}]}'), 'HTTPRoute');

  expect(spec.rules).toEqual([{
    matches: [{ method: 'GET', path: { type: 'PathPrefix', value: '/' } }],
    retry: { attempts: 1 },
    backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 80, weight: 1 }],
  }]);
});

test('the listeners of a set are ports of its gateway, each with a name of its own', () => {
  const { services: [service], tlsSecrets } = world([
    api('Gateway', 'shared', '{gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}'),
    api('ListenerSet', 'team', `{parentRef: {name: shared}, listeners: [{name: http, port: 8080, protocol: HTTP},
      {name: https, port: 443, protocol: HTTPS, hostname: team.example.com, tls: {certificateRefs: [{name: team-tls}]}}]}`),
    api('ListenerSet', 'other', '{parentRef: {name: another}, listeners: [{name: http, port: 9090, protocol: HTTP}]}'),
  ].join(''));

  expect(service.spec.ports.map(({ name, port }: { name: string; port: number }) => `${name} ${port}`)).toEqual(
    ['status-port 15021', 'http 80', 'http-8080 8080', 'https 443']);
  expect(tlsSecrets).toEqual([{ namespace: 'edge', name: 'team-tls', hosts: ['team.example.com'] }]);
});

test('a Secret and a ConfigMap that name an authority are yet to be made', () => {
  const core = (kind: string, name: string, annotations: string) => `
apiVersion: v1
kind: ${kind}
metadata: {name: ${name}, namespace: edge, annotations: {${annotations}}}
---`;
  const { tlsSecrets, trustBundles, objects: kept } = world(
    core('Secret', 'client', 'conformance/authority: clients') + core('ConfigMap', 'clients', 'conformance/authority: clients') + core('ConfigMap', 'config', ''));

  expect(tlsSecrets).toEqual([{ namespace: 'edge', name: 'client', hosts: ['client.example.com'], authority: 'clients' }]);
  expect(trustBundles).toEqual([{ namespace: 'edge', name: 'clients', authority: 'clients' }]);
  expect(kept.filter(({ kind }) => ['Secret', 'ConfigMap'].includes(kind)).map(({ metadata }) => metadata.name)).toEqual(['config']);
});

test('a pod may be an authorizer', () => {
  expect(world(deployment('web') + deployment('authorizer', { annotations: "conformance/authorizer: 'true'" })).pods.map(({ authorizer }) => authorizer)).toEqual([false, true]);
});

test('a pod may be down', () => {
  expect(world(deployment('web') + deployment('down', { annotations: "conformance/down: 'true'" })).pods.map(({ down }) => down)).toEqual([false, true]);
});
