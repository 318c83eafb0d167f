import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, Certificate, ExternalAuth, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayApiOptions, GatewayClass, IGateway, Listener,
  ListenerFilter, ListenerNamespaces, ListenerSet, RouteNamespaces,
} from '../../src';

const certificates = [Certificate.fromSecretName('tls')];

function makeApp(options: GatewayApiOptions = {}) {
  const app = new App();
  GatewayApi.declare(app, options);
  return app;
}

function makeGateway(chart: Chart, allowedListeners?: ListenerNamespaces, ...listeners: Listener[]) {
  const gatewayClass = GatewayClass.fromGatewayClassName('example');
  return new Gateway(chart, 'Edge', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass, allowedListeners, listeners });
}

function makeSet(chart: Chart, name: string, gateway: IGateway, ...listeners: Listener[]) {
  return new ListenerSet(chart, name, { metadata: { name, namespace: 'shop' }, gateway, listeners });
}

test('a ListenerSet with everything said', () => {
  // GIVEN
  const chart = new Chart(makeApp(), 'test');
  const gateway = Gateway.fromGatewayName('edge', { namespace: 'edge' });

  // WHEN
  const set = makeSet(chart, 'shop', gateway, Listener.https({ hostname: 'shop.example.com', certificates, routes: RouteNamespaces.all() }));

  // THEN
  expect(set).toMatchObject({ name: 'shop', namespace: 'shop', gateway, resourceType: 'listenersets' });
  expect(set.listeners!.map(({ name }) => name)).toEqual(['https']);
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'edge' },
      listeners: [{
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        hostname: 'shop.example.com',
        tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'tls' }] },
        allowedRoutes: { namespaces: { from: 'All' } },
      }],
    },
  }]);
});

