/**
 * Says which rules of the pinned definitions are covered by a case that fails them, and by one that passes them:
 *
 *   npx tsx conformance/cel-coverage.ts             writes docs/cel-coverage.md from test/data/cel-cases.json, with the engine's verdicts
 *   npx tsx conformance/cel-coverage.ts --search    looks for cases of rules that have none yet
 *   npx tsx conformance/cel-coverage.ts --check     writes nothing, fails when the table or a verdict moved
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiServerStream, Channel, CHANNELS } from './apiserver';
import { coverageTable, Coverage } from './cel-table';
import { allKinds, Kind } from './fuzz/kinds';
import { makePool, drawing } from './fuzz/pool';
import { failedRules, placedRules, searchFailure, searchPass } from './fuzz/rule-search';
import { examples } from './fuzz/seeds';
import { shrink } from './fuzz/shrink';
import { Verdict, verdictOf } from './verdict';

const CASES = join(__dirname, '..', 'test', 'data', 'cel-cases.json');
const TABLE = join(__dirname, '..', 'docs', 'cel-coverage.md');
/** A rule is looked for at so many of the places that have it, from so many objects. */
const [PLACES, STARTS] = [2, 4];

const kinds = allKinds();

interface CelCase {
  readonly channel: Channel;
  readonly verdict: Verdict;
  readonly object: { readonly apiVersion: string; readonly kind: string };
}

function textOf(cases: readonly CelCase[]): string {
  return `[\n${cases.map(c => JSON.stringify(c)).join(',\n')}\n]\n`;
}

type Engines = ReadonlyMap<Channel, ApiServerStream>;

async function startEngines(rules: boolean): Promise<Engines> {
  const engines = new Map<Channel, ApiServerStream>();
  for (const channel of CHANNELS) {
    engines.set(channel, await ApiServerStream.start(channel, { rules }));
  }
  return engines;
}

const isOf = ({ channel, object }: CelCase) => (kind: Kind) =>
  kind.channel === channel && kind.apiVersion === object.apiVersion && kind.kind === object.kind;

/** Adds what a case fails or passes to what is covered, and tells whether something is new. */
async function cover(c: CelCase, coverage: Coverage, naming: Engines): Promise<boolean> {
  const kind = kinds.find(isOf(c));
  if (!kind) {
    throw new Error(`no bundle of the ${c.channel} channel has ${c.object.apiVersion} ${c.object.kind}, which a case is of`);
  }
  const verdict = await naming.get(c.channel)!.judge(c.object);
  const before = coverage.size();
  failedRules(verdict).forEach(rule => coverage.fail(kind.bundle, rule));
  verdict.passed?.forEach(rule => coverage.pass(kind.bundle, rule));
  return coverage.size() > before;
}

/** Finds cases for what is not covered: valid objects for passing, mutated ones for failing. */
async function search(cases: CelCase[], coverage: Coverage, naming: Engines, judging: Engines): Promise<void> {
  const add = async ({ channel }: Kind, object: unknown) => {
    const c = { channel, verdict: verdictOf(await judging.get(channel)!.judge(object)), object: object as CelCase['object'] };
    if (await cover(c, coverage, naming)) {
      cases.push(c);
    }
  };
  for (const object of examples() as CelCase['object'][]) {
    for (const kind of kinds.filter(({ apiVersion, kind: name }) => apiVersion === object.apiVersion && name === object.kind)) {
      await add(kind, object);
    }
  }
  for (const [i, kind] of kinds.entries()) {
    const rules = placedRules(kind.schema).filter(({ rule }) => !coverage.isWhole(kind.bundle, rule));
    if (rules.length === 0) {
      continue;
    }
    const engine = naming.get(kind.channel)!;
    // Small objects are judged the faster, and a rule seldom needs a large one.
    const pool = (await makePool(kind, engine, i + 1, examples())).sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
    for (const object of pool) {
      const passes = (await engine.judge(object)).passed ?? [];
      const wanted = passes.filter(rule => !coverage.passes(kind.bundle, rule));
      if (wanted.length > 0) {
        await add(kind, await shrink(object, async smaller => {
          const { passed } = await engine.judge(smaller);
          return wanted.every(rule => passed?.includes(rule));
        }));
      }
    }
    const tried = new Map<string, number>();
    for (const placed of rules) {
      tried.set(placed.rule, (tried.get(placed.rule) ?? 0) + 1);
      if (!coverage.fails(kind.bundle, placed.rule) && tried.get(placed.rule)! <= PLACES) {
        const object = await searchFailure(kind, placed, pool.slice(0, STARTS), engine, drawing(i + 1));
        if (object !== undefined) {
          await add(kind, await shrink(object, async smaller => failedRules(await engine.judge(smaller)).includes(placed.rule)));
        }
      }
      if (!coverage.passes(kind.bundle, placed.rule) && tried.get(placed.rule)! <= PLACES) {
        const object = await searchPass(kind, placed, pool.slice(0, STARTS), engine, drawing(i + 1));
        if (object !== undefined) {
          await add(kind, await shrink(object, async smaller => (await engine.judge(smaller)).passed?.includes(placed.rule) === true));
        }
      }
    }
    writeFileSync(CASES, textOf(cases));
    console.log(`${kind.channel} ${kind.apiVersion} ${kind.kind}: ${cases.length} cases, ${coverage.size()} covered`);
  }
}

async function main(): Promise<void> {
  const [naming, judging] = [await startEngines(true), await startEngines(false)];
  const before = existsSync(CASES) ? readFileSync(CASES, 'utf8') : '[]';
  const cases: CelCase[] = [];
  const coverage = new Coverage(kinds);
  for (const { channel, object } of JSON.parse(before) as CelCase[]) {
    const c = { channel, verdict: verdictOf(await judging.get(channel)!.judge(object)), object };
    await cover(c, coverage, naming);
    cases.push(c);
  }
  if (process.argv.includes('--search')) {
    await search(cases, coverage, naming, judging);
  }
  await Promise.all([...naming.values(), ...judging.values()].map(engine => engine.close()));
  const [text, table] = [textOf(cases), coverageTable(coverage)];
  if (!process.argv.includes('--check')) {
    writeFileSync(CASES, text);
    writeFileSync(TABLE, table);
  } else if (before !== text || readFileSync(TABLE, 'utf8') !== table) {
    console.error('docs/cel-coverage.md and the verdicts in test/data/cel-cases.json are not what the engine says: run npx tsx conformance/cel-coverage.ts, and look at what moved');
    process.exitCode = 1;
  }
}

void main();
