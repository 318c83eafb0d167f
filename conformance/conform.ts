import { Case, digestOf } from './case';
import { differences } from './difference';
import { Engine } from './engine';
import { record, recordedIn, sorted } from './recorded';
import { Stopwatch } from './stopwatch';

/** What came out. */
export interface Outcome {
  /** How many verdicts there are: one for each engine of each case. */
  readonly verdicts: number;
  /** Where verdicts are not as recorded, or could not be had, in lines for people; empty when all is well. */
  readonly complaints: readonly string[];
}

/** Has engines judge cases, one engine after the other, and compares with what is recorded, or records it. */
export async function conform(cases: readonly Case[], engines: readonly Engine[], recording: boolean, stopwatch: Stopwatch): Promise<Outcome> {
  const complaints: string[] = [];
  const said = new Map(cases.map(c => [c, new Map<string, unknown>()]));
  for (const engine of engines) {
    const its = cases.filter(c => c.spec.engines.includes(engine.name));
    try {
      await stopwatch.time(`${engine.name}: building`, () => engine.build());
    } catch (error) {
      complaints.push(`${engine.name} cannot be built: ${(error as Error).message}`);
      continue;
    }
    const verdicts = await stopwatch.time(`${engine.name}: ${its.length} cases`, () => judge(engine, its, complaints));
    verdicts.forEach((verdict, c) => said.get(c)?.set(engine.name, verdict));
  }
  if (recording) {
    said.forEach((verdicts, c) => record(c, verdicts));
  } else {
    complaints.push(...[...said].flatMap(([c, verdicts]) => moved(c, verdicts)));
  }
  return { verdicts: [...said.values()].reduce((sum, verdicts) => sum + verdicts.size, 0), complaints };
}

/** What an engine says of its cases; where it fails it says nothing that could be compared. */
async function judge(engine: Engine, cases: readonly Case[], complaints: string[]): Promise<Map<Case, unknown>> {
  const said = new Map<Case, unknown>();
  for (const c of cases) {
    try {
      said.set(c, sorted(await engine.judge(c)));
    } catch (error) {
      complaints.push(`${c.name}: ${engine.name} failed: ${(error as Error).message}`);
    }
  }
  await engine.close?.();
  return said;
}

/** Where what was said differs from what is recorded: both sides. */
function moved(c: Case, said: ReadonlyMap<string, unknown>): string[] {
  const again = `npx projen conformance ${c.name} --record`;
  const recorded = recordedIn(c.dir);
  if (recorded === undefined) {
    return [`${c.name}: nothing is recorded: run ${again}`];
  }
  const stale = recorded.digest === digestOf(c) ? [] : [`${c.name}: was recorded for other manifests: look at what moved, then run ${again}`];
  return [...stale, ...[...said].flatMap(([engine, now]) => differences(recorded.engines[engine], now).flatMap(({ path, before, after }) => [
    `${c.name}: ${engine}: ${path || '(all of it)'}`,
    `  - recorded: ${before ?? '(nothing)'}`,
    `  + now:      ${after ?? '(nothing)'}`,
  ]))];
}
