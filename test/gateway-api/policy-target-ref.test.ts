import { Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  AttachedPolicy, Certificate, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener, PolicyTargetRef,
  RouteParent, TlsRoute, XBackend,
} from '../../src';

function targetsOf(...targets: PolicyTargetRef[]): unknown {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  new AttachedPolicy(chart, 'Policy', { apiVersion: 'example.com/v1', kind: 'ExamplePolicy', targets });
  return Testing.synth(chart).find(({ kind }) => kind === 'ExamplePolicy').spec.targetRefs;
}

const GROUP = 'gateway.networking.k8s.io';
const edge = Gateway.fromGatewayName('edge', { listeners: [Listener.http(), Listener.https({ certificates: [Certificate.fromSecretName('edge-tls')] })] });

test('a Gateway', () => {
  expect(targetsOf(PolicyTargetRef.gateway(edge))).toEqual([{ group: GROUP, kind: 'Gateway', name: 'edge' }]);
});

test('a listener of a Gateway', () => {
  expect(targetsOf(PolicyTargetRef.gateway(edge, { listener: 'https' }))).toEqual([{ group: GROUP, kind: 'Gateway', name: 'edge', sectionName: 'https' }]);
});

test('a listener that the Gateway is known to lack', () => {
  expect(() => PolicyTargetRef.gateway(edge, { listener: 'tls' })).toThrow('Gateway \'edge\' has no listener \'tls\': it has http, https');
});

test('a listener of a Gateway of which nothing is known', () => {
  expect(targetsOf(PolicyTargetRef.gateway(Gateway.fromGatewayName('theirs'), { listener: 'tls' })))
    .toEqual([{ group: GROUP, kind: 'Gateway', name: 'theirs', sectionName: 'tls' }]);
});

test('a Gateway that has no listeners so far', () => {
  const gateway = new Gateway(Testing.chart(), 'Edge', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.ISTIO });
  expect(() => PolicyTargetRef.gateway(gateway, { listener: 'http' }))
    .toThrow('Gateway \'edge\' has no listener \'http\': it has none with a name so far: add it before the policy, with a name');
});

test('a ListenerSet, and one of its listeners', () => {
  const set = { name: 'team-a', listeners: [Listener.http({ name: 'web' })] };
  expect(targetsOf(PolicyTargetRef.listenerSet(set))).toEqual([{ group: GROUP, kind: 'ListenerSet', name: 'team-a' }]);
  expect(targetsOf(PolicyTargetRef.listenerSet(set, { listener: 'web' })))
    .toEqual([{ group: GROUP, kind: 'ListenerSet', name: 'team-a', sectionName: 'web' }]);
  expect(() => PolicyTargetRef.listenerSet(set, { listener: 'http' })).toThrow('ListenerSet \'team-a\' has no listener \'http\': it has web');
});

test('routes that are in the cluster already, and rules of theirs', () => {
  const route = { name: 'web' };
  const rule = { rule: 'login' };
  const targets = [
    PolicyTargetRef.httpRoute(route), PolicyTargetRef.grpcRoute(route), PolicyTargetRef.tlsRoute(route),
    PolicyTargetRef.tcpRoute(route), PolicyTargetRef.udpRoute(route),
  ];
  const kinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];
  expect(targetsOf(...targets)).toEqual(kinds.map(kind => ({ group: GROUP, kind, name: 'web' })));

  const rules = [
    PolicyTargetRef.httpRoute(route, rule), PolicyTargetRef.grpcRoute(route, rule), PolicyTargetRef.tlsRoute(route, rule),
    PolicyTargetRef.tcpRoute(route, rule), PolicyTargetRef.udpRoute(route, rule),
  ];
  expect(targetsOf(...rules)).toEqual(kinds.map(kind => ({ group: GROUP, kind, name: 'web', sectionName: 'login' })));
});

test('a rule of a route of this app', () => {
  // GIVEN
  const chart = Testing.chart();
  const route = new HttpRoute(chart, 'Web', { metadata: { name: 'web' }, parents: [RouteParent.gateway(Gateway.fromGatewayName('edge'))] });

  // WHEN, the rule comes after the target
  expect(() => PolicyTargetRef.httpRoute(route, { rule: 'login' }))
    .toThrow('HTTPRoute \'web\' has no rule \'login\': it has none with a name so far: add it before the policy, with a name');
  route.addRule({ name: 'login' });

  // THEN
  expect(targetsOf(PolicyTargetRef.httpRoute(route, { rule: 'login' }))).toEqual([{ group: GROUP, kind: 'HTTPRoute', name: 'web', sectionName: 'login' }]);
  expect(() => PolicyTargetRef.httpRoute(route, { rule: 'logout' })).toThrow('HTTPRoute \'web\' has no rule \'logout\': it has login');
});

test('a route of layer 4 of this app', () => {
  const route = new TlsRoute(Testing.chart(), 'Db', { metadata: { name: 'db' }, hostnames: ['db.example.com'] });
  expect(targetsOf(PolicyTargetRef.tlsRoute(route))).toEqual([{ group: GROUP, kind: 'TLSRoute', name: 'db' }]);
});

