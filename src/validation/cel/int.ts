import { CelError } from './error';

/** A 64-bit integer: a number where a number is exact, a bigint elsewhere. Thus `===` says whether two are the same. */
export type Int = number | bigint;

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

export type Bounds = 'int' | 'uint';

/** The integer, or an error when 64 bits do not hold it. */
export function toInt(value: bigint, bounds: Bounds = 'int', error?: string): Int {
  if (bounds === 'int' ? value < MIN_INT || value > MAX_INT : value < 0n || value > MAX_UINT) {
    throw new CelError(error ?? (bounds === 'int' ? 'integer overflow' : 'unsigned integer overflow'));
  }
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export function add(a: Int, b: Int, bounds: Bounds = 'int', error?: string): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum) && bounds === 'int') {
      return sum;
    }
  }
  return toInt(BigInt(a) + BigInt(b), bounds, error);
}

export function subtract(a: Int, b: Int, bounds: Bounds = 'int', error?: string): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference) && bounds === 'int') {
      return difference;
    }
  }
  return toInt(BigInt(a) - BigInt(b), bounds, error);
}

export function multiply(a: Int, b: Int, bounds: Bounds = 'int'): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product) && bounds === 'int') {
      return product + 0;
    }
  }
  return toInt(BigInt(a) * BigInt(b), bounds);
}

export function divide(a: Int, b: Int, bounds: Bounds = 'int'): Int {
  if (b === 0) {
    throw new CelError('division by zero');
  }
  return toInt(BigInt(a) / BigInt(b), bounds);
}

export function modulo(a: Int, b: Int, bounds: Bounds = 'int'): Int {
  if (b === 0) {
    throw new CelError('modulus by zero');
  }
  // The machine divides first, and so -2^63 % -1 overflows.
  toInt(BigInt(a) / BigInt(b), bounds);
  return toInt(BigInt(a) % BigInt(b), bounds);
}

export function negate(a: Int): Int {
  return toInt(-BigInt(a));
}

/** The integer that a double is when its fraction is cut off. */
export function truncate(value: number, bounds: Bounds = 'int'): Int {
  // Both ends are out, as cel-go has it: 2^63 as a double is one more than the largest integer.
  const [low, high] = bounds === 'int' ? [-(2 ** 63), 2 ** 63] : [-1, 2 ** 64];
  if (!(value > low && value < high)) {
    throw new CelError(bounds === 'int' ? 'integer overflow' : 'unsigned integer overflow');
  }
  return toInt(BigInt(Math.trunc(value)), bounds);
}
