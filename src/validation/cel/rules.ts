import { CompiledRule, RuleFailure } from './rule';
import { schemaType } from './schema-type';
import { Schema } from '../schema/schema';

export type { RuleFailure };

/** The rules of one node of a schema. They are compiled when the first value comes. */
export class RuleSet {
  private rules?: readonly CompiledRule[];

  constructor(private readonly schema: Schema, private readonly root: boolean) {}

  /** What the rules say of a new object's value; transition rules, which compare it with an old one, say nothing. */
  public check(value: unknown): RuleFailure[] {
    if (value === null || value === undefined) {
      return [];
    }
    this.rules ??= this.compile();
    const variables: unknown[] = [value];
    let failures: RuleFailure[] | undefined;
    for (const rule of this.rules) {
      const failure = rule.check(variables);
      if (failure) {
        (failures ??= []).push(failure);
      }
    }
    return failures ?? NO_FAILURES;
  }

  private compile(): CompiledRule[] {
    const type = schemaType(this.schema, this.root);
    return (this.schema['x-kubernetes-validations'] ?? []).map(rule => new CompiledRule(rule, this.schema, type)).filter(rule => rule.runs);
  }
}

const NO_FAILURES: RuleFailure[] = [];

/**
 * The rules of a node, or undefined when it has none. They are compiled on first use.
 * The root of a resource, and that of an embedded one, has a type and a name that rules see.
 */
export function compileRules(schema: Schema, root = schema['x-kubernetes-embedded-resource'] === true): RuleSet | undefined {
  return schema['x-kubernetes-validations']?.length ? new RuleSet(schema, root) : undefined;
}
