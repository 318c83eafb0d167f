import { Alternatives } from './alternatives';
import { CoreSchema } from './core';
import { checkEmbedded, failuresOf } from './embedded';
import { Facts } from './facts';
import { Failure, within } from './failure';
import { checkFree } from './free';
import { ARRAY, JsonObject, kindOf, OBJECT, shown } from './json';
import { ListFacts } from './list';
import { nearest } from './near';
import { Schema } from './schema';
import { setKey } from '../../manifests/json';
import { compileRules, RuleSet } from '../cel/rules';
import { FindingRule } from '../finding';
import { checkTemplateMetadata } from '../metadata/metadata';

/** How many items fit into a request of 3 MiB. */
const ITEMS = 1_500_000;
const NO_SCHEMA: Schema = {};

/** What the place of a node says of it, beside its schema. */
export interface Place {
  /** Whether it is a resource, or one in another, whose apiVersion, kind and metadata are no unknown fields. */
  readonly root?: 'resource' | 'embedded';
  /** Whether fields that its schema does not have are kept, as below a list that keeps them. */
  readonly keeps?: boolean;
}

const nodes = new WeakMap<Schema, Node>();

const META = ['apiVersion', 'kind', 'metadata'];

/**
 * A node of a structural schema. In one walk over a value it drops unknown fields and nulls, fills in defaults, and checks what is
 * left: all that the API server does one after the other. It copies what it changes, so that the caller's object stays as it is.
 */
export class Node {
  /** The node of a schema below another; what several share is made once. */
  static of(schema: CoreSchema, keeps = false): Node {
    const place: Place = schema['x-kubernetes-embedded-resource'] ? { root: 'embedded', keeps } : { keeps };
    if (place.root || keeps) {
      return new Node(schema, place);
    }
    let node = nodes.get(schema);
    if (!node) {
      node = new Node(schema, place);
      nodes.set(schema, node);
    }
    return node;
  }

  private readonly facts: Facts;
  private readonly alternatives?: Alternatives;
  private readonly list?: ListFacts;
  private readonly properties: ReadonlyMap<string, Node>;
  private readonly additional?: Node;
  private readonly items?: Node;
  private readonly keeps: boolean;
  private readonly nullable: boolean;
  private readonly defaults: [string, Node][];
  private readonly rules?: RuleSet;
  /** Whether it or something below it has rules in CEL. */
  private readonly ruled: boolean;
  private readonly ruledBelow: boolean;
  private filled?: { readonly value: unknown };

  constructor(private readonly schema: CoreSchema, private readonly place: Place = {}) {
    this.facts = new Facts(schema);
    this.alternatives = Alternatives.of(schema);
    this.list = ListFacts.of(schema);
    this.keeps = place.keeps === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
    this.nullable = schema.nullable === true || schema === NO_SCHEMA;
    this.properties = new Map(Object.entries(schema.properties ?? {}).map(([name, property]) =>
      [name, Node.of(property, place.root !== undefined && META.includes(name))]));
    const additional = schema.additionalProperties;
    this.additional = additional ? Node.of(additional === true ? NO_SCHEMA : additional) : undefined;
    this.items = schema.items && Node.of(schema.items, this.keeps);
    this.defaults = [...this.properties].filter(([, property]) => property.schema.default !== undefined);
    this.rules = compileRules(schema, place.root !== undefined);
    this.ruledBelow = [...this.properties.values(), this.additional, this.items].some(node => node?.ruled);
    this.ruled = this.ruledBelow || this.rules !== undefined;
  }

  /** What the API server makes of a value; what is wrong with it goes to `found`. */
  visit(value: unknown, found: Failure[]): unknown {
    const kind = kindOf(value);
    if (this.schema['x-object-meta']) {
      found.push(...failuresOf(checkTemplateMetadata(value, [])));
      return value;
    }
    if (this.place.root === 'embedded' && kind === OBJECT) {
      checkEmbedded(value as JsonObject, found);
    }
    let made = value;
    if (kind === OBJECT) {
      made = this.visitObject(value as JsonObject, found);
    } else if (kind === ARRAY) {
      made = this.visitList(value as unknown[], found);
    }
    if (this.facts.check(made, kind, found, value)) {
      this.alternatives?.check(made, kind, found);
    }
    if (kind === ARRAY) {
      this.list?.check(made as unknown[], found);
    }
    return made;
  }

