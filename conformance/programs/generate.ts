import { Api, Opening } from './api';
import { Assembly, Producer, Slot, TypeReference } from './assembly';
import { isMapOfOwn, itemOfMap, makeValue } from './makers';
import { nameOf, reachable } from './members';
import { Fields, Program, Statement, Value } from './program';
import { Scene } from './scene';
import { Draw } from '../fuzz/pool';

const MESH = 'cdk8s-mesh.';
const METADATA = 'cdk8s.ApiObjectMetadata';
/** How often, in percent, an optional part is there. */
const SHARE = 40;
/** The same where an app may not use everything. */
const CAREFUL_SHARE = 15;
/** How often, in percent, what was there less often is preferred. */
const BALANCED = 70;
/** The same where it is known what is wanted. */
const WANTED = 85;
/** What a choice of a program that throws counts. */
const THROWN = 0.25;
const MOST_ITEMS = 2;
const MOST_WORDS = 5;
const MOST_VERBS = 2;

/** A place, and those that it is in: `A.b C.d(e)` is in `A.b` and in the factory `A.b C.d`. */
function placesAround(key: string): string[] {
  const steps = key.split(' ');
  return [...new Set(steps.flatMap((step, i) => [step, step.replace(/\(.*/, '')].map(name => [...steps.slice(0, i), name].join(' '))))];
}

/** Metadata with a name, and a namespace where there is one. */
function metadata(name: string, namespace?: string): Value {
  return { struct: METADATA, fields: { name: { literal: name }, ...namespace !== undefined && { namespace: { literal: namespace } } } };
}

/** Whether two sets share a member. */
function meet(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const name of some) {
    if (others.has(name)) {
      return true;
    }
  }
  return false;
}

const short = (fqn: string) => fqn.replace(MESH, '');

/** What a producer is called. */
function calledBy(producer: Producer): string {
  return short('factory' in producer ? producer.factory : 'method' in producer ? producer.method : 'constant' in producer ? producer.constant : producer.construct);
}

/** What a producer takes: a method also the value that it is of. */
function slotsOf(producer: Producer): readonly Slot[] {
  const owner: readonly Slot[] = 'owner' in producer ? [{ of: producer.method, name: 'this', type: { fqn: producer.owner }, optional: false }] : [];
  return 'parameters' in producer ? [...producer.parameters, ...owner] : [];
}

/** Makes programs by chance, of all that the assembly offers. */
export class Generator {
  private readonly producers = new Map<string, readonly Producer[]>();
  /** The slots that are being filled, the outermost first. */
  private readonly slots: string[] = [];
  /** How often what was chosen, in which slots of slots. */
  private readonly chosen = new Map<string, number>();
  private pending: string[] = [];
  /** How much was chosen within each place, every choice once. */
  private readonly seen = new Map<string, number>();

  /** What can be said with each member, itself included. */
  private readonly reach = new Map<string, ReadonlySet<string>>();

  /**
   * @param api what the assembly does not say
   * @param wanted the members that are wanted more than others; without them every place is to see everything
   */
  constructor(private readonly assembly: Assembly, private readonly api: Api, private readonly wanted?: ReadonlySet<string>) {}

  /** A program about a construct; without an opening it has one of its own. */
  program(construct: string, draw: Draw, given?: Opening): Program {
    this.settle(false);
    const name = short(construct);
    const opening = this.api.isOpening(construct) ? { statements: [] } : given ?? this.opening(draw, name);
    const scene = new Scene(draw, name, this.api.hasAll(opening), [...opening.statements]);
    this.construct('subject', construct, scene);
    const verbs = this.assembly.verbs(construct).filter(verb => this.api.fits(`${name}.${verb}`, scene));
    const calls = verbs.length === 0 ? [] : Array.from({ length: scene.below(MOST_VERBS + 1) }, () => scene.pick(verbs));
    const called = calls.map((verb): Statement => ({ on: 'subject', verb, args: this.args(this.assembly.parameters(construct, verb), scene) }));
    return { ...opening.declares && { declares: opening.declares }, statements: [...scene.statements, ...called] };
  }

