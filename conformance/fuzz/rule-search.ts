import * as fc from 'fast-check';
import type { Schema } from '../../src/validation/schema/schema';
import { ApiServerStream, ApiVerdict } from '../apiserver';
import { Kind } from './kinds';
import { changed, copy, isObject, Path, Place, placesOf } from './places';
import { Draw, growths, repair, variations } from './pool';
import { valueOf } from './values';

/** How many objects are tried for a rule at one place of a schema, and after how many changes one starts anew. */
const SEARCH = { objects: 150, changes: 8, passes: 6 };

const FAILED = 'failed rule: ';

/** A rule, and the way to the schema that has it: names of fields, `[]` for items, `{}` for values of a map. */
export interface PlacedRule {
  readonly rule: string;
  readonly steps: readonly string[];
  readonly schema: Schema;
}

/** Every rule of a schema, wherever it stands. */
export function placedRules(schema: Schema, steps: readonly string[] = []): PlacedRule[] {
  return [
    ...(schema['x-kubernetes-validations'] ?? []).map(({ rule }) => ({ rule: rule.trim(), steps, schema })),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => placedRules(property, [...steps, name])),
    ...schema.items ? placedRules(schema.items, [...steps, '[]']) : [],
    ...typeof schema.additionalProperties === 'object' ? placedRules(schema.additionalProperties, [...steps, '{}']) : [],
  ];
}

/** The rules that failed, where the engine was asked to name rules. */
export function failedRules({ errors }: ApiVerdict): string[] {
  return errors.filter(({ stage, detail }) => stage === 'cel' && detail.startsWith(FAILED)).map(({ detail }) => detail.slice(FAILED.length));
}

/** An object that has a value at the end of the steps, made where there is none, and the path to it. */
function reaching(object: unknown, kind: Kind, steps: readonly string[], draw: Draw): { object: unknown; path: Path } {
  let [result, schema, value] = [copy(object), kind.schema, object];
  const path: (string | number)[] = [];
  for (const step of steps) {
    const map = step === '{}';
    schema = step === '[]' ? schema.items! : map ? schema.additionalProperties as Schema : schema.properties![step];
    const name = step === '[]' ? 0 : map ? Object.keys(isObject(value) ? value : {})[0] ?? 'key' : step;
    path.push(name);
    value = (value as { [name: string]: unknown })[name];
    if (value === undefined || value === null) {
      value = draw(valueOf(schema, kind.words, path.length, 0.3));
      result = changed(result, path, value);
    }
  }
  return { object: result, path };
}

/** Looks for an object that fails a rule: changes valid ones at its place until the engine says so. */
export async function searchFailure(
  kind: Kind, { rule, steps }: PlacedRule, pool: readonly unknown[], engine: ApiServerStream, draw: Draw,
): Promise<unknown> {
  let current = reaching(pool[0], kind, steps, draw);
  let blocked = Infinity;
  for (let i = 0; i < SEARCH.objects; i++) {
    if (i % SEARCH.changes === 0) {
      current = reaching(draw(fc.constantFrom(...pool)), kind, steps, draw);
      blocked = Infinity;
    }
    const { object, path } = current;
    const below = (place: Place) =>
      path.every((step, depth) => place.path[depth] === step) && place.path.length <= path.length + 3;
    const choices = [growths(object, kind, below), variations(object, kind, below), doubles(object, kind, below), keys(object, kind, below)]
      .filter(choice => choice !== undefined);
    const other = reaching(choices.length > 0 ? draw(fc.oneof(...choices)) : object, kind, steps, draw);
    const verdict = await engine.judge(other.object);
    if (failedRules(verdict).includes(rule)) {
      return other.object;
    }
    // What is wrong otherwise keeps rules from being run.
    const blocking = verdict.errors.filter(({ stage, type }) => stage !== 'cel' && type !== 'FieldValueInvalid').length;
    if (blocking <= blocked) {
      [current, blocked] = [other, blocking];
    }
  }
  return undefined;
}

/** Looks for a valid object that a rule has something to say of. */
export async function searchPass(
  kind: Kind, { rule, steps }: PlacedRule, pool: readonly unknown[], engine: ApiServerStream, draw: Draw,
): Promise<unknown> {
  for (let i = 0; i < SEARCH.passes; i++) {
    const { object } = reaching(draw(fc.constantFrom(...pool)), kind, steps, draw);
    const repaired = await repair(object, kind, engine, draw);
    if (repaired !== undefined && (await engine.judge(repaired)).passed?.includes(rule)) {
      return repaired;
    }
  }
  return undefined;
}

/** Objects in which an item stands twice, as it is or with another value in it. */
function doubles(object: unknown, kind: Kind, holds: (place: Place) => boolean): fc.Arbitrary<unknown> | undefined {
  const lists = placesOf(object, kind.schema).filter(place => Array.isArray(place.value) && place.value.length > 0 && holds(place));
  return lists.length === 0 ? undefined : fc.constantFrom(...lists).chain(({ path, value }) => fc.constantFrom(1, 1, 2, 15).map(times =>
    changed(object, path, [...value as unknown[], ...Array.from({ length: times }, () => (value as unknown[])[0])])));
}

/** Objects with a strange key in a map. */
function keys(object: unknown, kind: Kind, holds: (place: Place) => boolean): fc.Arbitrary<unknown> | undefined {
  const maps = placesOf(object, kind.schema).filter(place => isObject(place.value) && typeof place.schema.additionalProperties === 'object' && holds(place));
  return maps.length === 0 ? undefined : fc.constantFrom(...maps).chain(({ path, schema }) =>
    fc.tuple(fc.constantFrom('', '*', 'a/b/c', '-a', 'A b', '0', '70000', `${'a'.repeat(254)}/b`, 'a'.repeat(64)), valueOf(schema.additionalProperties as Schema, kind.words, path.length))
      .map(([key, value]) => changed(object, [...path, key], value)));
}
