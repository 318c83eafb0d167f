import { Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Gateway, HttpRoute, RouteParent } from '../../src';

const gateway = Gateway.fromGatewayName('edge', { namespace: 'infra' });
const RULES = [{}];

function parentRefs(...parents: RouteParent[]) {
  const chart = Testing.chart();
  new HttpRoute(chart, 'Route', { metadata: { namespace: 'shop' }, parents, rules: RULES });
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

test('a Service, all of it or one port', () => {
  const service = new Service(Testing.chart(), 'Backend', { metadata: { name: 'backend', namespace: 'other' }, ports: [{ port: 80 }] });
  expect(parentRefs(RouteParent.consumerService(service))).toEqual([{ group: '', kind: 'Service', name: 'backend', namespace: 'other' }]);
  expect(parentRefs(RouteParent.consumerService(service, { port: 80 })))
    .toEqual([{ group: '', kind: 'Service', name: 'backend', namespace: 'other', port: 80 }]);
  expect(() => RouteParent.consumerService(service, { port: 443 })).toThrow('service \'backend\' has no port 443: it has 80');
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
    .toThrow(`Gateway 'edge' is a parent of the HTTPRoute already, got it once more ${section}: each must name a section of its own`);
});

test('the route\'s namespace makes the same parent, said or not', () => {
  expect(() => parentRefs(RouteParent.gateway(Gateway.fromGatewayName('edge')), RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'shop' }))))
    .toThrow('Gateway \'edge\' is a parent of the HTTPRoute already');
});

test('thirty-two parents are the most', () => {
  const parents = Array.from({ length: 33 }, (_, i) => RouteParent.gateway(Gateway.fromGatewayName(`edge-${i}`)));
  expect(parentRefs(...parents.slice(1))).toHaveLength(32);
  expect(() => parentRefs(...parents)).toThrow('parents of the HTTPRoute must be at most 32, got 33: split the route');
});
