/**
 * Lets the real engines judge the cases, and holds what they say against what is recorded.
 *
 *   npx projen conformance                      all cases, by all their engines
 *   npx projen conformance CASE...              some of them
 *   npx projen conformance --engine NAME        by some engines only; may be said several times
 *   npx projen conformance --record             writes down what they say, as verdict.json of each case
 *
 * Ends with 0 when every verdict is as recorded, 1 when one moved, 2 on bad usage, 3 when this machine lacks what builds the engines.
 */
import { parseArgs } from 'node:util';
import { Case, caseNames, digestOf, readCase, readSpec } from './case';
import { differences } from './difference';
import { Engine } from './engine';
import { ENGINES } from './engines';
import { record, recordedIn, sorted } from './recorded';
import { render } from './render';

/** A verdict that cannot be had counts as one that moved. */
enum Exit { PASSED = 0, MOVED = 1, USAGE = 2, MISSING = 3 }

interface Options {
  readonly cases: readonly string[];
  readonly engines: readonly string[];
  readonly record: boolean;
}

const times: string[] = [];

/** Does something, and says how long it took. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    times.push(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${what}`);
    console.log(times.at(-1));
  }
}

/** What the command line asks for; throws on what there is not. */
function readOptions(): Options {
  const { values, positionals } = parseArgs({
    options: { record: { type: 'boolean', default: false }, engine: { type: 'string', multiple: true } },
    allowPositionals: true,
  });
  const chosen = (what: string, wanted: string[], known: readonly string[]) => {
    const unknown = wanted.filter(name => !known.includes(name));
    if (unknown.length > 0) {
      throw new Error(`no ${what} is named ${unknown.join(', ')}: use ${known.join(', ')}`);
    }
    return wanted.length > 0 ? known.filter(name => wanted.includes(name)) : known;
  };
  return {
    cases: chosen('case', positionals, caseNames()),
    engines: chosen('engine', values.engine ?? [], ENGINES.map(({ name }) => name)),
    record: values.record,
  };
}

/** What an engine says of its cases; where it fails it says nothing that could be compared. */
async function judge(engine: Engine, cases: readonly Case[], failures: string[]): Promise<Map<Case, unknown>> {
  const said = new Map<Case, unknown>();
  for (const c of cases) {
    try {
      said.set(c, sorted(await engine.judge(c)));
    } catch (error) {
      failures.push(`${c.name}: ${engine.name} failed: ${(error as Error).message}`);
    }
  }
  await engine.close?.();
  return said;
}

/** Where what was said differs from what is recorded, in lines for people. */
function moved(c: Case, said: ReadonlyMap<string, unknown>): string[] {
  const recorded = recordedIn(c.dir);
  if (recorded === undefined) {
    return [`${c.name}: nothing is recorded: run npx projen conformance ${c.name} --record`];
  }
  const stale = recorded.digest === digestOf(c) ? [] : [`${c.name}: was recorded for other manifests: look at what moved, then run npx projen conformance ${c.name} --record`];
  return [...stale, ...[...said].flatMap(([engine, now]) => differences(recorded.engines[engine], now).flatMap(({ path, before, after }) => [
    `${c.name}: ${engine}: ${path || '(all)'}`,
    `  - recorded: ${before ?? '(nothing)'}`,
    `  + now:      ${after ?? '(nothing)'}`,
  ]))];
}

async function run(options: Options): Promise<Exit> {
  const start = performance.now();
  const needed = new Set(options.cases.flatMap(name => readSpec(name).engines));
  const engines = ENGINES.filter(({ name }) => options.engines.includes(name) && needed.has(name));
  const missing = [...new Set(engines.flatMap(engine => engine.missing()))];
  if (missing.length > 0) {
    console.error(['the engines cannot be built here:', ...missing.map(line => `  ${line}`)].join('\n'));
    return Exit.MISSING;
  }
  const cases = await timed(`reading ${options.cases.length} cases`, async () => options.cases.map(name => readCase(name, render)));
  const failures: string[] = [];
  const said = new Map<Case, Map<string, unknown>>(cases.map(c => [c, new Map<string, unknown>()]));
  for (const engine of engines) {
    const its = cases.filter(c => c.spec.engines.includes(engine.name));
    await timed(`${engine.name}: building`, () => engine.build());
    const verdicts = await timed(`${engine.name}: ${its.length} cases`, () => judge(engine, its, failures));
    verdicts.forEach((verdict, c) => said.get(c)?.set(engine.name, verdict));
  }
  const count = [...said.values()].reduce((sum, verdicts) => sum + verdicts.size, 0);
  if (options.record) {
    said.forEach((verdicts, c) => record(c, verdicts));
  } else {
    failures.push(...[...said].flatMap(([c, verdicts]) => moved(c, verdicts)));
  }
  console.log([...failures, '=== times', ...times].join('\n'));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`conformance: ${count} verdicts on ${cases.length} cases in ${seconds} s: ${failures.length > 0 ? 'moved or failed, see above' : options.record ? 'recorded' : 'all as recorded'}`);
  return failures.length > 0 ? Exit.MOVED : Exit.PASSED;
}

async function main(): Promise<Exit> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: npx projen conformance [CASE...] [--engine NAME] [--record]`);
    return Exit.USAGE;
  }
  return run(options);
}

main().then(code => process.exitCode = code, (error: Error) => {
  console.error(error.message);
  process.exitCode = Exit.MOVED;
});
