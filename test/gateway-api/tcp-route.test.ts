import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, DefaultGatewayScope, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, TcpRoute, TcpRouteProps, RouteBackend, RouteParent,
} from '../../src';

const GATEWAY = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'infra' }), { listener: 'db' });
const PARENT_REF = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra', sectionName: 'db' };
const backend = (name: string, weight?: number): RouteBackend => ({ backend: Backend.serviceName(name, { port: 5432 }), weight });
const backendRef = (name: string, weight = 1) => ({ group: '', kind: 'Service', name, port: 5432, weight });
const COMPLETE = { parents: [GATEWAY], backends: [backend('db')] };

function experimental(bundle?: GatewayApiBundle): Chart {
  const app = new App();
  GatewayApi.declare(app, { bundle, channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test');
}

function make(props: TcpRouteProps, chart = Testing.chart()) {
  return new TcpRoute(chart, 'Route', { metadata: { name: 'db', namespace: 'data' }, ...props });
}

test('a route as it is written', () => {
  const route = make({ ...COMPLETE, backends: [backend('blue', 90), backend('green')], ruleName: 'main' });
  expect(Testing.synth(route.node.scope as Chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'TCPRoute',
    metadata: { name: 'db', namespace: 'data' },
    spec: {
      parentRefs: [PARENT_REF],
      rules: [{ name: 'main', backendRefs: [backendRef('blue', 90), backendRef('green')] }],
    },
  }]);
  expect(route.namespace).toBe('data');
  expect(route._objects()).toEqual([{ name: 'db', ruleNames: ['main'] }]);
});

test('a route may be completed by verbs', () => {
  const chart = Testing.chart();
  make({}, chart).addParent(GATEWAY).addBackend(backend('db', 0)).addBackend(backend('standby'));
  const [{ spec }] = Testing.synth(chart);
  expect(spec.parentRefs).toEqual([PARENT_REF]);
  expect(spec.rules).toEqual([{ backendRefs: [backendRef('db', 0), backendRef('standby')] }]);
});

test('a rule without a name has none', () => {
  expect(make(COMPLETE)._objects()).toEqual([{ name: 'db', ruleNames: [] }]);
});

test('an incomplete route says what is missing', () => {
  expect(make({}).node.validate()).toEqual([
    'a TCPRoute needs at least one parent: pass parents, or call addParent',
    'a TCPRoute needs at least one backend: pass backends, or call addBackend',
  ]);
  expect(make(COMPLETE).node.validate()).toEqual([]);
});

test('some backend must have a weight', () => {
  expect(() => make({ ...COMPLETE, backends: [backend('a', 0), backend('b', 0)] }))
    .toThrow('backends of TCPRoute \'db\' must have a weight above 0 for at least one destination, got 0, 0: every request would fail, raise one of them');
  expect(make({ ...COMPLETE, backends: [] }).addBackend(backend('a', 0)).node.validate())
    .toEqual(['a TCPRoute needs at least one backend with a weight above 0: every connection would fail']);
  expect(() => make({ backends: [backend('a', 1000001)] })).toThrow("weight of backend 1 of TCPRoute 'db' must be between 0 and 1000000, got 1000001");
  expect(() => make({}).addBackend(backend('a', -1))).toThrow("weight of backend 1 of TCPRoute 'db' must be between 0 and 1000000, got -1");
});

test('sixteen backends are the most', () => {
  const many = Array.from({ length: 16 }, (_, i) => backend(`db-${i}`));
  const route = make({ ...COMPLETE, backends: many });
  expect(() => route.addBackend(backend('one-more'))).toThrow('backends of TCPRoute \'db\' must be at most 16, got 17: put several behind one Service');
});

test('a backend in another namespace brings a grant', () => {
  const chart = Testing.chart();
  make({ ...COMPLETE, backends: [{ backend: Backend.serviceName('db', { port: 5432, namespace: 'vault' }) }] }, chart);
  const [{ spec }, grant] = Testing.synth(chart);
  expect(spec.rules[0].backendRefs[0].namespace).toBe('vault');
  expect(grant).toMatchObject({
    kind: 'ReferenceGrant',
    metadata: { namespace: 'vault' },
    spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'TCPRoute', namespace: 'data' }], to: [{ group: '', kind: 'Service', name: 'db' }] },
  });
});

test('the name of the rule is a DNS name', () => {
  expect(() => make({ ruleName: 'Main' })).toThrow("ruleName of TCPRoute 'db' must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Main'");
});

test('default gateways are of the experimental channel', () => {
  expect(() => make({ useDefaultGateways: DefaultGatewayScope.ALL })).toThrow('spec.useDefaultGateways of TCPRoute \'db\' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the experimental channel only, since 1.4; leave it out, or declare what the clusters run with GatewayApi.declare');
  const chart = experimental();
  const route = make({ backends: [backend('db')], useDefaultGateways: DefaultGatewayScope.ALL }, chart);
  expect(Testing.synth(chart)[0].spec).toEqual({ useDefaultGateways: 'All', rules: [{ backendRefs: [backendRef('db')] }] });
  expect(route.node.validate()).toEqual([]);
});

test('no default gateway is no parent', () => {
  expect(make({ backends: [backend('db')], useDefaultGateways: DefaultGatewayScope.NONE }, experimental()).node.validate())
    .toEqual(['a TCPRoute needs at least one parent: pass parents, or call addParent']);
});

test('the version is the newest that the clusters serve', () => {
  const chart = experimental(GatewayApiBundle.V1_5);
  make(COMPLETE, chart);
  expect(Testing.synth(chart)[0].apiVersion).toBe('gateway.networking.k8s.io/v1alpha2');
});

test('clusters that do not serve the kind are no place for it', () => {
  const app = new App();
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_4 });
  expect(() => make({}, new Chart(app, 'test'))).toThrow('TCPRoute');
});

test('a route that is in the cluster already', () => {
  expect(TcpRoute.fromTcpRouteName('db', { namespace: 'data' })).toEqual({ name: 'db', namespace: 'data' });
  expect(TcpRoute.fromTcpRouteName('db')).toEqual({ name: 'db' });
  expect(() => TcpRoute.fromTcpRouteName('Db')).toThrow('name of the TCPRoute must be a DNS subdomain');
});

test('a route without properties is one to be completed', () => {
  const route = new TcpRoute(Testing.chart(), 'Route');
  expect(route.namespace).toBeUndefined();
  expect(() => route.addParent(GATEWAY)).not.toThrow();
});
