import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, DefaultGatewayScope, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, RouteBackend, RouteParent, TcpRoute, TlsRoute,
  TlsRouteProps, UdpRoute,
} from '../../src';

const GATEWAY = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'infra' }), { listener: 'db' });
const PARENT_REF = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra', sectionName: 'db' };
const backend = (name: string, weight?: number): RouteBackend => ({ backend: Backend.serviceName(name, { port: 5432 }), weight });
const backendRef = (name: string, weight = 1) => ({ group: '', kind: 'Service', name, port: 5432, weight });
function experimental(bundle?: GatewayApiBundle): Chart {
  const app = new App();
  GatewayApi.declare(app, { bundle, channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test');
}

/** Routes with one rule, and what is particular to a kind. */
const KINDS = [
  { kind: 'TCPRoute', Route: TcpRoute, imported: TcpRoute.fromTcpRouteName, hosts: {}, older: GatewayApiBundle.V1_5, olderVersion: 'v1alpha2' },
  { kind: 'UDPRoute', Route: UdpRoute, imported: UdpRoute.fromUdpRouteName, hosts: {}, older: GatewayApiBundle.V1_5, olderVersion: 'v1alpha2' },
  {
    kind: 'TLSRoute',
    Route: TlsRoute,
    imported: TlsRoute.fromTlsRouteName,
    hosts: { hostnames: ['db.example.com'] },
    older: GatewayApiBundle.V1_4,
    olderVersion: 'v1alpha3',
  },
];

describe.each(KINDS)('$kind', ({ kind, Route, imported, hosts, older, olderVersion }) => {
  const complete = { ...hosts, parents: [GATEWAY], backends: [backend('db')] };
  const bare = () => new Route(Testing.chart(), 'Route');
  const make = (props: TlsRouteProps, chart = Testing.chart()) => new Route(chart, 'Route', { metadata: { name: 'db', namespace: 'data' }, ...props });

  test('a route as it is written', () => {
    const route = make({ ...complete, backends: [backend('blue', 90), backend('green')], ruleName: 'main' });
    expect(Testing.synth(route.node.scope as Chart)).toEqual([{
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: { name: 'db', namespace: 'data' },
      spec: {
        ...hosts,
        parentRefs: [PARENT_REF],
        rules: [{ name: 'main', backendRefs: [backendRef('blue', 90), backendRef('green')] }],
      },
    }]);
    expect(route.namespace).toBe('data');
    expect(route._objects()).toEqual([{ name: 'db', ruleNames: ['main'] }]);
  });

  test('a route may be completed by verbs', () => {
    const chart = Testing.chart();
    make(hosts, chart).addParent(GATEWAY).addBackend(backend('db', 0)).addBackend(backend('standby'));
    const [{ spec }] = Testing.synth(chart);
    expect(spec.parentRefs).toEqual([PARENT_REF]);
    expect(spec.rules).toEqual([{ backendRefs: [backendRef('db', 0), backendRef('standby')] }]);
  });

  test('a rule without a name has none', () => {
    expect(make(complete)._objects()).toEqual([{ name: 'db', ruleNames: [] }]);
  });

  test('an incomplete route says what is missing', () => {
    expect(make(hosts).node.validate()).toEqual([
      `a ${kind} needs at least one parent: pass parents, or call addParent`,
      `a ${kind} needs at least one backend: pass backends, or call addBackend`,
    ]);
    expect(make(complete).node.validate()).toEqual([]);
  });

  test('some backend must have a weight', () => {
    expect(() => make({ ...complete, backends: [backend('a', 0), backend('b', 0)] }))
      .toThrow(`backends of ${kind} 'db' must have a weight above 0 for at least one destination, got 0, 0: every request would fail, raise one of them`);
    expect(make({ ...complete, backends: [] }).addBackend(backend('a', 0)).node.validate())
      .toEqual([`a ${kind} needs at least one backend with a weight above 0: every connection would fail`]);
    expect(() => make({ backends: [backend('a', 1000001)] })).toThrow(`weight of backend 1 of ${kind} 'db' must be between 0 and 1000000, got 1000001`);
    expect(() => make({}).addBackend(backend('a', -1))).toThrow(`weight of backend 1 of ${kind} 'db' must be between 0 and 1000000, got -1`);
  });

  test('sixteen backends are the most', () => {
    const many = Array.from({ length: 16 }, (_, i) => backend(`db-${i}`));
    const route = make({ ...complete, backends: many });
    expect(() => route.addBackend(backend('one-more'))).toThrow(`backends of ${kind} 'db' must be at most 16, got 17: put several behind one Service`);
  });

  test('a backend in another namespace brings a grant', () => {
    const chart = Testing.chart();
    make({ ...complete, backends: [{ backend: Backend.serviceName('db', { port: 5432, namespace: 'vault' }) }] }, chart);
    const [{ spec }, grant] = Testing.synth(chart);
    expect(spec.rules[0].backendRefs[0].namespace).toBe('vault');
    expect(grant).toMatchObject({
      kind: 'ReferenceGrant',
      metadata: { namespace: 'vault' },
      spec: { from: [{ group: 'gateway.networking.k8s.io', kind, namespace: 'data' }], to: [{ group: '', kind: 'Service', name: 'db' }] },
    });
  });

  test('the name of the rule is a DNS name', () => {
    expect(() => make({ ruleName: 'Main' })).toThrow(`ruleName of ${kind} 'db' must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Main'`);
  });

  test('default gateways are of the experimental channel', () => {
    expect(() => make({ useDefaultGateways: DefaultGatewayScope.ALL })).toThrow(`spec.useDefaultGateways of ${kind} 'db' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the experimental channel only, since 1.4; leave it out, or declare what the clusters run with GatewayApi.declare`);
    const chart = experimental();
    const route = make({ ...hosts, backends: [backend('db')], useDefaultGateways: DefaultGatewayScope.ALL }, chart);
    expect(Testing.synth(chart)[0].spec).toEqual({ ...hosts, useDefaultGateways: 'All', rules: [{ backendRefs: [backendRef('db')] }] });
    expect(route.node.validate()).toEqual([]);
  });

  test('no default gateway is no parent', () => {
    expect(make({ ...hosts, backends: [backend('db')], useDefaultGateways: DefaultGatewayScope.NONE }, experimental()).node.validate())
      .toEqual([`a ${kind} needs at least one parent: pass parents, or call addParent`]);
  });

  test('the version is the newest that the clusters serve', () => {
    const chart = experimental(older);
    make(complete, chart);
    expect(Testing.synth(chart)[0].apiVersion).toBe(`gateway.networking.k8s.io/${olderVersion}`);
  });

  test('clusters that do not serve the kind are no place for it', () => {
    const app = new App();
    GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_4 });
    expect(() => make({}, new Chart(app, 'test'))).toThrow(kind);
  });

  test('a route that is in the cluster already', () => {
    expect(imported('db', { namespace: 'data' })).toEqual({ name: 'db', namespace: 'data' });
    expect(imported('db')).toEqual({ name: 'db' });
    expect(() => imported('Db')).toThrow(`name of the ${kind} must be a DNS subdomain`);
  });

  test('a route without properties is one to be completed', () => {
    const route = bare();
    expect(route.namespace).toBeUndefined();
    expect(() => route.addParent(GATEWAY)).not.toThrow();
  });
});
