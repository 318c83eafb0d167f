import { createRequire } from 'node:module';

/** An expression as the library parses it: macros are still calls. */
export type Ast =
  | { readonly op: 'value'; readonly args: Literal }
  | { readonly op: 'id'; readonly args: string }
  | { readonly op: '.' | '.?'; readonly args: readonly [Ast, string] }
  | { readonly op: BinaryOperator | '[]' | '[?]' | '&&' | '||'; readonly args: readonly [Ast, Ast] }
  | { readonly op: '!_' | '-_'; readonly args: Ast }
  | { readonly op: '?:'; readonly args: readonly [Ast, Ast, Ast] }
  | { readonly op: 'call'; readonly args: readonly [string, readonly Ast[]] }
  | { readonly op: 'rcall'; readonly args: readonly [string, Ast, readonly Ast[]] }
  | { readonly op: 'list'; readonly args: readonly Ast[] }
  | { readonly op: 'map'; readonly args: readonly (readonly [Ast, Ast])[] };

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

/** Integers are bigints, doubles numbers, unsigned integers and bytes objects. */
export type Literal = string | number | bigint | boolean | null | { readonly value: bigint } | Uint8Array;

interface Parser {
  parse(expression: string): { readonly ast: Ast };
}

interface Library {
  readonly Environment: new(options: object) => Parser;
}

let parser: Parser | undefined;

export function parse(expression: string): Ast {
  return (parser ??= load()).parse(expression).ast;
}

/** The library is an ES module, which Node can require since 20.19, whatever TypeScript says. */
function load(): Parser {
  const { Environment } = createRequire(__filename)('@marcbachmann/cel-js/evaluator') as Library;
  return new Environment({ enableOptionalTypes: true });
}

/** Whether a name is used anywhere in an expression. */
export function mentions(ast: Ast, name: string): boolean {
  const within = (part: unknown): boolean => Array.isArray(part) ? part.some(within) : isAst(part) && mentions(part, name);
  return ast.op === 'id' ? ast.args === name : ast.op !== 'value' && within([ast.args]);
}

export function isAst(part: unknown): part is Ast {
  return typeof part === 'object' && part !== null && 'op' in part;
}
