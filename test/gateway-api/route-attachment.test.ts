import { Testing } from 'cdk8s';
import {
  Certificate, Gateway, GatewayClass, GatewayParentOptions, HttpRoute, Listener, ListenerNamespaces, ListenerSet, RouteNamespaces, RouteParent,
  TcpRoute, TlsRoute,
} from '../../src';

const ALL = { routes: RouteNamespaces.all() };
const certificates = [Certificate.fromSecretName('tls')];

function gateway(...listeners: Listener[]) {
  return Gateway.fromGatewayName('edge', { namespace: 'edge', listeners });
}

function attach(listeners: Listener[], options: GatewayParentOptions = {}, hostnames: string[] = [], namespace: string | undefined = 'shop') {
  return new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web', namespace }, hostnames, parents: [RouteParent.gateway(gateway(...listeners), options)] });
}

test('nothing is checked where the listeners are not known', () => {
  const parent = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'edge' }), { listener: 'any', port: 1 });
  expect(() => new HttpRoute(Testing.chart(), 'Route', { hostnames: ['a.com'], parents: [parent] })).not.toThrow();
});

test('listeners are declared before routes attach', () => {
  const edge = new Gateway(Testing.chart(), 'Edge', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.ISTIO });
  const route = new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web' } });
  expect(() => route.addParent(RouteParent.gateway(edge))).toThrow('gateway \'edge\' has no listeners yet, so HTTPRoute \'web\' cannot attach to it: declare its listeners before routes attach');
  edge.addListener(Listener.http());
  expect(() => route.addParent(RouteParent.gateway(edge))).not.toThrow();
});

test.each<[GatewayParentOptions, string]>([
  [{ listener: 'web' }, 'gateway \'edge\' has no listener \'web\' for HTTPRoute \'web\': it has \'http\' on port 80, \'https\' on port 443'],
  [{ port: 8080 }, 'gateway \'edge\' has no listener on port 8080 for HTTPRoute \'web\': it has \'http\' on port 80, \'https\' on port 443'],
  [{ listener: 'http', port: 443 }, 'gateway \'edge\' has no listener \'http\' on port 443 for HTTPRoute \'web\': it has \'http\' on port 80, \'https\' on port 443'],
])('the listener that %j names must be there', (options, message) => {
  expect(() => attach([Listener.http(ALL), Listener.https({ ...ALL, certificates })], options)).toThrow(message);
});

test.each<GatewayParentOptions>([{}, { listener: 'https' }, { port: 443 }, { listener: 'http', port: 80 }])('a listener that %j names takes the route', options => {
  expect(() => attach([Listener.http(ALL), Listener.https({ ...ALL, certificates })], options)).not.toThrow();
});

test('the kind must be admitted', () => {
  expect(() => attach([Listener.tcp({ port: 80, ...ALL })])).toThrow('HTTPRoute \'web\' cannot attach to gateway \'edge\': ' +
    'listener \'tcp\' with protocol TCP admits no HTTPRoute, use another listener or its kinds');
  expect(() => attach([Listener.http({ ...ALL, kinds: [{ kind: 'GRPCRoute' }] })])).toThrow('listener \'http\' with protocol HTTP admits no HTTPRoute');
});

test('the namespace must be admitted', () => {
  expect(() => attach([Listener.http()])).toThrow('HTTPRoute \'web\' cannot attach to gateway \'edge\': ' +
    'listener \'http\' admits routes of its own namespace and not of namespace \'shop\', add \'shop\' to the namespaces that the listener admits with routes (RouteNamespaces.named)');
  expect(() => attach([Listener.http({ routes: RouteNamespaces.named('blog') })]))
    .toThrow("HTTPRoute 'web' cannot attach to gateway 'edge': listener 'http' admits routes of namespace 'blog' and not of namespace 'shop', add 'shop' to the namespaces that the listener admits with routes (RouteNamespaces.named)");
  expect(() => attach([Listener.http({ routes: RouteNamespaces.named('shop') })])).not.toThrow();
  expect(() => attach([Listener.http()], {}, [], 'edge')).not.toThrow();
});

