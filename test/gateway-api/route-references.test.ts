import { App, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, DefaultGatewayScope, Gateway, GatewayApi, GatewayApiChannel, GatewayClass, GatewayController, HttpRoute, HttpRouteFilter, HttpRouteProps,
  IBackend, ListenerSet, RouteParent, TcpRoute,
} from '../../src';

const gateway = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'infra' }));
const far = (name: string) => Backend.serviceName(name, { port: 80, namespace: 'search' });
const MESH = RouteParent.of({ group: '', kind: 'Service', name: 'shop' });

function synth(props: HttpRouteProps, change: (route: HttpRoute) => void = () => {}) {
  const chart = Testing.chart();
  change(new HttpRoute(chart, 'Route', { metadata: { namespace: 'shop' }, ...props }));
  const objects = Testing.synth(chart);
  const grants = objects.filter(({ kind }) => kind === 'ReferenceGrant').map(({ metadata, spec }) => ({ namespace: metadata.namespace, ...spec }));
  return { spec: objects[0].spec, grants };
}

const GRANT = (...names: string[]) => [{
  namespace: 'search',
  from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
  to: names.map(name => ({ group: '', kind: 'Service', name })),
}];

test('a backend in another namespace is named with it and brings a grant', () => {
  const { spec, grants } = synth({ parents: [gateway], rules: [{ backends: [{ backend: far('search') }] }] });
  expect(spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'search', namespace: 'search', port: 80, weight: 1 }]);
  expect(grants).toEqual(GRANT('search'));
});

test('so do a mirror, and a mirror of a backend', () => {
  const { spec, grants } = synth({
    parents: [gateway],
    rules: [{
      filters: [HttpRouteFilter.mirror({ backend: far('a') })],
      backends: [{ backend: Backend.serviceName('near', { port: 80 }), filters: [HttpRouteFilter.mirror({ backend: far('b') })] }],
    }],
  });
  expect(spec.rules[0].filters[0].requestMirror).toEqual({ backendRef: { group: '', kind: 'Service', name: 'a', namespace: 'search', port: 80 } });
  expect(spec.rules[0].backendRefs[0].filters[0].requestMirror.backendRef.name).toBe('b');
  expect(grants).toEqual(GRANT('a', 'b'));
});

test('a parent that comes after the rules brings the grants', () => {
  const rules = [{ backends: [{ backend: far('search') }] }];
  expect(synth({ rules, parents: [MESH] }).grants).toEqual([]);
  expect(synth({ rules, parents: [MESH] }, route => route.addParent(gateway)).grants).toEqual(GRANT('search'));
});

test('the route\'s own namespace is not said and needs no grant', () => {
  const { spec, grants } = synth({ parents: [gateway], rules: [{ backends: [{ backend: Backend.serviceName('a', { port: 80, namespace: 'shop' }) }] }] });
  expect(spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'a', port: 80, weight: 1 }]);
  expect(grants).toEqual([]);
});

test('a route within a mesh needs no grant', () => {
  const service = new Service(Testing.chart(), 'Service', { metadata: { name: 'shop', namespace: 'shop' }, ports: [{ port: 80 }] });
  const { spec, grants } = synth({ parents: [RouteParent.producerService(service)], rules: [{ backends: [{ backend: far('search') }] }] });
  expect(spec.rules[0].backendRefs[0].namespace).toBe('search');
  expect(grants).toEqual([]);
});

test('a route whose namespace is not said is granted as one of the default namespace', () => {
  const { grants } = synth({ metadata: {}, parents: [gateway], rules: [{ backends: [{ backend: far('search') }] }] });
  expect(grants[0].from[0].namespace).toBe('default');
});

test('a backend of somebody else\'s is asked with the route, and checked', () => {
  // GIVEN
  const asked: Construct[] = [];
  class Bucket implements IBackend {
    constructor(private readonly port?: number) {}
    public bind(scope: Construct) {
      asked.push(scope);
      return { group: '', kind: 'Service', name: 'bucket', port: this.port };
    }
  }

  // WHEN
  const { spec } = synth({ parents: [gateway], rules: [{ backends: [{ backend: new Bucket(9000) }] }] });

  // THEN
  expect(asked.map(({ node }) => node.id)).toEqual(['Route']);
  expect(spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'bucket', port: 9000, weight: 1 }]);
  expect(() => synth({ rules: [{ backends: [{ backend: new Bucket() }] }] })).toThrow('backend Service \'bucket\' needs a port: pass port');
});

