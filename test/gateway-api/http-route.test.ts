import { ApiObject, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  Backend, DefaultGatewayScope, ExternalAuth, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayClass, HttpRoute, HttpRouteFilter,
  HttpRouteMatch, Listener, RouteNamespaces, RouteParent, SessionPersistence,
} from '../../src';

const PARENT = RouteParent.gateway(Gateway.fromGatewayName('edge'));

test('a route through a gateway of the same app', () => {
  // GIVEN
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  const gateway = new Gateway(chart, 'Edge', {
    metadata: { name: 'edge', namespace: 'edge' },
    gatewayClass: GatewayClass.ISTIO,
    listeners: [Listener.http({ hostname: '*.example.com', routes: RouteNamespaces.named('shop') })],
  });
  const service = new Service(chart, 'Service', { metadata: { name: 'backend' }, ports: [{ port: 8080 }] });

  // WHEN
  const route = new HttpRoute(chart, 'Route', {
    metadata: { name: 'backend' },
    parents: [RouteParent.gateway(gateway, { listener: 'http' })],
    hostnames: ['shop.example.com'],
    rules: [{ matches: [HttpRouteMatch.pathPrefix('/api')], backends: [{ backend: Backend.service(service) }] }],
  });

  // THEN
  expect(route.resourceType).toBe('httproutes');
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'HTTPRoute')).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'backend', namespace: 'shop' },
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'edge', sectionName: 'http' }],
      hostnames: ['shop.example.com'],
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
        backendRefs: [{ group: '', kind: 'Service', name: 'backend', port: 8080, weight: 1 }],
      }],
    },
  }]);
});

test('everything can be added later', () => {
  const chart = Testing.chart();
  const route = new HttpRoute(chart, 'Route');
  expect(route.addParent(PARENT).addHostname('a.com').addRule({})).toBe(route);
  expect(Testing.synth(chart)[0].spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
    hostnames: ['a.com'],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
  });
});

test('a route without parents or rules is incomplete', () => {
  expect(new HttpRoute(Testing.chart(), 'Route').node.validate()).toEqual([
    'an HTTPRoute needs at least one parent: pass parents, or call addParent',
    'an HTTPRoute needs at least one rule: pass rules, or call addRule',
  ]);
  expect(new HttpRoute(Testing.chart(), 'Route', { parents: [PARENT], rules: [{}] }).node.validate()).toEqual([]);
});

test('the object is the default child', () => {
  expect(ApiObject.of(new HttpRoute(Testing.chart(), 'Route')).kind).toBe('HTTPRoute');
});

test('hostnames are such', () => {
  expect(() => new HttpRoute(Testing.chart(), 'Route', { hostnames: ['10.0.0.1'] }))
    .toThrow('must be a lower case DNS name, optionally starting with \'*.\', got \'10.0.0.1\'');
});

test('names of rules are unique', () => {
  const route = new HttpRoute(Testing.chart(), 'Route', { rules: [{ name: 'cart' }, {}, {}] });
  expect(() => route.addRule({ name: 'cart' })).toThrow('rule name \'cart\' is taken: names are unique in an HTTPRoute, pass another name');
});

test('a rule that is refused leaves nothing behind', () => {
  const chart = Testing.chart();
  const far = { backend: Backend.serviceName('a', { port: 80, namespace: 'far' }) };
  const route = new HttpRoute(chart, 'Route', { parents: [PARENT], rules: [{ name: 'cart' }] });
  expect(() => route.addRule({ name: 'cart', backends: [far] })).toThrow('rule name \'cart\' is taken');
  expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['HTTPRoute']);
});

function experimentalChart(): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test', { namespace: 'shop' });
}

test('a route of the default gateways needs no parent', () => {
  const chart = experimentalChart();
  const route = new HttpRoute(chart, 'Route', { useDefaultGateways: DefaultGatewayScope.ALL, rules: [{}] });
  expect(route.node.validate()).toEqual([]);
  expect(Testing.synth(chart)[0].spec).toEqual({
    useDefaultGateways: 'All',
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
  });
});

test('a route of no default gateway needs a parent', () => {
  expect(new HttpRoute(experimentalChart(), 'Route', { useDefaultGateways: DefaultGatewayScope.NONE, rules: [{}] }).node.validate())
    .toEqual(['an HTTPRoute needs at least one parent: pass parents, or call addParent']);
});

