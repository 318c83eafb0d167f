import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, DefaultGatewayScope, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, TlsRoute, TlsRouteProps, RouteBackend, RouteParent,
} from '../../src';

const GATEWAY = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'infra' }), { listener: 'db' });
const PARENT_REF = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra', sectionName: 'db' };
const backend = (name: string, weight?: number): RouteBackend => ({ backend: Backend.serviceName(name, { port: 5432 }), weight });
const backendRef = (name: string, weight = 1) => ({ group: '', kind: 'Service', name, port: 5432, weight });
const COMPLETE = { hostnames: ['db.example.com'], parents: [GATEWAY], backends: [backend('db')] };

function experimental(bundle?: GatewayApiBundle): Chart {
  const app = new App();
  GatewayApi.declare(app, { bundle, channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test');
}

function make(props: TlsRouteProps, chart = Testing.chart()) {
  return new TlsRoute(chart, 'Route', { metadata: { name: 'db', namespace: 'data' }, ...props });
}

test('a route as it is written', () => {
  const route = make({ ...COMPLETE, backends: [backend('blue', 90), backend('green')], ruleName: 'main' });
  expect(Testing.synth(route.node.scope as Chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'TLSRoute',
    metadata: { name: 'db', namespace: 'data' },
    spec: {
      parentRefs: [PARENT_REF],
      hostnames: ['db.example.com'],
      rules: [{ name: 'main', backendRefs: [backendRef('blue', 90), backendRef('green')] }],
    },
  }]);
  expect(route.namespace).toBe('data');
  expect(route._objects()).toEqual([{ name: 'db', ruleNames: ['main'] }]);
});

test('a route may be completed by verbs', () => {
  const chart = Testing.chart();
  make({}, chart).addParent(GATEWAY).addHostname('db.example.com').addHostname('*.example.org').addBackend(backend('db', 0)).addBackend(backend('standby'));
  const [{ spec }] = Testing.synth(chart);
  expect(spec.parentRefs).toEqual([PARENT_REF]);
  expect(spec.hostnames).toEqual(['db.example.com', '*.example.org']);
  expect(spec.rules).toEqual([{ backendRefs: [backendRef('db', 0), backendRef('standby')] }]);
});

test('a rule without a name has none', () => {
  expect(make(COMPLETE)._objects()).toEqual([{ name: 'db', ruleNames: [] }]);
});

test('an incomplete route says what is missing', () => {
  expect(make({}).node.validate()).toEqual([
    'a TLSRoute needs at least one parent: pass parents, or call addParent',
    'a TLSRoute needs at least one hostname: pass hostnames, or call addHostname',
    'a TLSRoute needs at least one backend: pass backends, or call addBackend',
  ]);
  expect(make(COMPLETE).node.validate()).toEqual([]);
});

test('some backend must have a weight', () => {
  expect(() => make({ ...COMPLETE, backends: [backend('a', 0), backend('b', 0)] }))
    .toThrow('backends of TLSRoute \'db\' must have a weight above 0 for at least one destination, got 0, 0: every request would fail, raise one of them');
  expect(make({ ...COMPLETE, backends: [] }).addBackend(backend('a', 0)).node.validate())
    .toEqual(['a TLSRoute needs at least one backend with a weight above 0: every connection would fail']);
  expect(() => make({ backends: [backend('a', 1000001)] })).toThrow("weight of backend 1 of TLSRoute 'db' must be between 0 and 1000000, got 1000001");
  expect(() => make({}).addBackend(backend('a', -1))).toThrow("weight of backend 1 of TLSRoute 'db' must be between 0 and 1000000, got -1");
});

test('sixteen backends are the most', () => {
  const many = Array.from({ length: 16 }, (_, i) => backend(`db-${i}`));
  const route = make({ ...COMPLETE, backends: many });
  expect(() => route.addBackend(backend('one-more'))).toThrow('backends of TLSRoute \'db\' must be at most 16, got 17: put several behind one Service');
});

test('a backend in another namespace brings a grant', () => {
  const chart = Testing.chart();
  make({ ...COMPLETE, backends: [{ backend: Backend.serviceName('db', { port: 5432, namespace: 'vault' }) }] }, chart);
  const [{ spec }, grant] = Testing.synth(chart);
  expect(spec.rules[0].backendRefs[0].namespace).toBe('vault');
  expect(grant).toMatchObject({
    kind: 'ReferenceGrant',
    metadata: { namespace: 'vault' },
    spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'TLSRoute', namespace: 'data' }], to: [{ group: '', kind: 'Service', name: 'db' }] },
  });
});

