import { Slot, TypeReference } from './assembly';
import { Value } from './program';
import { Scene } from './scene';

/** Values to choose from, or what makes one. */
export type Maker = readonly (string | number)[] | ((scene: Scene) => Value | undefined);

/** What strings and numbers mean: by the struct or method that has them, whatever their type is, or by name wherever they are. */
export interface Makers {
  readonly [place: string]: Maker;
}

export const literal = (value: string | number | boolean): Value => ({ literal: value });

/** A map of one or two of some entries. */
export function map(...entries: readonly (readonly [string, string | number])[]): Maker {
  return ({ pick, below }) => {
    const some = [pick(entries), pick(entries)].slice(below(2));
    return { map: Object.fromEntries(some.map(([key, value]) => [key, literal(value)])) };
  };
}

/** Whether a slot is text or a number, or some of them. */
export function isLeaf({ primitive, collection }: TypeReference): boolean {
  return collection ? isLeaf(collection.elementtype) : primitive === 'string' || primitive === 'number';
}

/** Whether a slot is a map of values that are more than text or a number; its maker has the keys. */
export function isMapOfOwn({ collection }: TypeReference): boolean {
  return collection?.kind === 'map' && collection.elementtype.primitive === undefined;
}

/** What a value of a map may be. */
export function itemOfMap(slot: Slot): Slot {
  return { ...slot, name: `${slot.name}{}`, type: slot.type.collection!.elementtype };
}

/** What makes values of a slot: its own maker, whatever its type is, or that of its name. */
function makerOf({ of, name, type }: Slot, makers: Makers): Maker | undefined {
  const place = [`${of}.${name}`, ...isLeaf(type) ? [name] : []].find(key => Object.hasOwn(makers, key));
  return place === undefined ? undefined : makers[place];
}

/** Whether it is known what the text or number of a slot means. */
export function hasMaker(slot: Slot, makers: Makers): boolean {
  return makerOf(slot, makers) !== undefined;
}

/** A value of a slot that has a maker; one item, where the slot is a list of text. */
export function makeValue(
  slot: Slot, makers: Makers, scene: Scene, choose: (list: readonly (string | number)[]) => string | number,
): Value | undefined {
  const maker = makerOf(slot, makers);
  return maker && (typeof maker === 'function' ? maker(scene) : literal(choose(maker)));
}
