import { Failure, within } from './failure';
import { ARRAY, FOREIGN, JsonObject, kindOf, OBJECT, shown } from './json';
import { FindingRule } from '../finding';

/** Deeper than anybody writes, and far from the end of the stack. */
const DEPTH = 500;
/** More than fit into a request of 3 MiB. */
const VALUES = 1_000_000;

/** Looks through a value that no schema describes: it must be JSON, and of a depth and size that the API server reads. */
export function checkFree(value: unknown, found: Failure[]): void {
  const walk = new Walk(found);
  walk.visit(value, 0);
  if (walk.stopped) {
    found.push(new Failure(FindingRule.SCHEMA, true, () => `${walk.stopped}, which the API server does not read: write less`));
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
    } else if (kind === OBJECT || kind === ARRAY) {
      this.visitBelow(value as JsonObject, kind, depth + 1);
    }
  }

  private visitBelow(value: JsonObject, kind: number, depth: number): void {
    for (const key of Object.keys(value)) {
      const from = this.found.length;
      this.visit(value[key], depth);
      if (this.found.length > from) {
        within(kind === ARRAY ? Number(key) : key, this.found, from);
      }
      if (this.stopped) {
        return;
      }
    }
  }
}
