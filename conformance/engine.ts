import { Case } from './case';

/** A real engine, built from pinned sources, that judges a case. */
export interface Engine {
  /** Its name in case.yaml and in verdict.json. */
  readonly name: string;
  /** What is missing on this machine, and how to get it; empty when all is there. */
  missing(): string[];
  /** Builds it, or does nothing when it is built. Engines are built one after the other. */
  build(): Promise<void>;
  /** The verdict, as plain data that is the same whenever the engine thinks the same: no times, no random ports. */
  judge(c: Case): Promise<unknown>;
  /** Stops what `judge` left running for the next case; called once, after the last case. */
  close?(): Promise<void>;
}