  /** Takes down what the last program chose; what was chosen for a program that throws is chosen again sooner. */
  settle(runs: boolean): void {
    for (const key of this.pending) {
      const before = this.chosen.get(key) ?? 0;
      this.chosen.set(key, before + (runs ? 1 : THROWN));
      if (before < 1 && before + (runs ? 1 : THROWN) >= 1) {
        placesAround(key).forEach(place => this.seen.set(place, (this.seen.get(place) ?? 0) + 1));
      }
    }
    this.pending = [];
  }

  /** How programs about a construct, or about any, begin. */
  opening(draw: Draw, target = ''): Opening {
    const scene = new Scene(draw, target, true);
    return this.api.opening(scene, {
      word: fqn => this.word(fqn, scene),
      some: (struct, except, percent) => Object.fromEntries(this.assembly.fields(struct)
        .filter(({ name }) => !except.includes(name) && scene.maybe(percent)).map(field => [field.name, this.value(field, scene)])),
      construct: (id, construct) => this.construct(id, construct, scene),
    });
  }

  private construct(id: string, construct: string, scene: Scene): void {
    const factories = this.assembly.constructing(construct);
    const parameters = (way: string) => way === construct ? [this.assembly.propsOf(construct)].filter(props => props !== undefined) :
      this.assembly.parameters(construct, way);
    const nameOfWay = (way: string) => way === construct ? short(way) : `${short(construct)}.${way}`;
    const ways = factories.filter(factory => this.api.fits(`${short(construct)}.${factory}`, scene));
    const way = ways.length === 0 ? construct : this.choose([construct, ...ways], nameOfWay, parameters, scene);
    const own = metadata(id.toLowerCase(), this.api.namespaceOf(scene, way === construct ? undefined : way));
    const withName = (value: Value): Value => 'struct' in value && this.assembly.takesMetadata(value.struct) ?
      { ...value, fields: { metadata: own, ...value.fields } } : value;
    if (way === construct) {
      const props = this.assembly.propsOf(construct);
      scene.statements.push({ construct, id, props: props && withName(this.typed(props.type, scene, props)) });
    } else {
      scene.statements.push({ construct: `${construct}.${way}`, id, args: this.args(parameters(way), scene).map(withName) });
    }
  }

  /** Another value for a slot. */
  value(slot: Slot, scene: Scene): Value {
    this.slots.push(nameOf(slot));
    const { collection } = slot.type;
    const value = makeValue(slot, this.api.makers, scene, list => this.choose(list, String, () => [], scene));
    const isList = collection?.kind === 'array' && !(value && 'list' in value);
    const made = isList ? this.list(slot, collection.elementtype, scene) : value && 'literal' in value && isMapOfOwn(slot.type) ?
      { map: { [value.literal as string]: this.value(itemOfMap(slot), scene) } } : value ?? this.typed(slot.type, scene, slot);
    this.slots.pop();
    return made;
  }

  /** One of several: mostly one with which something wanted can be said. */
  private choose<T>(list: readonly T[], memberOf: (item: T) => string, partsOf: (item: T) => readonly Slot[], scene: Scene): T {
    const better = list.filter(item => this.isWanted(memberOf(item), partsOf(item)));
    const item = scene.pick(better.length > 0 && scene.maybe(this.preference) ? better : list);
    this.pending.push(this.placeOf(memberOf(item)));
    return item;
  }

  /** Whether an optional part is there; one with which something wanted can be said is likelier. */
  private includes(slot: Slot, percent: number, scene: Scene): boolean {
    const isIn = scene.maybe(this.isWanted(nameOf(slot), [slot]) ? Math.max(percent, this.preference) : percent);
    if (isIn) {
      this.pending.push(this.placeOf(nameOf(slot)));
    }
    return isIn;
  }

  private get preference(): number {
    return this.wanted ? WANTED : BALANCED;
  }

  private placeOf(member: string): string {
    return [...this.slots, member].join(' ');
  }

  /** Whether what can be said with a member is wanted, or was not all said in this place. */
  private isWanted(member: string, parts: readonly Slot[]): boolean {
    const reach = this.reach.get(member) ?? new Set([member, ...reachable(this.assembly, parts)]);
    this.reach.set(member, reach);
    return this.wanted ? meet(this.wanted, reach) : (this.seen.get(this.placeOf(member)) ?? 0) < reach.size;
  }

  private word(type: string, scene: Scene): string {
    return this.choose(this.assembly.members(type).map(word => `${type}.${word}`), short, () => [], scene);
  }

