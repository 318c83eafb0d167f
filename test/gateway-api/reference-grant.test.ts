import { App, Chart, Testing } from 'cdk8s';
import { GatewayApi, GatewayApiBundle, ReferenceGrant } from '../../src';

const ROUTES_OF_SHOP = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' };
const service = (name: string) => ({ group: '', kind: 'Service', name });

test('a grant of one\'s own', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  new ReferenceGrant(chart, 'Grant', {
    metadata: { name: 'grant', namespace: 'search' },
    sources: [ROUTES_OF_SHOP],
    targets: [{ group: '', kind: 'Service' }],
  }).addTarget(service('search')).addSource({ ...ROUTES_OF_SHOP, namespace: 'blog' });

  // THEN
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata: { name: 'grant', namespace: 'search' },
    spec: {
      from: [ROUTES_OF_SHOP, { ...ROUTES_OF_SHOP, namespace: 'blog' }],
      to: [{ group: '', kind: 'Service' }, { group: '', kind: 'Service', name: 'search' }],
    },
  }]);
});

test.each([{ sources: [], targets: [service('a')] }, { sources: [ROUTES_OF_SHOP], targets: [] }])('a grant without one of its sides is incomplete: %#', props => {
  const chart = Testing.chart();
  const grant = new ReferenceGrant(chart, 'Grant', props);
  expect(grant.node.validate()).toEqual(['a ReferenceGrant needs at least one source and one target: pass sources and targets']);
});

test('a complete grant is valid', () => {
  const grant = new ReferenceGrant(Testing.chart(), 'Grant', { sources: [ROUTES_OF_SHOP], targets: [service('a')] });
  expect(grant.node.validate()).toEqual([]);
});

test('sixteen entries are the most', () => {
  const many = Array.from({ length: 16 }, (_, i) => i);
  const grant = new ReferenceGrant(Testing.chart(), 'Grant', {
    sources: many.map(i => ({ ...ROUTES_OF_SHOP, namespace: `ns-${i}` })),
    targets: many.map(i => service(`service-${i}`)),
  });
  expect(() => grant.addSource(ROUTES_OF_SHOP)).toThrow('takes at most 16 sources, got one more: use a second ReferenceGrant');
  expect(() => grant.addTarget(service('a'))).toThrow('takes at most 16 targets, got one more: use a second ReferenceGrant');
});

test('names that Kubernetes would not take are refused', () => {
  const grant = new ReferenceGrant(Testing.chart(), 'Grant', { metadata: { name: 'grant' }, sources: [], targets: [] });
  expect(() => grant.addSource({ ...ROUTES_OF_SHOP, namespace: 'a.b' })).toThrow('namespace of a source of ReferenceGrant');
  expect(() => grant.addSource({ ...ROUTES_OF_SHOP, group: 'Gateway' })).toThrow("group of a source of ReferenceGrant 'grant' must be a DNS subdomain");
  expect(() => grant.addSource({ ...ROUTES_OF_SHOP, kind: 'HTTP Route' }))
    .toThrow("kind of a source of ReferenceGrant 'grant' must be letters, digits and inner dashes, at most 63 characters, got 'HTTP Route'");
  expect(() => grant.addTarget(service('A'))).toThrow("name of a target of ReferenceGrant 'grant' must be a DNS subdomain");
  expect(() => grant.addTarget({ group: 'a/b', kind: 'Service' })).toThrow("group of a target of ReferenceGrant 'grant' must be a DNS subdomain");
  expect(() => grant.addTarget({ group: '', kind: '' })).toThrow("kind of a target of ReferenceGrant 'grant' must be letters, digits and inner dashes, at most 63 characters");
});

test('a grant that is in the cluster already', () => {
  expect(ReferenceGrant.fromReferenceGrantName('grant', { namespace: 'search' })).toEqual({ name: 'grant', namespace: 'search' });
  expect(() => ReferenceGrant.fromReferenceGrantName('Grant')).toThrow("name of the ReferenceGrant must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Grant'");
});

test('a grant says where it is', () => {
  expect(new ReferenceGrant(Testing.chart(), 'Grant', { metadata: { namespace: 'search' }, sources: [], targets: [] }).namespace).toBe('search');
});

test('references from one namespace to another share a grant', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  ReferenceGrant._allow(chart, ROUTES_OF_SHOP, 'search', service('a'));
  ReferenceGrant._allow(chart, ROUTES_OF_SHOP, 'search', service('b'));
  ReferenceGrant._allow(chart, ROUTES_OF_SHOP, 'search', service('a'));
  ReferenceGrant._allow(chart, { ...ROUTES_OF_SHOP, kind: 'GRPCRoute' }, 'search', service('a'));
  ReferenceGrant._allow(chart, { ...ROUTES_OF_SHOP, kind: 'Gateway' }, 'search', { group: '', kind: 'Secret', name: 'a' });
  ReferenceGrant._allow(chart, ROUTES_OF_SHOP, 'vault', service('a'));

  // THEN
  expect(Testing.synth(chart).map(({ metadata, spec }) => ({ namespace: metadata.namespace, ...spec }))).toEqual([
    {
      namespace: 'search',
      from: [ROUTES_OF_SHOP, { ...ROUTES_OF_SHOP, kind: 'GRPCRoute' }, { ...ROUTES_OF_SHOP, kind: 'Gateway' }],
      to: [service('a'), service('b'), { group: '', kind: 'Secret', name: 'a' }],
    },
    { namespace: 'vault', from: [ROUTES_OF_SHOP], to: [service('a')] },
  ]);
});

test('a full grant is followed by a second one', () => {
  const chart = Testing.chart();
  const names = Array.from({ length: 17 }, (_, i) => `service-${i}`);
  // twice, so that what the first grant has is found there
  [...names, ...names].forEach(name => ReferenceGrant._allow(chart, ROUTES_OF_SHOP, 'search', service(name)));
  expect(Testing.synth(chart).map(({ spec }) => [spec.from.length, spec.to.length])).toEqual([[1, 16], [1, 1]]);
});

test('a full grant takes another kind that refers to what it has', () => {
  const chart = Testing.chart();
  Array.from({ length: 16 }, (_, i) => `service-${i}`).forEach(name => ReferenceGrant._allow(chart, ROUTES_OF_SHOP, 'search', service(name)));
  ReferenceGrant._allow(chart, { ...ROUTES_OF_SHOP, kind: 'GRPCRoute' }, 'search', service('service-3'));
  expect(Testing.synth(chart).map(({ spec }) => [spec.from.length, spec.to.length])).toEqual([[2, 16]]);
});

test('namespaces whose names run together have grants of their own', () => {
  const chart = Testing.chart();
  ReferenceGrant._allow(chart, { ...ROUTES_OF_SHOP, namespace: 'a-b' }, 'c', service('x'));
  ReferenceGrant._allow(chart, { ...ROUTES_OF_SHOP, namespace: 'a' }, 'b-c', service('x'));
  expect(Testing.synth(chart).map(({ metadata, spec }) => [spec.from[0].namespace, metadata.namespace])).toEqual([['a-b', 'c'], ['a', 'b-c']]);
});

test('the version is the newest that the clusters serve', () => {
  const app = new App();
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_4 });
  const chart = new Chart(app, 'test');
  new ReferenceGrant(chart, 'Grant', { sources: [ROUTES_OF_SHOP], targets: [service('a')] });
  expect(Testing.synth(chart)[0].apiVersion).toBe('gateway.networking.k8s.io/v1beta1');
});
