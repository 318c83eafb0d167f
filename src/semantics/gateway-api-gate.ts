/** What a gate is closed to, and why. */
export interface Barrier<Why> {
  /** The path in the spec, as `rules[].filters[].type=CORS`. */
  readonly path: string;
  readonly why: Why;
  /** How it is written when it is a word, instead of a field. */
  readonly word?: 'closed' | 'open';
}

/** Something of a spec that meets a barrier. */
export interface Met<Why> {
  readonly barrier: Barrier<Why>;
  /** Where it stands in the part that was looked at. */
  readonly place: readonly (string | number)[];
}

const ITEM = '[]';
const VALUE = '*';

/**
 * The part of a spec that something is closed to, as a tree: only what it lacks is in it, so that looking through costs next to nothing where little is lacking.
 */
export class Gate<Why> {
  private barrier?: Barrier<Why>;
  private words?: Map<string, Barrier<Why>>;
  private fields?: Map<string, Gate<Why>>;

  constructor(barriers: Iterable<Barrier<Why>>) {
    for (const barrier of barriers) {
      this.add(barrier);
    }
  }

  /** The gate for a part: `rules[].filters[]`, where numbers may stand in the brackets. */
  public at(path: string): Gate<Why> | undefined {
    const steps = stepsOf(path.replace(/\[\d+\]/g, ITEM));
    // A part of what is closed is closed as a whole.
    return steps.reduce<Gate<Why> | undefined>((gate, step) => gate?.barrier ? gate : gate?.fields?.get(step), this);
  }

  /** What a part has of that which the gate is closed to. */
  public meet(part: unknown): Met<Why>[] {
    const found: Met<Why>[] = [];
    this.walk(part, [], found);
    return found;
  }

  private walk(part: unknown, place: (string | number)[], found: Met<Why>[]): void {
    if (part === undefined) {
      return;
    }
    const barrier = this.barrier ?? this.words?.get(String(part));
    if (barrier) {
      // What stands inside goes with it.
      found.push({ barrier, place: [...place] });
      return;
    }
    if (this.fields === undefined || typeof part !== 'object' || part === null) {
      return;
    }
    for (const [step, gate] of this.fields) {
      if (step === ITEM) {
        (Array.isArray(part) ? part : []).forEach((value, index) => gate.walkInto(value, index, place, found));
      } else if (step === VALUE) {
        Object.entries(part).forEach(([key, value]) => gate.walkInto(value, key, place, found));
      } else {
        gate.walkInto((part as { [field: string]: unknown })[step], step, place, found);
      }
    }
  }

  private walkInto(value: unknown, step: string | number, place: (string | number)[], found: Met<Why>[]): void {
    if (value !== undefined) {
      place.push(step);
      this.walk(value, place, found);
      place.pop();
    }
  }

  private add(barrier: Barrier<Why>): void {
    const [path, word] = barrier.path.split('=');
    const gate = stepsOf(path).reduce<Gate<Why>>((at, step) => at.field(step), this);
    if (word === undefined) {
      gate.barrier = barrier;
    } else {
      (gate.words ??= new Map()).set(word, barrier);
    }
  }

  private field(step: string): Gate<Why> {
    this.fields ??= new Map();
    let gate = this.fields.get(step);
    if (!gate) {
      gate = new Gate<Why>([]);
      this.fields.set(step, gate);
    }
    return gate;
  }
}

/** `rules[].name` in steps: rules, any item, name. */
function stepsOf(path: string): string[] {
  return path.match(/\[\]|[^.[\]]+/g) ?? [];
}
