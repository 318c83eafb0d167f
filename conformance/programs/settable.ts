import { Api, ApiKind, kindOfObject, reasonFor } from './api';
import { Assembly } from './assembly';
import { attribute, Attribution, changedPaths, kindIn, Run, Values, valuesOf } from './attribution';
import { Generator } from './generate';
import { interpret } from './interpret';
import { perturbations } from './perturb';
import { Program } from './program';
import { specPaths } from './spec-paths';
import type { Schema } from '../../src/validation/schema/schema';
import { Draw, drawing } from '../fuzz/pool';

/** So many programs of each construct are made at most; a field is looked at until so many of them told what sets it. */
const PROGRAMS = { made: 6000, told: 2 };

export const keyOf = (kind: string, path: string) => `${kind} ${path}`;

/** What sets a field: how often a program told so, and what it is a part of. */
interface Setter {
  times: number;
  readonly within: Set<string>;
}

/** What sets each field, by kind and path. */
export class Setters {
  private readonly setters = new Map<string, Map<string, Setter>>();
  /** The fields that programs write, whatever sets them. */
  private readonly written = new Set<string>();

  /** Takes down that a program writes a field. */
  write(key: string): void {
    this.written.add(key);
  }

  /** How often it was found what sets a field. */
  times(key: string): number {
    return [...this.setters.get(key)?.values() ?? []].reduce((sum, { times }) => sum + times, 0);
  }

  add(key: string, { label, within }: Pick<Attribution, 'label' | 'within'>): void {
    const labels = this.setters.get(key) ?? new Map<string, Setter>();
    const setter = labels.get(label) ?? { times: 0, within: new Set() };
    setter.times++;
    within.forEach(outer => setter.within.add(outer));
    this.setters.set(key, labels.set(label, setter));
  }

  /** What sets a field of a kind: what is nearest to it, and for a part that has fields, what says the whole. A field that is always the same belongs to its part. */
  of(kind: string, path: string, isPart: boolean): string[] {
    const key = keyOf(kind, path);
    const found = [...this.setters.get(key) ?? []];
    if (found.length === 0) {
      const outer = path.replace(/(\.|=|^)[^.=]*$/, '').replace(/\[\]$/, '');
      return this.written.has(key) && outer !== '' ? this.of(kind, outer, true) : [];
    }
    return found.filter(([label, { within }]) => isPart ? !found.some(([outer]) => outer !== label && within.has(outer)) :
      !found.some(([inner, other]) => inner !== label && other.within.has(label))).map(([label]) => label).sort();
  }
}

/** The name of a field, wherever it is: a part of the API may set it in several places. */
const lastOf = (key: string) => key.replace(/=.*/, '').replace(/.*[. ]/, '');

/** So often a part of the API is changed before it is believed that it has no other effects than those seen. */
const TRUSTED = 6;

type IsMap = (kind: string, path: string) => boolean;

/** Finds what sets the fields of all kinds, by changing programs. */
export function findSetters(assembly: Assembly, api: Api): Setters {
  const setters = new Setters();
  assembly.constructs().forEach(construct => new Search(assembly, api, setters).about(construct));
  return setters;
}

/** The search among the programs about one construct. */
class Search {
  private readonly known: ReadonlySet<string>;
  private readonly isMap: IsMap;
  private readonly generator: Generator;
  /** What the changes of each part of the API, in each construct, changed so far. */
  private readonly effects = new Map<string, { times: number; readonly fields: Set<string> }>();

  constructor(private readonly assembly: Assembly, private readonly api: Api, private readonly setters: Setters) {
    this.known = new Set(api.kinds().flatMap(kind => specPaths(kind).map(({ path }) => keyOf(kind.kind, path))));
    this.isMap = mapsOf(api.kinds());
    this.generator = new Generator(assembly, api);
  }

  about(construct: string): void {
    // A seed of its own, so that a change of one construct says nothing new of the others.
    const seed = [...construct].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7);
    const own = [...this.known].filter(key => key.startsWith(`${this.api.kindOf(construct.replace('cdk8s-mesh.', ''))?.kind} `) && !reasonFor(this.api, key));
    for (let i = 0; i < PROGRAMS.made && own.some(key => this.setters.times(key) < PROGRAMS.told); i++) {
      const draw = drawing(seed + i);
      const program = this.generator.program(construct, draw);
      const before = run(program, this.api, this.isMap);
      this.generator.settle(before !== undefined);
      const open = before && this.openIn(before);
      if (open && open.size > 0) {
        this.tell(this.attributed(program, before, open, draw), open);
      }
    }
  }

  /** The fields of which it is not known well what sets them. */
  private openIn(values: Values): Set<string> {
    const keys = [...values].flatMap(([object, own]) => [...own.values()].flatMap(({ path, value }) =>
      [path, `${path}=${value}`].map(place => keyOf(kindIn(object), place))));
    keys.forEach(key => this.setters.write(key));
    return new Set(keys.filter(key => this.known.has(key) && this.setters.times(key) < PROGRAMS.told));
  }

  private attributed(program: Program, before: Values, open: ReadonlySet<string>, draw: Draw): Attribution[] {
    const fields = new Set([...open].map(lastOf));
    const matters = (label: string, target: string) => {
      const { times = 0, fields: own } = this.effects.get(keyOf(target, label)) ?? {};
      return times < TRUSTED || (own !== undefined && [...own].some(field => fields.has(field)));
    };
    const runs: Run[] = [];
    for (const perturbation of perturbations(program, this.generator, this.assembly, this.api, draw, matters)) {
      const values = run(perturbation.program, this.api, this.isMap);
      if (values) {
        runs.push({ perturbation, values });
        const place = keyOf(perturbation.target, perturbation.label);
        const effect = this.effects.get(place) ?? { times: 0, fields: new Set() };
        this.effects.set(place, effect);
        effect.times++;
        changedPaths(before, values, perturbation).forEach(({ kind, path }) => effect.fields.add(lastOf(keyOf(kind, path))));
      }
    }
    return attribute(before, runs);
  }

  /** Takes down what is new: of the other fields not all was changed that could be. */
  private tell(attributions: readonly Attribution[], open: ReadonlySet<string>): void {
    for (const attribution of attributions) {
      const key = keyOf(attribution.kind, attribution.path);
      if (open.has(key)) {
        this.setters.add(key, attribution);
      }
    }
  }
}

/** What a program writes; nothing when it throws. */
function run(program: Program, api: Api, isMap: IsMap): Values | undefined {
  try {
    return valuesOf(interpret(program).objects.filter(object => kindOfObject(api, object)), isMap);
  } catch {
    return undefined;
  }
}

/** Which fields are maps, whose keys are the user's. */
export function mapsOf(kinds: readonly ApiKind[]): IsMap {
  const maps = new Set(kinds.flatMap(({ kind, spec, standardSpec }) => [spec, standardSpec].flatMap(schema =>
    schema ? mapPaths(schema).map(path => keyOf(kind, path)) : [])));
  return (kind, path) => maps.has(keyOf(kind, path));
}

function mapPaths(schema: Schema, path = ''): string[] {
  const { additionalProperties: values } = schema;
  const own = typeof values === 'object' ? [path, ...mapPaths(values, `${path}{}`)] : [];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => mapPaths(property, path === '' ? name : `${path}.${name}`));
  return [...own, ...schema.items ? mapPaths(schema.items, `${path}[]`) : [], ...fields];
}
