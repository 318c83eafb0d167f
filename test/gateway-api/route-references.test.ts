import { App, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, DefaultGatewayScope, Gateway, GatewayApi, GatewayApiChannel, GatewayClass, GatewayController, HttpRoute, HttpRouteFilter, HttpRouteProps,
  IBackend, Listener, ListenerSet, RouteNamespaces, RouteParent, TcpRoute,
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

describe('a route whose namespace is not said', () => {
  const WHY = "metadata.namespace of HTTPRoute 'web' must be set, got none: it refers to Service 'search' of namespace 'search', and a ReferenceGrant names " +
    'both namespaces; set it, or the namespace of the chart';
  const rules = [{ name: 'search', backends: [{ backend: far('search') }] }];
  const make = (props: HttpRouteProps) => {
    const chart = Testing.chart();
    const route = new HttpRoute(chart, 'Route', { metadata: { name: 'web' }, ...props });
    return { route, left: () => [route._toKube(), chart.node.children.length] };
  };

  test.each<[string, HttpRouteProps, (route: HttpRoute) => unknown]>([
    ['a backend', { parents: [gateway] }, route => route.addRule(rules[0])],
    ['the parent of which a backend needs its grant', { parents: [RouteParent.producerServiceName('web')], rules }, route => route.addParent(gateway)],
  ])('is refused %s, and stays as it is', (_, props, change) => {
    const { route, left } = make(props);
    const before = left();
    expect(() => change(route)).toThrow(WHY);
    expect(left()).toEqual(before);
  });

  test('may refer to what is granted, or within a mesh', () => {
    const granted = [{ backends: [{ backend: Backend.serviceName('search', { namespace: 'search', port: 80, granted: true }) }] }];
    expect(() => make({ parents: [gateway], rules: granted })).not.toThrow();
    expect(() => make({ parents: [RouteParent.producerServiceName('web')], rules })).not.toThrow();
  });
});

describe('each object of a route that has more hostnames than one takes', () => {
  const served = Array.from({ length: 16 }, (_, n) => `a${n}.shop.example.com`);
  const parent = RouteParent.gateway(Gateway.fromGatewayName('edge', {
    namespace: 'edge', listeners: [Listener.http({ hostname: '*.shop.example.com', routes: RouteNamespaces.all() })],
  }));
  const make = (hostnames: string[]) => new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web', namespace: 'shop' }, hostnames });
  const WHY = "HTTPRoute 'web-2' cannot attach to gateway 'edge': listener 'http' serves *.shop.example.com and none of far.example.com, " +
    'use a host that the listener serves';

  test('must meet a listener with a hostname of its own', () => {
    expect(() => make([...served, 'far.example.com']).addParent(parent)).toThrow(WHY);
    expect(() => make(served).addParent(parent).addHostname('far.example.com')).toThrow(WHY);
  });

  test('may have others beside it', () => {
    const route = make(['far.example.com', ...served]).addParent(parent);
    expect(() => route.addHostname('other.example.com')).not.toThrow();
  });
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
  const props = (service: string) => ({ metadata: { namespace: 'shop' }, backends: [{ backend: far('db') }], parents: [RouteParent.producerServiceName(service)] });

  // WHEN
  new TcpRoute(chart, 'Route', { ...props('db'), useDefaultGateways: DefaultGatewayScope.ALL });
  new TcpRoute(chart, 'Mesh', { ...props('cache'), useDefaultGateways: DefaultGatewayScope.NONE });

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
