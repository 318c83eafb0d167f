import { Testing } from 'cdk8s';
import { LabelExpression, Namespace } from 'cdk8s-plus-28';
import { ListenerNamespaces } from '../../src';

test('no namespace', () => {
  const none = ListenerNamespaces.none();
  expect(none._toKube()).toEqual({ from: 'None' });
  expect(none._isNone).toBe(true);
  expect(none._describe()).toBe('no namespace');
  expect(none._admits('edge', 'edge')).toBe(false);
});

test('the namespace of the gateway', () => {
  const same = ListenerNamespaces.same();
  expect(same._toKube()).toEqual({ from: 'Same' });
  expect(same._isNone).toBe(false);
  expect(same._admits('edge', 'edge')).toBe(true);
  expect(same._admits('shop', 'edge')).toBe(false);
});

test('every namespace', () => {
  const all = ListenerNamespaces.all();
  expect(all._toKube()).toEqual({ from: 'All' });
  expect(all._admits('shop', 'edge')).toBe(true);
});

test('namespaces by name', () => {
  const chart = Testing.chart();
  const named = ListenerNamespaces.of(...['shop', 'blog'].map(name => new Namespace(chart, name, { metadata: { name } })));
  expect(named._toKube()).toEqual({
    from: 'Selector',
    selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'blog'] }] },
  });
  expect(named._admits('blog', 'edge')).toBe(true);
  expect(named._admits('edge', 'edge')).toBe(false);
  expect(() => ListenerNamespaces.named())
    .toThrow('namespaces that a Gateway admits must have at least one name, got none: pass names, or use ListenerNamespaces.none()');
  expect(() => ListenerNamespaces.named('a.b')).toThrow('namespace that a Gateway admits must be a DNS label');
});

test('namespaces by labels and expressions', () => {
  const selected = ListenerNamespaces.selected({ labels: { tenant: 'yes' }, expressions: [LabelExpression.exists('team')] });
  expect(selected._toKube()).toEqual({
    from: 'Selector',
    selector: { matchLabels: { tenant: 'yes' }, matchExpressions: [{ key: 'team', operator: 'Exists' }] },
  });
  expect(selected._admits('anything', 'edge')).toBe(true);
  expect(() => ListenerNamespaces.selected({})).toThrow('selector of namespaces that a Gateway admits must have labels or expressions, got none, ' +
    'which is every namespace: use ListenerNamespaces.all()');
});