test('a route that was split is meant with all its objects, and as they are at synthesis', () => {
  // GIVEN
  const objects = [{ name: 'web', ruleNames: ['login', 'a'] }];
  const route = { name: 'web', _objects: () => objects };
  const whole = PolicyTargetRef.httpRoute(route);
  const login = PolicyTargetRef.httpRoute(route, { rule: 'login' });

  // WHEN
  objects.push({ name: 'web-2', ruleNames: ['b'] }, { name: 'web-3', ruleNames: ['login'] });

  // THEN
  expect(targetsOf(whole)).toEqual(['web', 'web-2', 'web-3'].map(name => ({ group: GROUP, kind: 'HTTPRoute', name })));
  expect(targetsOf(login)).toEqual(['web', 'web-3'].map(name => ({ group: GROUP, kind: 'HTTPRoute', name, sectionName: 'login' })));
});

test('a rule that was split is meant with all its pieces', () => {
  const route = {
    name: 'web',
    _objects: () => [
      { name: 'web', ruleNames: ['login', 'login-2'], pieces: [{ ruleName: 'login', name: 'login' }, { ruleName: 'login', name: 'login-2' }, {}] },
      { name: 'web-2', ruleNames: ['login-3'], pieces: [{ ruleName: 'login', name: 'login-3' }] },
    ],
  };
  const web = { group: GROUP, kind: 'HTTPRoute', name: 'web' };
  expect(targetsOf(PolicyTargetRef.httpRoute(route, { rule: 'login' })))
    .toEqual([{ ...web, sectionName: 'login' }, { ...web, sectionName: 'login-2' }, { ...web, name: 'web-2', sectionName: 'login-3' }]);
  expect(() => PolicyTargetRef.httpRoute(route, { rule: 'login-2' })).toThrow('HTTPRoute \'web\' has no rule \'login-2\': it has login');
});

test('a rule with more matches than one takes, of a route of this app', () => {
  // GIVEN
  const matches = Array.from({ length: 129 }, (_, n) => HttpRouteMatch.pathExact(`/login/${n}`));
  const route = new HttpRoute(Testing.chart(), 'Web', {
    metadata: { name: 'web' }, parents: [RouteParent.gateway(Gateway.fromGatewayName('edge'))], rules: [{ name: 'login', matches }, { name: 'rest' }],
  });

  // THEN
  const web = { group: GROUP, kind: 'HTTPRoute' };
  expect(targetsOf(PolicyTargetRef.httpRoute(route, { rule: 'login' }))).toEqual([
    { ...web, name: 'web', sectionName: 'login' }, { ...web, name: 'web', sectionName: 'login-2' }, { ...web, name: 'web-2', sectionName: 'login-3' },
  ]);
  expect(targetsOf(PolicyTargetRef.httpRoute(route))).toEqual([{ ...web, name: 'web' }, { ...web, name: 'web-2' }]);
  expect(() => PolicyTargetRef.httpRoute(route, { rule: 'login-2' })).toThrow('HTTPRoute \'web\' has no rule \'login-2\': it has login, rest');
});

test('a Service of this app, and a port of it', () => {
  const service = new Service(new Chart(Testing.app(), 'test', { namespace: 'shop' }), 'Cart', {
    metadata: { name: 'cart' }, ports: [{ name: 'http', port: 80 }, { name: 'metrics', port: 9090 }],
  });
  expect(targetsOf(PolicyTargetRef.service(service))).toEqual([{ group: '', kind: 'Service', name: 'cart' }]);
  expect(targetsOf(PolicyTargetRef.service(service, { port: 'http' }))).toEqual([{ group: '', kind: 'Service', name: 'cart', sectionName: 'http' }]);
  expect(() => PolicyTargetRef.service(service, { port: '80' })).toThrow('Service \'cart\' has no port \'80\': it has http, metrics');
});

test('a Service whose ports have no names', () => {
  const service = new Service(Testing.chart(), 'Cart', { metadata: { name: 'cart' }, ports: [{ port: 80 }] });
  expect(() => PolicyTargetRef.service(service, { port: 'http' })).toThrow('Service \'cart\' has no port \'http\': it has none with a name so far');
});

test('a Service of the cluster', () => {
  expect(targetsOf(PolicyTargetRef.serviceName('cart', { namespace: 'shop', port: 'http' })))
    .toEqual([{ group: '', kind: 'Service', name: 'cart', sectionName: 'http' }]);
});

test('an XBackend', () => {
  expect(targetsOf(PolicyTargetRef.xBackend(XBackend.fromXBackendName('api', { namespace: 'shop' }))))
    .toEqual([{ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'api' }]);
});

test('an object of any kind', () => {
  expect(targetsOf(PolicyTargetRef.of({ group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'cart', namespace: 'shop', sectionName: 'http' })))
    .toEqual([{ group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'cart', sectionName: 'http' }]);
});

test.each([
  [{ group: 'Example', kind: 'Thing', name: 'a' }, 'group of the policy target must be a DNS subdomain'],
  [{ group: '', kind: 'A Thing', name: 'a' }, 'kind of the policy target must be letters, digits and inner dashes, at most 63 characters, got \'A Thing\''],
  [{ group: '', kind: 'Service', name: 'A' }, 'name of the policy target must be a DNS subdomain'],
  [{ group: '', kind: 'Service', name: 'a', namespace: 'a.b' }, 'namespace of the policy target must be a DNS label'],
  [{ group: '', kind: 'Service', name: 'a', sectionName: 'A' }, 'section of the policy target must be a DNS subdomain'],
])('%j is no target', (reference, message) => {
  expect(() => PolicyTargetRef.of(reference)).toThrow(message);
});
