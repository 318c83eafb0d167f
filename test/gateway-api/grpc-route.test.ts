import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  Backend, DefaultGatewayScope, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayApiOptions, GatewayClass, GrpcRoute, GrpcRouteFilter,
  GrpcRouteMatch, Listener, RouteNamespaces, RouteParent, SessionPersistence,
} from '../../src';

const PARENT = RouteParent.gateway(Gateway.fromGatewayName('edge'));
const EDGE_REF = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' };

test('a route through a gateway of the same app', () => {
  // GIVEN
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  const gateway = new Gateway(chart, 'Edge', {
    metadata: { name: 'edge', namespace: 'edge' },
    gatewayClass: GatewayClass.ISTIO,
    listeners: [Listener.http({ hostname: '*.example.com', routes: RouteNamespaces.named('shop') })],
  });
  const service = new Service(chart, 'Service', { metadata: { name: 'checkout' }, ports: [{ port: 50051 }] });

  // WHEN
  const route = new GrpcRoute(chart, 'Route', {
    metadata: { name: 'checkout' },
    parents: [RouteParent.gateway(gateway, { listener: 'http' })],
    hostnames: ['grpc.example.com'],
    rules: [{ matches: [GrpcRouteMatch.service('shop.Checkout')], backends: [{ backend: Backend.service(service) }] }],
  });

  // THEN
  expect(route.resourceType).toBe('grpcroutes');
  expect([route.name, route.namespace]).toEqual(['checkout', 'shop']);
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'GRPCRoute')).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name: 'checkout', namespace: 'shop' },
    spec: {
      parentRefs: [{ ...EDGE_REF, namespace: 'edge', sectionName: 'http' }],
      hostnames: ['grpc.example.com'],
      rules: [{
        matches: [{ method: { type: 'Exact', service: 'shop.Checkout' } }],
        backendRefs: [{ group: '', kind: 'Service', name: 'checkout', port: 50051, weight: 1 }],
      }],
    },
  }]);
});

test('everything can be added later', () => {
  const chart = Testing.chart();
  const route = new GrpcRoute(chart, 'Route');
  expect(route.addParent(PARENT).addHostname('*.a.com').addRule({})).toBe(route);
  expect(Testing.synth(chart)[0].spec).toEqual({ parentRefs: [EDGE_REF], hostnames: ['*.a.com'], rules: [{}] });
});

test('a route without parents or rules is incomplete', () => {
  expect(new GrpcRoute(Testing.chart(), 'Route').node.validate()).toEqual([
    'a GRPCRoute needs at least one parent: pass parents, or call addParent',
    'a GRPCRoute needs at least one rule: pass rules, or call addRule',
  ]);
  expect(new GrpcRoute(Testing.chart(), 'Route', { parents: [PARENT], rules: [{}] }).node.validate()).toEqual([]);
});

test('a route that asks for default Gateways needs no parent', () => {
  const app = new App();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  const chart = new Chart(app, 'test');
  const route = new GrpcRoute(chart, 'Route', { useDefaultGateways: DefaultGatewayScope.ALL, rules: [{}] });
  expect(route.node.validate()).toEqual([]);
  expect(Testing.synth(chart)[0].spec).toEqual({ useDefaultGateways: 'All', rules: [{}] });
  expect(new GrpcRoute(chart, 'Other', { useDefaultGateways: DefaultGatewayScope.NONE, rules: [{}] }).node.validate())
    .toEqual(['a GRPCRoute needs at least one parent: pass parents, or call addParent']);
});

test('what the declared release or channel lacks is refused', () => {
  const chart = (options: GatewayApiOptions) => {
    const app = new App();
    GatewayApi.declare(app, options);
    return new Chart(app, 'test');
  };
  const session = { sessionPersistence: SessionPersistence.header('x-session') };
  expect(() => new GrpcRoute(Testing.chart(), 'Route').addRule(session))
    .toThrow(/^spec\.rules\[0\]\.sessionPersistence of GRPCRoute '.*' is not in Gateway API 1\.7 standard, which would drop it in silence/);
  expect(() => new GrpcRoute(Testing.chart(), 'Route', { useDefaultGateways: DefaultGatewayScope.ALL }))
    .toThrow(/^spec\.useDefaultGateways of GRPCRoute '.*' is not in Gateway API 1\.7 standard, which would drop it in silence/);
  expect(() => new GrpcRoute(chart({ bundle: GatewayApiBundle.V1_3 }), 'Route').addRule({ name: 'pay' }))
    .toThrow(/^spec\.rules\[0\]\.name of GRPCRoute '.*' is not in Gateway API 1\.3 standard, which would drop it in silence/);
  expect(() => new GrpcRoute(chart({ bundle: GatewayApiBundle.V1_6, channel: GatewayApiChannel.EXPERIMENTAL }), 'Route').addRule(session))
    .toThrow(/^spec\.rules\[0\]\.sessionPersistence\.header of GRPCRoute '.*' is not in Gateway API 1\.6 experimental, which would drop it in silence/);
});

