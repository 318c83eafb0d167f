import { KubeObject } from './interpret';
import { Perturbation } from './perturb';
import { SpecValue, valuesIn } from './spec-paths';

/** What sets a field: `HttpRouteRule.timeouts`; or what sets it to a word. */
export interface Attribution {
  readonly kind: string;
  readonly path: string;
  readonly label: string;
  /** What of the public API the label is a part of there. */
  readonly within: readonly string[];
}

/** The values of all objects of a program, by object and place. */
export type Values = ReadonlyMap<string, ReadonlyMap<string, SpecValue>>;

export function valuesOf(objects: readonly KubeObject[], isMap: (kind: string, path: string) => boolean): Values {
  return new Map(objects.map(({ kind, metadata: { name }, spec }) =>
    [`${kind}/${name}`, new Map(valuesIn(spec, path => isMap(kind, path)).map(value => [value.at, value]))]));
}

/** A change of one part, and where the object is another because of it. */
interface Effect {
  readonly perturbation: Omit<Perturbation, 'program'>;
  readonly changed: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
}

const isLeaf = (value: unknown) => typeof value !== 'object' || value === null;

function effectOn(before: ReadonlyMap<string, SpecValue>, after: ReadonlyMap<string, SpecValue> | undefined, perturbation: Effect['perturbation']): Effect {
  const gone = new Set([...before.keys()].filter(at => !after?.has(at)));
  const textOf = (found?: SpecValue) => JSON.stringify(found?.value);
  const isOther = (at: string, found: SpecValue) => after?.has(at) && isPlain(found.value) && textOf(after.get(at)) !== textOf(found);
  const others = [...before].filter(([at, value]) => isOther(at, value)).map(([at]) => at);
  const fresh = [...after?.keys() ?? []].filter(at => !before.has(at));
  return { perturbation, gone, changed: new Set([...gone, ...others, ...fresh]) };
}

/** Lists and maps of words have no fields of their own. */
function isPlain(value: unknown): boolean {
  return isLeaf(value) || (Array.isArray(value) && value.every(isLeaf)) || Object.values(value as object).every(isLeaf);
}

function best(effects: readonly Effect[], isBetter: (a: number, b: number) => boolean): Effect | undefined {
  return effects.reduce<Effect | undefined>((found, effect) => {
    const { size } = effect.perturbation;
    return found && !isBetter(size, found.perturbation.size) ? found : effect;
  }, undefined);
}

const smallest = (effects: readonly Effect[]) => best(effects, (a, b) => a < b);
const largest = (effects: readonly Effect[]) => best(effects, (a, b) => a > b);

/** The fields that are others because of a change. */
export function changedPaths(before: Values, after: Values, perturbation: Effect['perturbation']): { kind: string; path: string }[] {
  return [...before].flatMap(([object, values]) => {
    const { changed } = effectOn(values, after.get(object), perturbation);
    return [...values.values()].filter(({ at }) => changed.has(at)).map(({ path }) => ({ kind: kindIn(object), path }));
  });
}

export const kindIn = (object: string) => object.slice(0, object.indexOf('/'));

/** A program with one part changed, and what it writes then. */
export interface Run {
  readonly perturbation: Effect['perturbation'];
  readonly values: Values;
}

/** What sets the fields of a program's objects, found by what its changes changed. */
export function attribute(before: Values, runs: readonly Run[]): Attribution[] {
  return [...before].flatMap(([object, values]) => {
    const kind = kindIn(object);
    const effects = runs.map(run => effectOn(values, run.values.get(object), run.perturbation)).filter(({ changed }) => changed.size > 0);
    return [...values.values()].flatMap(value => attributeOne(kind, value, effects));
  });
}

function attributeOne(kind: string, { at, path, value }: SpecValue, effects: readonly Effect[]): Attribution[] {
  if (isLeaf(value)) {
    const found = smallest(effects.filter(({ changed }) => changed.has(at)))?.perturbation;
    if (found === undefined) {
      return [];
    }
    const { label, word, within } = found;
    return [{ kind, path, label, within }, { kind, path: `${path}=${value}`, label: word ?? label, within }];
  }
  // What says a whole part is the largest change that stays within it, if need be one of which it is not sure that it is all.
  const isBelow = (place: string) => place === at || place.startsWith(`${at}.`) || place.startsWith(`${at}[`);
  const within = effects.filter(({ changed }) => [...changed].every(isBelow));
  const sure = within.filter(({ perturbation }) => perturbation.isWhole);
  const found = largest(sure) ?? largest(within) ?? smallest(effects.filter(({ gone }) => gone.has(at)));
  return found ? [{ kind, path, label: found.perturbation.label, within: found.perturbation.within }] : [];
}
