import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Case } from './case';
import { Engine } from './engine';
import { buildGo, goBinary, GoProgram, missingGo } from './go';
import { Program } from './program';
import { GatewayApiChannel } from '../src/semantics/gateway-api-channel';
import type { Channel } from '../src/validation/schema/bundles';

export type { Channel };

const PROGRAM: GoProgram = { module: 'apiserver', package: '.', output: 'apiserver' };
const BUNDLES = join(__dirname, '..', 'crds');

/** The channels of Gateway API, of which a cluster has one. */
export const CHANNELS: readonly Channel[] = Object.values(GatewayApiChannel);

/** An error of the API server, and the stage that found it. */
export interface ApiError {
  readonly stage: 'definition' | 'decode' | 'metadata' | 'schema' | 'embedded' | 'list' | 'cel';
  readonly type: string;
  readonly field: string;
  readonly detail: string;
  readonly badValue?: string | number | boolean;
}

/** What the API server says of one object. */
export interface ApiVerdict {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Whether a definition serves the kind: others are not judged. */
  readonly known: boolean;
  readonly errors: readonly ApiError[];
  /** The fields that it would prune. */
  readonly unknown: readonly string[];
  /** The rules that an accepted object passes, when the engine was asked to name rules. */
  readonly passed?: readonly string[];
}

/** Whether nothing is wrong with an object of a kind that is served. */
export function accepted(verdict: ApiVerdict): boolean {
  return verdict.known && verdict.errors.length === 0 && verdict.unknown.length === 0;
}

/** The validators of the API server, offline. */
export class ApiServer implements Engine {
  readonly name = 'apiserver';

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildGo(PROGRAM);
  }

  /** The objects that no definition covers are counted, not judged; of those that are, only the rejected ones are told one by one. */
  async judge(c: Case): Promise<unknown> {
    const channel = (c.spec.apiserver as { channel?: Channel } | undefined)?.channel ?? 'standard';
    const verdicts = judgeText(channel, c.manifests);
    const judged = verdicts.filter(({ known }) => known);
    return {
      channel,
      accepted: judged.filter(accepted).length,
      notJudged: [...new Set(verdicts.filter(({ known }) => !known).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))].sort(),
      rejected: judged.filter(verdict => !accepted(verdict)).map(({ kind, name, errors, unknown }) => ({ kind, name, errors, unknown })),
    };
  }
}

/** What the API server says of each object of a YAML text. */
function judgeText(channel: Channel, manifests: string): ApiVerdict[] {
  const dir = mkdtempSync(join(tmpdir(), 'apiserver-'));
  try {
    const file = join(dir, 'manifests.yaml');
    writeFileSync(file, manifests);
    const lines = execFileSync(goBinary(PROGRAM), ['--channel', channel, '--bundles', BUNDLES, 'files', file], { encoding: 'utf8', maxBuffer: 2 ** 30 });
    return lines.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as ApiVerdict);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The command line that measures how long the engine takes for files. */
export function benchCommand(channel: Channel, files: readonly string[]): [string, string[]] {
  return [goBinary(PROGRAM), ['--channel', channel, '--bundles', BUNDLES, 'bench', ...files]];
}

/** The API server of one channel, for as many objects as one likes. */
export class ApiServerStream {
  /** Builds the engine, and starts it; with `rules`, errors of rules name the rule, and accepted objects name what they pass. */
  static async start(channel: Channel, options: { readonly rules?: boolean } = {}): Promise<ApiServerStream> {
    const missing = missingGo();
    if (missing.length > 0) {
      throw new Error(missing.join('; '));
    }
    const binary = await buildGo(PROGRAM);
    return new ApiServerStream(new Program(binary, ['--channel', channel, '--bundles', BUNDLES, ...(options.rules ? ['--rules'] : []), 'stream']));
  }

  private constructor(private readonly program: Program) {
  }

  judge(object: unknown): Promise<ApiVerdict> {
    return this.program.ask(object) as Promise<ApiVerdict>;
  }

  close(): Promise<void> {
    return this.program.close();
  }
}
