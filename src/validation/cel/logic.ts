import { condition, folded, Node, toCelError } from './node';
import { BOOL, CelType, common, DYN, listOf, mapOf, NONE } from './type';
import { toDyn, unbox } from './value';

/** True or false by the side that decides, whatever the error of the other one. */
export function and(left: Node, right: Node): Node {
  return decisive(left, right, false);
}

export function or(left: Node, right: Node): Node {
  return decisive(left, right, true);
}

function decisive(left: Node, right: Node, deciding: boolean): Node {
  const [first, second] = [condition(left), condition(right)];
  const run = (variables: unknown[]) => {
    let value: boolean;
    try {
      value = first(variables);
    } catch (error) {
      const failure = toCelError(error);
      if (tryRun(second, variables) === deciding) {
        return deciding;
      }
      throw failure;
    }
    return value === deciding ? deciding : second(variables);
  };
  return folded({ type: BOOL, run }, [left, right]);
}

function tryRun(run: (variables: unknown[]) => boolean, variables: unknown[]): boolean | undefined {
  try {
    return run(variables);
  } catch (error) {
    toCelError(error);
    return undefined;
  }
}

export function conditional(test: Node, then: Node, otherwise: Node): Node {
  const holds = condition(test);
  const type = common(then.type, otherwise.type);
  const [a, b] = [as(then, type).run, as(otherwise, type).run];
  return folded({ type, run: variables => holds(variables) ? a(variables) : b(variables) }, [test, then, otherwise]);
}

/** The node with values of a wider type. */
export function as(node: Node, type: CelType): Node {
  const { type: own, run } = node;
  return type.kind === 'dyn' && own.kind !== 'dyn' ? { type, run: variables => toDyn(own, run(variables)) } : node;
}

export function listLiteral(items: readonly Node[]): Node {
  const type = items.length === 0 ? NONE : items.map(item => item.type).reduce(common);
  const runs = items.map(item => as(item, type).run);
  return folded({ type: listOf(type), run: variables => runs.map(run => run(variables)) }, items);
}

export function mapLiteral(entries: readonly (readonly [Node, Node])[]): Node {
  const [keys, values] = [entries.map(([key]) => key), entries.map(([, value]) => value)];
  const [key, value] = [keys, values].map(nodes => nodes.length === 0 ? NONE : nodes.map(node => node.type).reduce(common));
  const runs = entries.map(entry => [as(entry[0], DYN).run, as(entry[1], value).run] as const);
  const run = (variables: unknown[]) => {
    const map = new Map<unknown, unknown>();
    for (const [name, content] of runs) {
      map.set(unbox(name(variables)), content(variables));
    }
    return map;
  };
  return folded({ type: mapOf(key, value), run }, [...keys, ...values]);
}
