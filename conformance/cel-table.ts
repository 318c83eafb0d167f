import { Kind } from './fuzz/kinds';
import { placedRules } from './fuzz/rule-search';
import { compileRules } from '../src/validation/cel/rules';
import type { Schema } from '../src/validation/schema/schema';

interface Covered {
  readonly bundle: string;
  readonly rule: string;
  /** A schema that has the rule, for compiling it. */
  readonly schema: Schema;
  /** It compares with the object before an update, or is about the status, which a new object cannot have. */
  readonly onlyOnUpdate: boolean;
  failed: boolean;
  passed: boolean;
}

/** Which rules of which bundle some case fails, and some case passes. */
export class Coverage {
  private readonly rules = new Map<string, Covered>();

  constructor(kinds: readonly Kind[]) {
    for (const { bundle, schema } of kinds) {
      for (const { rule, steps, schema: node } of placedRules(schema)) {
        const key = keyOf(bundle, rule);
        const optional = node['x-kubernetes-validations']!.some(other => other.rule.trim() === rule && other.optionalOldSelf === true);
        const late = steps[0] === 'status' || (/\boldSelf\b/.test(rule) && !optional);
        const onlyOnUpdate = late && this.rules.get(key)?.onlyOnUpdate !== false;
        this.rules.set(key, { bundle, rule, schema: node, onlyOnUpdate, failed: false, passed: false });
      }
    }
  }

  fail(bundle: string, rule: string): void {
    this.rules.get(keyOf(bundle, rule))!.failed = true;
  }

  pass(bundle: string, rule: string): void {
    this.rules.get(keyOf(bundle, rule))!.passed = true;
  }

  fails(bundle: string, rule: string): boolean {
    return this.rules.get(keyOf(bundle, rule))!.failed;
  }

  passes(bundle: string, rule: string): boolean {
    return this.rules.get(keyOf(bundle, rule))!.passed;
  }

  /** Whether nothing is left to look for. */
  isWhole(bundle: string, rule: string): boolean {
    const { failed, passed, onlyOnUpdate } = this.rules.get(keyOf(bundle, rule))!;
    return onlyOnUpdate || (failed && passed);
  }

  /** How much is covered. */
  size(): number {
    return this.all().reduce((sum, { failed, passed }) => sum + Number(failed) + Number(passed), 0);
  }

  all(): Covered[] {
    return [...this.rules.values()];
  }
}

function keyOf(bundle: string, rule: string): string {
  return `${bundle} ${rule}`;
}

/** Whether our library takes a rule; one that it does not take refuses every value, and says so. */
function compiles({ schema, rule }: Covered): boolean {
  return !compileRules(schema)!.check({}).some(failure => failure.rule.trim() === rule && failure.message.startsWith('rule compile error'));
}

const HEAD = `# Coverage of the rules in CEL

Made by \`npx tsx conformance/cel-coverage.ts\`; do not edit. The rules are those of the pinned definitions in \`crds/\`, each counted once for its bundle, however many fields have it.
A rule is compiled by our validator; that a case fails it or passes it is the word of the API server's own validators, and \`test/validation/cel-cases.test.ts\` holds ours to the same
verdicts and the same paths. A rule that compares with the object before an update, or is about the status only, says nothing of a new object: it is compiled, and counted apart.
`;

function cellsOf(name: string, rules: readonly Covered[]): string {
  const asked = rules.filter(({ onlyOnUpdate }) => !onlyOnUpdate);
  const count = (part: Covered[]) => part.length;
  const failed = count(asked.filter(rule => rule.failed));
  const share = asked.length === 0 ? '–' : `${(100 * failed / asked.length).toFixed(1)} %`;
  return `| ${[name, rules.length, count(rules.filter(compiles)), rules.length - asked.length, failed, share, count(asked.filter(({ passed }) => passed))].join(' | ')} |`;
}

/** The table, and the rules that no case covers. */
export function coverageTable(coverage: Coverage): string {
  const all = coverage.all();
  const bundles = [...new Set(all.map(({ bundle }) => bundle))].sort();
  const uncovered = all.filter(({ failed, passed, onlyOnUpdate }) => !onlyOnUpdate && !(failed && passed));
  const distinct = [...new Map(all.map(rule => [rule.rule, {
    ...rule,
    failed: all.some(other => other.rule === rule.rule && other.failed),
    passed: all.some(other => other.rule === rule.rule && other.passed),
  }])).values()];
  return [
    HEAD,
    '| bundle | rules | compiled | only on update | failed by a case | share | passed by a case |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...bundles.map(bundle => cellsOf(bundle, all.filter(rule => rule.bundle === bundle))),
    cellsOf('distinct in all', distinct),
    '',
    ...uncovered.length === 0 ? ['Every rule has a case that fails it and a case that passes it.'] : ['## Without a case', ''],
    ...uncovered.map(({ bundle, rule, failed, passed }) => `- ${bundle}, ${failed ? 'never passed' : passed ? 'never failed' : 'neither failed nor passed'}: \`${rule.replace(/\s+/g, ' ')}\``),
    '',
  ].join('\n');
}
