import { Assembly, Slot } from './assembly';
import { isMapOfOwn, itemOfMap } from './makers';
import { nameOf } from './members';
import { classOf, Program, Statement, Value } from './program';
import { Path } from '../fuzz/places';

/** A part of a program: a statement, or a value in one. */
export interface Place {
  /** Which statement it is in. */
  readonly statement: number;
  /** Where it is in that statement; the statement itself is at none. */
  readonly path: Path;
  /** What of the public API says it: a property, a parameter, a verb. */
  readonly label: string;
  /** What may stand there; a statement is no value. */
  readonly slot?: Slot;
  readonly value?: Value;
  /** The labels of what it is a part of. */
  readonly within: readonly string[];
  /** Whether the program may do without, and nothing else moves then. */
  readonly removable: boolean;
}

const short = (fqn: string) => fqn.replace('cdk8s-mesh.', '');

/** The parts of a program that the public API says, and that may be said otherwise. */
export function placesOf({ statements }: Program, assembly: Assembly): Place[] {
  const constructs = new Map(statements.flatMap(made => 'construct' in made ? [[made.id, classOf(made.construct)] as const] : []));
  return statements.flatMap((made, statement) => inStatement(made, statement, constructs, assembly));
}

function inStatement(made: Statement, statement: number, constructs: ReadonlyMap<string, string>, assembly: Assembly): Place[] {
  if ('construct' in made) {
    const [module, type, factory] = made.construct.split('.');
    return made.args ? inArgs(assembly.parameters(`${module}.${type}`, factory), made.args, { statement, path: ['args'], within: [`${type}.${factory}`] }, assembly) :
      made.props && 'fields' in made.props ? inFields(made.props.struct, made.props.fields, { statement, path: ['props', 'fields'], within: [] }, assembly) : [];
  }
  const construct = constructs.get(made.on)!;
  const label = `${short(construct)}.${made.verb}`;
  const parameters = assembly.parameters(construct, made.verb);
  return [{ statement, path: [], label, within: [], removable: true }, ...inArgs(parameters, made.args, { statement, path: ['args'], within: [label] }, assembly)];
}

type Where = Pick<Place, 'statement' | 'path' | 'within'>;

const below = ({ statement, path, within }: Where, ...steps: (string | number)[]): Where => ({ statement, path: [...path, ...steps], within });

/** What other libraries say, such as metadata, is no part of this one's API. */
function inFields(struct: string, fields: { readonly [name: string]: Value }, where: Where, assembly: Assembly): Place[] {
  return assembly.fields(struct).flatMap(slot => Object.hasOwn(fields, slot.name)
    ? inValue(fields[slot.name], { ...below(where, slot.name), label: nameOf(slot), slot, removable: slot.optional }, assembly) : []);
}

function inArgs(parameters: readonly Slot[], args: readonly Value[], where: Where, assembly: Assembly): Place[] {
  return args.flatMap((arg, i) => {
    const slot = parameters[Math.min(i, parameters.length - 1)];
    const removable = i === args.length - 1 && i > 0 && (slot.optional || (slot.variadic ?? false));
    return inValue(arg, { ...below(where, i), label: nameOf(slot), slot, removable }, assembly);
  });
}

function inValue(value: Value, place: Place & { readonly slot: Slot }, assembly: Assembly): Place[] {
  const { slot, label } = place;
  const here: Place = { ...place, value };
  const inner = { ...place, within: [...place.within, label] };
  if ('list' in value) {
    const type = slot.type.collection?.elementtype;
    const items = type === undefined ? [] : value.list.flatMap((item, i) =>
      inValue(item, { ...below(place, 'list', i), label, slot: { ...slot, type }, removable: i > 0 && i === value.list.length - 1 }, assembly));
    return [here, ...items];
  }
  if ('map' in value && isMapOfOwn(slot.type)) {
    return [here, ...Object.entries(value.map).flatMap(([key, item]) =>
      inValue(item, { ...below(place, 'map', key), label, slot: itemOfMap(slot), removable: false }, assembly))];
  }
  if ('factory' in value) {
    const dot = value.factory.lastIndexOf('.');
    const type = value.factory.slice(0, dot);
    const factory = { ...inner, within: [...inner.within, short(value.factory)] };
    return [here, ...assembly.find(type) ? inArgs(assembly.parameters(type, value.factory.slice(dot + 1)), value.args, below(factory, 'args'), assembly) : []];
  }
  if ('method' in value) {
    return [here, ...inValue(value.on, { ...below(inner, 'on'), label: value.method.replace('cdk8s-mesh.', ''), slot, removable: false }, assembly),
      ...inMethod(value, inner, assembly)];
  }
  return [here, ...'fields' in value ? inFields(value.struct, value.fields, below(inner, 'fields'), assembly) : []];
}

/** What the arguments of a method say, the method itself included. */
function inMethod(value: { readonly method: string; readonly args: readonly Value[] }, where: Where, assembly: Assembly): Place[] {
  const dot = value.method.lastIndexOf('.');
  const own = { ...below(where, 'args'), within: [...where.within, short(value.method)] };
  return inArgs(assembly.parameters(value.method.slice(0, dot), value.method.slice(dot + 1)), value.args, own, assembly);
}

/** How many parts a value has, itself included. */
export function sizeOf(value: Value): number {
  const parts = 'list' in value ? value.list : 'map' in value ? Object.values(value.map) : 'factory' in value ? value.args : 'method' in value ? [value.on, ...value.args] : 'fields' in value ? Object.values(value.fields) : [];
  return parts.reduce((sum, part) => sum + sizeOf(part), 1);
}
