import * as fc from 'fast-check';
import { Kind } from './kinds';
import { mutateMetadata } from './metadata';
import { at, changed, Fields, isObject, Place, placesOf } from './places';
import { valueOf } from './values';

/** A change of an object; several at once are several changes after one another. */
type Mutation = (object: unknown, kind: Kind, pool: readonly unknown[]) => fc.Arbitrary<unknown> | undefined;

/** Names that no schema has, some of which mean something to JavaScript, to YAML or to nobody. */
const STRANGE_NAMES = [
  'unknown', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'Spec', 'naïve', '名前', 'with space', 'a.b', 'x-y', '😀', 'on', 'null', '0',
];
const STRANGE_TEXTS = [
  '', ' ', 'UPPER', 'a b', 'naïve', '名前', '😀😀', 'a\n', '\t', '*', '-', '.', '/', '//', '..', '%2e', 'a'.repeat(64), 'a'.repeat(254),
  '0', '-1', 'null', 'true', 'é'.normalize('NFD'), '\u0000', '__proto__', '1e3', '$', '\\', '"', '\'', 'İ', 'ſ', '٣', '0x10', '１',
];
const OF_ANY_TYPE: readonly unknown[] = [null, true, false, 0, 1, -1, 1.5, 2 ** 31, 2 ** 40, '', 'text', '1', [], [null], ['text'], [1], {}, { a: 1 }, { name: 'a' }];

/** A place that holds, if any does. */
function pick(object: unknown, kind: Kind, holds: (place: Place) => boolean): fc.Arbitrary<Place> | undefined {
  const places = placesOf(object, kind.schema).filter(holds);
  return places.length > 0 ? fc.constantFrom(...places) : undefined;
}

/** The bounds that there are, and what is next to them. */
function around(...bounds: (number | undefined)[]): number[] {
  return bounds.flatMap(bound => bound === undefined ? [] : [bound - 1, bound, bound + 1]);
}

const isText = ({ value }: Place) => typeof value === 'string';
const isNumber = ({ value }: Place) => typeof value === 'number';
const isFullList = ({ value }: Place) => Array.isArray(value) && value.length > 0;
const isMap = ({ value, schema }: Place) => isObject(value) && typeof schema.additionalProperties === 'object';

const drop: Mutation = (object, kind) => pick(object, kind, ({ path }) => path.length > 0)?.map(({ path }) => changed(object, path));

const addUnknown: Mutation = (object, kind) => pick(object, kind, ({ value }) => isObject(value))?.chain(({ path, value }) =>
  fc.tuple(fc.oneof(fc.constantFrom(...STRANGE_NAMES), ...cased(value as Fields)), fc.constantFrom(...OF_ANY_TYPE))
    .map(([name, field]) => changed(object, [...path, name], field)));

/** The names of fields with another first letter: Go's decoder is not strict about case, Kubernetes is. */
function cased(fields: Fields): fc.Arbitrary<string>[] {
  const names = Object.keys(fields).filter(name => /^[a-z]/.test(name)).map(name => name[0].toUpperCase() + name.slice(1));
  return names.length > 0 ? [fc.constantFrom(...names)] : [];
}

/** Adds a field that the schema knows, with a value that it allows: only rules can forbid that. */
const addKnown: Mutation = (object, kind) => {
  const missing = placesOf(object, kind.schema).flatMap(({ path, value, schema }) => isObject(value)
    ? Object.entries(schema.properties ?? {}).filter(([name]) => !Object.hasOwn(value, name) && name !== 'metadata')
      .map(([name, property]) => ({ path: [...path, name], property }))
    : []);
  return missing.length === 0 ? undefined
    : fc.constantFrom(...missing).chain(({ path, property }) =>
      valueOf(property, kind.words, path.length, 0.3).map(value => changed(object, path, value)));
};

/** Another value that the schema allows. */
const renew: Mutation = (object, kind) => pick(object, kind, ({ path }) => path.length > 1)?.chain(({ path, schema }) =>
  valueOf(schema, kind.words, path.length, 0.4).map(value => changed(object, path, value)));

const bendNumber: Mutation = (object, kind) => pick(object, kind, isNumber)?.chain(({ path, schema: { minimum, maximum } }) =>
  fc.constantFrom(...around(minimum, maximum), 0, -1, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e21)
    .map(value => changed(object, path, value)));

const bendText: Mutation = (object, kind) => pick(object, kind, isText)?.chain(({ path, value, schema: { minLength, maxLength } }) => {
  const text = value as string;
  const lengths = around(minLength, maxLength).filter(length => length >= 0 && length <= 5000);
  const ofLength = (length: number) => text.length > 0 ? text.repeat(Math.ceil((length + 1) / text.length)).slice(0, length) : 'a'.repeat(length);
  const wide = (length: number) => '😀'.repeat(length);
  const bent = [
    ...lengths.map(ofLength), ...lengths.slice(-3).map(wide),
    `${text}\n`, `${text} `, ` ${text}`, text.toUpperCase(), `${text}.`, `.${text}`, `-${text}`, `${text}/`, `${text}😀`, text.slice(1), text + text,
  ];
  return fc.constantFrom(...bent).map(made => changed(object, path, made));
});