  /** Holds a value that `visit` made against the rules in CEL. */
  judge(value: unknown, found: Failure[]): void {
    if (!this.ruled || value === null) {
      return;
    }
    if (this.rules) {
      for (const failure of this.rules.check(value)) {
        found.push(new Failure(FindingRule.CEL, false, () => `${failure.message}, got ${shown(value)}`, ...[...failure.path ?? []].reverse()));
      }
    }
    if (!this.ruledBelow) {
      return;
    }
    if (Array.isArray(value)) {
      for (let i = 0; this.items && i < value.length; i++) {
        judgeWithin(this.items, i, value[i], found);
      }
    } else if (typeof value === 'object') {
      for (const key of Object.keys(value as JsonObject)) {
        const node = this.properties.get(key) ?? this.additional;
        if (node?.ruled) {
          judgeWithin(node, key, (value as JsonObject)[key], found);
        }
      }
    }
  }

  /** The node of a field, undefined when the schema has none. */
  field(name: string | number): Node | undefined {
    return typeof name === 'number' ? this.items : this.properties.get(name) ?? this.additional;
  }

  private visitObject(value: JsonObject, found: Failure[]): JsonObject {
    let made = value;
    for (const key of Object.keys(value)) {
      const given = value[key];
      const node = this.properties.get(key) ?? this.additional;
      const from = found.length;
      let kept = given;
      if (node === undefined) {
        kept = this.unnamed(key, given, found);
      } else if (given === undefined || (given === null && !node.nullable)) {
        kept = given === null ? node.filling() : undefined;
      } else {
        kept = node.visit(given, found);
      }
      if (found.length > from) {
        within(key, found, from);
      }
      if (kept !== given || given === undefined) {
        made = made === value ? { ...value } : made;
        if (kept === undefined) {
          delete made[key];
        } else {
          setKey(made, key, kept);
        }
      }
    }
    for (const [name, node] of this.defaults) {
      if (!Object.hasOwn(made, name)) {
        made = made === value ? { ...value } : made;
        made[name] = node.filling();
      }
    }
    return made;
  }

  /** A field that the schema does not name: kept, or reported and dropped. */
  private unnamed(key: string, value: unknown, found: Failure[]): unknown {
    if (value === undefined || (this.place.root && META.includes(key))) {
      return value;
    }
    if (this.keeps) {
      checkFree(value, found);
      return value;
    }
    found.push(new Failure(FindingRule.UNKNOWN_FIELD, false, () => this.unknown(key)));
    return undefined;
  }

  private unknown(key: string): string {
    const names = [...this.properties.keys()];
    const near = nearest(key, names);
    const hint = near ? `: did you mean '${near}'?` : names.length > 0 && names.length <= 12 ? `: it has ${names.join(', ')}` : ': drop it';
    return `'${key}' is no field here and would be dropped${hint}`;
  }

  private visitList(value: unknown[], found: Failure[]): unknown[] {
    if (value.length > ITEMS) {
      found.push(new Failure(FindingRule.SCHEMA, true, () => `has ${value.length} items, which is more than the API server reads`));
      return [];
    }
    const items = this.items;
    if (!items) {
      return this.visitUntyped(value, found);
    }
    let made = value;
    for (let i = 0; i < value.length; i++) {
      const given = value[i];
      const from = found.length;
      const kept = items.visit((given ?? null) === null && !items.nullable ? items.filling() ?? null : given ?? null, found);
      if (found.length > from) {
        within(i, found, from);
      }
      if (kept !== given) {
        made = made === value ? [...value] : made;
        made[i] = kept;
      }
    }
    return made;
  }

  /** A list whose schema knows no items: objects in it lose all their fields. */
  private visitUntyped(value: unknown[], found: Failure[]): unknown[] {
    const before = found.length;
    checkFree(value, found);
    if (this.keeps || found.length > before) {
      return value;
    }
    return value.map((item, i) => {
      const from = found.length;
      const kept = ANYTHING.visit(item ?? null, found);
      within(i, found, from);
      return kept;
    });
  }

  /** Its default, with the defaults below it; undefined when it has none. */
  private filling(): unknown {
    this.filled ??= { value: this.schema.default === undefined ? undefined : this.visit(this.schema.default, []) };
    return this.filled.value;
  }
}

/** What nothing is known of. */
const ANYTHING = new Node(NO_SCHEMA);

function judgeWithin(node: Node, step: string | number, value: unknown, found: Failure[]): void {
  const from = found.length;
  node.judge(value, found);
  if (found.length > from) {
    within(step, found, from);
  }
}