test('a route whose namespace is not known is not that of another gateway', () => {
  const route = new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web' } });
  expect(() => route.addParent(RouteParent.gateway(gateway(Listener.http()))))
    .toThrow('listener \'http\' admits routes of its own namespace and not one without namespace, set metadata.namespace of the route');
});

test('a gateway whose namespace is not said is in that of the route', () => {
  const near = Gateway.fromGatewayName('edge', { listeners: [Listener.http()] });
  expect(() => new HttpRoute(Testing.chart(), 'Route', { metadata: { namespace: 'shop' }, parents: [RouteParent.gateway(near)] })).not.toThrow();
});

test.each([
  ['shop.example.com', ['shop.example.com']],
  ['*.example.com', ['shop.example.com']],
  ['shop.example.com', ['*.example.com']],
  ['shop.example.com', ['blog.example.com', 'shop.example.com']],
  ['shop.example.com', []],
  [undefined, ['shop.example.com']],
])('listener %s serves hosts of the route %j', (hostname, hostnames) => {
  expect(() => attach([Listener.http({ ...ALL, hostname })], {}, hostnames)).not.toThrow();
});

test('some host must be served', () => {
  expect(() => attach([Listener.http({ ...ALL, hostname: '*.example.com' })], {}, ['example.com', 'shop.example.org'])).toThrow(
    'HTTPRoute \'web\' cannot attach to gateway \'edge\': ' +
    'listener \'http\' serves *.example.com and none of example.com, shop.example.org, use a host that the listener serves');
});

test('one listener that takes the route is enough, unless another one is named', () => {
  const listeners = [Listener.http(), Listener.https({ ...ALL, certificates })];
  expect(() => attach(listeners)).not.toThrow();
  expect(() => attach(listeners, { listener: 'http' })).toThrow('listener \'http\' admits routes of its own namespace');
});

test('when no listener takes the route, the reason of each is said', () => {
  expect(() => attach([Listener.http(), Listener.tcp({ port: 5432 })])).toThrow(
    'HTTPRoute \'web\' cannot attach to gateway \'edge\': ' +
    'listener \'http\' admits routes of its own namespace and not of namespace \'shop\', add \'shop\' to the namespaces that the listener admits with routes (RouteNamespaces.named); ' +
    'listener \'tcp\' with protocol TCP admits no HTTPRoute, use another listener or its kinds');
});

test('hosts that are added later are checked as well', () => {
  // GIVEN
  const route = attach([Listener.http({ ...ALL, hostname: '*.example.com' })]);

  // THEN
  expect(() => route.addHostname('shop.example.org')).toThrow('listener \'http\' serves *.example.com and none of shop.example.org');
  expect(() => route.addHostname('shop.example.com').addHostname('shop.example.org')).not.toThrow();
});

