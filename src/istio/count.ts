/** The largest whole number of 32 bits with a sign, and without. */
export const MAX_INT32 = 2 ** 31 - 1;
export const MAX_UINT32 = 2 ** 32 - 1;

/** Refuses what is no whole number from 0 to the largest that a field takes. */
export function checkCount(value: number | undefined, what: string, max = MAX_UINT32, min = 0): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && value >= min && value <= max)) {
    throw new Error(`${what} must be between ${min} and ${max}, got ${value}`);
  }
  return value;
}

/** Refuses what is no share in percent; it may have a fraction. */
export function checkPercent(value: number | undefined, what: string): number | undefined {
  if (value !== undefined && !(value >= 0 && value <= 100)) {
    throw new Error(`${what} must be between 0 and 100, got ${value}`);
  }
  return value;
}

/** Refuses what is no whole number of 32 bits, which may be below 0. */
export function checkPriority(value: number | undefined, what: string): number | undefined {
  return checkCount(value, what, MAX_INT32, -MAX_INT32 - 1);
}
