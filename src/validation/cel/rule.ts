import { compile } from './compile';
import { CelCompileError } from './error';
import { fieldPath } from './field-path';
import { constant, Node, toCelError } from './node';
import { reader } from './schema-type';
import { Scope } from './scope';
import { CelType, optionalOf, Reader } from './type';
import { Optional } from './value';
import { Ast, mentions, parse } from '../../semantics/cel-syntax';
import { CelRule, Schema } from '../schema/schema';

/** What a rule in CEL says against a value. */
export interface RuleFailure {
  readonly message: string;
  /** Where in the value, when the rule has a `fieldPath`. */
  readonly path?: ReadonlyArray<string | number>;
  readonly rule: string;
  readonly reason?: string;
}

/** The longest message that an expression may make, in bytes. */
const MAX_MESSAGE = 5 * 1024;

/** A rule, ready to check values; one that cannot be compiled refuses them all, as the API server does. */
export class CompiledRule {
  /** Whether it has something to say of an object that is new. */
  public readonly runs: boolean;
  private readonly test?: Node;
  private readonly message?: Node;
  private readonly problem?: string;
  private readonly path?: readonly string[];
  private readonly read: Reader;

  constructor(private readonly rule: CelRule, schema: Schema, type: CelType | undefined) {
    this.read = reader(schema);
    this.path = rule.fieldPath ? fieldPath(rule.fieldPath) : undefined;
    let transition = false;
    try {
      if (!type) {
        throw new CelCompileError('failed to convert to declType for CEL validation rules');
      }
      if (rule.rule.trim() !== '') {
        const scope = this.scope(type);
        const ast = parse(rule.rule);
        transition = mentions(ast, 'oldSelf') && !rule.optionalOldSelf;
        this.test = compileTo('bool', ast, scope);
        this.message = rule.messageExpression ? compileMessage(rule.messageExpression, scope) : undefined;
      }
    } catch (error) {
      this.problem = `rule compile error: compilation failed: ${(error as Error).message}`;
    }
    this.runs = this.problem !== undefined || this.test !== undefined && !transition;
  }

  /** What is wrong with the value in the first slot, or undefined. */
  public check(variables: unknown[]): RuleFailure | undefined {
    if (!this.test) {
      return this.failure(this.problem!);
    }
    const raw = variables[0];
    try {
      variables[0] = this.read(raw);
      return this.test.run(variables) === true ? undefined : { ...this.failure(this.detail(variables)), ...this.path ? { path: this.path } : {} };
    } catch (error) {
      const { message } = toCelError(error);
      return this.failure(message.startsWith('no such overload')
        ? `'${message}': call arguments did not match a supported operator, function or macro signature for rule: ${this.name()}`
        : `${message} evaluating rule: ${this.name()}`);
    } finally {
      variables[0] = raw;
    }
  }

  private scope(type: CelType): Scope {
    const self: Node = { type, run: variables => variables[0] };
    const oldSelf = this.rule.optionalOldSelf ? constant(optionalOf(type), Optional.NONE) : self;
    return new Scope(new Map([['self', self], ['oldSelf', oldSelf]]), [type]);
  }

  private failure(message: string): RuleFailure {
    const { rule, reason } = this.rule;
    return reason ? { message, rule, reason } : { message, rule };
  }

  private detail(variables: unknown[]): string {
    return this.evaluated(variables) ?? (this.rule.message ? this.rule.message.trim() : `failed rule: ${this.rule.rule.trim()}`);
  }

  private name(): string {
    return (this.rule.message || this.rule.rule).trim();
  }

  /** What the message expression says, unless it fails, is too long or has line breaks. */
  private evaluated(variables: unknown[]): string | undefined {
    try {
      const text = (this.message?.run(variables) as string | undefined)?.trim();
      return text === undefined || text === '' || text.includes('\n') || Buffer.byteLength(text) > MAX_MESSAGE ? undefined : text;
    } catch (error) {
      toCelError(error);
      return undefined;
    }
  }
}

function compileTo(kind: 'bool' | 'string', ast: Ast, scope: Scope): Node {
  const node = compile(ast, scope);
  if (node.type.kind !== kind) {
    throw new CelCompileError(`cel expression must evaluate to a ${kind}`);
  }
  return node;
}

function compileMessage(expression: string, scope: Scope): Node | undefined {
  try {
    return compileTo('string', parse(expression), scope);
  } catch {
    // The API server takes the message of the rule then.
    return undefined;
  }
}
