import { Api } from './api';
import { Assembly, Slot, TypeReference } from './assembly';
import { classOf, Program, Value } from './program';

const short = (fqn: string) => fqn.replace('cdk8s-mesh.', '');

/**
 * Everything of an API's own rooms that a program can say: properties of structs, static factories and their optional parameters, verbs, constants, words of enums.
 * What is only read, such as the type of a finished match, is not among them.
 */
export function sayable(assembly: Assembly, { declaration }: Pick<Api, 'declaration'>, constructs = assembly.constructs()): string[] {
  const members = new Set(reachable(assembly, [], declaration === undefined ? [] : [{ fqn: declaration }]));
  for (const construct of constructs) {
    const methods = [...assembly.constructing(construct), ...assembly.verbs(construct)];
    const slots = methods.flatMap(method => assembly.parameters(construct, method));
    const props = assembly.propsOf(construct)?.type ?? {};
    methods.forEach(method => members.add(`${short(construct)}.${method}`));
    reachable(assembly, slots, [props]).forEach(member => members.add(member));
  }
  return [...members].filter(member => assembly.isOwn(`cdk8s-mesh.${member.replace(/\..*/, '')}`)).sort();
}

/** What can be said in some slots, and within values of some types. */
export function reachable(assembly: Assembly, own: readonly Slot[], types: readonly TypeReference[] = []): Set<string> {
  return walk(assembly, own, types).members;
}

/** What is reached from some slots, and from within values of some types: what can be said there, and the slots. */
export function walk(
  assembly: Assembly, own: readonly Slot[], types: readonly TypeReference[],
): { readonly members: Set<string>; readonly slots: readonly Slot[] } {
  const members = new Set<string>();
  const all: Slot[] = [];
  const seen = new Set<string>();
  const slots = (list: readonly Slot[]) => list.forEach(slot => {
    all.push(slot);
    if (!isParameter(slot) || slot.optional) {
      members.add(nameOf(slot));
    }
    visit(slot.type);
  });
  const visit = ({ fqn, collection }: TypeReference): void => {
    if (collection) {
      visit(collection.elementtype);
    }
    const type = fqn === undefined || seen.has(fqn) ? undefined : assembly.find(fqn);
    if (type === undefined || fqn === undefined) {
      return;
    }
    seen.add(fqn);
    if (type.kind === 'enum') {
      assembly.members(fqn).forEach(word => members.add(`${type.name}.${word}`));
    } else if (type.datatype) {
      slots(assembly.fields(fqn));
    } else {
      assembly.producers(fqn).forEach(producer => {
        if (!('construct' in producer)) {
          members.add(short('factory' in producer ? producer.factory : 'method' in producer ? producer.method : producer.constant));
          slots('parameters' in producer ? producer.parameters : []);
        }
        if ('method' in producer) {
          visit({ fqn: producer.owner });
        }
      });
    }
  };
  slots(own);
  types.forEach(visit);
  return { members, slots: all };
}

function isParameter({ of }: Pick<Slot, 'of'>): boolean {
  return of.includes('.');
}

/** `HttpRouteRule.timeouts`, or `RouteParent.gateway(options)` for a parameter. */
export function nameOf(slot: Pick<Slot, 'of' | 'name'>): string {
  return isParameter(slot) ? `${slot.of}(${slot.name})` : `${slot.of}.${slot.name}`;
}

/** What a program says. */
export function saidBy({ declares, statements }: Program, assembly: Assembly): Set<string> {
  const said = new Set<string>();
  const values = (list: readonly Value[]) => list.forEach(visit);
  const call = (method: string, args: readonly Value[]) => {
    const dot = method.lastIndexOf('.');
    const parameters = assembly.find(method.slice(0, dot)) ? assembly.parameters(method.slice(0, dot), method.slice(dot + 1)) : [];
    said.add(short(method));
    parameters.slice(0, args.length).forEach(parameter => said.add(nameOf(parameter)));
    values(args);
  };
  const visit = (value: Value): void => {
    if ('list' in value) {
      values(value.list);
    } else if ('map' in value) {
      values(Object.values(value.map));
    } else if ('constant' in value) {
      said.add(short(value.constant));
    } else if ('factory' in value) {
      call(value.factory, value.args);
    } else if ('method' in value) {
      visit(value.on);
      call(value.method, value.args);
    } else if ('fields' in value) {
      const fields = assembly.fields(value.struct);
      Object.keys(value.fields).forEach(name => fields.filter(field => field.name === name).forEach(field => said.add(nameOf(field))));
      values(Object.values(value.fields));
    }
  };
  if (declares) {
    visit(declares);
  }
  const constructs = new Map(statements.flatMap(statement => 'construct' in statement ? [[statement.id, classOf(statement.construct)] as const] : []));
  for (const statement of statements) {
    if ('construct' in statement) {
      values(statement.props ? [statement.props] : []);
      if (statement.args) {
        call(statement.construct, statement.args);
      }
    } else {
      call(`${constructs.get(statement.on)}.${statement.verb}`, statement.args);
    }
  }
  return said;
}
