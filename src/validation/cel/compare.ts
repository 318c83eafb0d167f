import { CelError } from './error';
import { Int } from './int';
import { compareText } from './text';
import { CelType } from './type';
import { Bytes, Duration, Timestamp } from './value';

export type Compare = (a: unknown, b: unknown) => number;

/** How two values of a type are ordered: negative, zero or positive. */
export function ordering(type: CelType): Compare {
  switch (type.kind) {
    case 'string':
      return compareText as Compare;
    case 'bytes':
      return (a, b) => Buffer.compare((a as Bytes).value, (b as Bytes).value);
    case 'duration':
      return (a, b) => compareNumbers((a as Duration).nanos, (b as Duration).nanos);
    case 'timestamp':
      return (a, b) => compareNumbers((a as Timestamp).nanos, (b as Timestamp).nanos);
    default:
      return compareNumbers as Compare;
  }
}

/** Integers, doubles and truth values, one with the other. */
export function compareNumbers(a: Int, b: Int): number {
  if (a < b) {
    return -1;
  }
  if (a > b) {
    return 1;
  }
  if (Number.isNaN(a) || Number.isNaN(b)) {
    throw new CelError('NaN values cannot be ordered');
  }
  return 0;
}
