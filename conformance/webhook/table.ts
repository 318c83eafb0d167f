import { readRules, readVerdicts, WebhookRule, WebhookVerdict } from './rules';
import { Row } from '../../test/istio/webhook/row';
import { TABLES } from '../../test/istio/webhook/rows';

/** The longest that the webhook is quoted. */
const QUOTE = 160;
const ADVICE = /^EnvoyFilter exposes internal implementation details/;

/** The page of the rules that only the webhook knows: what it says, and what happens to who tries to break one. */
export function webhookPage(): string {
  const rows: { readonly [rule: string]: Row } = Object.assign({}, ...TABLES);
  const rules = readRules();
  const verdicts = readVerdicts();
  const count = (says: (row: Row) => unknown) => rules.filter(({ rule }) => says(rows[rule]) !== undefined).length;
  const warned = rules.filter(({ rule }) => verdicts[rule].refused === undefined).length;
  const allowed = rules.filter(({ rule }) => rows[rule].allowed !== undefined);
  return [
    '<!-- Written by conformance/webhook/page.ts. -->',
    '# Rules of Istio that only its webhook knows',
    '',
    'What no CustomResourceDefinition of Istio 1.31.1 says, and the validating webhook of istiod refuses or warns of: without this library one learns of it',
    'in the cluster. Each rule has an object that breaks it alone ([rules.yaml](../conformance/webhook/rules.yaml)), what the webhook says of that object',
    '([verdicts.json](../conformance/webhook/verdicts.json)), and what happens to who tries to write the object with constructs',
    '([tables](../test/istio/webhook)). `npm test` runs every program of the tables, and has the compiler refuse what cannot be written.',
    '',
    `${rules.length} rules: the webhook refuses ${rules.length - warned} and warns of ${warned}. Of constructs, ${count(({ message }) => message)} throw,` +
      ` ${count(({ impossible }) => impossible)} cannot be written, ${allowed.length} can be written all the same.`,
    '',
    ...kinds(rules).flatMap(kind => [`## ${kind}`, '', line(['rule', 'what the webhook says', 'what happens here']), line(['---', '---', '---']),
      ...rules.filter(rule => rule.kind === kind).map(({ rule }) => line([rule, said(verdicts[rule]), happens(rows[rule])])), '']),
  ].join('\n');
}

function kinds(rules: readonly WebhookRule[]): readonly string[] {
  return [...new Set(rules.map(({ kind }) => kind))];
}

function said({ refused, warned = [] }: WebhookVerdict): string {
  const [own = ''] = warned.filter(warning => !ADVICE.test(warning));
  const text = (refused ?? own).replace(/\d+ errors? occurred:/, '').replace(/\s+\* /g, '; ').replace(/^\W+ /, '').replace(/\s+/g, ' ').trim();
  return `${refused === undefined ? 'warns' : 'refuses'}: ${code(text.length > QUOTE ? `${text.slice(0, QUOTE)}…` : text)}`;
}

function happens({ message, impossible, allowed }: Row): string {
  return message !== undefined ? `throws: ${code(message)}` : impossible !== undefined ? `cannot be written: ${impossible}` : `allowed: ${allowed}`;
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(text => text.replace(/\|/g, '\\|')).join(' | ')} |`;
}
