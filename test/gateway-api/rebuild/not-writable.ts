/** Says that the types have no way to write a part of a manifest, so that nobody can. */
export class NotWritable extends Error {}

/** A part that the types require: without it there is no program to write. */
export function required<T>(part: T | undefined, what: string): T {
  if (part === undefined) {
    throw new NotWritable(`${what} is required by the types`);
  }
  return part;
}

/** A word of an enum. */
export function word<T extends string>(words: { readonly [name: string]: T }, value: string | undefined, what: string): T | undefined {
  if (value !== undefined && !Object.values<string>(words).includes(value)) {
    throw new NotWritable(`${what} has no word '${value}'`);
  }
  return value as T | undefined;
}
