import { Facts } from './facts';
import { Failure, within } from './failure';
import { formatOf } from './format';
import { ARRAY, FRACTION, INTEGER, JsonObject, kindOf, NULL, OBJECT, shown, STRING } from './json';
import { Schema } from './schema';
import { FindingRule } from '../finding';

/**
 * allOf, anyOf, oneOf and not. When no alternative fits, the API server reports the failures of the one that matched
 * most, so each check counts its matches, in exactly its way.
 */
export class Alternatives {
  static of(schema: Schema): Alternatives | undefined {
    return schema.allOf || schema.anyOf || schema.oneOf || schema.not ? new Alternatives(schema) : undefined;
  }

  private readonly any?: Alternative[];
  private readonly one?: Alternative[];
  private readonly all?: Alternative[];
  private readonly not?: Alternative;

  private constructor(schema: Schema) {
    this.any = schema.anyOf?.map(branch => new Alternative(branch));
    this.one = schema.oneOf?.map(branch => new Alternative(branch));
    this.all = schema.allOf?.map(branch => new Alternative(branch));
    this.not = schema.not && new Alternative(schema.not);
  }

  /** Finds what is wrong; returns how many checks matched. */
  check(value: unknown, kind: number, found: Failure[]): number {
    let matches = 1;
    if (this.any) {
      const best = new Best();
      if (!this.any.some(branch => best.add(branch, value, kind))) {
        best.into(found, () => wanted('at least one', this.any!, [], value));
      }
      matches += best.matches;
    }
    if (this.one) {
      const best = new Best();
      const fitting = this.one.filter(branch => best.add(branch, value, kind));
      if (fitting.length !== 1) {
        best.into(found, () => wanted('exactly one', this.one!, fitting, value));
      }
      matches += fitting.length < 2 ? best.matches : 0;
    }
    if (this.all) {
      const from = found.length;
      for (const branch of this.all) {
        matches += branch.check(value, kind, found);
      }
      if (found.length > from && found.slice(from).every(failure => failure.path.length > 0)) {
        found.push(new Failure(FindingRule.SCHEMA, false, () => 'must be as all parts of its schema say: see what is below it'));
      }
    }
    if (this.not) {
      const failures: Failure[] = [];
      this.not.check(value, kind, failures);
      if (failures.length === 0) {
        found.push(new Failure(FindingRule.SCHEMA, false, () => `must not have ${this.not!.label}, got ${shown(value)}`));
      }
    }
    return matches;
  }
}

/** The first alternative that fits, or the failures of the first of those that match most. */
class Best {
  matches = 0;
  private failures: Failure[] = [];
  private tried = false;
  private fits = false;

  add(branch: Alternative, value: unknown, kind: number): boolean {
    const failures: Failure[] = [];
    const matches = branch.check(value, kind, failures);
    const fits = failures.length === 0;
    if (!this.fits && (fits || !this.tried || matches > this.matches)) {
      this.failures = failures;
      this.matches = matches;
    }
    this.tried = true;
    this.fits ||= fits;
    return fits;
  }

  /** Reports that none fits: failures at the value itself are told by the one message, those below it by their own. */
  into(found: Failure[], say: () => string): void {
    const own = this.failures.filter(failure => failure.path.length === 0);
    found.push(new Failure(FindingRule.SCHEMA, own.some(failure => failure.blocks), say));
    found.push(...this.failures.filter(failure => failure.path.length > 0));
  }
}

/** A schema below allOf, anyOf, oneOf or not. */
export class Alternative {
  private readonly facts: Facts;
  private readonly alternatives?: Alternatives;
  private readonly properties?: [string, Alternative][];
  private readonly additional?: Alternative;
  private readonly items?: Alternative;

  constructor(private readonly schema: Schema) {
    this.facts = new Facts(schema);
    this.alternatives = Alternatives.of(schema);
    this.properties = schema.properties && Object.entries(schema.properties).map(([name, property]) => [name, new Alternative(property)]);
    this.additional = typeof schema.additionalProperties === 'object' ? new Alternative(schema.additionalProperties) : undefined;
    this.items = schema.items && new Alternative(schema.items);
  }

