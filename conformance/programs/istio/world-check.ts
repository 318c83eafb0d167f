import { buildGo, missingGo } from '../../go';
import { ISTIOD } from '../../istiod/ask';
import { Program } from '../../program';

/** What is said of an object. */
export interface Finding {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly says: string;
}

/** What istiod has to say against a world. */
export interface Findings {
  /** Why it does not take the mesh configuration; then nothing else is looked at. */
  readonly mesh?: string;
  /** The objects that its webhook refuses; they are not translated. */
  readonly refused: readonly Finding[];
  readonly warned: readonly Finding[];
  /** The errors in its log, and why it could not translate. */
  readonly errors: readonly string[];
}

/** A world, and the proxies for which it is translated. */
export interface WorldQuestion {
  readonly mesh: string;
  readonly objects: readonly object[];
  readonly proxies: readonly object[];
}

/** istiod, for as many worlds as one likes. */
export class WorldCheck {
  static async start(): Promise<WorldCheck> {
    const missing = missingGo();
    if (missing.length > 0) {
      throw new Error(missing.join('; '));
    }
    return new WorldCheck(new Program(await buildGo(ISTIOD), ['check']));
  }

  private constructor(private readonly program: Program) {}

  ask(question: WorldQuestion): Promise<Findings> {
    return this.program.ask(question) as Promise<Findings>;
  }

  close(): Promise<void> {
    return this.program.close();
  }
}
