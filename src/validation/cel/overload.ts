import { IDENTICAL } from './equality';
import { CelCompileError, noSuchOverload } from './error';
import { folded, Node, Run } from './node';
import { assignable, CelType, common, DYN, ListType, sameType, typeName } from './type';
import { toDyn, typeOfDyn, unbox } from './value';

type Call = (...args: unknown[]) => unknown;

/** A function for arguments of some types. */
export interface Overload {
  readonly name: string;
  readonly method: boolean;
  readonly params: readonly CelType[];
  readonly result: (types: readonly CelType[]) => CelType;
  readonly bind: (types: readonly CelType[]) => Call;
}

type Result = CelType | ((types: readonly CelType[]) => CelType);

export function fn(name: string, params: readonly CelType[], result: Result, call: (...args: never[]) => unknown): Overload {
  return generic(false, name, params, result, () => call);
}

/** A function that is called on its first argument. */
export function method(name: string, params: readonly CelType[], result: Result, call: (...args: never[]) => unknown): Overload {
  return generic(true, name, params, result, () => call);
}

/** One that works by the types of its arguments. */
export function generic(
  onReceiver: boolean, name: string, params: readonly CelType[], result: Result, bind: (types: readonly CelType[]) => (...args: never[]) => unknown,
): Overload {
  return { name, method: onReceiver, params, result: typeof result === 'function' ? result : () => result, bind: bind as Overload['bind'] };
}

/** The functions of all libraries, by name. */
export class Functions {
  private static key(name: string, onReceiver: boolean, count: number): string {
    return `${onReceiver ? '.' : ''}${name}/${count}`;
  }

  private readonly overloads = new Map<string, Overload[]>();

  constructor(libraries: readonly (readonly Overload[])[]) {
    for (const overload of libraries.flat()) {
      const key = Functions.key(overload.name, overload.method, overload.params.length);
      const others = this.overloads.get(key);
      if (others) {
        others.push(overload);
      } else {
        this.overloads.set(key, [overload]);
      }
    }
  }

  public has(name: string, onReceiver: boolean, count: number): boolean {
    return this.overloads.has(Functions.key(name, onReceiver, count));
  }

  /** The call of a function: of the one overload that the types ask for, or of the one that the values ask for. */
  public call(name: string, onReceiver: boolean, args: readonly Node[]): Node {
    const types = args.map(arg => arg.type);
    const fitting = (this.overloads.get(Functions.key(name, onReceiver, args.length)) ?? [])
      .filter(({ params }) => params.every((param, index) => assignable(types[index], param)));
    if (fitting.length === 0) {
      throw new CelCompileError(`found no matching overload for '${name}' applied to '(${types.map(typeName).join(', ')})'`);
    }
    const known = fitting.find(({ params }) => params.every((param, index) => isTold(types[index], param)));
    return folded(known ? direct(known, args, types) : dispatched(fitting, args, types), args);
  }
}

/** Whether a value of the type needs no look to be taken for the parameter. */
function isTold(type: CelType, param: CelType): boolean {
  if (param.kind === 'dyn') {
    return true;
  }
  return type.kind === param.kind && (type.kind !== 'list' || isTold(type.item, (param as ListType).item));
}

function direct(overload: Overload, args: readonly Node[], types: readonly CelType[]): Node {
  const call = overload.bind(types);
  const type = overload.result(types);
  const [a, b, c] = args.map(arg => arg.run);
  switch (args.length) {
    case 1:
      return { type, run: variables => call(a(variables)) };
    case 2:
      return { type, run: binary(call, a, args[1]) };
    case 3:
      return { type, run: variables => call(a(variables), b(variables), c(variables)) };
    default:
      return { type, run: variables => call(...args.map(arg => arg.run(variables))) };
  }
}

/** Most rules compare with a constant: it is not asked for each time. */
function binary(call: Call, a: Run, { run: b, constant }: Node): Run {
  if (!constant) {
    return variables => call(a(variables), b(variables));
  }
  const { value } = constant;
  return call === IDENTICAL ? variables => a(variables) === value : variables => call(a(variables), value);
}

function dispatched(overloads: readonly Overload[], args: readonly Node[], types: readonly CelType[]): Node {
  const results = overloads.map(overload => overload.result(overload.params));
  const type = results.reduce(common);
  const boxed = results.some(result => !sameType(result, type));
  return {
    type: boxed ? DYN : type,
    run: variables => {
      const values = args.map(arg => arg.run(variables));
      const chosen = overloads.find(({ params }) => params.every((param, index) => accepts(param, types[index], values[index])));
      if (!chosen) {
        throw noSuchOverload();
      }
      const taken = values.map((value, index) => taking(chosen.params[index], types[index], value));
      const bound = chosen.params.map((param, index) => isTold(types[index], param) ? types[index] : param);
      const result = chosen.bind(bound)(...taken);
      return boxed ? toDyn(chosen.result(chosen.params), result) : result;
    },
  };
}

function accepts(param: CelType, type: CelType, value: unknown): boolean {
  const actual = type.kind === 'dyn' ? typeOfDyn(value) : type;
  if (param.kind === 'dyn') {
    return true;
  }
  if (param.kind === 'list' && actual.kind === 'list') {
    return (value as unknown[]).every(item => accepts(param.item, actual.item, item));
  }
  return assignable(actual, param);
}

/** The value as the parameter has it: without the box in which `dyn` comes. */
function taking(param: CelType, type: CelType, value: unknown): unknown {
  if (param.kind === 'dyn') {
    return value;
  }
  if (param.kind === 'list' && (type.kind === 'dyn' || type.kind === 'list' && type.item.kind === 'dyn')) {
    return (value as unknown[]).map(item => taking(param.item, DYN, item));
  }
  return type.kind === 'dyn' ? unbox(value) : value;
}
