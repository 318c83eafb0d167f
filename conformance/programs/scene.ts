import * as fc from 'fast-check';
import { Fields, Statement, Value } from './program';
import { Draw } from '../fuzz/pool';

/** What chance may use while it makes a program, and what the program has so far. */
export class Scene {
  constructor(
    private readonly draw: Draw,
    /** The construct that is being made, by its short name. */
    public readonly target: string,
    /** Whether the app declares the newest bundle of the experimental channel, which has everything. */
    public readonly hasAll: boolean,
    /** What stands before it. */
    public readonly statements: Statement[] = [],
  ) {}

  /** The same program, while another construct is being made. */
  about(target: string): Scene {
    return new Scene(this.draw, target, this.hasAll, this.statements);
  }

  has(id: string): boolean {
    return this.statements.some(statement => 'construct' in statement && statement.id === id);
  }

  readonly below = (end: number): number => this.draw(fc.noBias(fc.integer({ min: 0, max: end - 1 })));

  readonly pick = <T>(list: readonly T[]): T => list[this.below(list.length)];

  readonly maybe = (percent: number): boolean => this.below(100) < percent;

  /** A construct that others refer to, made once, before them. */
  given(id: string, construct: string, props: Fields, struct = `${construct}Props`): Value {
    if (!this.has(id)) {
      this.statements.push({ construct, id, props: { struct, fields: props } });
    }
    return { ref: id };
  }
}
