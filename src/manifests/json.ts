/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object as JSON has it. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Where something is in a value: keys of objects and indices of lists. */
export type JsonPath = ReadonlyArray<string | number>;

/** Whether a value is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many objects and lists may be in one another: more than any manifest has, and less than what ends the stack of a recursion. */
export const MAX_DEPTH = 500;
/** What to say of more. */
export const TOO_DEEP = `more than ${MAX_DEPTH} objects and lists are in one another: no object of Kubernetes needs that`;

/** Sets a key of an object under construction, whatever its name; an assignment to `__proto__` would set none. */
export function setKey<T>(object: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