test('what the controller of a parent does not read is refused, whichever comes first', () => {
  const app = new App();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  const chart = new Chart(app, 'test');
  const istio = RouteParent.gateway(Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO }));
  const rule = { sessionPersistence: SessionPersistence.header('x-session') };
  expect(() => new GrpcRoute(chart, 'A', { parents: [istio] }).addRule(rule))
    .toThrow(/^Istio .* does not read spec\.rules\[0\]\.sessionPersistence of GRPCRoute/);
  expect(() => new GrpcRoute(chart, 'B', { rules: [rule] }).addParent(istio))
    .toThrow(/^Istio .* does not read spec\.rules\[0\]\.sessionPersistence of GRPCRoute/);
});

test('a route that is there already', () => {
  expect(GrpcRoute.fromGrpcRouteName('checkout')).toEqual({ name: 'checkout' });
  expect(GrpcRoute.fromGrpcRouteName('checkout.v1', { namespace: 'shop' })).toEqual({ name: 'checkout.v1', namespace: 'shop' });
  expect(() => GrpcRoute.fromGrpcRouteName('Checkout')).toThrow('name of the GRPCRoute must be a DNS subdomain');
  expect(() => GrpcRoute.fromGrpcRouteName('checkout', { namespace: 'a.b' })).toThrow('namespace of the GRPCRoute must be a DNS label');
});

test('a listener that takes no gRPC', () => {
  const edge = (listener: Listener) => RouteParent.gateway(Gateway.fromGatewayName('edge', { listeners: [listener] }));
  const route = new GrpcRoute(Testing.chart(), 'Route', { hostnames: ['grpc.example.com'] });
  expect(() => route.addParent(edge(Listener.tcp({ port: 9000 }))))
    .toThrow('cannot attach to gateway \'edge\': listener \'tcp\' with protocol TCP admits no GRPCRoute, use another listener or its kinds');
  expect(() => route.addParent(edge(Listener.http({ kinds: [{ kind: 'HTTPRoute' }] })))).toThrow('admits no GRPCRoute');
  expect(() => route.addParent(edge(Listener.http({ hostname: 'shop.example.com' })))).toThrow('serves shop.example.com and none of grpc.example.com');
});

test('a backend and a mirror in other namespaces bring their grants', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'edge' });
  const far = (name: string, namespace: string) => Backend.serviceName(name, { port: 50051, namespace });
  new GrpcRoute(chart, 'Route', {
    parents: [PARENT],
    rules: [{ backends: [{ backend: far('checkout', 'shop'), filters: [GrpcRouteFilter.mirror({ backend: far('audit', 'bank') })] }] }],
  });
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant').map(({ metadata: { namespace }, spec }) => ({ namespace, spec }))).toEqual([
    {
      namespace: 'shop',
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', namespace: 'edge' }],
        to: [{ group: '', kind: 'Service', name: 'checkout' }],
      },
    },
    {
      namespace: 'bank',
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', namespace: 'edge' }],
        to: [{ group: '', kind: 'Service', name: 'audit' }],
      },
    },
  ]);
});

test('the object is the default child', () => {
  expect(ApiObject.of(new GrpcRoute(Testing.chart(), 'Route')).kind).toBe('GRPCRoute');
});

test('hostnames are such', () => {
  expect(() => new GrpcRoute(Testing.chart(), 'Route', { hostnames: ['10.0.0.1'] }))
    .toThrow('must be a lower case DNS name, optionally starting with \'*.\', got \'10.0.0.1\'');
});

test('names of rules are unique', () => {
  const route = new GrpcRoute(Testing.chart(), 'Route', { rules: [{ name: 'pay' }, {}, {}] });
  expect(() => route.addRule({ name: 'pay' })).toThrow('rule name \'pay\' is taken: names are unique in a GRPCRoute, pass another name');
});

test('a rule that is refused leaves nothing behind', () => {
  const chart = Testing.chart();
  const far = { backend: Backend.serviceName('a', { port: 80, namespace: 'far' }) };
  const route = new GrpcRoute(chart, 'Route', { parents: [PARENT], rules: [{ name: 'pay' }] });
  expect(() => route.addRule({ name: 'pay', backends: [far] })).toThrow('rule name \'pay\' is taken');
  expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['GRPCRoute']);
});

test('other constructs know the object and its rules', () => {
  const route = new GrpcRoute(Testing.chart(), 'Route', { metadata: { name: 'checkout' }, rules: [{ name: 'pay' }, {}, { name: 'refund' }] });
  expect(route._objects()).toMatchObject([{ name: 'checkout', ruleNames: ['pay', 'refund'] }]);
});
