import { Testing } from 'cdk8s';
import { LabelExpression, Namespace } from 'cdk8s-plus-28';
import { RouteNamespaces } from '../../src';

test('the namespace of the gateway', () => {
  const same = RouteNamespaces.same();
  expect(same._toKube()).toEqual({ from: 'Same' });
  expect(same._describe()).toBe('its own namespace');
  expect(same._admits('edge', 'edge')).toBe(true);
  expect(same._admits('shop', 'edge')).toBe(false);
});

test('every namespace', () => {
  const all = RouteNamespaces.all();
  expect(all._toKube()).toEqual({ from: 'All' });
  expect(all._admits('shop', 'edge')).toBe(true);
  expect(all._admits(undefined, 'edge')).toBe(true);
});

test('namespaces of the app', () => {
  const chart = Testing.chart();
  const namespaces = ['shop', 'blog'].map(name => new Namespace(chart, name, { metadata: { name } }));
  expect(RouteNamespaces.of(...namespaces)._toKube()).toEqual(RouteNamespaces.named('shop', 'blog')._toKube());
});

test('one namespace by name', () => {
  const shop = RouteNamespaces.named('shop');
  expect(shop._toKube()).toEqual({ from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } });
  expect(shop._describe()).toBe("namespace 'shop'");
  expect(shop._admits('shop', 'edge')).toBe(true);
  expect(shop._admits('edge', 'edge')).toBe(false);
  expect(shop._admits(undefined, 'edge')).toBe(false);
});

test('several namespaces by name', () => {
  const both = RouteNamespaces.named('shop', 'blog');
  expect(both._toKube()).toEqual({
    from: 'Selector',
    selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'blog'] }] },
  });
  expect(both._admits('blog', 'edge')).toBe(true);
  expect(both._admits('edge', 'edge')).toBe(false);
});

test('namespaces by label may have any name', () => {
  const labelled = RouteNamespaces.labelled({ 'gateway-access': 'true' });
  expect(labelled._toKube()).toEqual({ from: 'Selector', selector: { matchLabels: { 'gateway-access': 'true' } } });
  expect(labelled._admits('shop', 'edge')).toBe(true);
});

test('names are needed, and are DNS labels', () => {
  expect(() => RouteNamespaces.named())
    .toThrow('namespaces that a listener admits must have at least one name, got none: pass names, or use RouteNamespaces.same()');
  expect(() => RouteNamespaces.named('shop', 'a.b')).toThrow('namespace that a listener admits must be a DNS label');
});

test('namespaces by labels and expressions', () => {
  const selected = RouteNamespaces.selected({
    labels: { tenant: 'yes' },
    expressions: [
      LabelExpression.in('tier', ['web', 'api']), LabelExpression.notIn('stage', ['test']), LabelExpression.exists('team'),
      LabelExpression.doesNotExist('frozen'),
    ],
  });
  expect(selected._toKube()).toEqual({
    from: 'Selector',
    selector: {
      matchLabels: { tenant: 'yes' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['web', 'api'] },
        { key: 'stage', operator: 'NotIn', values: ['test'] },
        { key: 'team', operator: 'Exists' },
        { key: 'frozen', operator: 'DoesNotExist' },
      ],
    },
  });
  expect(selected._admits('shop', 'edge')).toBe(true);
});

test('a selector that no namespace, or every one, would meet', () => {
  expect(() => RouteNamespaces.labelled({})).toThrow('selector of namespaces that a listener admits must have labels or expressions, got none, ' +
    'which is every namespace: use RouteNamespaces.all()');
  expect(() => RouteNamespaces.labelled({ 'a b': 'x' })).toThrow('label of namespaces that a listener admits must be a name of at most 63 letters');
  expect(() => RouteNamespaces.labelled({ team: 'a b' })).toThrow('label \'team\' of namespaces that a listener admits must be at most 63 letters');
  expect(() => RouteNamespaces.selected({ expressions: [LabelExpression.in('tier', [])] }))
    .toThrow('expression on label \'tier\' of namespaces that a listener admits must have at least one value with operator In, got none');
  expect(() => RouteNamespaces.selected({ expressions: [LabelExpression.notIn('tier', ['a b'])] }))
    .toThrow('label \'tier\' of namespaces that a listener admits must be at most 63 letters, digits and inner -_., got \'a b\'');
});
