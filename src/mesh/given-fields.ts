/** A part of an object, as JSON. */
export type Patch = { readonly [field: string]: unknown };

/** The fields that are there; `undefined` when none is, so that an object of which nothing is said is not written. */
export function given(fields: Patch): Patch | undefined {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there);
}

/** What a user lays over what options say: objects become one, anything else replaces. */
export function laidOver(base: unknown, over: unknown): Patch | undefined {
  if (over === undefined || base === undefined || !isObject(base) || !isObject(over)) {
    return (over ?? base) as Patch | undefined;
  }
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(keys.map(key => [key, key in over ? laidOver(base[key], over[key]) : base[key]]));
}

function isObject(value: unknown): value is Patch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
