import { App, Chart, Testing } from 'cdk8s';
import { Service, ServiceProps, ServiceType } from 'cdk8s-plus-28';
import { Gateway, GatewayApi, GatewayApiChannel, HttpRoute, ListenerSet, RouteParent } from '../../src';

const gateway = Gateway.fromGatewayName('edge', { namespace: 'infra' });
const RULES = [{}];

function parentRefs(...parents: RouteParent[]) {
  const chart = Testing.chart();
  new HttpRoute(chart, 'Route', { metadata: { name: 'web', namespace: 'shop' }, parents, rules: RULES });
  return Testing.synth(chart)[0].spec.parentRefs;
}

test('a gateway', () => {
  expect(parentRefs(RouteParent.gateway(gateway))).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra' }]);
});

test('a listener of a gateway', () => {
  expect(parentRefs(RouteParent.gateway(gateway, { listener: 'https', port: 443 }))).toEqual([
    { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra', sectionName: 'https', port: 443 },
  ]);
});

test('the route\'s own namespace is not said', () => {
  const near = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' };
  expect(parentRefs(RouteParent.gateway(Gateway.fromGatewayName('edge')))).toEqual([near]);
  expect(parentRefs(RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'shop' })))).toEqual([near]);
});

test('a listener set, all of it or one listener', () => {
  const set = ListenerSet.fromListenerSetName('team', { namespace: 'infra' });
  const ref = { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'team', namespace: 'infra' };
  expect(parentRefs(RouteParent.listenerSet(set))).toEqual([ref]);
  expect(parentRefs(RouteParent.listenerSet(set, { listener: 'https', port: 443 }))).toEqual([{ ...ref, sectionName: 'https', port: 443 }]);
});

test('a gateway and its listener set are two parents', () => {
  const set = ListenerSet.fromListenerSetName('edge', { namespace: 'infra', gateway });
  expect(parentRefs(RouteParent.gateway(gateway), RouteParent.listenerSet(set)).map(({ kind }: { kind: string }) => kind)).toEqual(['Gateway', 'ListenerSet']);
});

describe('services', () => {
  const service = (namespace?: string, props: ServiceProps = {}) => new Service(Testing.chart(), 'Backend', {
    metadata: { name: 'backend', namespace }, ports: [{ port: 80, name: 'http' }, { port: 9090, name: 'metrics' }], ...props,
  });

  test('a producer route is in the namespace of the Service', () => {
    const ref = { group: '', kind: 'Service', name: 'backend' };
    expect(parentRefs(RouteParent.producerService(service('shop')))).toEqual([ref]);
    expect(parentRefs(RouteParent.producerService(service()))).toEqual([ref]);
    expect(parentRefs(RouteParent.producerServiceName('backend'))).toEqual([ref]);
    expect(() => parentRefs(RouteParent.producerService(service('other')))).toThrow(
      "a producer route of Service 'backend' must be in its namespace 'other', got 'shop': only there it counts for all clients; " +
      "set metadata.namespace of the route, or use RouteParent.consumerService for clients in the route's namespace");
  });

  test('a route that says no namespace is not in that of a Service', () => {
    const route = new HttpRoute(Testing.chart(), 'Route', { metadata: { name: 'web' } });
    expect(() => route.addParent(RouteParent.producerService(service('shop')))).toThrow(
      "a producer route of Service 'backend' must be in its namespace 'shop', got none");
    expect(() => route.addParent(RouteParent.consumerService(service('shop')))).not.toThrow();
  });

  test('a consumer route is in another namespace', () => {
    const ref = { group: '', kind: 'Service', name: 'backend', namespace: 'other' };
    expect(parentRefs(RouteParent.consumerService(service('other')))).toEqual([ref]);
    expect(parentRefs(RouteParent.consumerServiceName('backend', { namespace: 'other' }))).toEqual([ref]);
    expect(() => parentRefs(RouteParent.consumerServiceName('backend', { namespace: 'shop' }))).toThrow(
      "a consumer route of Service 'backend' must be outside of its namespace, got 'shop' for both: " +
      'there it counts for all clients, which is RouteParent.producerService');
    expect(() => RouteParent.consumerService(service())).toThrow(
      "service 'backend' must say its namespace to be the parent of a consumer route, got none: set its metadata.namespace");
  });

  test('a port by number or by name', () => {
    const port = (parent: RouteParent) => [parentRefs(parent)[0]].map(ref => [ref.port, ref.sectionName]);
    expect(port(RouteParent.producerService(service('shop'), { port: 80 }))).toEqual([[80, undefined]]);
    expect(port(RouteParent.producerService(service('shop'), { portName: 'http' }))).toEqual([[undefined, 'http']]);
    expect(port(RouteParent.producerService(service('shop'), { port: 80, portName: 'http' }))).toEqual([[80, 'http']]);
    expect(port(RouteParent.producerServiceName('backend', { port: 81, portName: 'any' }))).toEqual([[81, 'any']]);
    expect(port(RouteParent.consumerService(service('other'), { port: 80, portName: 'http' }))).toEqual([[80, 'http']]);
    expect(port(RouteParent.consumerServiceName('backend', { namespace: 'other', port: 81, portName: 'any' }))).toEqual([[81, 'any']]);
  });

  test('a known Service has the port', () => {
    expect(() => RouteParent.producerService(service(), { port: 443 })).toThrow("service 'backend' has no port 443: it has 80/TCP, 9090/TCP");
    expect(() => RouteParent.producerService(service(), { portName: 'grpc' }))
      .toThrow("service 'backend' has no port named 'grpc': it has 80 named 'http', 9090 named 'metrics'");
    expect(() => RouteParent.consumerService(service('other'), { port: 80, portName: 'metrics' }))
      .toThrow("service 'backend' has no port 80 named 'metrics': it has 80 named 'http', 9090 named 'metrics'");
    expect(() => RouteParent.producerService(service(undefined, { ports: [] }), { portName: 'grpc' }))
      .toThrow("service 'backend' has no port named 'grpc': it has none so far");
    expect(() => RouteParent.producerService(service(undefined, { ports: [{ port: 80 }] }), { portName: 'grpc' }))
      .toThrow("service 'backend' has no port named 'grpc': it has 80 without a name");
  });

  test('a Service without an address of its own is no parent', () => {
    expect(() => RouteParent.producerService(service(undefined, { type: ServiceType.EXTERNAL_NAME, externalName: 'example.com' })))
      .toThrow("service 'backend' must have a cluster IP to be the parent of a route, got one that is of type ExternalName: meshes route by that address");
    expect(() => RouteParent.consumerService(service('other', { clusterIP: 'None' })))
      .toThrow("service 'backend' must have a cluster IP to be the parent of a route, got one that is headless: meshes route by that address");
  });
});

