import { FindingRule } from '../../../src/validation/finding';
import { checkEmbeddedMetadata, checkMetadata, checkTemplateMetadata } from '../../../src/validation/metadata/metadata';

const ROUTE = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespaced: true };
const CLASS = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', namespaced: false };
const core = (apiVersion: string, kind: string, namespaced = true) => ({ apiVersion, kind, namespaced });

const told = (metadata: unknown, kind = ROUTE) => checkMetadata(metadata, kind).map(({ path, message }) => `${path.join('.')}: ${message}`);
const paths = (metadata: unknown, kind = ROUTE) => checkMetadata(metadata, kind).map(({ path }) => path.join('.'));

describe('nothing is found', () => {
  test.each([
    [{ name: 'web' }],
    [{ name: 'web.v1', namespace: 'shop', labels: { 'app': 'web', 'example.com/Team_1': '' }, annotations: { 'Example.COM/x': 'any\ntext' } }],
    [{ generateName: 'web-' }],
    [{ name: 'a'.repeat(253), creationTimestamp: null, labels: null, annotations: { a: null } }],
    [{ name: 'a', finalizers: ['orphan', 'example.com/wait'], ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', uid: 'u', controller: true }] }],
    [{ name: 'a', creationTimestamp: '2024-02-29T12:00:00.5+02:00', generation: 3n, managedFields: [{ manager: 'x', operation: 'Apply', fieldsV1: {} }] }],
  ])('%j', metadata => {
    expect(checkMetadata(metadata, ROUTE)).toEqual([]);
  });

  test('and nothing is made: the list is always the same', () => {
    expect(checkMetadata({ name: 'a' }, ROUTE)).toBe(checkMetadata({ name: 'b' }, ROUTE));
  });
});

describe('names', () => {
  test.each([
    [undefined, 'metadata.name: an object needs metadata with a name, got none: write metadata.name'],
    [{}, 'metadata.name: an object needs a name, got none: write metadata.name'],
    [{ name: '' }, 'metadata.name: an object needs a name, got none: write metadata.name'],
    [{ name: 'My_Web' },
      "metadata.name: name must be a DNS subdomain: lower case letters, digits, inner dashes and dots, at most 253 characters, got 'My_Web': write for example 'my-web'"],
    [{ name: '-web-' },
      "metadata.name: name must be a DNS subdomain: lower case letters, digits, inner dashes and dots, at most 253 characters, got '-web-': write for example 'web'"],
    [{ name: '_' }, "metadata.name: name must be a DNS subdomain: lower case letters, digits, inner dashes and dots, at most 253 characters, got '_'"],
    [{ generateName: 'Web-' },
      'metadata.generateName: the beginning of a name must be a DNS subdomain: lower case letters, digits, inner dashes and dots, at most 253 characters, '
      + "got 'Web-': write for example 'web'"],
    [{ generateName: 'x!-' },
      'metadata.name: name must be a DNS subdomain: lower case letters, digits, inner dashes and dots, at most 253 characters, '
      + "got 'x!-aaaaa': write for example 'x--aaaaa'"],
  ])('%j', (metadata, message) => {
    expect(told(metadata)).toEqual([message]);
  });

  test.each([
    [core('v1', 'Namespace', false), 'a.b', true], [core('v1', 'Service'), '1a', false], [core('v1', 'Service'), 'a.b', true], [core('apps/v1', 'StatefulSet'), 'a.b', true],
    [core('apps/v1', 'Deployment'), 'a.b', false], [core('rbac.authorization.k8s.io/v1', 'Role'), 'system:a', false],
    [core('rbac.authorization.k8s.io/v1', 'ClusterRole', false), 'a/b', true], [core('rbac.authorization.k8s.io/v1', 'ClusterRole', false), '..', true],
    [core('policy/v1', 'PodDisruptionBudget'), 'A_B', false], [core('batch/v1', 'CronJob'), 'a'.repeat(52), false], [core('batch/v1', 'CronJob'), 'a'.repeat(53), true],
    [core('batch/v1', 'Job'), 'a'.repeat(63), false], [core('batch/v1', 'Job'), 'a'.repeat(64), true],
    [core('example.com/v1', 'Service'), 'a.b', false], [ROUTE, 'a'.repeat(254), true],
  ])('%j takes %s: not %s', (kind, name, refused) => {
    expect(paths({ name }, kind)).toEqual(refused ? ['metadata.name'] : []);
  });

  test('a name that is too long for its kind', () => {
    expect(told({ name: 'a'.repeat(53) }, core('batch/v1', 'CronJob')))
      .toEqual([`metadata.name: name must have at most 52 characters, got '${'a'.repeat(53)}' with 53: choose a shorter name`]);
  });

  test('the server cuts what it appends to', () => {
    expect(paths({ generateName: 'a'.repeat(70) })).toEqual([]);
    expect(paths({ generateName: 'a'.repeat(48) }, core('batch/v1', 'CronJob'))).toEqual(['metadata.name']);
  });

  test('a beginning may be . for no role', () => {
    expect(paths({ generateName: '.' }, core('rbac.authorization.k8s.io/v1', 'Role'))).toEqual(['metadata.generateName']);
    expect(paths({ generateName: '.' }, core('policy/v1', 'PodDisruptionBudget'))).toEqual([]);
  });
});

describe('namespaces', () => {
  test('of what belongs to the cluster', () => {
    // The API server clears it, whatever it is.
    expect(told({ name: 'a', namespace: 'Shop' }, CLASS)).toEqual([]);
  });

  test('that are no names of one', () => {
    expect(told({ name: 'a', namespace: 'Shop' })).toEqual([
      "metadata.namespace: namespace must be a DNS label: lower case letters, digits and inner dashes, at most 63 characters, got 'Shop': write for example 'shop'",
    ]);
  });
});

describe('labels and annotations', () => {
  test.each([
    [{ 'a b': '' }, 1], [{ 'a/b/c': '' }, 1], [{ '/a': '' }, 1], [{ 'a/': '' }, 1], [{ 'A.b/c': '' }, 1], [{ a: '-' }, 1], [{ a: 'x'.repeat(63) }, 0], [{ a: 'x'.repeat(64) }, 1],
    [{ 'a b': '-' }, 2], [{ ['b'.repeat(64)]: '' }, 1], [{ [`${'a'.repeat(254)}/b`]: '' }, 1], [{ a: 'x y' }, 1], [{ a_b: 'A.b_c-d' }, 0],
  ])('labels %j', (labels, count) => {
    expect(paths({ name: 'a', labels })).toEqual(Array(count).fill('metadata.labels'));
  });

  test('messages', () => {
    expect(told({ name: 'a', labels: { 'a b': 'c d' } })).toEqual([
      'metadata.labels: the key of a label must be letters, digits and inner dashes, underscores and dots, at most 63 characters, after at most one DNS subdomain and a slash, '
      + "got 'a b'",
      'metadata.labels: the value of a label must be empty, or letters, digits and inner dashes, underscores and dots, at most 63 characters, '
      + "got 'c d' for 'a b': write such a value, or make it an annotation",
    ]);
    expect(told({ name: 'a', annotations: { 'a b': '' } })).toEqual([
      'metadata.annotations: the key of an annotation must be letters, digits and inner dashes, underscores and dots, at most 63 characters, '
      + "after at most one DNS subdomain and a slash, got 'a b'",
    ]);
  });

  test('annotations have 256 KiB together, counted in bytes', () => {
    expect(paths({ name: 'a', annotations: { a: 'x'.repeat(262143) } })).toEqual([]);
    expect(told({ name: 'a', annotations: { a: 'é'.repeat(131072) } }))
      .toEqual(['metadata.annotations: annotations must have at most 262144 bytes together, got 262145: move what is long into a ConfigMap']);
  });
});

describe('what Go cannot decode', () => {
  test.each([
    ['text', 'metadata: metadata must be an object, got "text": write its name and labels below it'],
    [[], 'metadata: metadata must be an object, got []: write its name and labels below it'],
    [{ name: 7 }, 'metadata.name: name must be a string, got 7'],
    [{ name: 'a', labels: { a: true } }, 'metadata.labels: labels must be a map of strings: quote its values, got {"a":true}'],
    [{ name: 'a', labels: [] }, 'metadata.labels: labels must be a map of strings: quote its values, got []'],
    [{ name: 'a', generation: 1.5 }, 'metadata.generation: generation must be an integer, got 1.5'],
    [{ name: 'a', generation: 2n ** 63n }, 'metadata.generation: generation must be an integer, got 9223372036854775808'],
    [{ name: 'a', creationTimestamp: '2026-02-30T00:00:00Z' },
      'metadata.creationTimestamp: creationTimestamp must be a time such as \'2026-01-31T12:00:00Z\', got "2026-02-30T00:00:00Z"'],
    [{ name: 'a', finalizers: [1] }, 'metadata.finalizers: finalizers must be a list of strings, got [1]'],
    [{ name: 'a', managedFields: [{ time: 1 }] },
      "metadata.managedFields: managedFields must be a list as the API server writes it: leave it out, it is the API server's own, got [{\"time\":1}]"],
    [{ name: 'a', ownerReferences: [{ controller: 'yes' }] },
      'metadata.ownerReferences: ownerReferences must be a list of owners, each with apiVersion, kind, name and uid as strings, '
      + 'and controller and blockOwnerDeletion as booleans, got [{"controller":"yes"}]'],
    [{ name: 'a', finalizers: 'x'.repeat(80) }, `metadata.finalizers: finalizers must be a list of strings, got "${'x'.repeat(59)}...`],
  ])('%s', (metadata, message) => {
    expect(told(metadata)).toEqual([message]);
  });

  test('ends the check, as the server looks no further', () => {
    expect(paths({ name: 'A', generation: 'x' })).toEqual(['metadata.generation']);
  });
});

describe('unknown fields', () => {
  test.each([
    [{ name: 'a', Labels: {} }, ['metadata', 'Labels'], "unknown field 'Labels': write labels"],
    [{ name: 'a', owner: 'me' }, ['metadata', 'owner'], "unknown field 'owner': remove it, or make it a label or an annotation"],
    [{ name: 'a', constructor: 1 }, ['metadata', 'constructor'], "unknown field 'constructor': remove it, or make it a label or an annotation"],
    [{ name: 'a', managedFields: [{ who: 1 }] }, ['metadata', 'managedFields', 0, 'who'], "unknown field 'who': remove it, or make it a label or an annotation"],
  ])('%j', (metadata, path, message) => {
    expect(checkMetadata(metadata, ROUTE)).toEqual([{ path, rule: FindingRule.UNKNOWN_FIELD, message }]);
  });
});

describe('owners and finalizers', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', uid: 'u' };

  test.each([
    [[{}], [
      "metadata.ownerReferences.apiVersion: an owner needs an apiVersion such as 'apps/v1', got ''",
      ...['kind', 'name', 'uid'].map(field =>
        `metadata.ownerReferences.${field}: an owner needs a ${field}, got none: write it, or leave ownerReferences to the controller that owns the object`),
    ]],
    [[{ ...owner, apiVersion: 'a/b/c' }], ["metadata.ownerReferences.apiVersion: an owner needs an apiVersion such as 'apps/v1', got 'a/b/c'"]],
    [[{ ...owner, apiVersion: 'v1', kind: 'Event' }], ['metadata.ownerReferences: an Event must not be an owner, got one: remove it']],
    [[{ ...owner, controller: true }, { ...owner, controller: true }], []],
    [[{ ...owner, controller: true }, { ...owner, uid: 'v', controller: true }],
      ['metadata.ownerReferences: only one owner may be the controller, got 2: set controller on one of them']],
  ])('%j', (ownerReferences, messages) => {
    expect(told({ name: 'a', ownerReferences })).toEqual(messages);
  });

  test('finalizers', () => {
    expect(paths({ name: 'a', finalizers: ['cleanup'] })).toEqual([]);
    expect(told({ name: 'a', finalizers: ['cleanup'] }, core('v1', 'ConfigMap'))).toEqual([
      "metadata.finalizers.0: a finalizer without a domain must be one of kubernetes, orphan, foregroundDeletion, got 'cleanup': write for example 'example.com/cleanup'",
    ]);
    expect(paths({ name: 'a', finalizers: ['a b', null] })).toEqual(['metadata.finalizers', 'metadata.finalizers']);
    expect(told({ name: 'a', finalizers: ['orphan', 'foregroundDeletion'] }))
      .toEqual(["metadata.finalizers: finalizers must not have both 'orphan' and 'foregroundDeletion', got both: choose one"]);
  });
});

describe('within an object', () => {
  test('of an embedded object the name may be missing, and be any part of a URL', () => {
    expect(checkEmbeddedMetadata(undefined, ['spec', 'metadata'])).toEqual([]);
    expect(checkEmbeddedMetadata({ labels: { a: 'b' } }, ['spec', 'metadata'])).toEqual([]);
    expect(checkEmbeddedMetadata({ name: 'A_B', namespace: 'C' }, ['spec', 'metadata']).map(({ path }) => path)).toEqual([['spec', 'metadata', 'namespace']]);
    expect(checkEmbeddedMetadata({ name: 'a/b' }, ['spec', 'metadata'])[0].message).toBe("name must be without '/' and '%', and neither '.' nor '..', got 'a/b': write for example 'a-b'");
  });

  test('of a template labels and annotations count', () => {
    expect(checkTemplateMetadata(null, ['m'])).toEqual([]);
    expect(checkTemplateMetadata({ name: 'A B', labels: { 'a b': '' }, annotations: { 'c d': '' } }, ['m']).map(({ path }) => path)).toEqual([['m', 'labels'], ['m', 'annotations']]);
    expect(checkTemplateMetadata({ labels: 1 }, ['m']).map(({ path }) => path)).toEqual([['m', 'labels']]);
  });
});

test('long values cost no more than their length', () => {
  const start = process.hrtime.bigint();
  checkMetadata({ name: `${'a-'.repeat(1e5)}!`, labels: { [`${'a-'.repeat(1e5)}!`]: `${'a.'.repeat(1e5)}!` } }, ROUTE);
  expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(500);
});
