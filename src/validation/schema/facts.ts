import { CoreSchema } from './core';
import { Failure } from './failure';
import { formatOf, QUANTITY } from './format';
import { ARRAY, BOOLEAN, canonical, FRACTION, INTEGER, JsonObject, NULL, OBJECT, shown, STRING } from './json';
import { nearest } from './near';
import { NumberFacts } from './number';
import { TextFacts } from './text';
import { FindingRule } from '../finding';

const TYPES = { object: [OBJECT], array: [ARRAY], string: [STRING], integer: [INTEGER], number: [INTEGER, FRACTION], boolean: [BOOLEAN] };
const ANY = Object.values(TYPES).flat();
const NAMES: { readonly [type: string]: string } = {
  object: 'an object', array: 'a list', string: 'a text', integer: 'an integer', number: 'a number', boolean: 'true or false',
};

/** The kinds of values that a schema takes: with a format that it enforces, the API server lets a list pass for a text. */
function takes(schema: CoreSchema): number[] {
  if (schema['x-quantity']) {
    return [INTEGER, FRACTION, STRING];
  }
  if (schema['x-kubernetes-int-or-string']) {
    return [INTEGER, STRING];
  }
  const formatted = formatOf(schema.format) !== undefined;
  if (schema.type === undefined) {
    return formatted ? [STRING, ARRAY] : ANY;
  }
  return schema.type === 'string' && formatted ? [STRING, ARRAY] : TYPES[schema.type];
}

/** Whether a value is one of an enum; a fraction is compared with integers without its fraction. */
function isOneOf(values: readonly unknown[], value: unknown): boolean {
  return values.some(one => one === value
    || (typeof value === 'number' && Number.isInteger(one) && Math.trunc(value) === one)
    || (typeof one === 'object' && one !== null && canonical(one) === canonical(value)));
}

/** Whether the API server takes a fraction for an integer at first; where there is one type, it finds out later, and that keeps no rule from being checked. */
function isNearlyWhole(value: number): boolean {
  const whole = Math.trunc(value);
  return whole > 0 && value <= Number.MAX_SAFE_INTEGER && (value - whole) / (value + whole) < 1e-9;
}

const plural = (n: number, one: string) => `${n} ${n === 1 ? one : `${one.replace(/y$/, 'ie')}s`}`;

/** What a schema says of a value itself, without what is in it. */
export class Facts {
  /** Whether the schema names a type, or a format in its stead. */
  readonly typed: boolean;
  /** Whether it has a format for texts. */
  readonly formatted: boolean;
  /** Whether it takes a value, by its kind. */
  private readonly takes: boolean[];
  private readonly values?: readonly unknown[];
  private readonly text?: TextFacts;
  private readonly number?: NumberFacts;
  private readonly required?: readonly string[];
  private readonly minItems?: number;
  private readonly maxItems?: number;
  private readonly uniqueItems?: boolean;
  private readonly minProperties?: number;
  private readonly maxProperties?: number;

  constructor(private readonly schema: CoreSchema) {
    const named = schema.type !== undefined || schema['x-kubernetes-int-or-string'] === true || schema['x-quantity'] === true;
    this.formatted = (schema.type === undefined || schema.type === 'string') && formatOf(schema.format) !== undefined;
    this.typed = named || this.formatted;
    this.takes = Array.from({ length: NULL + 1 }, (_, kind) => takes(schema).includes(kind));
    this.takes[NULL] = schema.nullable === true || !named;
    this.values = schema.enum?.length ? schema.enum : undefined;
    this.text = TextFacts.of(schema);
    this.number = NumberFacts.of(schema);
    this.required = schema.required?.length ? schema.required : undefined;
    // Read from here, where all are of one shape, they cost less than from schemas.
    this.minItems = schema.minItems;
    this.maxItems = schema.maxItems;
    this.uniqueItems = schema.uniqueItems;
    this.minProperties = schema.minProperties;
    this.maxProperties = schema.maxProperties;
  }

  /**
   * Finds what is wrong; says whether the type is right.
   *
   * @param given what was there before unknown fields were dropped, for the message
   */
  check(value: unknown, kind: number, found: Failure[], given = value): boolean {
    let fits = this.takes[kind];
    if (!fits && kind === FRACTION && this.takes[INTEGER] && isNearlyWhole(value as number)) {
      fits = true;
      if (this.schema.type === 'integer') {
        found.push(new Failure(FindingRule.SCHEMA, false, () => `must be an integer, got ${shown(value)}`));
      }
    } else if (!fits) {
      found.push(new Failure(FindingRule.SCHEMA, true, () => `must be ${this.type()}, got ${shown(given)}`));
    }
    switch (kind) {
      case STRING:
        this.text?.check(value as string, found);
        break;
      case INTEGER:
      case FRACTION:
        this.number?.check(value as number, kind, found);
        break;
      case ARRAY:
        this.checkList(value as unknown[], found);
        break;
      case OBJECT:
        this.checkObject(value as JsonObject, found);
        break;
    }
    if (this.values && fits && !isOneOf(this.values, value)) {
      found.push(new Failure(FindingRule.SCHEMA, true, () => this.unlisted(value)));
    }
    return fits;
  }

  private checkList(value: unknown[], found: Failure[]): void {
    const { minItems, maxItems, uniqueItems } = this;
    if (minItems !== undefined && value.length < minItems) {
      found.push(new Failure(FindingRule.SCHEMA, false, () => `must have at least ${plural(minItems, 'item')}, got ${value.length}`));
    }
    if (maxItems !== undefined && value.length > maxItems) {
      found.push(new Failure(FindingRule.SCHEMA, true, () => `must have at most ${plural(maxItems, 'item')}, got ${value.length}`));
    }
    if (uniqueItems && new Set(value.map(canonical)).size < value.length) {
      found.push(new Failure(FindingRule.SCHEMA, false, () => `must have no two equal items, got ${shown(value)}`));
    }
  }

  private checkObject(value: JsonObject, found: Failure[]): void {
    const { minProperties, maxProperties } = this;
    if (minProperties !== undefined && Object.keys(value).length < minProperties) {
      found.push(new Failure(FindingRule.SCHEMA, false, () => `must have at least ${plural(minProperties, 'entry')}, got ${shown(value)}`));
    }
    if (maxProperties !== undefined && Object.keys(value).length > maxProperties) {
      found.push(new Failure(FindingRule.SCHEMA, true,
        () => `must have at most ${plural(maxProperties, 'entry')}, got ${Object.keys(value).length}`));
    }
    if (this.required) {
      for (const name of this.required) {
        if (!Object.hasOwn(value, name)) {
          found.push(new Failure(FindingRule.SCHEMA, true, () => this.missing(name), name));
        }
      }
    }
  }

  private type(): string {
    if (this.schema['x-quantity']) {
      return QUANTITY.about;
    }
    if (this.schema['x-kubernetes-int-or-string']) {
      return 'an integer or a text';
    }
    return this.schema.type ? NAMES[this.schema.type] : this.formatted ? 'a text' : 'a value that JSON has';
  }

  private missing(name: string): string {
    const type = this.schema.properties?.[name]?.type;
    return `is required, got none: write ${type ? NAMES[type] : 'it'}`;
  }

  private unlisted(value: unknown): string {
    const names = this.values!.map(one => typeof one === 'string' ? one || "''" : shown(one));
    const near = typeof value === 'string' ? nearest(value, names) : undefined;
    return `must be one of ${names.join(', ')}, got ${shown(value)}${near ? `: did you mean '${near}'?` : ''}`;
  }
}
