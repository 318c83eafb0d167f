import * as fc from 'fast-check';
import { changed } from './places';

const NAMES = ['a', 'a.b', 'a-b', '0', 'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(253), 'a'.repeat(254), '', 'A', '-a', 'a-', 'a_b', 'a b', 'a/b', '.', '..', 'a..b', 'a%b', 'é', '😀', 'a\n', null, 1, true, [], {}];
const KEYS = ['a', 'a/b', 'example.com/a', 'Example.com/a', 'a'.repeat(63), 'a'.repeat(64), `${'a'.repeat(254)}/b`, '', '/a', 'a/', 'a/b/c', '-a', 'a-', 'a_b.c-d', 'a b', 'é', '__proto__', 'constructor', 'a\n', 'kubernetes.io/metadata.name'];
const VALUES = ['a', '', 'A-1_b.c', 'a'.repeat(63), 'a'.repeat(64), '-a', 'a-', 'a b', 'a/b', 'é', '😀', 'a\n', 1, true, null, ['a'], {}];
const OWNERS = [
  { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u' },
  { apiVersion: 'v1', kind: 'Pod', name: 'a' },
  { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u', controller: true },
  { apiVersion: 'v1', kind: 'Event', name: 'a', uid: 'u' },
  { apiVersion: 'a/b/c', kind: 'Pod', name: 'a', uid: 'u' },
  { apiVersion: '', kind: '', name: '', uid: '' },
  { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u', unknown: true },
  { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 1 },
  'text', null,
];
const FINALIZERS = ['example.com/finalizer', 'finalizer', 'foregroundDeletion', 'orphan', 'a b', 'a/b/c', '', 1, null];
const WHOLE = [null, 'text', 1, [], {}];

/** A change of metadata, where Kubernetes has rules of its own. */
export function mutateMetadata(object: unknown, namespaced: boolean): fc.Arbitrary<unknown> {
  const set = (field: string, values: fc.Arbitrary<unknown>) => values.map(value => changed(object, ['metadata', field], value));
  if (typeof (object as { metadata?: unknown }).metadata !== 'object' || (object as { metadata?: unknown }).metadata === null) {
    return fc.constant(object);
  }
  const map = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom<unknown>(...VALUES), { minKeys: 1, maxKeys: 2, noNullPrototype: true });
  const fine = fc.constantFrom({ a: 'b' }, { 'example.com/a': '' }, {});
  return fc.oneof(
    set('name', fc.constantFrom(...NAMES)),
    set('generateName', fc.constantFrom(...NAMES)),
    set('namespace', fc.constantFrom(...namespaced ? NAMES : NAMES.slice(0, 3))),
    set('labels', fc.oneof(map, fine, fc.constantFrom<unknown>(...WHOLE))),
    set('annotations', fc.oneof(map, fine, fc.constantFrom<unknown>(...WHOLE, { a: 'a'.repeat(300_000) }))),
    set('finalizers', fc.oneof(fc.array(fc.constantFrom<unknown>(...FINALIZERS), { maxLength: 2 }), fc.constantFrom<unknown>(...WHOLE))),
    set('ownerReferences', fc.oneof(fc.array(fc.constantFrom<unknown>(...OWNERS), { maxLength: 2 }), fc.constantFrom<unknown>(...WHOLE))),
    set('creationTimestamp', fc.constantFrom('2024-01-02T03:04:05Z', 'yesterday', null, 1)),
    set('generation', fc.constantFrom<unknown>(1, -1, 'a', 1.5)),
    set('managedFields', fc.constantFrom<unknown>([], [{}], null, 'text')),
    fc.constantFrom('unknown', '__proto__', 'Name', 'clusterName', 'selfLink', 'uid', 'resourceVersion', 'deletionTimestamp', 'deletionGracePeriodSeconds')
      .chain(field => set(field, fc.constantFrom<unknown>('text', 1, null))),
    fc.constantFrom('name', 'labels', 'annotations', 'namespace').map(field => changed(object, ['metadata', field])),
    fc.constantFrom<unknown>(...WHOLE).map(value => changed(object, ['metadata'], value)),
    fc.constant(changed(object, ['metadata'])),
  );
}
