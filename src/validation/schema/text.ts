import { CoreSchema } from './core';
import { Failure } from './failure';
import { BYTES, Format, formatOf, QUANTITY } from './format';
import { shown } from './json';
import { Pattern } from './pattern';
import { FindingRule } from '../finding';

const counted = (n: number) => `${n} character${n === 1 ? '' : 's'}`;

/** How many code points a text has, which is what Kubernetes counts. */
function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    count++;
    if (text.codePointAt(i)! > 0xffff) {
      i++;
    }
  }
  return count;
}

function textFormat(schema: CoreSchema): Format | undefined {
  if (schema['x-quantity']) {
    return QUANTITY;
  }
  if (schema['x-bytes']) {
    return BYTES;
  }
  return schema.type === undefined || schema.type === 'string' ? formatOf(schema.format) : undefined;
}

/** What a schema says of texts. */
export class TextFacts {
  static of(schema: CoreSchema): TextFacts | undefined {
    const facts = new TextFacts(schema);
    return facts.max === undefined && facts.min === undefined && !facts.pattern && !facts.format ? undefined : facts;
  }

  private readonly max?: number;
  private readonly min?: number;
  private readonly pattern?: Pattern;
  private readonly format?: Format;

  private constructor(schema: CoreSchema) {
    this.max = schema.maxLength;
    this.min = schema.minLength;
    this.format = textFormat(schema);
    // The one of a quantity says nothing that the format does not say better.
    this.pattern = schema.pattern && this.format !== QUANTITY ? Pattern.of(schema.pattern) : undefined;
  }

  /** As the API server, it stops at the first of length and pattern. */
  check(value: string, found: Failure[]): void {
    if (this.max !== undefined && value.length > this.max && codePoints(value) > this.max) {
      found.push(new Failure(FindingRule.SCHEMA, true,
        () => `must be at most ${counted(this.max!)} long, got ${codePoints(value)}: ${shown(value)}`));
    } else if (this.min !== undefined && value.length < 2 * this.min && codePoints(value) < this.min) {
      found.push(new Failure(FindingRule.SCHEMA, false, () => `must be at least ${counted(this.min!)} long, got ${shown(value)}`));
    } else if (this.pattern && !this.pattern.test(value)) {
      found.push(new Failure(FindingRule.SCHEMA, false, () => `must match ${this.pattern!.source}, got ${shown(value)}`));
    }
    if (this.format && !this.format.test(value)) {
      found.push(new Failure(FindingRule.SCHEMA, true, () => `must be ${this.format!.about}, got ${shown(value)}`));
    }
  }
}
