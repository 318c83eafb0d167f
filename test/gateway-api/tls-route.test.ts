import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, RouteBackend, RouteParent, TlsRoute, TlsRouteProps,
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

test('a route may be completed by verbs', () => {
  const chart = Testing.chart();
  make({}, chart).addParent(GATEWAY).addHostname('db.example.com').addHostname('*.example.org').addBackend(backend('db', 0)).addBackend(backend('standby'));
  const [{ spec }] = Testing.synth(chart);
  expect(spec.parentRefs).toEqual([PARENT_REF]);
  expect(spec.hostnames).toEqual(['db.example.com', '*.example.org']);
  expect(spec.rules).toEqual([{ backendRefs: [backendRef('db', 0), backendRef('standby')] }]);
});

test('an incomplete route says what is missing', () => {
  expect(make({}).node.validate()).toEqual([
    'a TLSRoute needs at least one parent: pass parents, or call addParent',
    'a TLSRoute needs at least one hostname: pass hostnames, or call addHostname',
    'a TLSRoute needs at least one backend: pass backends, or call addBackend',
  ]);
  expect(make(COMPLETE).node.validate()).toEqual([]);
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