test('its own namespace is not written', () => {
  const chart = new Chart(makeApp(), 'test');
  makeSet(chart, 'shop', Gateway.fromGatewayName('edge', { namespace: 'shop' }), Listener.http());
  expect(Testing.synth(chart)[0].spec.parentRef).toEqual({ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' });
});

test('listeners are added, and there is at least one', () => {
  const set = makeSet(new Chart(makeApp(), 'test'), 'shop', Gateway.fromGatewayName('edge'));
  expect(set.node.validate()).toEqual(['a ListenerSet needs at least one listener: pass listeners, or call addListener']);
  set.addListener(Listener.http()).addListener(Listener.https({ certificates }));
  set.listeners!.pop();
  expect(set.listeners!.map(({ name }) => name)).toEqual(['http', 'https']);
  expect(set.node.validate()).toEqual([]);
});

describe('which sets a Gateway admits', () => {
  const attach = (gateway: IGateway, namespace?: string) =>
    new ListenerSet(new Chart(makeApp(), 'test'), 'Set', { metadata: { name: 'shop', namespace }, gateway });
  const edge = (allowedListeners?: ListenerNamespaces) => makeGateway(new Chart(makeApp(), 'gateway'), allowedListeners);

  test('none, unless it says so', () => {
    expect(() => attach(edge(), 'shop')).toThrow("ListenerSet 'shop' cannot attach to gateway 'edge', which admits ListenerSets of no namespace and not of namespace 'shop': add 'shop' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)");
    expect(() => attach(edge(ListenerNamespaces.none()), 'edge')).toThrow('ListenerSet \'shop\' cannot attach to gateway \'edge\'');
  });

  test('those of its own namespace', () => {
    expect(() => attach(edge(ListenerNamespaces.same()), 'shop')).toThrow('ListenerSet \'shop\' cannot attach to gateway \'edge\', which admits ListenerSets of its own namespace and not of namespace \'shop\': add \'shop\' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)');
    expect(attach(edge(ListenerNamespaces.same()), 'edge').namespace).toBe('edge');
    const here = Gateway.fromGatewayName('edge', { allowedListeners: ListenerNamespaces.same() });
    expect(attach(here, 'shop').namespace).toBe('shop');
  });

  test('those of some namespaces', () => {
    expect(() => attach(edge(ListenerNamespaces.named('blog')), 'shop'))
      .toThrow('ListenerSet \'shop\' cannot attach to gateway \'edge\', which admits ListenerSets of namespace \'blog\' and not of namespace \'shop\': add \'shop\' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)');
    expect(() => attach(edge(ListenerNamespaces.named('shop')))).toThrow('and not one without namespace: set metadata.namespace of the ListenerSet');
    expect(attach(edge(ListenerNamespaces.named('blog', 'shop')), 'shop').namespace).toBe('shop');
  });

  test('all that one wants of which nothing is known', () => {
    expect(attach(Gateway.fromGatewayName('edge'), 'shop').name).toBe('shop');
  });
});

describe('a Gateway listens as one with its sets', () => {
  let app: App;
  let gateway: Gateway;
  beforeEach(() => {
    app = makeApp();
    gateway = makeGateway(new Chart(app, 'gateway'), ListenerNamespaces.all(), Listener.http());
  });

  test('names may be the same', () => {
    const set = makeSet(new Chart(app, 'a'), 'shop', gateway, Listener.http({ port: 8080 }));
    expect(() => set.addListener(Listener.http({ port: 8081 }))).toThrow('listener name \'http\' is taken in ListenerSet \'shop\': pass another name');
    expect(makeSet(new Chart(app, 'b'), 'blog', gateway, Listener.http({ port: 8081 })).listeners).toHaveLength(1);
  });

  test('a listener of a set must not conflict with one of the Gateway', () => {
    const set = makeSet(new Chart(app, 'a'), 'shop', gateway);
    expect(() => set.addListener(Listener.http({ name: 'web' }))).toThrow('listener \'web\' of ListenerSet \'shop\' conflicts with listener \'http\' of ' +
      'gateway \'edge\': both listen on port 80 with protocol HTTP for every host, and a Gateway listens as one with its ListenerSets; ' +
      'use another port or hostname');
    expect(() => set.addListener(Listener.tcp({ port: 80 }))).toThrow('both listen on port 80 with protocols TCP and HTTP, and a Gateway listens as one');
    expect(set.addListener(Listener.http({ hostname: 'shop.example.com' })).listeners).toHaveLength(1);
  });

  test('nor with one of a set of another chart', () => {
    makeSet(new Chart(app, 'a'), 'shop', gateway, Listener.http({ name: 'web', hostname: 'shop.example.com' }));
    expect(() => makeSet(new Chart(app, 'b'), 'blog', gateway, Listener.http({ hostname: 'shop.example.com' })))
      .toThrow('listener \'http\' of ListenerSet \'blog\' conflicts with listener \'web\' of ListenerSet \'shop\': ' +
        'both listen on port 80 with protocol HTTP for shop.example.com');
  });

  test('a set that was refused is none', () => {
    const postgres = Listener.tcp({ name: 'postgres', port: 5432 });
    expect(() => makeSet(new Chart(app, 'a'), 'shop', gateway, postgres, Listener.http())).toThrow('conflicts with listener \'http\' of gateway \'edge\'');
    expect(makeSet(new Chart(app, 'b'), 'shop', gateway, postgres).listeners).toEqual([postgres]);
  });

  test('nor may the Gateway take it from a set', () => {
    makeSet(new Chart(app, 'a'), 'shop', gateway, Listener.tcp({ port: 5432 }));
    expect(() => gateway.addListener(Listener.tcp({ name: 'postgres', port: 5432 })))
      .toThrow('listener \'postgres\' of Gateway \'edge\' conflicts with listener \'tcp\' of ListenerSet \'shop\': both listen on port 5432 with protocol TCP');
  });

  test('sets of two Gateways have nothing to do with each other', () => {
    const other = Gateway.fromGatewayName('other');
    makeSet(new Chart(app, 'a'), 'shop', gateway, Listener.tcp({ port: 5432 }));
    expect(makeSet(new Chart(app, 'b'), 'blog', other, Listener.tcp({ port: 5432 })).listeners).toHaveLength(1);
  });

  test('a listener that a set gets later is one, too', () => {
    const set = makeSet(new Chart(app, 'a'), 'shop', gateway);
    makeSet(new Chart(app, 'b'), 'blog', gateway, Listener.tcp({ port: 1 }));
    set.addListener(Listener.tcp({ port: 2 }));
    expect(() => gateway.addListener(Listener.udp({ port: 2 }))).not.toThrow();
    expect(() => gateway.addListener(Listener.http({ name: 'web', port: 2 }))).toThrow("conflicts with listener 'tcp' of ListenerSet 'shop'");
  });

  test('a Gateway of the cluster is one, too', () => {
    const imported = Gateway.fromGatewayName('other', { listeners: [Listener.https({ certificates })] });
    const set = makeSet(new Chart(app, 'a'), 'shop', imported, Listener.tcp({ port: 5432 }));
    expect(() => set.addListener(Listener.https({ certificates }))).toThrow('conflicts with listener \'https\' of gateway \'other\'');
    expect(() => makeSet(new Chart(app, 'b'), 'blog', imported, Listener.tcp({ port: 5432 }))).toThrow('conflicts with listener \'tcp\' of ListenerSet \'shop\'');
  });

  test('the spec of the Gateway stays as it is', () => {
    makeSet(new Chart(app, 'a'), 'shop', gateway, Listener.tcp({ port: 5432 }));
    expect(gateway.listeners!.map(({ name }) => name)).toEqual(['http']);
    expect(gateway._toKube().listeners.map(({ name }) => name)).toEqual(['http']);
  });
});

test.each([GatewayClass.ISTIO, GatewayClass.ISTIO_WAYPOINT])('a Gateway of class $name must be told its certificates', gatewayClass => {
  const chart = new Chart(makeApp(), 'test');
  const gateway = new Gateway(chart, 'Edge', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass, allowedListeners: ListenerNamespaces.all() });
  const elsewhere = Listener.https({ certificatesElsewhere: true });
  const why = (owner: string) => `listener 'https' of ${owner} must say its certificates, got certificatesElsewhere: Istio makes no listener of it; pass certificates`;
  expect(() => gateway.addListener(elsewhere)).toThrow(why("Gateway 'edge'"));
  expect(() => makeSet(chart, 'shop', gateway, elsewhere)).toThrow(why("ListenerSet 'shop'"));
  expect(gateway.listeners).toEqual([]);
});

test.each([GatewayClass.GKE_L7_RILB, GatewayClass.fromGatewayClassName('any')])('a Gateway of class $name may find them elsewhere', gatewayClass => {
  const chart = new Chart(makeApp(), 'test');
  const listeners = [Listener.https({ certificatesElsewhere: true })];
  const gateway = new Gateway(chart, 'Edge', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass, listeners });
  expect(gateway._toKube().listeners[0]).not.toHaveProperty('tls.mode');
});