test('the name of the rule is a DNS name', () => {
  expect(() => make({ ruleName: 'Main' })).toThrow("ruleName of TLSRoute 'db' must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Main'");
});

test('default gateways are of the experimental channel', () => {
  expect(() => make({ useDefaultGateways: DefaultGatewayScope.ALL })).toThrow('spec.useDefaultGateways of TLSRoute \'db\' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the experimental channel only, since 1.4; leave it out, or declare what the clusters run with GatewayApi.declare');
  const chart = experimental();
  const route = make({ hostnames: ['db.example.com'], backends: [backend('db')], useDefaultGateways: DefaultGatewayScope.ALL }, chart);
  expect(Testing.synth(chart)[0].spec).toEqual({ hostnames: ['db.example.com'], useDefaultGateways: 'All', rules: [{ backendRefs: [backendRef('db')] }] });
  expect(route.node.validate()).toEqual([]);
});

test('no default gateway is no parent', () => {
  expect(make({ hostnames: ['db.example.com'], backends: [backend('db')], useDefaultGateways: DefaultGatewayScope.NONE }, experimental()).node.validate())
    .toEqual(['a TLSRoute needs at least one parent: pass parents, or call addParent']);
});

test('the version is the newest that the clusters serve', () => {
  const chart = experimental(GatewayApiBundle.V1_4);
  make(COMPLETE, chart);
  expect(Testing.synth(chart)[0].apiVersion).toBe('gateway.networking.k8s.io/v1alpha3');
});

test('clusters that do not serve the kind are no place for it', () => {
  const app = new App();
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_4 });
  expect(() => make({}, new Chart(app, 'test'))).toThrow('TLSRoute');
});

test('a route that is in the cluster already', () => {
  expect(TlsRoute.fromTlsRouteName('db', { namespace: 'data' })).toEqual({ name: 'db', namespace: 'data' });
  expect(TlsRoute.fromTlsRouteName('db')).toEqual({ name: 'db' });
  expect(() => TlsRoute.fromTlsRouteName('Db')).toThrow('name of the TLSRoute must be a DNS subdomain');
});

test.each(['10.0.0.1', 'DB.example.com', '*', 'db.*.example.com', '*db.example.com', '2001:db8::1', ''])('%j is no server name', hostname => {
  expect(() => make({ hostnames: [hostname] }))
    .toThrow(`hostname of TLSRoute 'db' must be a lower case DNS name, optionally starting with '*.', got '${hostname}'`);
});

test('1024 server names are the most', () => {
  const route = make({ hostnames: Array.from({ length: 1024 }, (_, i) => `db-${i}.example.com`) });
  expect(() => route.addHostname('db.example.com')).toThrow('hostnames of TLSRoute \'db\' must be at most 1024, got 1025: use a second TLSRoute');
});

test('before 1.6 it was 16', () => {
  const route = make({ hostnames: Array.from({ length: 16 }, (_, i) => `db-${i}.example.com`) }, experimental(GatewayApiBundle.V1_5));
  expect(() => route.addHostname('db.example.com')).toThrow("spec.hostnames of TLSRoute 'db' with more than 16 entries is not in Gateway API 1.5 experimental, " +
    'which refuses it: it is in both channels since 1.6');
});

test('in a mesh server names are no surprise', () => {
  expect(make({ ...COMPLETE, parents: [RouteParent.producerServiceName('db')] }).node.validate()).toEqual([]);
});

test('a route without properties is one to be completed', () => {
  const route = new TlsRoute(Testing.chart(), 'Route');
  expect(route.namespace).toBeUndefined();
  expect(() => route.addParent(GATEWAY)).not.toThrow();
});
