import { decideSelectors } from '../../conformance/admitted-namespaces';
import { objectsOf } from '../../conformance/objects';

const gatewayWith = (namespaces: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { listeners: [{ name: https, allowedRoutes: { namespaces: ${namespaces} } }, { name: http }] }`;
const namespace = (name: string, labels: string) => `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: ${labels} } }`;
const route = (ns: string, parent = 'name: public, namespace: edge') =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: web, namespace: ${ns} }, spec: { parentRefs: [{ ${parent} }] } }`;

/** What the listener https admits once it is decided. */
function decided(...documents: string[]): unknown {
  const objects = objectsOf(documents.join('\n---\n'));
  const { listeners } = decideSelectors(objects[0], objects).spec as { listeners: { allowedRoutes?: { namespaces: unknown } }[] };
  return listeners[0].allowedRoutes?.namespaces;
}

const BY_TEAM = '{ from: Selector, selector: { matchLabels: { team: shop } } }';

test('a listener that admits every route that names it is open', () => {
  expect(decided(gatewayWith(BY_TEAM), namespace('a', '{ team: shop }'), route('a'))).toEqual({ from: 'All' });
});

test('a listener that admits none stays closed', () => {
  expect(decided(gatewayWith(BY_TEAM), namespace('a', '{ team: pay }'), route('a'))).toEqual({ from: 'Selector', selector: { matchLabels: { team: 'shop' } } });
});

test('a listener that admits some cannot be said', () => {
  expect(() => decided(gatewayWith(BY_TEAM), namespace('a', '{ team: shop }'), namespace('b', '{}'), route('a'), route('b')))
    .toThrow('listener https admits 1 of 2 routes by labels of namespaces, which egctl forgets: let it admit all or none');
});

test.each([
  ['of another listener', 'name: public, namespace: edge, sectionName: http'],
  ['of another Gateway', 'name: private, namespace: edge'],
  ['of a Gateway of the same name in its own namespace', 'name: public'],
  ['of a Service', 'kind: Service, name: public, namespace: edge'],
])('a route %s does not count', (_, parent) => {
  expect(decided(gatewayWith(BY_TEAM), namespace('a', '{ team: shop }'), namespace('b', '{}'), route('a'), route('b', parent))).toEqual({ from: 'All' });
});

test.each([
  ['{ key: team, operator: In, values: [shop, pay] }', '{ team: pay }', '{ team: ops }'],
  ['{ key: team, operator: NotIn, values: [ops] }', '{}', '{ team: ops }'],
  ['{ key: team, operator: Exists }', '{ team: ops }', '{}'],
  ['{ key: team, operator: DoesNotExist }', '{}', '{ team: ops }'],
])('%s takes %s and not %s', (expression, taken, refused) => {
  const gateway = gatewayWith(`{ from: Selector, selector: { matchExpressions: [${expression}] } }`);

  expect(decided(gateway, namespace('a', taken), route('a'))).toEqual({ from: 'All' });
  expect(decided(gateway, namespace('a', refused), route('a'))).toMatchObject({ from: 'Selector' });
});

test('an operator that there is not is named', () => {
  expect(() => decided(gatewayWith('{ from: Selector, selector: { matchExpressions: [{ key: team, operator: Like }] } }'), namespace('a', '{}'), route('a')))
    .toThrow('no operator is named Like');
});

test('listeners that do not select by labels are left alone', () => {
  expect(decided(gatewayWith('{ from: Same }'), namespace('a', '{}'), route('a'))).toEqual({ from: 'Same' });
});
