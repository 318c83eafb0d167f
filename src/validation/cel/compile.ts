import { field, index, optionalField, optionalIndex, present } from './access';
import { compileMacro } from './comprehension';
import { CelCompileError } from './error';
import { toInt } from './int';
import { functions } from './library';
import { and, conditional, listLiteral, mapLiteral, or } from './logic';
import { constant, Node } from './node';
import { Scope } from './scope';
import { BOOL, BYTES, DOUBLE, INT, NULL, STRING, TYPE, UINT } from './type';
import { Bytes, TypeValue } from './value';
import { Ast, Literal } from '../../semantics/cel-syntax';

const TYPE_NAMES = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type', 'optional_type', 'net.IP', 'net.CIDR'];

/** Turns an expression into a function of its variables. */
export function compile(ast: Ast, scope: Scope): Node {
  switch (ast.op) {
    case 'value':
      return literal(ast.args);
    case 'id':
      return identifier(ast.args, scope);
    case '.':
      return qualified(ast, scope) ?? field(compile(ast.args[0], scope), ast.args[1]);
    case '.?':
      return optionalField(compile(ast.args[0], scope), ast.args[1]);
    case '[]':
      return index(compile(ast.args[0], scope), compile(ast.args[1], scope));
    case '[?]':
      return optionalIndex(compile(ast.args[0], scope), compile(ast.args[1], scope));
    case '&&':
      return and(compile(ast.args[0], scope), compile(ast.args[1], scope));
    case '||':
      return or(compile(ast.args[0], scope), compile(ast.args[1], scope));
    case '?:':
      return conditional(compile(ast.args[0], scope), compile(ast.args[1], scope), compile(ast.args[2], scope));
    case '!_':
      return functions().call('!', false, [compile(ast.args, scope)]);
    case '-_':
      return negation(ast.args, scope);
    case 'list':
      return listLiteral(ast.args.map(item => compile(item, scope)));
    case 'map':
      return mapLiteral(ast.args.map(([key, value]) => [compile(key, scope), compile(value, scope)] as const));
    case 'call':
      return call(ast.args[0], ast.args[1], scope);
    case 'rcall':
      return methodCall(ast.args[0], ast.args[1], ast.args[2], scope);
    default:
      return functions().call(ast.op, false, ast.args.map(arg => compile(arg, scope)));
  }
}

function literal(value: Literal): Node {
  switch (typeof value) {
    case 'string':
      return constant(STRING, value);
    case 'boolean':
      return constant(BOOL, value);
    case 'number':
      return constant(DOUBLE, value);
    case 'bigint':
      return constant(INT, integer(value));
    default:
      if (value === null) {
        return constant(NULL, null);
      }
      return ArrayBuffer.isView(value) ? constant(BYTES, new Bytes(value as Uint8Array)) : constant(UINT, toInt(value.value, 'uint'));
  }
}

function integer(value: bigint) {
  if (BigInt.asIntN(64, value) !== value) {
    throw new CelCompileError(`invalid int literal ${value}`);
  }
  return toInt(value);
}

/** The least integer is written with a minus before what is no integer by itself. */
function negation(operand: Ast, scope: Scope): Node {
  return operand.op === 'value' && typeof operand.args === 'bigint'
    ? constant(INT, integer(-operand.args))
    : functions().call('negate', false, [compile(operand, scope)]);
}

function identifier(name: string, scope: Scope): Node {
  const variable = scope.lookup(name) ?? typeIdentifier(name);
  if (!variable) {
    throw new CelCompileError(`undeclared reference to '${name}'`);
  }
  return variable;
}

function typeIdentifier(name: string): Node | undefined {
  return TYPE_NAMES.includes(name) ? constant(TYPE, new TypeValue(name)) : undefined;
}

/** A dotted name that is no field of a variable: `google.protobuf.Timestamp`. */
function qualified(ast: Ast, scope: Scope): Node | undefined {
  const name = dottedName(ast);
  if (name === undefined || scope.lookup(name.split('.')[0])) {
    return undefined;
  }
  return name === 'google.protobuf.Timestamp' || name === 'google.protobuf.Duration' ? constant(TYPE, new TypeValue(name)) : typeIdentifier(name);
}

function dottedName(ast: Ast): string | undefined {
  if (ast.op === 'id') {
    return ast.args;
  }
  const prefix = ast.op === '.' ? dottedName(ast.args[0]) : undefined;
  return prefix === undefined ? undefined : `${prefix}.${(ast.args as [Ast, string])[1]}`;
}

function call(name: string, args: readonly Ast[], scope: Scope): Node {
  if (name === 'has' && args.length === 1) {
    return presence(args[0], scope);
  }
  return functions().call(name, false, args.map(arg => compile(arg, scope)));
}

function presence(ast: Ast, scope: Scope): Node {
  if (ast.op !== '.') {
    throw new CelCompileError('invalid argument to has() macro');
  }
  return present(compile(ast.args[0], scope), ast.args[1]);
}

function methodCall(name: string, receiver: Ast, args: readonly Ast[], scope: Scope): Node {
  const macro = compileMacro(name, receiver, args, scope, compile);
  if (macro) {
    return macro;
  }
  const prefix = dottedName(receiver);
  const nodes = () => args.map(arg => compile(arg, scope));
  if (prefix !== undefined && !scope.lookup(prefix.split('.')[0]) && functions().has(`${prefix}.${name}`, false, args.length)) {
    return functions().call(`${prefix}.${name}`, false, nodes());
  }
  return functions().call(name, true, [compile(receiver, scope), ...nodes()]);
}
