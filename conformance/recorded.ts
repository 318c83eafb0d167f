import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Case, digestOf, VERDICT } from './case';

/** verdict.json. */
export interface Recorded {
  /** Of the input that was judged. */
  readonly digest: string;
  /** What each engine said, by its name. */
  readonly engines: { readonly [engine: string]: unknown };
}

/** What was recorded for the case in a folder, if it was. */
export function recordedIn(dir: string): Recorded | undefined {
  const file = join(dir, VERDICT);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Recorded : undefined;
}

/** Writes down what some engines said of a case, and keeps what the others of its engines said: then for what they were asked about. */
export function record(c: Case, said: ReadonlyMap<string, unknown>): void {
  const before = recordedIn(c.dir);
  const kept = c.spec.engines.filter(name => !said.has(name) && before !== undefined && name in before.engines);
  const engines = Object.fromEntries([...said, ...kept.map(name => [name, before!.engines[name]] as const)]);
  const digest = kept.length > 0 ? before!.digest : digestOf(c);
  writeFileSync(join(c.dir, VERDICT), `${JSON.stringify(sorted({ digest, engines }), undefined, 2)}\n`);
}

/** The same data as JSON keeps it, with its keys in order. */
export function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
      : inner));
}
