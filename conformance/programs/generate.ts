import { Assembly, Producer, Slot, TypeReference } from './assembly';
import { kindOf } from './kinds';
import { makeValue } from './makers';
import { nameOf, reachable } from './members';
import { Fields, Program, Statement, Value } from './program';
import { coherent, coherentArgs, fits, neededOf, shareOf } from './rules';
import { Scene } from './scene';
import { external, given, HOME, isKnownExternal, metadata } from './world';
import { Draw } from '../fuzz/pool';

const MESH = 'cdk8s-mesh.';
const OPTIONS = `${MESH}GatewayApiOptions`;
const BUNDLE = `${MESH}GatewayApiBundle`;
const CHANNEL = `${MESH}GatewayApiChannel`;
const ALL = [`${BUNDLE}.V1_7`, `${CHANNEL}.EXPERIMENTAL`];
/** How often, in percent, an optional part is there. */
const SHARE = 40;
/** The same where an app may not use everything. */
const CAREFUL_SHARE = 15;
/** How often, in percent, what was there less often is preferred. */
const BALANCED = 70;
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

/** Whether an app declares what has everything. */
export function declaresAll(declares: Value): boolean {
  const words = 'fields' in declares ? [declares.fields.bundle, declares.fields.channel] : [];
  return words.every((word, i) => word && 'constant' in word && word.constant === ALL[i]);
}

const short = (fqn: string) => fqn.replace(MESH, '');

/** What a producer is called. */
function calledBy(producer: Producer): string {
  return short('factory' in producer ? producer.factory : 'constant' in producer ? producer.constant : producer.construct);
}

/** What a producer takes. */
function slotsOf(producer: Producer): readonly Slot[] {
  return 'factory' in producer ? producer.parameters : [];
}