test('its collisions are its own', () => {
  const set = makeSet(new Chart(makeApp(), 'test'), 'shop', Gateway.fromGatewayName('edge'), Listener.http());
  expect(() => set.addListener(Listener.http({ name: 'web' }))).toThrow('listener \'web\' collides with listener \'http\' of ListenerSet \'shop\': both listen on port 80 with protocol HTTP for every host; use another port or hostname');
  for (let port = 1; port < 64; port++) {
    set.addListener(Listener.tcp({ name: `tcp-${port}`, port }));
  }
  expect(() => set.addListener(Listener.tcp({ port: 64 }))).toThrow("ListenerSet 'shop' takes at most 64 listeners, got one more, 'tcp': add it to another ListenerSet");
});

test('grants are for the ListenerSet, not for its Gateway', () => {
  // GIVEN
  const chart = new Chart(makeApp({ channel: GatewayApiChannel.EXPERIMENTAL }), 'test');
  const auth = ExternalAuth.grpc({ backend: Backend.serviceName('auth', { port: 9000, namespace: 'security' }) });

  // WHEN
  makeSet(chart, 'shop', Gateway.fromGatewayName('edge', { namespace: 'edge' }),
    Listener.https({ certificates: [Certificate.fromSecretName('tls', { namespace: 'certs' })], filters: [ListenerFilter.externalAuth(auth)] }));

  // THEN
  const from = [{ group: 'gateway.networking.k8s.io', kind: 'ListenerSet', namespace: 'shop' }];
  const grants = Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant');
  expect(grants.map(({ metadata, spec }) => ({ namespace: metadata.namespace, spec }))).toEqual([
    { namespace: 'certs', spec: { from, to: [{ group: '', kind: 'Secret', name: 'tls' }] } },
    { namespace: 'security', spec: { from, to: [{ group: '', kind: 'Service', name: 'auth' }] } },
  ]);
});

describe('what the clusters or the controller lack is refused', () => {
  test('the kind', () => {
    expect(() => makeSet(new Chart(makeApp({ bundle: GatewayApiBundle.V1_4 }), 'test'), 'shop', Gateway.fromGatewayName('edge'))).toThrow('ListenerSet');
  });

  test('a field', () => {
    const filters = [ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'x' })];
    const set = makeSet(new Chart(makeApp(), 'test'), 'shop', Gateway.fromGatewayName('edge'));
    expect(() => set.addListener(Listener.http({ filters }))).toThrow('spec.listeners[0].filters of ListenerSet \'shop\' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the experimental channel only, since 1.7; leave it out, or declare what the clusters run with GatewayApi.declare');
    expect(set.listeners).toEqual([]);
  });

  test('a field that the controller of the Gateway\'s class does not read', () => {
    const gateway = Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO });
    const set = makeSet(new Chart(makeApp({ channel: GatewayApiChannel.EXPERIMENTAL }), 'test'), 'shop', gateway);
    const filters = [ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'x' })];
    expect(() => set.addListener(Listener.http({ filters }))).toThrow('Istio');
  });
});

test('names', () => {
  const chart = new Chart(makeApp(), 'test');
  expect(() => makeSet(chart, 'Shop', Gateway.fromGatewayName('edge'))).toThrow('name of the ListenerSet must be a DNS subdomain');
  expect(() => new ListenerSet(chart, 'Set', { metadata: { namespace: 'a.b' }, gateway: Gateway.fromGatewayName('edge') }))
    .toThrow('namespace of the ListenerSet must be a DNS label');
  expect(() => ListenerSet.fromListenerSetName('Shop')).toThrow('name of the ListenerSet must be a DNS subdomain');
  expect(() => ListenerSet.fromListenerSetName('shop', { namespace: 'a.b' })).toThrow('namespace of the ListenerSet must be a DNS label');
});

test('a ListenerSet of the cluster is known by what is said of it', () => {
  const options = { namespace: 'shop', listeners: [Listener.http()], gateway: Gateway.fromGatewayName('edge') };
  expect(ListenerSet.fromListenerSetName('shop.sets')).toEqual({ name: 'shop.sets' });
  expect(ListenerSet.fromListenerSetName('shop', options)).toEqual({ name: 'shop', ...options });
});