test('sessions of a rule', () => {
  const chart = experimentalChart();
  new HttpRoute(chart, 'Route', { parents: [PARENT], rules: [{ sessionPersistence: SessionPersistence.header('X-Session') }] });
  expect(Testing.synth(chart)[0].spec.rules[0].sessionPersistence).toEqual({ type: 'Header', header: { name: 'X-Session' } });
});

test('what the standard channel lacks is refused', () => {
  const chart = Testing.chart();
  expect(() => new HttpRoute(chart, 'Default', { useDefaultGateways: DefaultGatewayScope.ALL })).toThrow(/^spec\.useDefaultGateways of HTTPRoute '.*' is not in Gateway API 1\.7 standard/);
  expect(() => new HttpRoute(chart, 'Session', { rules: [{ sessionPersistence: SessionPersistence.cookie() }] })).toThrow(/^spec\.rules\[0\]\.sessionPersistence of HTTPRoute '.*' is not in Gateway API 1\.7 standard/);
  const auth = ExternalAuth.http({ backend: Backend.serviceName('auth', { port: 80 }) });
  expect(() => new HttpRoute(chart, 'Auth', { rules: [{ filters: [HttpRouteFilter.externalAuth(auth)] }] })).toThrow(/^spec\.rules\[0\]\.filters\[0\]\.externalAuth of HTTPRoute '.*' is not in Gateway API 1\.7 standard/);
});

test('external authorization of a rule and of a backend', () => {
  // GIVEN
  const chart = experimentalChart();
  const auth = HttpRouteFilter.externalAuth(ExternalAuth.http({ backend: Backend.serviceName('auth', { port: 80, namespace: 'security' }), path: '/check' }));
  // WHEN
  new HttpRoute(chart, 'Route', {
    parents: [PARENT],
    rules: [{ filters: [auth, auth], backends: [{ backend: Backend.serviceName('web', { port: 8080 }), filters: [auth] }] }],
  });
  // THEN
  const written = {
    type: 'ExternalAuth',
    externalAuth: { protocol: 'HTTP', http: { path: '/check' }, backendRef: { group: '', kind: 'Service', name: 'auth', namespace: 'security', port: 80 } },
  };
  const [route, grant] = Testing.synth(chart);
  expect(route.spec.rules[0].filters).toEqual([written, written]);
  expect(route.spec.rules[0].backendRefs[0].filters).toEqual([written]);
  expect(grant).toMatchObject({
    kind: 'ReferenceGrant',
    metadata: { namespace: 'security' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service', name: 'auth' }],
    },
  });
});

test('mirrors to other namespaces bring their grant, those of backends as well', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  const mirror = (namespace: string) => HttpRouteFilter.mirror({ backend: Backend.serviceName('copy', { port: 80, namespace }) });
  new HttpRoute(chart, 'Route', {
    parents: [PARENT],
    rules: [{ filters: [mirror('one')], backends: [{ backend: Backend.serviceName('web', { port: 80 }), filters: [mirror('two')] }] }],
  });
  const grants = Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant');
  expect(grants.map(({ metadata, spec }) => [metadata.namespace, spec.to])).toEqual([
    ['one', [{ group: '', kind: 'Service', name: 'copy' }]],
    ['two', [{ group: '', kind: 'Service', name: 'copy' }]],
  ]);
});

test('before 1.7 a retry has an attempt', () => {
  const app = Testing.app();
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_6, channel: GatewayApiChannel.EXPERIMENTAL });
  const route = new HttpRoute(new Chart(app, 'test'), 'Route');
  expect(() => route.addRule({ retry: { attempts: 0 } }))
    .toThrow('attempts of a retry must be at least 1 before Gateway API 1.7, got 0 with 1.6: leave retry out');
  expect(() => route.addRule({ retry: {} })).not.toThrow();
});

test('a route of the cluster', () => {
  expect(HttpRoute.fromHttpRouteName('web')).toEqual({ name: 'web' });
  expect(HttpRoute.fromHttpRouteName('web', { namespace: 'shop' })).toEqual({ name: 'web', namespace: 'shop' });
  expect(() => HttpRoute.fromHttpRouteName('Web')).toThrow('name of the HTTPRoute must be a DNS subdomain');
  expect(() => HttpRoute.fromHttpRouteName('web', { namespace: 'a.b' })).toThrow('namespace of the HTTPRoute must be a DNS label');
});

test('a route knows its namespace', () => {
  expect(new HttpRoute(Testing.chart(), 'Route', { metadata: { namespace: 'shop' } }).namespace).toBe('shop');
  expect(new HttpRoute(Testing.chart(), 'Route').namespace).toBeUndefined();
});
