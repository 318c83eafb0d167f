import { Interpreted } from './interpret';

/** Engines that judge what programs make. */
export interface Judge {
  /** So many programs are judged at once. */
  readonly atOnce: number;
  /** What is wrong with the objects of each program, in a line each; none when all is well. */
  complaints(programs: readonly Interpreted[]): Promise<string[][]>;
  /** What else there is to say, in lines. */
  report(): readonly string[];
  close(): Promise<void>;
}
