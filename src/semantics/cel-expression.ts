import { createRequire } from 'node:module';

/** A part of a parsed expression: macros are still calls. */
interface Ast {
  readonly op: string;
  readonly args: unknown;
}

interface Parser {
  parse(expression: string): { readonly ast: Ast };
}

interface Library {
  readonly Environment: new(options: object) => Parser;
}

let parser: Parser | undefined;

/** Refuses what is no expression of the Common Expression Language, before a proxy refuses all that comes with it. */
export function checkCelExpression(expression: string, what: string): string {
  if (expression.trim() === '') {
    throw new Error(`${what} must not be empty: pass an expression such as "response.code >= 400"`);
  }
  let ast: Ast;
  try {
    ({ ast } = (parser ??= load()).parse(expression));
  } catch (error) {
    throw new Error(`${what} must be an expression of CEL, got '${expression}': ${firstLine(error)}`);
  }
  if (asksForNoField(ast)) {
    throw new Error(`${what} must ask has() for a field, got '${expression}': write has(a.b), and 'b' in a where the name is a text`);
  }
  return expression;
}

/** The library is an ES module, which Node can require since 20.19, whatever TypeScript says. */
function load(): Parser {
  const { Environment } = createRequire(__filename)('@marcbachmann/cel-js/evaluator') as Library;
  return new Environment({ enableOptionalTypes: true });
}

function firstLine(error: unknown): string {
  const [line] = (error as Error).message.split('\n');
  return line.charAt(0).toLowerCase() + line.slice(1);
}

/** The parser of the library leaves this to the compiler; that of Envoy does not. */
function asksForNoField(part: unknown): boolean {
  if (Array.isArray(part)) {
    return part.some(asksForNoField);
  }
  if (typeof part !== 'object' || part === null || !('op' in part)) {
    return false;
  }
  const { op, args } = part as Ast;
  return isHas(op, args) || op !== 'value' && asksForNoField([args]);
}

function isHas(op: string, args: unknown): boolean {
  if (op !== 'call') {
    return false;
  }
  const [name, operands] = args as [string, Ast[]];
  return name === 'has' && (operands.length !== 1 || operands[0].op !== '.');
}
