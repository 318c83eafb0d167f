import { App, Chart } from 'cdk8s';
import { Gateway, GatewayClass, IGateway, IListenerSet, Listener, ListenerSet, RouteNamespaces, RouteParent, TcpRoute, UdpRoute } from '../../src';

const ALL = { routes: RouteNamespaces.all() };
const TAKEN = "listener 'tcp' of Gateway 'edge' must have one TCPRoute, got 'data/b' beside 'data/a': only the oldest gets traffic; " +
  'use another listener, or one route with several backends';

let app: App;
let chart: Chart;
let other: Chart;

beforeEach(() => {
  app = new App();
  chart = new Chart(app, 'one', { namespace: 'data' });
  other = new Chart(app, 'two', { namespace: 'data' });
});

const tcp = (scope: Chart, name: string, parent: RouteParent) => new TcpRoute(scope, name, { metadata: { name }, parents: [parent] });
const udp = (scope: Chart, name: string, parent: RouteParent) => new UdpRoute(scope, name, { metadata: { name }, parents: [parent] });

function edge(...listeners: Listener[]): Gateway {
  return new Gateway(chart, 'Edge', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass: GatewayClass.ENVOY_GATEWAY, listeners });
}

test('a second TCPRoute of a listener is refused, of whatever chart', () => {
  const parent = RouteParent.gateway(edge(Listener.tcp({ ...ALL, port: 5432 })));
  tcp(chart, 'a', parent);
  expect(() => tcp(chart, 'b', parent)).toThrow(TAKEN);
  expect(() => tcp(other, 'b', parent)).toThrow(TAKEN);
});

test('so is a second UDPRoute, and one that takes every listener', () => {
  const gateway = edge(Listener.udp({ ...ALL, name: 'dns', port: 53 }), Listener.udp({ ...ALL, name: 'ntp', port: 123 }));
  udp(chart, 'a', RouteParent.gateway(gateway, { listener: 'ntp' }));
  expect(() => udp(chart, 'b', RouteParent.gateway(gateway))).toThrow(
    "listener 'ntp' of Gateway 'edge' must have one UDPRoute, got 'data/b' beside 'data/a': only the oldest gets traffic");
  expect(() => udp(chart, 'c', RouteParent.gateway(gateway, { port: 53 }))).not.toThrow();
});

test('routes of the same name in two namespaces are two, and those of none say their name only', () => {
  const near = Gateway.fromGatewayName('edge', { listeners: [Listener.tcp({ ...ALL, port: 5432 })] });
  const parent = RouteParent.gateway(edge(Listener.tcp({ ...ALL, port: 5432 })));
  tcp(chart, 'a', parent);
  const far = new TcpRoute(chart, 'Far', { metadata: { name: 'a', namespace: 'far' } });
  expect(() => far.addParent(parent)).toThrow("must have one TCPRoute, got 'far/a' beside 'data/a'");

  const plain = new Chart(app, 'plain');
  tcp(plain, 'a', RouteParent.gateway(near));
  expect(() => tcp(plain, 'b', RouteParent.gateway(near))).toThrow("listener 'tcp' of Gateway 'edge' must have one TCPRoute, got 'b' beside 'a'");
});

test('each listener has one', () => {
  const gateway = edge(Listener.tcp({ ...ALL, name: 'a', port: 1 }), Listener.tcp({ ...ALL, name: 'b', port: 2 }), Listener.udp({ ...ALL, port: 1 }));
  expect(() => {
    tcp(chart, 'a', RouteParent.gateway(gateway, { listener: 'a' }));
    tcp(chart, 'b', RouteParent.gateway(gateway, { listener: 'b' }));
    udp(chart, 'c', RouteParent.gateway(gateway, { port: 1 }));
  }).not.toThrow();
});

test('a listener that does not take the route is not taken by it', () => {
  const gateway = edge(Listener.tcp({ ...ALL, name: 'open', port: 1 }), Listener.tcp({ name: 'own', port: 2 }));
  tcp(chart, 'a', RouteParent.gateway(gateway));
  const own = new TcpRoute(chart, 'b', { metadata: { name: 'b', namespace: 'edge' } });
  expect(() => own.addParent(RouteParent.gateway(gateway, { listener: 'own' }))).not.toThrow();
});

