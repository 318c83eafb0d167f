/** Refuses a list that is longer than upstream takes. */
export function checkAtMost(max: number, count: number, what: string, remedy: string): void {
  if (count > max) {
    throw new Error(`${what} must be at most ${max}, got ${count}: ${remedy}`);
  }
}

/** Refuses a list that says something twice; `key` gives what counts as the same. */
export function checkUnique<T extends string | number>(values: readonly T[], what: string, key: (value: T) => unknown = value => value, remedy = 'leave one out'): void {
  const seen = new Set<unknown>();
  for (const value of values) {
    if (seen.has(key(value))) {
      throw new Error(`${what} must differ from each other, got '${value}' twice: ${remedy}`);
    }
    seen.add(key(value));
  }
}
