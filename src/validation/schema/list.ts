import { Failure } from './failure';
import { canonical, JsonObject, kindOf, NULL, OBJECT, shown } from './json';
import { Schema } from './schema';
import { FindingRule } from '../finding';

const UNSET = Symbol('unset');

/** Makes what tells two items apart: a scalar is itself, and what holds others is its text. */
const identity = (value: unknown) => typeof value === 'object' && value !== null ? canonical(value) + '\n' : value;

/** Checks that the items of a set, or the keys of the items of a map, are unique. */
export class ListFacts {
  static of(schema: Schema): ListFacts | undefined {
    const type = schema['x-kubernetes-list-type'];
    return type === 'set' || type === 'map' ? new ListFacts(type === 'map' ? schema['x-kubernetes-list-map-keys'] ?? [] : undefined) : undefined;
  }

  /** @param keys the keys of a map, undefined for a set */
  private constructor(private readonly keys?: readonly string[]) {
  }

  check(items: unknown[], found: Failure[]): void {
    if (this.keys) {
      for (let i = 0; i < items.length; i++) {
        const kind = kindOf(items[i] ?? null);
        if (kind !== OBJECT && kind !== NULL) {
          found.push(new Failure(FindingRule.LIST_TYPE, false,
            () => `must be an object with ${this.keys!.join(' and ')}, which tell the items of this list apart, got ${shown(items[i])}`, i));
          return;
        }
      }
    }
    if (items.length < 2) {
      return;
    }
    const first = new Map<unknown, number>();
    const told = new Set<unknown>();
    items.forEach((item, i) => {
      const id = this.keys ? this.keyOf(item) : identity(item ?? null);
      const before = first.get(id);
      if (before === undefined) {
        first.set(id, i);
      } else if (!told.has(id)) {
        told.add(id);
        found.push(new Failure(FindingRule.LIST_TYPE, false, () => this.duplicate(item, before), i));
      }
    });
  }

  private keyOf(item: unknown): unknown {
    const object = (item ?? {}) as JsonObject;
    if (this.keys!.length === 1) {
      const [key] = this.keys!;
      return Object.hasOwn(object, key) ? identity(object[key]) : UNSET;
    }
    return canonical(this.keysOf(object));
  }

  private keysOf(object: JsonObject): JsonObject {
    return Object.fromEntries(this.keys!.filter(key => Object.hasOwn(object, key)).map(key => [key, object[key]]));
  }

  private duplicate(item: unknown, before: number): string {
    return this.keys
      ? `must have another ${this.keys.join(' or ')} than item ${before}, got ${shown(this.keysOf((item ?? {}) as JsonObject))}`
      : `must be there once, but item ${before} is the same: drop one, got ${shown(item)}`;
  }
}