test('a listener set has listeners of its own', () => {
  const gateway = Gateway.fromGatewayName('edge', { namespace: 'edge' });
  const set = (name: string): IListenerSet => new ListenerSet(chart, `Set-${name}`, {
    metadata: { name, namespace: 'edge' }, gateway, listeners: [Listener.tcp({ ...ALL, port: name.length })],
  });
  const [first, second] = [set('a'), set('bb')];
  tcp(chart, 'a', RouteParent.listenerSet(first));
  expect(() => tcp(chart, 'b', RouteParent.listenerSet(second))).not.toThrow();
  expect(() => tcp(chart, 'c', RouteParent.listenerSet(first))).toThrow("listener 'tcp' of ListenerSet 'a' must have one TCPRoute, got 'data/c' beside 'data/a'");
});

describe('a gateway that is imported by name', () => {
  const imported = (namespace = 'edge'): IGateway => Gateway.fromGatewayName('edge', { namespace });

  test.each([{ listener: 'tcp' }, { port: 5432 }])('has one route for %j in a chart', options => {
    tcp(chart, 'a', RouteParent.gateway(imported(), options));
    const what = options.listener === undefined ? 'port 5432' : "listener 'tcp'";
    expect(() => tcp(chart, 'b', RouteParent.gateway(imported(), options))).toThrow(`${what} of Gateway 'edge' must have one TCPRoute, got 'data/b' beside 'data/a'`);
  });

  test('may be another one for another chart, or in another namespace', () => {
    tcp(chart, 'a', RouteParent.gateway(imported(), { listener: 'tcp' }));
    expect(() => tcp(other, 'b', RouteParent.gateway(imported(), { listener: 'tcp' }))).not.toThrow();
    expect(() => tcp(chart, 'b', RouteParent.gateway(imported('far'), { listener: 'tcp' }))).not.toThrow();
  });

  test('may have a listener for each route that names none', () => {
    tcp(chart, 'a', RouteParent.gateway(imported()));
    expect(() => tcp(chart, 'b', RouteParent.gateway(imported()))).not.toThrow();
  });
});

describe('a Service of a mesh', () => {
  const db = (options = {}) => RouteParent.producerServiceName('db', options);

  test.each([[{}, 'every port'], [{ port: 5432 }, 'port 5432'], [{ portName: 'sql' }, "port 'sql'"]])('has one route for %j in a chart', (options, what) => {
    tcp(chart, 'a', db(options));
    expect(() => tcp(chart, 'b', db(options))).toThrow(`${what} of Service 'db' must have one TCPRoute, got 'data/b' beside 'data/a': ` +
      'only the oldest gets traffic; use another port, or one route with several backends');
    expect(() => udp(chart, 'c', db(options))).not.toThrow();
    expect(() => tcp(other, 'd', db(options))).not.toThrow();
  });

  test('has one for each port, and one for the others', () => {
    tcp(chart, 'a', db({ port: 1 }));
    tcp(chart, 'b', db({ port: 2 }));
    expect(() => tcp(chart, 'c', db())).not.toThrow();
  });

  test('has one for the clients of each namespace', () => {
    const consumed = RouteParent.consumerServiceName('db', { namespace: 'data' });
    const far = (name: string) => new TcpRoute(chart, name, { metadata: { name, namespace: 'far' }, parents: [consumed] });
    tcp(chart, 'a', db());
    expect(() => far('b')).not.toThrow();
    expect(() => far('c')).toThrow("got 'far/c' beside 'far/b'");
  });
});

test('of a parent that is only referred to nothing is known', () => {
  const parent = RouteParent.of({ group: 'example.com', kind: 'Edge', name: 'edge', port: 1 });
  tcp(chart, 'a', parent);
  expect(() => tcp(chart, 'b', parent)).not.toThrow();
});
