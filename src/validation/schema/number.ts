import { Failure } from './failure';
import { INTEGER, shown } from './json';
import { Schema } from './schema';
import { FindingRule } from '../finding';

const FLOAT32 = 3.4028235677973366e38;

/** Whether it is for numbers of 32 bits. */
function isNarrow({ type, format }: Schema): boolean {
  return (type === 'integer' && format === 'int32') || (type === 'number' && format === 'float');
}

/** What a schema says of numbers. */
export class NumberFacts {
  static of(schema: Schema): NumberFacts | undefined {
    const { minimum, maximum, multipleOf } = schema;
    return minimum === undefined && maximum === undefined && multipleOf === undefined && !isNarrow(schema) ? undefined : new NumberFacts(schema);
  }

  private readonly minimum?: number;
  private readonly maximum?: number;
  private readonly exclusiveMinimum: boolean;
  private readonly exclusiveMaximum: boolean;
  private readonly multipleOf?: number;
  private readonly format?: string;

  private constructor(schema: Schema) {
    this.minimum = schema.minimum;
    this.maximum = schema.maximum;
    this.exclusiveMinimum = schema.exclusiveMinimum === true;
    this.exclusiveMaximum = schema.exclusiveMaximum === true;
    this.multipleOf = schema.multipleOf;
    this.format = isNarrow(schema) ? schema.format : undefined;
  }

  check(value: number, kind: number, found: Failure[]): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = this;
    const fail = (what: string) => {
      found.push(new Failure(FindingRule.SCHEMA, false, () => `must be ${what}, got ${shown(value)}`));
    };
    if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
      fail(exclusiveMinimum ? `more than ${minimum}` : `at least ${minimum}`);
    }
    if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
      fail(exclusiveMaximum ? `less than ${maximum}` : `at most ${maximum}`);
    }
    if (multipleOf !== undefined && !isMultiple(value, multipleOf, kind)) {
      fail(`a multiple of ${multipleOf}`);
    }
    if (format === 'int32' && kind === INTEGER && (value > 2147483647 || value < -2147483648)) {
      fail('from -2147483648 to 2147483647, an integer of 32 bits');
    } else if (format === 'float' && Math.abs(value) >= FLOAT32) {
      fail('a number of 32 bits');
    }
  }
}

/** Integers are held against the whole part of a factor, and fractions are taken for multiples when they are very near to one. */
function isMultiple(value: number, factor: number, kind: number): boolean {
  if (kind === INTEGER) {
    return factor >= 1 && value % Math.trunc(factor) === 0;
  }
  const times = factor < 1 ? 1 / factor * value : value / factor;
  const whole = Math.trunc(times);
  return Math.abs(times) <= Number.MAX_SAFE_INTEGER && (times === whole || Math.abs(times - whole) / (Math.abs(times) + Math.abs(whole)) < 1e-9);
}