/** Whether what an app declares has what a producer makes, and the construct takes it. */
function isThere(producer: Producer, { hasAll, target }: Scene): boolean {
  const name = `.${calledBy(producer)}`;
  return (hasAll || !/\.[xX][A-Z]/.test(name)) && (!('factory' in producer) || fits(producer.factory, target));
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
   * @param wanted the members that are wanted more than others; without them every place is to see everything
   */
  constructor(private readonly assembly: Assembly, private readonly wanted?: ReadonlySet<string>) {}

  /** A program about a construct. */
  program(construct: string, draw: Draw): Program {
    this.settle(false);
    const name = short(construct);
    const declares = this.declaration(new Scene(draw, name, true));
    const scene = new Scene(draw, name, declaresAll(declares));
    this.construct('subject', construct, scene);
    const verbs = this.assembly.verbs(construct);
    const calls = verbs.length === 0 ? [] : Array.from({ length: scene.below(MOST_VERBS + 1) }, () => scene.pick(verbs));
    const called = calls.map((verb): Statement => ({ on: 'subject', verb, args: this.args(this.assembly.parameters(construct, verb), scene) }));
    return { declares, statements: [...scene.statements, ...called] };
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

  /** What the app declares: mostly what has everything. */
  private declaration(scene: Scene): Value {
    const chances = kindOf(scene.target)?.onlyExperimental === true ? { newest: 95, standard: 0 } : { newest: 80, standard: 60 };
    const [bundle, channel] = scene.maybe(chances.newest) ? ALL : scene.maybe(chances.standard) ? [`${BUNDLE}.V1_7`, `${CHANNEL}.STANDARD`] :
      [this.word(BUNDLE, scene), this.word(CHANNEL, scene)];
    const others = this.assembly.fields(OPTIONS).filter(({ name }) => name !== 'bundle' && name !== 'channel' && scene.maybe(10));
    const rest = Object.fromEntries(others.map(field => [field.name, this.value(field, scene)]));
    return { struct: OPTIONS, fields: { bundle: { constant: bundle }, channel: { constant: channel }, ...rest } };
  }

  private construct(id: string, construct: string, scene: Scene): void {
    const props = this.assembly.propsOf(construct);
    const value = props && this.typed(props.type, scene, props);
    const own = metadata(id.toLowerCase(), kindOf(scene.target)?.namespaced === false ? undefined : HOME);
    scene.statements.push({ construct, id, props: value && 'fields' in value ? { ...value, fields: { metadata: own, ...value.fields } } : value });
  }

  /** Another value for a slot. */
  value(slot: Slot, scene: Scene): Value {
    this.slots.push(nameOf(slot));
    const { collection } = slot.type;
    const value = makeValue(slot, scene, list => this.choose(list, String, () => [], scene));
    const isList = collection?.kind === 'array' && !(value && 'list' in value);
    const made = isList ? this.list(slot, collection.elementtype, scene) : value ?? this.typed(slot.type, scene, slot);
    this.slots.pop();
    return made;
  }

  /** One of several: mostly one with which something wanted can be said. */
  private choose<T>(list: readonly T[], memberOf: (item: T) => string, partsOf: (item: T) => readonly Slot[], scene: Scene): T {
    const better = list.filter(item => this.isWanted(memberOf(item), partsOf(item)));
    const item = scene.pick(better.length > 0 && scene.maybe(BALANCED) ? better : list);
    this.pending.push(this.placeOf(memberOf(item)));
    return item;
  }

  /** Whether an optional part is there; one with which something wanted can be said is likelier. */
  private includes(slot: Slot, percent: number, scene: Scene): boolean {
    const isIn = scene.maybe(this.isWanted(nameOf(slot), [slot]) ? Math.max(percent, BALANCED) : percent);
    if (isIn) {
      this.pending.push(this.placeOf(nameOf(slot)));
    }
    return isIn;
  }

  private placeOf(member: string): string {
    return [...this.slots, member].join(' ');
  }

  /** Whether what can be said with a member is wanted, or was not all said in this place. */
  private isWanted(member: string, parts: readonly Slot[]): boolean {
    const reach = this.reach.get(member) ?? new Set([member, ...reachable(this.assembly, parts)]);
    this.reach.set(member, reach);
    return this.wanted ? [...this.wanted].some(name => reach.has(name)) : (this.seen.get(this.placeOf(member)) ?? 0) < reach.size;
  }

  private word(type: string, scene: Scene): string {
    return this.choose(this.assembly.members(type).map(word => `${type}.${word}`), short, () => [], scene);
  }

  private list(slot: Slot, type: TypeReference, scene: Scene): Value {
    const items = Array.from({ length: 1 + scene.below(this.assembly.find(type.fqn ?? '')?.kind === 'enum' ? MOST_WORDS : MOST_ITEMS) }, () => this.value({ ...slot, type }, scene));
    return { list: [...new Map(items.map(item => [JSON.stringify(item), item])).values()] };
  }

  private typed({ primitive, fqn }: TypeReference, scene: Scene, { of, name }: Slot): Value {
    if (primitive === 'boolean') {
      return { literal: scene.maybe(50) };
    }
    if (fqn === undefined) {
      throw new Error(`${of}.${name} has no maker: say in conformance/programs/makers.ts what it means`);
    }
    const type = this.assembly.find(fqn);
    if (type === undefined) {
      const value = external(fqn, scene);
      if (value === undefined) {
        throw new Error(`${of}.${name} is a ${fqn}, of which no value is known: say in conformance/programs/world.ts how to make one`);
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
    const [needed] = neededOf(name).length > 0 ? [scene.pick(neededOf(name))] : [];
    const fields = this.assembly.fields(struct).filter(field => !field.optional || field.name === needed ||
      this.includes(field, shareOf(field.of, field.name, scene.hasAll ? SHARE : CAREFUL_SHARE), scene));
    return coherent(name, Object.fromEntries(fields.map(field => [field.name, this.value(field, scene)])));
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
    const producers = this.producersOf(wanted);
    const there = producers.filter(producer => isThere(producer, scene));
    const producer = this.choose(there.length > 0 ? there : producers, calledBy, slotsOf, scene);
    if ('constant' in producer) {
      return producer;
    }
    if ('construct' in producer) {
      return this.other(producer.construct, scene);
    }
    return { factory: producer.factory, args: coherentArgs(producer.factory, this.args(producer.parameters, scene), scene.target) };
  }

  /** A construct that the one which the program is about refers to. */
  private other(construct: string, scene: Scene): Value {
    const known = given(construct, scene);
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
      !('parameters' in producer) || producer.parameters.every(({ type: { fqn } }) => fqn === undefined || this.assembly.find(fqn) !== undefined || isKnownExternal(fqn)));
    if (known.length === 0) {
      throw new Error(`nothing that a program can call makes a ${wanted}`);
    }
    this.producers.set(wanted, known);
    return known;
  }
}