const breakText: Mutation = (object, kind) => pick(object, kind, isText)?.chain(({ path }) =>
  fc.constantFrom(...STRANGE_TEXTS).map(text => changed(object, path, text)));

/** A word that some rule or enum of the kind speaks of. */
const speak: Mutation = (object, kind) => kind.words.length === 0 ? undefined : pick(object, kind, isText)?.chain(({ path }) =>
  fc.constantFrom(...kind.words).map(word => changed(object, path, word)));

const retype: Mutation = (object, kind) => pick(object, kind, ({ path }) => path.length > 0)?.chain(({ path }) =>
  fc.constantFrom(...OF_ANY_TYPE).map(value => changed(object, path, value)));

const empty: Mutation = (object, kind) => pick(object, kind, ({ path, value }) => path.length > 0 && typeof value === 'object')?.map(({ path, value }) =>
  changed(object, path, Array.isArray(value) ? [] : {}));

const bendList: Mutation = (object, kind) => pick(object, kind, isFullList)?.chain(({ path, value, schema: { minItems = 0, maxItems } }) => {
  const items = value as unknown[];
  const counts = [...around(minItems, maxItems), items.length + 1].filter(count => count >= 0 && count <= 300);
  // The further ones differ from one another where they can.
  const item = (i: number) => i < items.length || !isObject(items[0]) || typeof items[0].name !== 'string'
    ? items[i % items.length] : { ...items[0], name: `${items[0].name}-${i}` };
  return fc.constantFrom(...counts).map(count => changed(object, path, Array.from({ length: count }, (_, i) => item(i))));
});

const duplicate: Mutation = (object, kind) => pick(object, kind, isFullList)?.chain(({ path, value }) =>
  fc.constantFrom(...value as unknown[]).map(item => changed(object, path, [...value as unknown[], item])));

const bendMap: Mutation = (object, kind) => pick(object, kind, isMap)?.chain(({ path, schema }) => {
  const most = schema.maxProperties ?? 3;
  return fc.tuple(fc.constantFrom(0, most, most + 1), valueOf(schema.additionalProperties as object, kind.words, path.length))
    .map(([count, value]) => changed(object, path, Object.fromEntries(Array.from({ length: Math.min(count, 100) }, (_, i) => [`key-${i}`, value]))));
});

const strangeKey: Mutation = (object, kind) => pick(object, kind, isMap)?.chain(({ path, schema }) =>
  fc.tuple(fc.constantFrom(...STRANGE_NAMES, ...STRANGE_TEXTS), valueOf(schema.additionalProperties as object, kind.words, path.length))
    .map(([name, value]) => changed(object, [...path, name], value)));

/** The value that another object of the kind has at the same place. */
const cross: Mutation = (object, kind, pool) => fc.constantFrom(...pool).chain(other => {
  const shared = pick(object, kind, ({ path }) => path.length > 0 && at(other, path) !== undefined);
  return shared?.map(({ path }) => changed(object, path, at(other, path))) ?? fc.constant(other);
});

/** How often each comes: those that mostly stay valid, and those that mostly do not. */
const MUTATIONS: readonly { readonly weight: number; readonly mutation: Mutation }[] = [
  ...[cross, addKnown, renew].map(mutation => ({ weight: 6, mutation })),
  ...[drop, speak, bendNumber, bendText, breakText].map(mutation => ({ weight: 3, mutation })),
  ...[addUnknown, retype, empty, bendList, duplicate, bendMap, strangeKey].map(mutation => ({ weight: 2, mutation })),
  { weight: 4, mutation: (object, kind) => mutateMetadata(object, kind.namespaced) },
];

function once(object: unknown, kind: Kind, pool: readonly unknown[]): fc.Arbitrary<unknown> {
  const applicable = MUTATIONS.map(({ weight, mutation }) => ({ weight, arbitrary: mutation(object, kind, pool) }))
    .filter((choice): choice is { weight: number; arbitrary: fc.Arbitrary<unknown> } => choice.arbitrary !== undefined);
  return fc.oneof(...applicable);
}

/** Objects that differ from valid ones by none to four changes. */
export function mutants(kind: Kind, pool: readonly unknown[]): fc.Arbitrary<unknown> {
  const changes = fc.constantFrom(0, 1, 1, 2, 2, 3, 3, 4);
  const change = (before: unknown) => isObject(before) ? once(before, kind, pool) : fc.constant(before);
  return fc.tuple(fc.constantFrom(...pool), changes).chain(([object, count]) =>
    Array.from({ length: count }).reduce<fc.Arbitrary<unknown>>(made => made.chain(change), fc.constant(object)));
}
