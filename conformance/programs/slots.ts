import { Assembly, Slot, TypeReference } from './assembly';
import { hasMaker, isLeaf, Makers } from './makers';
import { nameOf, walk } from './members';

/** Every property of the structs and every parameter of the methods of the room, and what they lead to. */
function slotsOf(assembly: Assembly): readonly Slot[] {
  const own = assembly.room().flatMap(({ fqn, kind, datatype, methods = [] }) => [
    ...datatype ? assembly.fields(fqn) : [],
    ...kind === 'class' ? methods.filter(method => !method.protected).flatMap(({ name }) => assembly.parameters(fqn, name)) : [],
  ]);
  return walk(assembly, own, []).slots;
}

const namesOf = (slots: readonly Slot[]) => [...new Set(slots.map(nameOf))].sort();

/** The text and the numbers of which nothing says what they mean. */
export function withoutMaker(assembly: Assembly, makers: Makers): string[] {
  return namesOf(slotsOf(assembly).filter(slot => isLeaf(slot.type) && !hasMaker(slot, makers)));
}

/** What takes anything. */
export function withoutType(assembly: Assembly): string[] {
  const isAny = ({ primitive, collection }: TypeReference): boolean => primitive === 'any' || primitive === 'json' || (collection !== undefined && isAny(collection.elementtype));
  return namesOf(slotsOf(assembly).filter(({ type }) => isAny(type)));
}
