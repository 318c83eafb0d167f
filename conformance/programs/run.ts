/**
 * Lets programs of random construct calls run, and engines judge what they make:
 *
 *   npx projen fuzz:programs [--api gateway|istio|linkerd] [--programs 5000] [--seed 1] [--construct NAME]
 *
 * Needs the assembly that `npx projen compile` writes, and Go for the engines: the API server, and for Istio istiod and its webhook. Prints how many programs
 * throw, what they say, and how often each part of the public API was used by a program that was accepted. Ends with status 1 if an object is rejected, too
 * many programs throw, or a part is used too seldom.
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { Api, Opening } from './api';
import { apiNamed } from './apis';
import { Assembly } from './assembly';
import { Generator } from './generate';
import { interpret, Interpreted } from './interpret';
import { Judge } from './judge';
import { startJudge } from './judges';
import { saidBy, sayable } from './members';
import { Program, programText } from './program';
import { Draw, drawing } from '../fuzz/pool';
import { shrink } from '../fuzz/shrink';

const GOALS = { running: 0.7, uses: 20 };
/** So often a beginning is looked for that does not throw. */
const OPENINGS = 20;
const SHOWN = { messages: 15, rejected: 10 };

/** A program that an engine rejects, and what is said of it. */
interface Rejected {
  readonly program: Program;
  readonly complaints: readonly string[];
}

interface Tally {
  programs: number;
  running: number;
  objects: number;
  readonly rejected: Rejected[];
  readonly messages: Map<string, number>;
  readonly uses: Map<string, number>;
}

const percent = (part: number, whole: number) => `${(100 * part / Math.max(1, whole)).toFixed(1)} %`;
const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** What a program makes; the message of its error when it throws. */
function outcome(program: Program): Interpreted | string {
  try {
    return interpret(program);
  } catch (error) {
    // What the program chose says nothing of the kind of the error.
    return (error as Error).message.replace(/\[[\w/-]+\]/g, '').replace(/'[^']*'|\d+/g, '…').replace(/\s+/g, ' ').slice(0, 180);
  }
}

async function complaintsOf(program: Program, judge: Judge): Promise<string[]> {
  const made = outcome(program);
  return typeof made === 'string' ? [] : (await judge.complaints([made]))[0];
}

/** Chooses what a program is about: half of the time any construct with which something can be said that was said too seldom, else one with much of that. */
function chooser(constructs: string[], assembly: Assembly, api: Api, wanted: ReadonlySet<string>): (draw: Draw) => string {
  const reach = constructs.map(construct => new Set(sayable(assembly, api, [construct])));
  return draw => {
    const below = (count: number) => draw(fc.noBias(fc.integer({ min: 0, max: count - 1 })));
    const open = reach.map(members => [...wanted].filter(member => members.has(member)).length);
    const lacking = constructs.filter((_, i) => open[i] > 0);
    if (lacking.length > 0 && below(2) === 0) {
      return lacking[below(lacking.length)];
    }
    // What others begin with is a world of its own each time.
    const weights = constructs.map((construct, i) => Math.ceil((10 + 30 * open[i]) / (api.isOpening(construct) ? 3 : 1)));
    let left = below(weights.reduce((sum, weight) => sum + weight, 0));
    return constructs[weights.findIndex(weight => (left -= weight) < 0)];
  };
}

/** How several programs begin; with nothing, when what was tried throws. */
function openingOf(generator: Generator, draw: Draw): Opening {
  for (let i = 0; i < OPENINGS; i++) {
    const opening = generator.opening(draw);
    const runs = typeof outcome(opening) !== 'string';
    generator.settle(runs);
    if (runs) {
      return opening;
    }
  }
  return { statements: [] };
}

/** What a program says beside how all of them begin. */
function withoutOpening(program: Program, opening?: Opening): Program {
  const isShared = opening?.statements.every((statement, i) => program.statements[i] === statement);
  return isShared ? { ...program, statements: program.statements.slice(opening!.statements.length) } : program;
}

