import { Failure, within } from './failure';
import { ARRAY, FOREIGN, JsonObject, kindOf, OBJECT, shown } from './json';
import { FindingRule } from '../finding';

/** Deeper than anybody writes, and far from the end of the stack. */
const DEPTH = 500;
/** More than fit into a request of 3 MiB. */
const VALUES = 2_000_000;

/** Looks through a value that no schema describes: it must be JSON, and of a depth and size that the API server reads. */
export function checkFree(value: unknown, found: Failure[]): void {
  new Walk(found).visit(value, 0);
}

class Walk {
  private values = 0;
  /** One failure of depth or size is enough: the rest is not looked at, for it may have no end. */
  private stopped = false;

  constructor(private readonly found: Failure[]) {
  }

  visit(value: unknown, depth: number): void {
    const kind = kindOf(value);
    if (kind === FOREIGN && value !== undefined) {
      this.found.push(new Failure(FindingRule.SCHEMA, true, () => `must be a value that JSON has, got ${shown(value)}`));
    } else if (depth > DEPTH) {
      this.stop(`is nested deeper than ${DEPTH} levels, or holds itself`);
    } else if (++this.values > VALUES) {
      this.stop(`holds more than ${VALUES} values`);
    } else if (kind === OBJECT || kind === ARRAY) {
      for (const key of Object.keys(value as object)) {
        const from = this.found.length;
        this.visit((value as JsonObject)[key], depth + 1);
        if (this.found.length > from) {
          within(kind === ARRAY ? Number(key) : key, this.found, from);
        }
        if (this.stopped) {
          return;
        }
      }
    }
  }

  private stop(what: string): void {
    this.stopped = true;
    this.found.push(new Failure(FindingRule.SCHEMA, true, () => `${what}: the API server does not read that`));
  }
}
