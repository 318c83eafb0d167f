import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Stopwatch } from './stopwatch';

/** What is recorded of an engine beside the cases: scripts that write it down, or with --check say whether it moved. */
const RECORDINGS = [
  { engine: 'apiserver', what: 'corpora', script: 'corpora/record.ts' },
  { engine: 'apiserver', what: 'coverage of CEL rules', script: 'cel-coverage.ts' },
  { engine: 'istiod', what: 'rules of the webhook', script: 'webhook/record.ts' },
];
const TSX = join(__dirname, '..', 'node_modules', '.bin', 'tsx');

/** Holds what is recorded against what the engines say, or records it; gives what is not as recorded. */
export async function holdRecordings(engines: readonly string[], recording: boolean, stopwatch: Stopwatch): Promise<string[]> {
  const complaints: string[] = [];
  for (const { engine, what, script } of RECORDINGS.filter(one => engines.includes(one.engine))) {
    try {
      await stopwatch.time(`${engine}: ${what}`, () => promisify(execFile)(TSX, [join(__dirname, script), ...recording ? [] : ['--check']]));
    } catch (error) {
      const { message, stderr = message } = error as Error & { stderr?: string };
      complaints.push(`${what}: ${stderr.trim()}`);
    }
  }
  return complaints;
}
