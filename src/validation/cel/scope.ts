import { Node } from './node';
import { CelType, DYN } from './type';

/** The variables that an expression sees, each in a slot. */
export class Scope {
  constructor(private readonly names: ReadonlyMap<string, Node>, private readonly types: readonly CelType[]) {}

  /** How many slots are taken. */
  public get depth(): number {
    return this.types.length;
  }

  public lookup(name: string): Node | undefined {
    return this.names.get(name);
  }

  public typeAt(slot: number): CelType {
    return this.types[slot] ?? DYN;
  }

  /** This scope with more variables, in the next slots. */
  public with(...variables: readonly (readonly [string, CelType])[]): Scope {
    const names = new Map(this.names);
    variables.forEach(([name, type], offset) => {
      const slot = this.depth + offset;
      names.set(name, { type, run: values => values[slot] });
    });
    return new Scope(names, [...this.types, ...variables.map(([, type]) => type)]);
  }
}
