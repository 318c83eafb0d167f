import { Relabeling } from '../../src/monitoring/relabeling';

const PLACE = ['__meta_kubernetes_namespace', '__meta_kubernetes_pod_name'];

test.each([
  ['replace', Relabeling.replace({ sourceLabels: PLACE, separator: '/', regex: '(.+)/(.+)', targetLabel: 'pod', replacement: '$1-$2' }),
    { action: 'replace', sourceLabels: PLACE, separator: '/', regex: '(.+)/(.+)', targetLabel: 'pod', replacement: '$1-$2' }],
  ['replace with what is fixed', Relabeling.replace({ targetLabel: 'team', replacement: '' }), { action: 'replace', targetLabel: 'team', replacement: '' }],
  ['replace a label that the pattern names', Relabeling.replace({ sourceLabels: PLACE, targetLabel: 'x_${1}', regex: '(.*)' }),
    { action: 'replace', sourceLabels: PLACE, regex: '(.*)', targetLabel: 'x_${1}' }],
  ['keep', Relabeling.keep({ sourceLabels: PLACE, separator: '-', regex: 'shop-.*' }), { action: 'keep', sourceLabels: PLACE, separator: '-', regex: 'shop-.*' }],
  ['drop', Relabeling.drop({ sourceLabels: PLACE, regex: 'shop;.*' }), { action: 'drop', sourceLabels: PLACE, regex: 'shop;.*' }],
  ['hashmod', Relabeling.hashMod({ sourceLabels: PLACE, separator: ',', targetLabel: '__tmp_hash', modulus: 4 }),
    { action: 'hashmod', sourceLabels: PLACE, separator: ',', targetLabel: '__tmp_hash', modulus: 4 }],
  ['labelmap', Relabeling.labelMap('__meta_kubernetes_pod_label_(.+)'), { action: 'labelmap', regex: '__meta_kubernetes_pod_label_(.+)' }],
  ['labelmap to another name', Relabeling.labelMap('a_(.+)', 'b_$1'), { action: 'labelmap', regex: 'a_(.+)', replacement: 'b_$1' }],
  ['labeldrop', Relabeling.labelDrop('tmp_.*'), { action: 'labeldrop', regex: 'tmp_.*' }],
  ['labelkeep', Relabeling.labelKeep('pod|job'), { action: 'labelkeep', regex: 'pod|job' }],
  ['lowercase', Relabeling.lowercase({ sourceLabels: ['App'], targetLabel: 'app' }), { action: 'lowercase', sourceLabels: ['App'], targetLabel: 'app' }],
  ['uppercase', Relabeling.uppercase({ sourceLabels: ['zone'], separator: '', targetLabel: 'ZONE' }),
    { action: 'uppercase', sourceLabels: ['zone'], separator: '', targetLabel: 'ZONE' }],
  ['keepequal', Relabeling.keepEqual(['a'], 'b'), { action: 'keepequal', sourceLabels: ['a'], targetLabel: 'b' }],
  ['dropequal', Relabeling.dropEqual(['a'], 'b'), { action: 'dropequal', sourceLabels: ['a'], targetLabel: 'b' }],
])('%s', (_, relabeling, expected) => {
  expect(relabeling._toKube()).toEqual(expected);
});

test('Prometheus has its own spelling', () => {
  expect(Relabeling.replace({ sourceLabels: ['a'], targetLabel: 'b' })._toPrometheus()).toEqual({ action: 'replace', source_labels: ['a'], target_label: 'b' });
});

test.each([
  ['a target that is no label', () => Relabeling.replace({ targetLabel: 'a-b', replacement: 'x' }),
    "targetLabel of a relabeling must be the name of a label (letters, digits and _), got 'a-b'"],
  ['a replacement of nothing', () => Relabeling.replace({ targetLabel: 'a' }),
    "a relabeling that replaces 'a' needs a value, got neither sourceLabels nor replacement: pass one"],
  ['no source', () => Relabeling.keep({ sourceLabels: [], regex: 'a' }), 'sourceLabels of a relabeling must have at least one label, got none'],
  ['a source that is no label', () => Relabeling.drop({ sourceLabels: ['a.b'], regex: 'a' }),
    "sourceLabels of a relabeling must be names of labels (letters, digits and _), got 'a.b'"],
  ['a hash of no parts', () => Relabeling.hashMod({ sourceLabels: ['a'], targetLabel: 'b', modulus: 0 }),
    'modulus of a relabeling must be a whole number of at least 1, got 0'],
  ['part of a part', () => Relabeling.hashMod({ sourceLabels: ['a'], targetLabel: 'b', modulus: 1.5 }),
    'modulus of a relabeling must be a whole number of at least 1, got 1.5'],
  ['a template as the target of a hash', () => Relabeling.hashMod({ sourceLabels: ['a'], targetLabel: '$1', modulus: 2 }),
    "targetLabel of a relabeling must be the name of a label (letters, digits and _), got '$1'"],
  ['an empty pattern', () => Relabeling.labelDrop(''), 'regex of a relabeling must not be empty: the operator takes an empty one for none'],
  ['a name that is none', () => Relabeling.labelMap('a', 'b-$1'),
    "replacement of a relabeling that maps labels must be the name of a label, perhaps with $1, got 'b-$1'"],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});

test('a pattern that RE2 does not take is refused', () => {
  expect(() => Relabeling.keep({ sourceLabels: ['a'], regex: '(?=a)' })).toThrow("regex of a relabeling must be an RE2 pattern, got '(?=a)'");
});
