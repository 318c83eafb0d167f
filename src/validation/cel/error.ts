/** Why an expression has no value. `&&`, `||`, `all` and `exists` may make up for it. */
export class CelError extends Error {}

/** Why an expression can never have a value. */
export class CelCompileError extends Error {}

export function noSuchOverload(): CelError {
  return new CelError('no such overload');
}
