import { Validator } from '../../src/validation/validator';
import { ApiServerStream, ApiVerdict, Channel, CHANNELS } from '../apiserver';
import { copy } from './places';
import { agreeOnPaths, agreeOnVerdict, Claim, Verdict, verdictOf, verdictOfClaims } from '../verdict';

/** What both sides say of an object. */
export interface Comparison {
  readonly engine: Verdict;
  readonly ours: Verdict;
  readonly said: ApiVerdict;
  /** What our validator found; the error it died of, if it did. */
  readonly found: readonly (Claim & { readonly message: string })[];
  readonly agreeOnVerdict: boolean;
  readonly agreeOnPaths: boolean;
}

const DIED = 'died';

/** Our validator and the API server's, side by side. */
export class Judges {
  static async start(): Promise<Judges> {
    const engines = new Map<Channel, ApiServerStream>();
    for (const channel of CHANNELS) {
      engines.set(channel, await ApiServerStream.start(channel));
    }
    return new Judges(engines);
  }

  private constructor(private readonly engines: ReadonlyMap<Channel, ApiServerStream>) {
  }

  engine(channel: Channel): ApiServerStream {
    return this.engines.get(channel)!;
  }

  async compare(channel: Channel, object: unknown): Promise<Comparison> {
    const said = await this.engine(channel).judge(object);
    const found = check(channel, object);
    const [engine, ours] = [verdictOf(said), verdictOfClaims(found)];
    const alive = !found.some(({ rule }) => rule === DIED);
    return { engine, ours, said, found, agreeOnVerdict: alive && agreeOnVerdict(engine, ours), agreeOnPaths: alive && agreeOnPaths(engine, ours) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.engines.values()].map(engine => engine.close()));
  }
}

function check(channel: Channel, object: unknown): Comparison['found'] {
  try {
    return Validator.of(channel).check(copy(object));
  } catch (error) {
    return [{ path: [], rule: DIED, message: (error as Error).stack ?? String(error) }];
  }
}
