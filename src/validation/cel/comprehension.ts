import { ordering } from './compare';
import { CelCompileError, CelError, noSuchOverload } from './error';
import { condition, Node, toCelError } from './node';
import { Scope } from './scope';
import { BOOL, CelType, DYN, INT, listOf, mapOf, optionalOf, typeName } from './type';
import { CelMap, mapEntry, mapKeys, Optional, typeOfDyn, unbox } from './value';
import { Ast } from '../../semantics/cel-syntax';

type Compile = (ast: Ast, scope: Scope) => Node;
type Predicate = (variables: unknown[]) => boolean;

/** What a macro loops over, with its variables in their slots. */
interface Loop {
  readonly scope: Scope;
  readonly key: CelType;
  readonly value: CelType;
  /** Calls back for each item, with the variables set, until it returns true. */
  readonly each: (variables: unknown[], visit: () => boolean | void) => void;
}

/** How a macro turns a loop and its last arguments into a value. */
type Macro = (loop: Loop, args: readonly Node[]) => Node;

interface Form {
  /** How many variables it may have. */
  readonly variables: readonly number[];
  /** How many arguments may follow them. */
  readonly steps: readonly number[];
  readonly macro: Macro;
}

const LOOPS: { readonly [name: string]: Form | undefined } = {
  all: { variables: [1, 2], steps: [1], macro: quantifier(false) },
  exists: { variables: [1, 2], steps: [1], macro: quantifier(true) },
  exists_one: { variables: [1, 2], steps: [1], macro: existsOne },
  existsOne: { variables: [1, 2], steps: [1], macro: existsOne },
  filter: { variables: [1], steps: [1], macro: filter },
  map: { variables: [1], steps: [1, 2], macro: map },
  transformList: { variables: [2], steps: [1, 2], macro: map },
  transformMap: { variables: [2], steps: [1, 2], macro: transformMap },
  transformMapEntry: { variables: [2], steps: [1, 2], macro: transformMapEntry },
  sortBy: { variables: [1], steps: [1], macro: sortBy },
};

export function compileMacro(name: string, receiver: Ast, args: readonly Ast[], scope: Scope, compile: Compile): Node | undefined {
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2) {
    return optionalMacro(name === 'optMap', compile(receiver, scope), args, scope, compile);
  }
  const form = Object.hasOwn(LOOPS, name) ? LOOPS[name] : undefined;
  const count = form?.variables.find(variables => form.steps.includes(args.length - variables));
  if (!form || count === undefined) {
    return undefined;
  }
  const loop = loopOver(compile(receiver, scope), args.slice(0, count).map(variableName), scope);
  return form.macro(loop, args.slice(count).map(arg => compile(arg, loop.scope)));
}

function variableName(ast: Ast): string {
  if (ast.op !== 'id') {
    throw new CelCompileError('argument must be a simple name');
  }
  return ast.args;
}

function loopOver(range: Node, names: readonly string[], scope: Scope): Loop {
  const { type, run } = range;
  const slot = scope.depth;
  const [key, value] = entryTypes(type);
  const isMap = type.kind === 'map';
  const inner = names.length === 2 ? scope.with([names[0], key], [names[1], value]) : scope.with([names[0], isMap ? key : value]);
  const set = names.length === 2
    ? (variables: unknown[], at: unknown, item: unknown) => {
      variables[slot] = at;
      variables[slot + 1] = item;
    }
    : (variables: unknown[], at: unknown, item: unknown, overMap: boolean) => {
      variables[slot] = overMap ? at : item;
    };
  return {
    scope: inner,
    key,
    value,
    each: (variables, visit) => {
      const items = run(variables);
      if (Array.isArray(items)) {
        for (let at = 0; at < items.length; at++) {
          set(variables, at, items[at], false);
          if (visit()) {
            return;
          }
        }
        return;
      }
      if (!isMap && typeOfDyn(items).kind !== 'map') {
        throw noSuchOverload();
      }
      for (const at of mapKeys(items as CelMap)) {
        set(variables, at, mapEntry(items as CelMap, at), true);
        if (visit()) {
          return;
        }
      }
    },
  };
}

