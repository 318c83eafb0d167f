import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { complaintsOf } from './webhook/attempts';
import { messageOf } from './webhook/row';
import { TABLES } from './webhook/rows';
import { readRules, readVerdicts } from '../../conformance/webhook/rules';
import { webhookPage } from '../../conformance/webhook/table';
import * as api from '../../src';

const rules = readRules().map(({ rule }) => rule);
const verdicts = readVerdicts();
const rows = TABLES.flatMap(table => Object.entries(table));
const SRC = readFileSync(join(__dirname, '..', '..', 'src', 'index.ts'), 'utf8').match(/'\.\/.*'/g)!
  .map(path => readFileSync(join(__dirname, '..', '..', 'src', `${path.slice(3, -1)}.ts`), 'utf8')).join('\n');

describe('the rules that only the webhook of istiod knows', () => {
  test('have one row each', () => {
    expect(new Set(rules).size).toBe(rules.length);
    expect(rows.map(([rule]) => rule).sort()).toEqual([...rules].sort());
  });

  test('are rules: the webhook refuses each object, or warns of it', () => {
    expect(Object.keys(verdicts)).toEqual(rules);
    expect(rules.filter(rule => verdicts[rule].refused === undefined && verdicts[rule].warned === undefined)).toEqual([]);
  });

  test.each(rows.filter(([, { message }]) => message !== undefined))('%s: who breaks it is told', (_, { program, message }) => {
    expect(messageOf(program!)).toBe(message);
  });

  test('are broken by no program that type-checks, where none is there', () => {
    const impossible = rows.filter(([, { attempt }]) => attempt !== undefined);
    // One that does type-check, to show that the others do not for what they are.
    const [fine, ...complaints] = complaintsOf(['IstioServer.http({ hosts: ["*"] })', ...impossible.map(([, { attempt }]) => attempt!)]);

    expect(fine).toEqual([]);
    expect(impossible.filter((_one, index) => complaints[index].length === 0).map(([rule]) => rule)).toEqual([]);
    expect(complaints.flat().filter(complaint => /^Cannot find name|expected\.$/.test(complaint))).toEqual([]);
  }, 120_000);

  test.each(rows.filter(([, { written }]) => written !== undefined))('%s: something else is written', (_, { program, written }) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    program!(chart);

    expect(Testing.synth(chart)[0].spec).toEqual(written);
  });

  test.each(rows.filter(([, { allowed }]) => allowed !== undefined))('%s: it is allowed', (rule, { program }) => {
    expect(messageOf(program!)).toBeUndefined();
    expect(verdicts[rule].refused).toBeUndefined();
  });

  test('name types, factories and properties that there are', () => {
    const named = rows.flatMap(([, { impossible, allowed }]) => (impossible ?? allowed ?? '').match(/`[^`]+`/g) ?? []).map(name => name.slice(1, -1));

    expect(named.filter(name => {
      const [type, member] = name.split('.');
      return !(type in api || SRC.includes(`export interface ${type} `)) || (member !== undefined && !new RegExp(`\\b${member}\\b[?(:]`).test(SRC));
    })).toEqual([]);
    expect(rows.filter(([, { impossible }]) => impossible !== undefined && !impossible.includes('`')).map(([rule]) => rule)).toEqual([]);
  });

  test('are what docs/istio-webhook-rules.md says: else run npx tsx conformance/webhook/page.ts', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'istio-webhook-rules.md'), 'utf8')).toBe(webhookPage());
  });
});
