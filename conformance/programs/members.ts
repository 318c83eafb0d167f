import { Assembly, Slot, TypeReference } from './assembly';
import { Program, Value } from './program';

const short = (fqn: string) => fqn.replace('cdk8s-mesh.', '');

/**
 * Everything of the public API that a program can say: properties of structs, static factories and their optional parameters, verbs, constants, words of enums.
 * What is only read, such as the type of a finished match, is not among them.
 */
export function sayable(assembly: Assembly, constructs = assembly.constructs()): string[] {
  const members = new Set(reachable(assembly, [], [{ fqn: 'cdk8s-mesh.GatewayApiOptions' }]));
  for (const construct of constructs) {
    const slots = assembly.verbs(construct).flatMap(verb => assembly.parameters(construct, verb));
    const props = assembly.propsOf(construct)?.type ?? {};
    assembly.verbs(construct).forEach(verb => members.add(`${short(construct)}.${verb}`));
    reachable(assembly, slots, [props]).forEach(member => members.add(member));
  }
  return [...members].sort();
}

/** What can be said in some slots, and within values of some types. */
export function reachable(assembly: Assembly, own: readonly Slot[], types: readonly TypeReference[] = []): Set<string> {
  const members = new Set<string>();
  const seen = new Set<string>();
  const slots = (list: readonly Slot[]) => list.forEach(slot => {
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
          members.add(short('factory' in producer ? producer.factory : producer.constant));
          slots('factory' in producer ? producer.parameters : []);
        }
      });
    }
  };
  slots(own);
  types.forEach(visit);
  return members;
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
    } else if ('fields' in value) {
      const fields = assembly.fields(value.struct);
      Object.keys(value.fields).forEach(name => fields.filter(field => field.name === name).forEach(field => said.add(nameOf(field))));
      values(Object.values(value.fields));
    }
  };
  visit(declares);
  const constructs = new Map(statements.flatMap(statement => 'construct' in statement ? [[statement.id, statement.construct] as const] : []));
  for (const statement of statements) {
    if ('construct' in statement) {
      values(statement.props ? [statement.props] : []);
    } else {
      call(`${constructs.get(statement.on)}.${statement.verb}`, statement.args);
    }
  }
  return said;
}
