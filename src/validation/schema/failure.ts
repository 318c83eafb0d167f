import { FindingRule } from '../finding';

/** What is wrong at a value. It is made where it is found, and each node above adds its step, so that a sound object costs no path. */
export class Failure {
  /** The way to the value, innermost step first. */
  readonly path: (string | number)[];

  /**
   * @param blocks whether the API server leaves the rules in CEL unchecked because of it
   * @param say the message, which is only made for a failure that is reported: those of a discarded alternative are not
   */
  constructor(readonly rule: FindingRule, readonly blocks: boolean, readonly say: () => string, ...path: (string | number)[]) {
    this.path = path;
  }
}

/** Adds a step to all failures from an index on. */
export function within(step: string | number, found: Failure[], from: number): void {
  for (let i = from; i < found.length; i++) {
    found[i].path.push(step);
  }
}