describe('hostnames', () => {
  const validate = (parents: RouteParent[], hostnames: string[], change: (route: HttpRoute) => void = () => {}) => {
    const route = new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web', namespace: 'shop' }, hostnames, parents, rules: [{}] });
    change(route);
    return route.node.validate();
  };
  const SERVICE = RouteParent.producerServiceName('shop');
  const IGNORED = 'hostnames must be left out of HTTPRoute \'web\', whose parents are Services, got a.com, b.com: ' +
    'a mesh ignores them; attach the route to a Gateway as well, or leave them out';

  test('are ignored in a mesh, which is said at the end', () => {
    expect(validate([SERVICE], ['a.com', 'b.com'])).toEqual([IGNORED]);
    expect(validate([SERVICE], ['a.com'], route => route.addHostname('b.com'))).toEqual([IGNORED]);
    expect(validate([SERVICE, RouteParent.consumerServiceName('blog', { namespace: 'blog' })], [])).toEqual([]);
  });

  test('are for the gateway where there is one as well', () => {
    expect(validate([SERVICE, gateway], ['a.com'])).toEqual([]);
    expect(validate([SERVICE], ['a.com'], route => route.addParent(gateway))).toEqual([]);
  });
});

describe('the controllers of the parents are asked', () => {
  const edge = Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO });
  const istio = RouteParent.gateway(edge);
  const set = RouteParent.listenerSet(ListenerSet.fromListenerSetName('team', { gateway: edge }));
  const rules = [{ backends: [{ backend: Backend.serviceName('a', { port: 80 }), filters: [HttpRouteFilter.rewrite({ hostname: 'b.com' })] }] }];
  const UNREAD = /^Istio 1\.31 does not read spec\.rules\[0\]\.backendRefs\[0\]\.filters\[0\]\.urlRewrite of HTTPRoute 'web': the whole route is refused/;

  function route(props: HttpRouteProps, mesh?: GatewayController) {
    const app = new App();
    GatewayApi.declare(app, { mesh });
    return new HttpRoute(new Chart(app, 'test'), 'Route', { metadata: { name: 'web', namespace: 'shop' }, ...props });
  }

  test.each([istio, set])('of what is added after the parent: %#', parent => {
    expect(() => route({ parents: [parent], rules })).toThrow(UNREAD);
    expect(() => route({ parents: [parent, gateway] }).addRule(rules[0])).toThrow(UNREAD);
  });

  test.each([istio, set])('of what is there before the parent: %#', parent => {
    const late = route({ rules });
    expect(() => late.addParent(parent)).toThrow(UNREAD);
    expect(late.node.validate()).toEqual(['an HTTPRoute needs at least one parent: pass parents, or call addParent']);
  });

  test('the mesh, as it is declared', () => {
    const service = RouteParent.producerServiceName('shop');
    expect(() => route({ parents: [service], rules }, GatewayController.ISTIO)).toThrow(UNREAD);
    expect(() => route({ parents: [MESH], rules }, GatewayController.ISTIO)).toThrow(UNREAD);
    expect(() => route({ parents: [gateway], rules }, GatewayController.ISTIO)).not.toThrow();
    expect(() => route({ parents: [service], rules })).not.toThrow();
  });
});

test('default gateways need grants, as all gateways do', () => {
  // GIVEN
  const app = new App();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  const chart = new Chart(app, 'test');
  const props = { metadata: { namespace: 'shop' }, backends: [{ backend: far('db') }], parents: [RouteParent.producerServiceName('db')] };

  // WHEN
  new TcpRoute(chart, 'Route', { ...props, useDefaultGateways: DefaultGatewayScope.ALL });
  new TcpRoute(chart, 'Mesh', { ...props, useDefaultGateways: DefaultGatewayScope.NONE });

  // THEN
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant').map(({ spec }) => spec)).toEqual([
    { from: [{ group: 'gateway.networking.k8s.io', kind: 'TCPRoute', namespace: 'shop' }], to: [{ group: '', kind: 'Service', name: 'db' }] },
  ]);
});

test('routes of all kinds share a grant', () => {
  const chart = Testing.chart();
  const metadata = { namespace: 'shop' };
  new HttpRoute(chart, 'Http', { metadata, parents: [gateway], rules: [{ backends: [{ backend: far('a') }] }] });
  new TcpRoute(chart, 'Tcp', { metadata, parents: [gateway], backends: [{ backend: far('b') }] });
  const grants = Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant').map(({ spec }) => spec);
  expect(grants).toEqual([{
    from: ['HTTPRoute', 'TCPRoute'].map(kind => ({ group: 'gateway.networking.k8s.io', kind, namespace: 'shop' })),
    to: ['a', 'b'].map(name => ({ group: '', kind: 'Service', name })),
  }]);
});
