import { FindingRule } from './finding';

/** What is wrong at a path of an object. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly rule: FindingRule;
  readonly message: string;
}