  /** What it wants, in a few words. */
  get label(): string {
    return label(this.schema);
  }

  /** Whether it says which fields there must be, or must not be. */
  get asksForFields(): boolean {
    return this.schema.required !== undefined || this.asksForNone;
  }

  /** Whether it says which fields there must not be. */
  get asksForNone(): boolean {
    return this.schema.not?.anyOf !== undefined || this.schema.not?.required !== undefined;
  }

  /** Finds what is wrong; returns how many checks matched. */
  check(value: unknown, kind: number, found: Failure[]): number {
    const fits = this.facts.check(value, kind, found);
    if (kind === NULL) {
      return fits ? 1 : 0;
    }
    // One each for the type when it fits, for having been asked, for the alternatives, for the enum, and for the end.
    let matches = (this.facts.typed ? (fits ? 2 : 1) : 0) + 1 + (this.alternatives ? this.alternatives.check(value, kind, found) : 1) + 2;
    switch (kind) {
      case STRING:
        matches += this.facts.formatted ? 2 : 1;
        break;
      case INTEGER:
      case FRACTION:
        matches += 2;
        break;
      case ARRAY:
        matches += 2 + this.checkItems(value as unknown[], found);
        break;
      case OBJECT:
        matches += 1 + this.checkProperties(value as JsonObject, found);
        break;
    }
    return matches;
  }

  private checkItems(value: unknown[], found: Failure[]): number {
    let matches = 0;
    if (this.items) {
      for (let i = 0; i < value.length; i++) {
        matches += step(this.items, i, value[i], found);
      }
    }
    return matches;
  }

  private checkProperties(value: JsonObject, found: Failure[]): number {
    let matches = 0;
    if (this.additional) {
      for (const key of Object.keys(value)) {
        if (!this.properties?.some(([name]) => name === key)) {
          matches += step(this.additional, key, value[key], found);
        }
      }
    }
    if (this.properties) {
      for (const [name, property] of this.properties) {
        if (Object.hasOwn(value, name)) {
          matches += step(property, name, value[name], found);
        }
      }
    }
    return matches;
  }
}

function step(into: Alternative, key: string | number, value: unknown, found: Failure[]): number {
  const from = found.length;
  const matches = into.check(value ?? null, kindOf(value ?? null), found);
  within(key, found, from);
  return matches;
}

/** What the alternatives want of a value, and what it has of them. */
function wanted(quantity: string, branches: Alternative[], fitting: Alternative[], value: unknown): string {
  if (!branches.every(branch => branch.asksForFields)) {
    return `must be ${quantity} of ${labels(branches)}, got ${shown(value)}`;
  }
  // One that asks for none of the others makes exactly one of them at most one.
  const asking = branches.filter(branch => !branch.asksForNone);
  const least = asking.length < branches.length && quantity === 'exactly one' ? 'at most one' : quantity;
  return `must have ${least} of ${labels(asking.length > 0 ? asking : branches)}, got ${fitting.map(branch => branch.label).join(' and ') || 'none'}`;
}

function labels(branches: Alternative[]): string {
  return [...new Set(branches.map(branch => branch.label))].join(', ');
}

/** What a schema wants, in a few words. */
function label(schema: Schema): string {
  if (schema.required?.length) {
    return schema.required.join(' with ');
  }
  if (schema.not) {
    return `not ${(schema.not.anyOf ?? [schema.not]).map(label).join(' or ')}`;
  }
  if (schema.properties) {
    return Object.entries(schema.properties).map(([name, property]) => `${name}: ${label(property)}`).join(' with ');
  }
  const inner = schema.allOf ?? schema.anyOf ?? schema.oneOf;
  return schema.enum?.join('|') ?? formatOf(schema.format)?.about ?? schema.pattern ?? schema.type
    ?? (inner ? inner.map(label).join(schema.allOf ? ' and ' : ' or ') : 'what its schema describes');
}