async function tallyOf(constructs: string[], count: number, seed: number, assembly: Assembly, api: Api, judge: Judge): Promise<Tally> {
  const wanted = new Set(sayable(assembly, api, constructs));
  const generator = new Generator(assembly, api, wanted);
  const tally: Tally = { programs: 0, running: 0, objects: 0, rejected: [], messages: new Map(), uses: new Map() };
  const choose = chooser(constructs, assembly, api, wanted);
  let waiting: [Program, Interpreted][] = [];
  let opening: Opening | undefined;
  const settle = async () => {
    const complaints = await judge.complaints(waiting.map(([, made]) => made));
    const judged = waiting.map(([program], i) => ({ program, complaints: complaints[i] }));
    tally.rejected.push(...judged.filter(rejected => rejected.complaints.length > 0));
    waiting.filter((_, i) => complaints[i].length === 0).forEach(([program]) => saidBy(withoutOpening(program, opening), assembly).forEach(member => {
      add(tally.uses, member);
      if (tally.uses.get(member) === GOALS.uses) {
        wanted.delete(member);
      }
    }));
    waiting = [];
  };
  for (; tally.programs < count; tally.programs++) {
    const draw = drawing(seed * 1_000_003 + tally.programs);
    // What is judged at once begins alike, as a cluster has one mesh.
    if (judge.atOnce > 1 && tally.programs % judge.atOnce === 0) {
      opening = openingOf(generator, draw);
    }
    const program = generator.program(choose(draw), draw, opening);
    const made = outcome(program);
    generator.settle(typeof made !== 'string');
    if (typeof made === 'string') {
      add(tally.messages, made);
    } else {
      tally.running++;
      tally.objects += made.objects.length;
      waiting.push([program, made]);
    }
    if ((tally.programs + 1) % judge.atOnce === 0) {
      await settle();
    }
  }
  await settle();
  return tally;
}

/** Prints the rejected programs, each as small as it can be while the same is said of it. */
async function showRejected(rejected: readonly Rejected[], judge: Judge): Promise<void> {
  const kindOf = (complaints: readonly string[]) => complaints.join('\n').replace(/\d+|'[^']*'|"[^"]*"/g, '');
  const seen = new Set<string>();
  for (const { program, complaints } of rejected) {
    if (seen.size < SHOWN.rejected && !seen.has(kindOf(complaints))) {
      seen.add(kindOf(complaints));
      const isSame = async (smaller: unknown) => kindOf(await complaintsOf(smaller as Program, judge)) === kindOf(complaints);
      // What cannot be said again is not the program's fault alone, and stays as it is.
      const smallest = await isSame(program) ? await shrink(program, isSame) as Program : program;
      console.log(`\nrejected:\n${programText(smallest)}\n  ${complaints.join('\n  ')}`);
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      api: { type: 'string', default: 'gateway' }, programs: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' }, construct: { type: 'string' },
    },
  });
  const api = apiNamed(values.api);
  const assembly = Assembly.read(api.rooms);
  const constructs = assembly.constructs().filter(construct => values.construct === undefined || construct.endsWith(`.${values.construct}`));
  if (constructs.length === 0) {
    throw new Error(`no construct of ${api.title} is named ${values.construct}`);
  }
  const judge = await startJudge(api);
  const tally = await tallyOf(constructs, Number(values.programs), Number(values.seed), assembly, api, judge);
  const { programs, running, objects, rejected, messages, uses } = tally;
  await showRejected(rejected, judge);
  await judge.close();

  console.log('\nmessages of programs that throw, the commonest first:');
  const show = (count: number, text: string) => console.log(`${String(count).padStart(6)}  ${text}`);
  [...messages].sort((a, b) => b[1] - a[1]).slice(0, SHOWN.messages).forEach(([message, count]) => show(count, message));
  console.log('\nuses in accepted programs:');
  const members = sayable(assembly, api);
  members.forEach(member => show(uses.get(member) ?? 0, member));
  // A single construct does not use what the others have.
  const seldom = values.construct === undefined ? members.filter(member => (uses.get(member) ?? 0) < GOALS.uses) : [];

  console.log(`\n${programs} programs about ${constructs.length} constructs with seed ${values.seed}: ${running} did not throw, ${percent(running, programs)} ` +
    `(goal: at least ${100 * GOALS.running} %), and made ${objects} objects`);
  judge.report().forEach(line => console.log(line));
  console.log(`rejected programs: ${rejected.length}`);
  const named = seldom.length === 0 ? 'none' : `${seldom.length}: ${seldom.join(', ')}`;
  console.log(`of ${members.length} parts of the public API, used fewer than ${GOALS.uses} times: ${named}`);
  if (rejected.length > 0 || running < GOALS.running * programs || seldom.length > 0) {
    process.exitCode = 1;
  }
}

void main();
