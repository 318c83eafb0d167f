import { Schema } from '../schema/schema';

/** What a rule in CEL says against a value. */
export interface RuleFailure {
  readonly message: string;
  /** Where in the value, when the rule has a `fieldPath`. */
  readonly path?: ReadonlyArray<string | number>;
  readonly rule: string;
  readonly reason?: string;
}

/** The rules of one node of a schema. */
export class RuleSet {
  constructor(private readonly schema: Schema) {}

  public check(value: unknown): RuleFailure[] {
    void value;
    void this.schema;
    return [];
  }
}

/** The rules of a node, or undefined when it has none. They are compiled on first use. */
export function compileRules(schema: Schema): RuleSet | undefined {
  return schema['x-kubernetes-validations']?.length ? new RuleSet(schema) : undefined;
}