test('a parent of any kind', () => {
  const reference = { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'more', namespace: 'infra', sectionName: 'https', port: 443 };
  expect(parentRefs(RouteParent.of(reference))).toEqual([reference]);
});

test('what Kubernetes would not take is refused', () => {
  expect(() => RouteParent.of({ group: '', kind: 'Service', name: 'Backend' })).toThrow('name of the parent must be a DNS subdomain');
  expect(() => RouteParent.gateway(gateway, { listener: 'Https' })).toThrow('section of the parent must be a DNS subdomain');
  expect(() => RouteParent.gateway(gateway, { port: 70000 })).toThrow('port of the parent must be between 1 and 65535, got 70000');
});

test('parents differ in object or section, as the standard channel tells them apart', () => {
  const refs = parentRefs(
    RouteParent.gateway(gateway, { listener: 'http' }),
    RouteParent.gateway(gateway, { listener: 'https' }),
    RouteParent.gateway(Gateway.fromGatewayName('edge')),
    RouteParent.of({ group: '', kind: 'Service', name: 'edge', namespace: 'infra' }),
    RouteParent.of({ group: 'example.com', kind: 'Gateway', name: 'edge', namespace: 'infra' }),
  );
  expect(refs).toHaveLength(5);
});

test.each([
  [{ listener: 'https' }, { listener: 'https' }, 'with section \'https\''],
  [{}, {}, 'without a section'],
  [{ listener: 'https' }, {}, 'without a section'],
  [{}, { listener: 'https' }, 'with section \'https\''],
  [{ port: 80 }, { port: 443 }, 'without a section'],
  [{ listener: 'https', port: 443 }, { listener: 'https', port: 8443 }, 'with section \'https\''],
])('the same parent twice is refused: %j and %j', (first, second, section) => {
  expect(() => parentRefs(RouteParent.gateway(gateway, first), RouteParent.gateway(gateway, second)))
    .toThrow(`Gateway 'edge' is a parent of HTTPRoute 'web' already, got it once more ${section}: each must name a section of its own`);
});

describe('in the experimental channel', () => {
  function refs(...parents: RouteParent[]) {
    const app = new App();
    GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
    const chart = new Chart(app, 'test');
    new HttpRoute(chart, 'Route', { metadata: { name: 'web', namespace: 'shop' }, parents, rules: RULES });
    return Testing.synth(chart)[0].spec.parentRefs;
  }

  test.each([
    [{ port: 80 }, { port: 443 }],
    [{ listener: 'https', port: 443 }, { listener: 'https', port: 8443 }],
    [{ listener: 'http', port: 443 }, { listener: 'https', port: 443 }],
  ])('one parent may be named by port: %j and %j', (first, second) => {
    expect(refs(RouteParent.gateway(gateway, first), RouteParent.gateway(gateway, second))).toHaveLength(2);
  });

  test.each([
    [{ port: 80 }, { port: 80 }, 'without a section and port 80'],
    [{}, { port: 80 }, 'without a section and port 80'],
    [{ listener: 'http', port: 80 }, { listener: 'https' }, "with section 'https' and no port"],
    [{ listener: 'http' }, { port: 80 }, 'without a section and port 80'],
  ])('the same parent twice is refused: %j and %j', (first, second, section) => {
    expect(() => refs(RouteParent.gateway(gateway, first), RouteParent.gateway(gateway, second)))
      .toThrow(`Gateway 'edge' is a parent of HTTPRoute 'web' already, got it once more ${section}: each must name a section or a port of its own`);
  });
});

test('the route\'s namespace makes the same parent, said or not', () => {
  expect(() => parentRefs(RouteParent.gateway(Gateway.fromGatewayName('edge')), RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'shop' }))))
    .toThrow("Gateway 'edge' is a parent of HTTPRoute 'web' already");
});

test('thirty-two parents are the most', () => {
  const parents = Array.from({ length: 33 }, (_, i) => RouteParent.gateway(Gateway.fromGatewayName(`edge-${i}`)));
  expect(parentRefs(...parents.slice(1))).toHaveLength(32);
  expect(() => parentRefs(...parents)).toThrow("parents of HTTPRoute 'web' must be at most 32, got 33: make a second route for the others");
});
