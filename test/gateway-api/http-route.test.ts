import { ApiObject, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Backend, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener, RouteNamespaces, RouteParent } from '../../src';

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
    .toThrow('hostname of the HTTPRoute must be a lower case DNS name, optionally starting with \'*.\', got \'10.0.0.1\'');
});

test('sixteen hostnames are the most', () => {
  const hostnames = Array.from({ length: 16 }, (_, i) => `a${i}.com`);
  const route = new HttpRoute(Testing.chart(), 'Route', { hostnames });
  expect(() => route.addHostname('b.com')).toThrow('hostnames of the HTTPRoute must be at most 16, got 17: split the route');
});

test('sixteen rules are the most', () => {
  const route = new HttpRoute(Testing.chart(), 'Route', { rules: Array(16).fill({}) });
  expect(() => route.addRule({})).toThrow('rules of the HTTPRoute must be at most 16, got 17: split the route');
});

test('a route has at most 128 matches', () => {
  const matches = (count: number) => ({ matches: Array.from({ length: count }, (_, i) => HttpRouteMatch.pathPrefix(`/${i}`)) });
  const route = new HttpRoute(Testing.chart(), 'Route', { rules: [matches(64), matches(63), {}] });
  expect(() => route.addRule({})).toThrow('matches of the HTTPRoute must be at most 128, got 129: split the route');
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
