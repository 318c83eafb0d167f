import { Ast, isAst, parse } from './cel-syntax';

/** Refuses what is no expression of the Common Expression Language, before a proxy refuses all that comes with it. */
export function checkCelExpression(expression: string, what: string): string {
  if (expression.trim() === '') {
    throw new Error(`${what} must not be empty: pass an expression such as "response.code >= 400"`);
  }
  let ast: Ast;
  try {
    ast = parse(expression);
  } catch (error) {
    throw new Error(`${what} must be an expression of CEL, got '${expression}': ${firstLine(error)}`);
  }
  if (asksForNoField(ast)) {
    throw new Error(`${what} must ask has() for a field, got '${expression}': write has(a.b), and 'b' in a where the name is a text`);
  }
  return expression;
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
  return isAst(part) && (isHas(part) || part.op !== 'value' && asksForNoField([part.args]));
}

function isHas(ast: Ast): boolean {
  if (ast.op !== 'call') {
    return false;
  }
  const [name, operands] = ast.args;
  return name === 'has' && (operands.length !== 1 || operands[0].op !== '.');
}
