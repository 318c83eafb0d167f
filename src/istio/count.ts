const MAX_UINT32 = 2 ** 32 - 1;

/** Refuses what is no whole number from 0 to the largest that a field takes. */
export function checkCount(value: number | undefined, what: string, max = MAX_UINT32, min = 0): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && value >= min && value <= max)) {
    throw new Error(`${what} must be between ${min} and ${max}, got ${value}`);
  }
  return value;
}