function entryTypes(type: CelType): [key: CelType, value: CelType] {
  switch (type.kind) {
    case 'list':
      return [INT, type.item];
    case 'map':
      return [type.key, type.value];
    case 'dyn':
      return [DYN, DYN];
    default:
      throw new CelCompileError(`expression of type '${typeName(type)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
  }
}

/** `exists` is decided by one true item, `all` by one false one, whatever errors the others make. */
function quantifier(deciding: boolean): Macro {
  return ({ each }, [step]) => {
    const test: Predicate = condition(step);
    return {
      type: BOOL,
      run: variables => {
        let failure: CelError | undefined;
        let decided = false;
        each(variables, () => {
          try {
            return decided = test(variables) === deciding;
          } catch (error) {
            failure ??= toCelError(error);
            return false;
          }
        });
        if (failure && !decided) {
          throw failure;
        }
        return decided === deciding;
      },
    };
  };
}

function existsOne({ each }: Loop, [step]: readonly Node[]): Node {
  const test = condition(step);
  return {
    type: BOOL,
    run: variables => {
      let count = 0;
      each(variables, () => {
        count += test(variables) ? 1 : 0;
      });
      return count === 1;
    },
  };
}

type Add<T> = (into: T, value: unknown, variables: unknown[]) => void;

/** What `add` gathers of the items that pass; with two steps, the first one chooses. */
function gather<T>(loop: Loop, steps: readonly Node[], type: CelType, create: () => T, add: Add<T>): Node {
  const test = steps.length === 2 ? condition(steps[0]) : () => true;
  const { run } = steps[steps.length - 1];
  return {
    type,
    run: variables => {
      const result = create();
      loop.each(variables, () => {
        if (test(variables)) {
          add(result, run(variables), variables);
        }
      });
      return result;
    },
  };
}

function filter(loop: Loop, [step]: readonly Node[]): Node {
  const slot = loop.scope.depth - 1;
  const item = loop.scope.typeAt(slot);
  return gather(loop, [step, { type: item, run: variables => variables[slot] }], listOf(item), newList, push);
}

const newList = (): unknown[] => [];
const push: Add<unknown[]> = (list, value) => void list.push(value);

function map(loop: Loop, steps: readonly Node[]): Node {
  return gather(loop, steps, listOf(steps[steps.length - 1].type), newList, push);
}

function transformMap(loop: Loop, steps: readonly Node[]): Node {
  const slot = loop.scope.depth - 2;
  const type = mapOf(loop.key, steps[steps.length - 1].type);
  return gather(loop, steps, type, () => new Map<unknown, unknown>(), (result, value, variables) => void result.set(unbox(variables[slot]), value));
}

function transformMapEntry(loop: Loop, steps: readonly Node[]): Node {
  const { type } = steps[steps.length - 1];
  if (type.kind !== 'map') {
    throw new CelCompileError(`transformMapEntry needs a map, found '${typeName(type)}'`);
  }
  return gather(loop, steps, type, () => new Map<unknown, unknown>(), (result, value) => {
    for (const key of mapKeys(value as CelMap)) {
      if (result.has(key)) {
        throw new CelError(`insert failed: key ${String(key)} already exists`);
      }
      result.set(key, mapEntry(value as CelMap, key));
    }
  });
}

function sortBy(loop: Loop, [step]: readonly Node[]): Node {
  const compare = ordering(step.type);
  const slot = loop.scope.depth - 1;
  return {
    type: listOf(loop.value),
    run: variables => {
      const pairs: [key: unknown, item: unknown][] = [];
      loop.each(variables, () => void pairs.push([step.run(variables), variables[slot]]));
      return pairs.sort(([a], [b]) => compare(a, b)).map(([, item]) => item);
    },
  };
}

/** `optional.optMap(x, expression)`: the expression of the value, when there is one. */
function optionalMacro(wraps: boolean, operand: Node, [variable, expression]: readonly Ast[], scope: Scope, compile: Compile): Node {
  if (operand.type.kind !== 'optional') {
    throw new CelCompileError(`found no matching overload for 'optMap' applied to '(${typeName(operand.type)})'`);
  }
  const slot = scope.depth;
  const step = compile(expression, scope.with([variableName(variable), operand.type.item]));
  return {
    type: wraps ? optionalOf(step.type) : step.type,
    run: variables => {
      const holder = operand.run(variables) as Optional;
      if (!holder.present) {
        return holder;
      }
      variables[slot] = holder.value;
      const value = step.run(variables);
      return wraps ? Optional.of(value) : value;
    },
  };
}
