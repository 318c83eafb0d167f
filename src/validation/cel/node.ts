import { CelCompileError, CelError, noSuchOverload } from './error';
import { CelType, typeName } from './type';

/** Gives the value of an expression, with the variables by their slots; throws `CelError`. */
export type Run = (variables: unknown[]) => unknown;

/** An expression, ready to run. */
export interface Node {
  readonly type: CelType;
  readonly run: Run;
  /** The value, when it is the same every time. */
  readonly constant?: { readonly value: unknown };
}

export function constant(type: CelType, value: unknown): Node {
  return { type, run: () => value, constant: { value } };
}

/** The node, or its value when it depends on nothing. */
export function folded(node: Node, parts: readonly Node[]): Node {
  if (!parts.every(part => part.constant)) {
    return node;
  }
  try {
    return constant(node.type, node.run([]));
  } catch {
    // The error belongs to each run: `||` may make up for it.
    return node;
  }
}

/** Runs a condition: true or false, or an error. */
export function condition(node: Node): (variables: unknown[]) => boolean {
  const { type, run } = node;
  if (type.kind === 'bool') {
    return run as (variables: unknown[]) => boolean;
  }
  if (type.kind !== 'dyn') {
    throw new CelCompileError(`expected type 'bool' but found '${typeName(type)}'`);
  }
  return variables => {
    const value = run(variables);
    if (typeof value !== 'boolean') {
      throw noSuchOverload();
    }
    return value;
  };
}

/** The error of an expression. A value that its schema does not allow makes JavaScript complain: no overload takes it. */
export function toCelError(error: unknown): CelError {
  if (error instanceof CelError) {
    return error;
  }
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
    return noSuchOverload();
  }
  throw error;
}
