import { formatPlace } from './place';

/** What a gate is closed to, and why. */
export interface Barrier<Why> {
  /** The path in the spec, with what of its values is meant, as `rules[].filters[].type=CORS`, `hostnames>16`. */
  readonly path: string;
  readonly why: Why;
  /** Whether a server refuses it, when it is some of the values, instead of a field. */
  readonly word?: 'closed' | 'open';
}

/** Something of a spec that meets a barrier. */
export interface Met<Why> {
  readonly barrier: Barrier<Why>;
  /** Where it stands in the part that was looked at. */
  readonly place: readonly (string | number)[];
}

/** By the sign between path and operand: one value, any other value, more items or entries. */
const TESTS: { [sign: string]: (part: unknown, operand: string) => boolean } = {
  '=': (part, operand) => String(part) === operand,
  '!': (part, operand) => typeof part === 'string' && part !== operand,
  '>': (part, operand) => typeof part === 'object' && part !== null && Object.keys(part).length > Number(operand),
};

const ITEM = '[]';
const VALUE = '*';

/**
 * The part of a spec that something is closed to, as a tree: only what it lacks is in it, so that looking through costs next to nothing where little is lacking.
 */
export class Gate<Why> {
  private barrier?: Barrier<Why>;
  private values?: { readonly sign: string; readonly operand: string; readonly barrier: Barrier<Why> }[];
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
    const barrier = this.barrier ?? this.values?.find(({ sign, operand }) => TESTS[sign](part, operand))?.barrier;
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
    const { path, sign, operand } = splitValue(barrier.path);
    const gate = stepsOf(path).reduce<Gate<Why>>((at, step) => at.field(step), this);
    if (sign === '') {
      gate.barrier = barrier;
    } else {
      (gate.values ??= []).push({ sign, operand, barrier });
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

/** `hostnames>16` in its parts; a path without values has no sign. */
export function splitValue(path: string): { path: string; sign: string; operand: string } {
  const [, field, sign = '', operand = ''] = /^([^=!>]*)(?:([=!>])(.*))?$/.exec(path)!;
  return { path: field, sign, operand };
}

/** `rules[].name` in steps: rules, any item, name. */
function stepsOf(path: string): string[] {
  return path.match(/\[\]|[^.[\]]+/g) ?? [];
}

/** An object that is looked at, as far as messages name it. */
export interface Checked {
  readonly kind: string;
  readonly name: string;
}

/** `spec.rules[0].retry of HTTPRoute 'web'`, `TLSRoute 'db'`, and of a word `spec.rules[0].filters[0].type 'CORS' of HTTPRoute 'web'`. */
export function formatMet<Why>({ kind, name }: Checked, at: string, { barrier, place }: Met<Why>): string {
  const { path, sign, operand } = splitValue(barrier.path);
  return path === '' ? `${kind} '${name}'` : `${formatPlace(at, place)}${sign === '=' ? ` '${operand}'` : ''} of ${kind} '${name}'`;
}
