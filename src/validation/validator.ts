import { FindingRule } from './finding';

/** What is wrong at a path of an object. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly rule: FindingRule;
  readonly message: string;
}

/** A channel of the Gateway API. */
export type Channel = 'standard' | 'experimental';

/** Whether the installed bundles serve a kind: no bundle holds its group, or the group lacks it, or the version is not served, or only the other channel has it. */
export type Known = 'yes' | 'foreign-group' | 'no-kind' | 'unserved-version' | 'other-channel';

/** Says of one object what the API server would say when it is created. */
export class Validator {
  /** The validator for a channel; schemas load with the first object of their group. */
  static of(channel: Channel): Validator {
    let validator = Validator.validators.get(channel);
    if (!validator) {
      validator = new Validator(channel);
      Validator.validators.set(channel, validator);
    }
    return validator;
  }

  private static readonly validators = new Map<Channel, Validator>();

  private constructor(readonly channel: Channel) {
  }

  /** Whether a kind is covered. */
  knows(_apiVersion: string, _kind: string): Known {
    return 'foreign-group';
  }

  /** What is wrong with an object; nothing for a kind of a foreign group. */
  check(_object: unknown): Problem[] {
    return [];
  }
}
