import * as fc from 'fast-check';
import { ApiServerStream, accepted, ApiVerdict } from '../apiserver';
import { Kind } from './kinds';
import { at, changed, isObject, Place, placesOf } from './places';
import { valueOf } from './values';
import { verdictOf } from '../verdict';

/** How many valid objects each kind has to start from, how often it is tried to make one (more patiently as long as there is none), to repair it, and to make it grow. */
const POOL = { size: 8, attempts: 16, patience: 100, repairs: 80, steps: 16, length: 8000 };

/** Draws from arbitraries, always the same for the same seed. */
export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

export function drawing(seed: number): Draw {
  let turn = seed * 1009;
  return arbitrary => fc.sample(arbitrary, { seed: turn++, numRuns: 1 })[0];
}

/** Large objects take long, and say no more than small ones. */
function isLarge(object: unknown): boolean {
  return JSON.stringify(object).length > POOL.length;
}

function headOf({ apiVersion, kind, namespaced }: Kind): object {
  return { apiVersion, kind, metadata: { name: 'sample', ...namespaced ? { namespace: 'default' } : {} } };
}

/** Objects with one more field or item, which the schema allows. */
export function growths(object: unknown, kind: Kind, holds: (place: Place) => boolean = () => true): fc.Arbitrary<unknown> | undefined {
  const choices = placesOf(object, kind.schema).filter(holds).flatMap(({ path, value, schema }) => {
    if (Array.isArray(value) && schema.items) {
      return [{ path: [...path, value.length], property: schema.items }];
    }
    return isObject(value)
      ? Object.entries(schema.properties ?? {}).filter(([name]) => !Object.hasOwn(value, name) && name !== 'metadata').map(([name, property]) => ({ path: [...path, name], property }))
      : [];
  });
  return choices.length === 0 ? undefined : fc.constantFrom(...choices).chain(({ path, property }) =>
    valueOf(property, kind.words, path.length, 0.25).map(value => changed(object, path, value)));
}

/** Objects with a field or item less, or with another value, where the schema allows it. */
export function variations(object: unknown, kind: Kind, holds: (place: Place) => boolean): fc.Arbitrary<unknown> | undefined {
  const places = placesOf(object, kind.schema).filter(place => place.path.length > 0 && holds(place));
  return places.length === 0 ? undefined : fc.constantFrom(...places).chain(({ path, schema }) => fc.oneof(
    { weight: 1, arbitrary: fc.constant(changed(object, path)) },
    { weight: 2, arbitrary: valueOf(schema, kind.words, path.length, 0.3).map(value => changed(object, path, value)) },
    ...schema.type === 'string' && kind.words.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...kind.words).map(word => changed(object, path, word)) }] : [],
  ));
}

/** How far an object is from valid: what keeps rules from being run weighs more than a rule. */
function distance({ errors, unknown }: ApiVerdict): number {
  return unknown.length + errors.reduce((sum, { stage }) => sum + (stage === 'cel' ? 1 : 10), 0);
}

/** Changes an object where it is wrong until the engine accepts it. */
export async function repair(object: unknown, kind: Kind, engine: ApiServerStream, draw: Draw): Promise<unknown> {
  let best = { object, verdict: await engine.judge(object) };
  for (let i = 0; i < POOL.repairs && !accepted(best.verdict); i++) {
    const wrong = draw(fc.constantFrom(...verdictOf(best.verdict).errors, ''));
    const reach = draw(fc.constantFrom(1, 2, 9)) + wrong.split('.').length;
    const near = ({ path }: Place) => path.join('.').startsWith(wrong) && path.length <= reach;
    const choices = [growths(best.object, kind, near), variations(best.object, kind, near)].filter(choice => choice !== undefined);
    if (choices.length > 0) {
      const other = draw(fc.oneof(...choices));
      const verdict = isLarge(other) ? undefined : await engine.judge(other);
      best = verdict && distance(verdict) <= distance(best.verdict) ? { object: other, verdict } : best;
    }
  }
  return accepted(best.verdict) ? best.object : undefined;
}

/** Makes valid objects of a kind: by chance, repaired until the engine accepts one, then larger field by field as long as it does. */
export async function makePool(kind: Kind, engine: ApiServerStream, seed: number, given: readonly unknown[]): Promise<unknown[]> {
  const draw = drawing(seed);
  const pool: unknown[] = [];
  for (const object of given) {
    if (at(object, ['apiVersion']) === kind.apiVersion && at(object, ['kind']) === kind.kind && accepted(await engine.judge(object))) {
      pool.push(object);
    }
  }
  const examples = pool.length;
  for (let attempt = 0; attempt < (pool.length > 0 ? POOL.attempts : POOL.patience) && pool.length < examples + POOL.size; attempt++) {
    const body = draw(valueOf(kind.schema, kind.words, 0, (attempt % 4) / 10)) as object;
    let object = isLarge(body) ? undefined : await repair({ ...body, ...headOf(kind) }, kind, engine, draw);
    if (object === undefined) {
      continue;
    }
    for (let step = 0; step < POOL.steps; step++) {
      const growth = growths(object, kind);
      const grown = growth && draw(growth);
      object = grown !== undefined && !isLarge(grown) && accepted(await engine.judge(grown)) ? grown : object;
    }
    pool.push(object);
  }
  if (pool.length === 0) {
    throw new Error(`no valid ${kind.kind} of ${kind.apiVersion} was found: give an example of it`);
  }
  return pool;
}
