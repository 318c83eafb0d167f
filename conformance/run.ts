/**
 * Lets the real engines judge the cases, and holds what they say against what is recorded.
 *
 *   npx projen conformance                      all cases, by all their engines, and what else is recorded of them
 *   npx projen conformance CASE...              some of them
 *   npx projen conformance --engine NAME        by some engines only; may be said several times
 *   npx projen conformance --record             writes down what they say, as verdict.json of each case
 *
 * Ends with 0 when every verdict is as recorded, 1 when one moved, 2 on bad usage, 3 when this machine lacks what builds the engines.
 */
import { parseArgs } from 'node:util';
import { Case, caseNames, readCase, readSpec } from './case';
import { conform } from './conform';
import { ENGINES } from './engines';
import { holdRecordings } from './recordings';
import { renderAll } from './render';
import { Stopwatch } from './stopwatch';

/** A verdict that cannot be had counts as one that moved. */
enum Exit { PASSED = 0, MOVED = 1, USAGE = 2, MISSING = 3 }

interface Options {
  readonly cases: readonly string[];
  /** Whether nobody chose among the cases: then what is recorded beside them is held too. */
  readonly all: boolean;
  readonly engines: readonly string[];
  readonly record: boolean;
}

/** What the command line asks for; throws on what there is not. */
function readOptions(): Options {
  const { values, positionals } = parseArgs({
    options: { record: { type: 'boolean', default: false }, engine: { type: 'string', multiple: true } },
    allowPositionals: true,
  });
  return {
    cases: choose('case', positionals, caseNames()),
    all: positionals.length === 0,
    engines: choose('engine', values.engine ?? [], ENGINES.map(({ name }) => name)),
    record: values.record,
  };
}

function choose(what: string, wanted: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = wanted.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`no ${what} is named ${unknown.join(', ')}: use ${known.join(', ')}`);
  }
  return wanted.length > 0 ? known.filter(name => wanted.includes(name)) : known;
}

async function readCases(names: readonly string[]): Promise<Case[]> {
  const render = await renderAll(names.flatMap(name => readSpec(name).app ?? []));
  return names.map(name => readCase(name, render));
}

async function run(options: Options): Promise<Exit> {
  const needed = new Set(options.cases.flatMap(name => readSpec(name).engines));
  const engines = ENGINES.filter(({ name }) => options.engines.includes(name) && needed.has(name));
  const missing = new Set(engines.flatMap(engine => engine.missing()));
  if (missing.size > 0) {
    console.error(['the engines cannot be built here:', ...missing].join('\n  '));
    return Exit.MISSING;
  }
  const stopwatch = new Stopwatch(line => console.log(line));
  const cases = await stopwatch.time(`making the manifests of ${options.cases.length} cases`, () => readCases(options.cases));
  const { verdicts, complaints: moved } = await conform(cases, engines, options.record, stopwatch);
  const others = options.all ? await holdRecordings(engines.map(({ name }) => name), options.record, stopwatch) : [];
  const complaints = [...moved, ...others];
  const outcome = complaints.length > 0 ? 'moved or failed, see above' : options.record ? 'recorded' : 'all as recorded';
  console.log([...complaints, '=== times', ...stopwatch.lines].join('\n'));
  console.log(`conformance: ${verdicts} verdicts on ${cases.length} cases in ${stopwatch.seconds} s: ${outcome}`);
  return complaints.length > 0 ? Exit.MOVED : Exit.PASSED;
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
