/**
 * Writes down what the API server says of the corpora on the pinned definitions:
 *
 *   npx tsx conformance/corpora/record.ts            writes test/data/corpora.json and the list in README.md
 *   npx tsx conformance/corpora/record.ts --check    writes nothing, fails when they are not what the engine says
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiServerStream, ApiVerdict, Channel, CHANNELS } from '../apiserver';
import { CORPORA, CorpusCase, readCorpus } from './corpus';
import { sayingOf, textOf, Verdict, verdictOf } from '../verdict';

const VERDICTS = join(__dirname, '..', '..', 'test', 'data', 'corpora.json');
const README = join(__dirname, 'README.md');
const [BEGIN, END] = ['<!-- differences -->', '<!-- end of differences -->'];

/** Why the engine may differ from what the corpus expects, by what tells the case. */
const REASONS: readonly { readonly applies: (c: CorpusCase) => boolean; readonly reason: string }[] = [
  {
    applies: ({ object }) => object.kind === 'XBackendTrafficPolicy' && 'sessionPersistence' in (object.spec as object),
    reason: 'the object is written for 1.6.1: in 1.7.0 `sessionPersistence` has a `cookie` or a `header` instead of `sessionName` and `cookieConfig`, and the one of its type is required',
  },
  {
    applies: ({ object }) => JSON.stringify(object.spec).includes('PLACEHOLDER_'),
    reason: 'the manifest holds placeholders that the conformance tests replace by addresses before they apply it',
  },
  {
    applies: ({ object }) => JSON.stringify(object.spec).includes('{GATEWAY_CONTROLLER_NAME}'),
    reason: 'the manifest holds a placeholder that the conformance tests replace by the name of the controller before they apply it',
  },
];

/** Whether the engine says what the corpus expects: what was made for the experimental channel is not held against the standard one. */
function expected(c: CorpusCase, channel: Channel, verdict: ApiVerdict): boolean {
  if (!verdict.known || (c.channel === 'experimental' && channel === 'standard')) {
    return true;
  }
  const texts = verdict.errors.map(textOf);
  return verdict.unknown.length === 0
    && (c.wantErrors.length > 0) === (texts.length > 0)
    && c.wantErrors.every(wanted => texts.some(text => text.includes(wanted)));
}

function difference(c: CorpusCase, channel: Channel, verdict: ApiVerdict): string {
  const reason = REASONS.find(({ applies }) => applies(c))?.reason;
  if (reason === undefined) {
    throw new Error(`${c.name} (${channel}) differs without a known reason: the corpus expects ${JSON.stringify(c.wantErrors)}, the engine says ${sayingOf(verdict)}`);
  }
  const wanted = c.wantErrors.length === 0 ? 'accepted' : c.wantErrors.join('; ');
  return `| ${[c.name, channel, wanted, sayingOf(verdict), reason].map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}

async function record(): Promise<{ verdicts: string; differences: string }> {
  const engines = new Map<Channel, ApiServerStream>();
  for (const channel of CHANNELS) {
    engines.set(channel, await ApiServerStream.start(channel));
  }
  const lines: string[] = [];
  const differences: string[] = [];
  for (const name of CORPORA) {
    for (const c of readCorpus(name)) {
      const said: Partial<Record<Channel, Verdict>> = {};
      for (const channel of CHANNELS) {
        const verdict = await engines.get(channel)!.judge(c.object);
        said[channel] = verdictOf(verdict);
        if (!expected(c, channel, verdict)) {
          differences.push(difference(c, channel, verdict));
        }
      }
      lines.push(JSON.stringify({ corpus: name, name: c.name, ...said }));
    }
  }
  await Promise.all([...engines.values()].map(engine => engine.close()));
  const table = ['| case | channel | the corpus expects | the engine says on 1.7.0 | because |', '|---|---|---|---|---|', ...differences];
  return { verdicts: `[\n${lines.join(',\n')}\n]\n`, differences: table.join('\n') };
}

async function main(): Promise<void> {
  const { verdicts, differences } = await record();
  const before = readFileSync(README, 'utf8');
  const readme = `${before.split(BEGIN)[0]}${BEGIN}\n${differences}\n${END}${before.split(END)[1]}`;
  if (!process.argv.includes('--check')) {
    writeFileSync(VERDICTS, verdicts);
    writeFileSync(README, readme);
  } else if (readFileSync(VERDICTS, 'utf8') !== verdicts || before !== readme) {
    console.error('the verdicts on the corpora are not what the engine says: run npx tsx conformance/corpora/record.ts, and look at what moved');
    process.exitCode = 1;
  }
}

void main();
