import { FindingRule } from './finding';

/** What is wrong at a path of an object. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly rule: FindingRule;
  readonly message: string;
}

/** What the release that a cluster has lacks. */
export function versionProblem(path: Problem['path'], message: string): Problem {
  return { path, rule: FindingRule.VERSION, message };
}
