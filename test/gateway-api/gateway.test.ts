import { Chart, Testing } from 'cdk8s';
import { Certificate, Gateway, GatewayAddressType, GatewayClass, GatewayProps, Listener, RouteNamespaces } from '../../src';

function make(props: Partial<GatewayProps> = {}) {
  const chart = Testing.chart();
  const gateway = new Gateway(chart, 'Edge', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass: GatewayClass.ISTIO, ...props });
  return { chart, gateway };
}

test('a gateway with everything said', () => {
  // GIVEN
  const { chart, gateway } = make({
    listeners: [Listener.http({ routes: RouteNamespaces.all() })],
    addresses: [{ value: '10.1.2.3' }, { type: GatewayAddressType.HOSTNAME, value: 'edge.example.com' }, { type: GatewayAddressType.IP_ADDRESS }],
    infrastructure: {
      labels: { team: 'platform' },
      annotations: { note: 'x' },
      parameters: { group: '', kind: 'ConfigMap', name: 'edge-settings' },
    },
  });

  // THEN
  expect(gateway.name).toBe('edge');
  expect(gateway.namespace).toBe('edge');
  expect(gateway.gatewayClass).toBe(GatewayClass.ISTIO);
  expect(gateway.resourceType).toBe('gateways');
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'edge' },
    spec: {
      gatewayClassName: 'istio',
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
      addresses: [{ value: '10.1.2.3' }, { type: 'Hostname', value: 'edge.example.com' }, { type: 'IPAddress' }],
      infrastructure: {
        labels: { team: 'platform' },
        annotations: { note: 'x' },
        parametersRef: { group: '', kind: 'ConfigMap', name: 'edge-settings' },
      },
    },
  }]);
});

test('empty infrastructure is said', () => {
  const { chart } = make({ listeners: [Listener.http()], infrastructure: {} });
  expect(Testing.synth(chart)[0].spec.infrastructure).toEqual({});
});

test('the namespace may come from the chart', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'ingress' });
  expect(new Gateway(chart, 'Edge', { gatewayClass: GatewayClass.ISTIO }).namespace).toBe('ingress');
});

test('a gateway without listeners is incomplete', () => {
  const { gateway } = make();
  expect(gateway.listeners).toEqual([]);
  expect(gateway.node.validate()).toEqual(['a Gateway needs at least one listener: pass listeners, or call addListener']);
});

test('listeners are added, and only so', () => {
  const { gateway } = make();
  gateway.addListener(Listener.http()).addListener(Listener.https({ certificates: [Certificate.fromSecretName('tls')] }));
  gateway.listeners!.pop();
  expect(gateway.listeners!.map(({ name }) => name)).toEqual(['http', 'https']);
  expect(gateway.node.validate()).toEqual([]);
});

test('a certificate in another namespace brings a grant, as narrow as the reference', () => {
  const { chart } = make({
    listeners: [Listener.https({
      certificates: [
        Certificate.fromSecretName('near'), Certificate.fromSecretName('own', 'edge'), Certificate.fromSecretName('far', 'certs'),
      ],
    })],
  });
  const grants = Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant');
  expect(grants.map(({ metadata, spec }) => ({ namespace: metadata.namespace, spec }))).toEqual([{
    namespace: 'certs',
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
      to: [{ group: '', kind: 'Secret', name: 'far' }],
    },
  }]);
});

test('a gateway whose namespace is not said is granted as one of the default namespace', () => {
  const { chart } = make({ metadata: { name: 'edge' }, listeners: [Listener.https({ certificates: [Certificate.fromSecretName('far', 'certs')] })] });
  expect(Testing.synth(chart).find(({ kind }) => kind === 'ReferenceGrant')!.spec.from[0].namespace).toBe('default');
});

test('names of listeners are unique', () => {
  const { gateway } = make({ listeners: [Listener.http()] });
  expect(() => gateway.addListener(Listener.http({ port: 8080 })))
    .toThrow('listener name \'http\' is taken: names are unique in a Gateway, pass another name');
});

test('listeners must not collide', () => {
  const { gateway } = make({ listeners: [Listener.http(), Listener.http({ name: 'shop', hostname: 'shop.example.com' })] });
  expect(() => gateway.addListener(Listener.http({ name: 'web' }))).toThrow('listener \'web\' collides with listener \'http\': ' +
    'both listen on port 80 with protocol HTTP for every host; use another port or hostname');
  expect(() => gateway.addListener(Listener.http({ name: 'web', hostname: 'shop.example.com' }))).toThrow('listener \'web\' collides with listener \'shop\': ' +
    'both listen on port 80 with protocol HTTP for shop.example.com; use another port or hostname');
});

test('limits of the lists', () => {
  const { gateway } = make({ listeners: Array.from({ length: 64 }, (_, i) => Listener.http({ name: `l${i}`, port: 8000 + i })) });
  expect(() => gateway.addListener(Listener.http())).toThrow('a Gateway takes at most 64 listeners, got one more: \'http\'');
  expect(() => make({ addresses: Array.from({ length: 17 }, (_, i) => ({ value: `10.0.0.${i}` })) }))
    .toThrow('addresses of the Gateway must be at most 16, got 17: use a second Gateway');
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`key-${i}`, '']));
  expect(() => make({ infrastructure: { labels: many } })).toThrow('labels of the infrastructure must be at most 8, got 17: leave some out');
  expect(() => make({ infrastructure: { annotations: many } })).toThrow('annotations of the infrastructure must be at most 16, got 17: leave some out');
});

test('addresses are of their type, and each is asked for once', () => {
  expect(() => make({ addresses: [{ value: 'edge.example.com' }] })).toThrow('address of type IPAddress must be an IP address');
  expect(() => make({ addresses: [{ type: GatewayAddressType.HOSTNAME, value: 'Edge' }] })).toThrow('address of type Hostname must be a lower case DNS name');
  expect(() => make({ addresses: [{ value: '10.0.0.1' }, { type: GatewayAddressType.IP_ADDRESS, value: '10.0.0.1' }] }))
    .toThrow('addresses of type IPAddress must differ from each other, got \'10.0.0.1\' twice');
});

test('the name is a DNS label', () => {
  expect(() => make({ metadata: { name: 'edge.example' } })).toThrow('name of the Gateway must be a DNS label');
  expect(() => Gateway.fromGatewayName('edge.example')).toThrow('name of the Gateway must be a DNS label');
});

test('a gateway of the cluster is known by what is said of it', () => {
  const listeners = [Listener.http()];
  expect(Gateway.fromGatewayName('edge')).toEqual({ name: 'edge' });
  expect(Gateway.fromGatewayName('edge', { namespace: 'infra', listeners })).toEqual({ name: 'edge', namespace: 'infra', listeners });
});
