import { selects } from '../../src/manifests/label-selector';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';

function manifests(text: string): Manifests {
  const { objects, problems } = readObjects(text, 'f.yaml');
  return new Manifests(objects, problems);
}

const SHOP = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop, labels: {app: cart}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: edge, labels: {app: web, count: 1}}
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`;

describe('objects are found', () => {
  const shop = manifests(SHOP);

  test('by kind, with the group and whatever the version', () => {
    expect(shop.ofKind('', 'Service').map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['shop/web', 'shop/cart', 'edge/web']);
    expect(shop.ofKind('serving.knative.dev', 'Service').map(({ name }) => name)).toEqual(['web']);
    expect(shop.ofKind('apps', 'Deployment')).toEqual([]);
  });

  test('by reference', () => {
    expect(shop.find({ group: '', kind: 'Service', namespace: 'edge', name: 'web' })?.line()).toBe(10);
    expect(shop.find({ group: '', kind: 'Namespace', name: 'shop' })?.line()).toBe(18);
    expect(shop.find({ group: '', kind: 'Service', name: 'web' })).toBeUndefined();
  });

  test('by labels, in a namespace or in all', () => {
    const names = (selector: object, namespace?: string) => shop.select('', 'Service', selector, namespace).map(object => `${object.namespace}/${object.name}`);
    expect(names({ matchLabels: { app: 'web' } })).toEqual(['shop/web', 'edge/web']);
    expect(names({ matchLabels: { app: 'web' } }, 'shop')).toEqual(['shop/web']);
    expect(names({}, 'shop')).toEqual(['shop/web', 'shop/cart']);
    // A label that is no word is no label.
    expect(names({ matchExpressions: [{ key: 'count', operator: 'Exists' }] })).toEqual([]);
  });
});

describe('a selector', () => {
  const labels = new Map([['app', 'web']]);
  test.each([
    [{ key: 'app', operator: 'In', values: ['web', 'cart'] }, true],
    [{ key: 'app', operator: 'In', values: ['cart'] }, false],
    [{ key: 'tier', operator: 'In', values: ['front'] }, false],
    [{ key: 'app', operator: 'NotIn', values: ['cart'] }, true],
    [{ key: 'app', operator: 'NotIn', values: ['web'] }, false],
    [{ key: 'tier', operator: 'NotIn', values: ['front'] }, true],
    [{ key: 'app', operator: 'Exists' }, true],
    [{ key: 'tier', operator: 'Exists' }, false],
    [{ key: 'app', operator: 'DoesNotExist' }, false],
    [{ key: 'tier', operator: 'DoesNotExist' }, true],
  ])('with %j selects: %j', (expression, expected) => {
    expect(selects({ matchExpressions: [expression] }, labels)).toBe(expected);
  });

  test('must match labels and expressions', () => {
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] };
    expect(selects(selector, labels)).toBe(false);
    expect(selects(selector, new Map([...labels, ['tier', 'front']]))).toBe(true);
  });

  test('with an unknown operator is refused', () => {
    expect(() => selects({ matchExpressions: [{ key: 'a', operator: 'Near' }] }, labels))
      .toThrow("operator of a selector must be In, NotIn, Exists or DoesNotExist, got 'Near'");
  });
});

describe('lists', () => {
  test('are their items', () => {
    const { objects } = manifests(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Namespace
  metadata: {name: a}
- apiVersion: v1
  kind: List
  items:
  - apiVersion: v1
    kind: Namespace
    metadata:
      name: b
`);
    expect(objects.map(object => [object.name, object.line(), object.line(['metadata', 'name'])])).toEqual([['a', 4, 6], ['b', 10, 13]]);
  });

  test('of a kind need not repeat it', () => {
    const { objects } = manifests('apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n- {metadata: {name: b}, data: {x: y, x: z}}\n');
    expect(objects.map(({ apiVersion, kind, name, duplicates }) => [apiVersion, kind, name, duplicates])).toEqual([
      ['v1', 'ConfigMap', 'a', []],
      ['v1', 'ConfigMap', 'b', [['data', 'x']]],
    ]);
  });

  test('without items are no lists', () => {
    expect(manifests('apiVersion: v1\nkind: List\nitems: {}\n').problems).toEqual([
      { file: 'f.yaml', line: 1, message: 'items of a List must be a list', unreadable: false },
    ]);
    expect(manifests('apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\n').objects).toHaveLength(1);
  });
});

test('keys of prototypes are keys', () => {
  const [{ value }] = manifests('{apiVersion: v1, kind: ConfigMap, __proto__: {polluted: true}, constructor: a}').objects;
  expect(Object.keys(value)).toEqual(['apiVersion', 'kind', '__proto__', 'constructor']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