describe('a listener set', () => {
  const set = (...listeners: Listener[]) => RouteParent.listenerSet(ListenerSet.fromListenerSetName('team', { namespace: 'edge', listeners }));
  const on = (parent: RouteParent, hostnames: string[] = [], namespace = 'shop') =>
    new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web', namespace }, hostnames, parents: [parent] });

  test('its own listeners count, and not those of its gateway', () => {
    // GIVEN
    const chart = Testing.chart();
    const edge = new Gateway(chart, 'Edge', {
      metadata: { name: 'edge', namespace: 'edge' },
      gatewayClass: GatewayClass.ENVOY_GATEWAY,
      listeners: [Listener.http(ALL)],
      allowedListeners: ListenerNamespaces.same(),
    });
    const team = new ListenerSet(chart, 'Team', {
      metadata: { name: 'team', namespace: 'edge' }, gateway: edge, listeners: [Listener.http({ ...ALL, name: 'team', port: 8080 })],
    });

    // THEN
    expect(() => on(RouteParent.listenerSet(team, { listener: 'team' }))).not.toThrow();
    expect(() => on(RouteParent.listenerSet(team, { listener: 'http' }))).toThrow("listener set 'team' has no listener 'http' for HTTPRoute \'web\': it has 'team' on port 8080");
    expect(() => on(RouteParent.gateway(edge, { listener: 'team' }))).toThrow("gateway 'edge' has no listener 'team' for HTTPRoute \'web\': it has 'http' on port 80");
  });

  test('its own namespace is meant by the same', () => {
    expect(() => on(set(Listener.http()))).toThrow('HTTPRoute \'web\' cannot attach to listener set \'team\': ' +
      'listener \'http\' admits routes of its own namespace and not of namespace \'shop\', add \'shop\' to the namespaces that the listener admits with routes (RouteNamespaces.named)');
    expect(() => on(set(Listener.http()), [], 'edge')).not.toThrow();
  });

  test('hostnames, kinds and listeners are checked as on a gateway', () => {
    expect(() => on(set(Listener.http({ ...ALL, hostname: 'a.example.com' })), ['b.example.com']))
      .toThrow("listener 'http' serves a.example.com and none of b.example.com, use a host that the listener serves");
    expect(() => on(set(Listener.tcp({ ...ALL, port: 5432 })))).toThrow("listener 'tcp' with protocol TCP admits no HTTPRoute");
    expect(() => on(set())).toThrow("listener set 'team' has no listeners yet, so HTTPRoute \'web\' cannot attach to it: declare its listeners before routes attach");
    expect(() => on(RouteParent.listenerSet(ListenerSet.fromListenerSetName('team'), { listener: 'any' }))).not.toThrow();
  });
});

describe('a TLSRoute', () => {
  const on = (listener: Listener, hostname = 'db.example.com') =>
    new TlsRoute(Testing.chart(), 'Route', { metadata: { namespace: 'data' }, hostnames: [hostname], parents: [RouteParent.gateway(gateway(listener))] });

  test('attaches where TLS is passed through, and where it ends', () => {
    expect(() => on(Listener.tlsPassthrough(ALL))).not.toThrow();
    expect(() => on(Listener.tlsTerminate({ ...ALL, certificates }))).not.toThrow();
  });

  test.each([Listener.https({ ...ALL, certificates }), Listener.http(ALL), Listener.tcp({ ...ALL, port: 443 })])('does not attach to %#', listener => {
    expect(() => on(listener)).toThrow(
      `listener '${listener.name}' with protocol ${listener.protocol} admits no TLSRoute, use another listener or its kinds`);
  });

  test('has a server name that the listener serves', () => {
    expect(() => on(Listener.tlsPassthrough({ ...ALL, hostname: '*.example.com' }))).not.toThrow();
    expect(() => on(Listener.tlsPassthrough({ ...ALL, hostname: '*.example.com' }), 'db.example.org'))
      .toThrow("listener 'tls' serves *.example.com and none of db.example.org, use a host that the listener serves");
  });
});

test('a TCPRoute attaches to TLS only where it ends, not where it stays sealed', () => {
  const on = (listener: Listener) => new TcpRoute(Testing.chart(), 'Route', { metadata: { namespace: 'data' }, parents: [RouteParent.gateway(gateway(listener))] });
  expect(() => on(Listener.tlsTerminate({ ...ALL, certificates }))).not.toThrow();
  expect(() => on(Listener.tlsPassthrough(ALL))).toThrow("listener 'tls' with protocol TLS admits no TCPRoute, use another listener or its kinds");
  expect(() => Listener.tlsPassthrough({ kinds: [{ kind: 'TCPRoute' }] }))
    .toThrow("kinds of listener 'tls' must fit protocol TLS, got TCPRoute: TLS that is passed through takes TLSRoute");
});