  private list(slot: Slot, type: TypeReference, scene: Scene): Value {
    const isLong = this.assembly.find(type.fqn ?? '')?.kind === 'enum' || this.api.isLong(nameOf(slot));
    const items = Array.from({ length: 1 + scene.below(isLong ? MOST_WORDS : MOST_ITEMS) }, () => this.value({ ...slot, type }, scene));
    return { list: [...new Map(items.map(item => [JSON.stringify(item), item])).values()] };
  }

  private typed({ primitive, fqn }: TypeReference, scene: Scene, { of, name }: Slot): Value {
    if (primitive === 'boolean') {
      return { literal: scene.maybe(50) };
    }
    if (fqn === undefined) {
      throw new Error(`${of}.${name} has no maker: say in conformance/programs what it means`);
    }
    const type = this.assembly.find(fqn);
    if (type === undefined) {
      const value = this.api.external(fqn, scene);
      if (value === undefined) {
        throw new Error(`${of}.${name} is a ${fqn}, of which no value is known: say in conformance/programs how to make one`);
      }
      return value;
    }
    if (type.kind === 'enum') {
      return { constant: this.word(fqn, scene) };
    }
    return type.datatype ? { struct: fqn, fields: this.fields(fqn, scene) } : this.produced(fqn, scene);
  }

  private fields(struct: string, scene: Scene): Fields {
    const { name } = this.assembly.find(struct)!;
    const [needed] = this.api.neededOf(name).length > 0 ? [scene.pick(this.api.neededOf(name))] : [];
    // Metadata comes with the name of the object.
    const slots = this.assembly.fields(struct).filter(({ type }) => type.fqn !== METADATA);
    const fields = slots.filter(field => !field.optional || field.name === needed ||
      this.includes(field, this.api.shareOf(field.of, field.name, scene.hasAll ? SHARE : CAREFUL_SHARE), scene));
    return this.api.coherent(name, Object.fromEntries(fields.map(field => [field.name, this.value(field, scene)])), scene);
  }

  private args(parameters: readonly Slot[], scene: Scene): Value[] {
    const args: Value[] = [];
    for (const parameter of parameters) {
      if (parameter.optional && !this.includes(parameter, SHARE, scene)) {
        break;
      }
      args.push(this.value(parameter, scene), ...parameter.variadic && scene.maybe(SHARE) ? [this.value(parameter, scene)] : []);
    }
    return args;
  }

  /** A value of a class or an interface, by one of the ways to it. */
  private produced(wanted: string, scene: Scene): Value {
    const known = this.api.value(wanted, scene);
    if (known !== undefined) {
      return known;
    }
    const producers = this.producersOf(wanted);
    const there = producers.filter(producer => this.api.fits(calledBy(producer), scene));
    const producer = this.choose(there.length > 0 ? there : producers, calledBy, slotsOf, scene);
    if ('constant' in producer) {
      return producer;
    }
    if ('construct' in producer) {
      return this.other(producer.construct, scene);
    }
    if ('method' in producer) {
      const on = this.produced(producer.owner, scene);
      return { method: producer.method, on, args: this.api.coherentArgs(producer.method, this.args(producer.parameters, scene), scene, on) };
    }
    return { factory: producer.factory, args: this.api.coherentArgs(producer.factory, this.args(producer.parameters, scene), scene) };
  }

  /** A construct that the one which the program is about refers to. */
  private other(construct: string, scene: Scene): Value {
    const known = this.api.given(construct, scene);
    if (known !== undefined) {
      return known;
    }
    const name = short(construct);
    const id = `other${name}`;
    if (!scene.has(id)) {
      this.construct(id, construct, scene.about(name));
    }
    return { ref: id };
  }

  private producersOf(wanted: string): readonly Producer[] {
    const known = this.producers.get(wanted) ?? this.assembly.producers(wanted).filter(producer =>
      !('parameters' in producer) || producer.parameters.every(({ type: { fqn } }) => fqn === undefined || this.assembly.find(fqn) !== undefined || this.api.isKnownExternal(fqn)));
    if (known.length === 0) {
      throw new Error(`nothing that a program can call makes a ${wanted}`);
    }
    this.producers.set(wanted, known);
    return known;
  }
}
