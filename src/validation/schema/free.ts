import { Failure, within } from './failure';
import { ARRAY, FOREIGN, JsonObject, kindOf, OBJECT, shown } from './json';
import { FindingRule } from '../finding';

/** Deeper than anybody writes, and far from the end of the stack. */
const DEPTH = 500;
/** A request has at most 3 MiB, and a value takes about a dozen bytes; one that is shared over and over gets there soon. */
const VALUES = 250_000;

/** Looks through a value that no schema describes: it must be JSON, and have an end. */
export function checkFree(value: unknown, found: Failure[]): void {
  const walk = new Walk(found);
  walk.visit(value, 0);
  if (walk.stopped) {
    found.push(new Failure(FindingRule.SCHEMA, true, () => `${walk.stopped}: write less of it`));
  }
}

class Walk {
  /** Why the rest is not looked at: it may have no end. */
  stopped?: string;
  private values = 0;

  constructor(private readonly found: Failure[]) {
  }

  visit(value: unknown, depth: number): void {
    const kind = kindOf(value);
    if (kind === FOREIGN && value !== undefined) {
      this.found.push(new Failure(FindingRule.SCHEMA, true, () => `must be a value that JSON has, got ${shown(value)}`));
    } else if (depth > DEPTH) {
      this.stopped = `is nested deeper than ${DEPTH} levels, or holds itself`;
    } else if (++this.values > VALUES) {
      this.stopped = `holds more than ${VALUES} values`;
    } else if (kind === ARRAY) {
      const items = value as unknown[];
      for (let i = 0; i < items.length && !this.stopped; i++) {
        this.step(i, items[i], depth);
      }
    } else if (kind === OBJECT) {
      for (const key of Object.keys(value as JsonObject)) {
        if (!this.stopped) {
          this.step(key, (value as JsonObject)[key], depth);
        }
      }
    }
  }

  private step(key: string | number, value: unknown, depth: number): void {
    const from = this.found.length;
    this.visit(value, depth + 1);
    if (this.found.length > from) {
      within(key, this.found, from);
    }
  }
}
