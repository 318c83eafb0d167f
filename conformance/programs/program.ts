/** A value of a program, as plain data. */
export type Value =
  | { readonly literal: string | number | boolean }
  | { readonly list: readonly Value[] }
  | { readonly map: { readonly [key: string]: Value } }
  | { readonly struct: string; readonly fields: Fields }
  /** A word of an enum, or a constant of a class, by its full name. */
  | { readonly constant: string }
  /** A static factory, by its full name. */
  | { readonly factory: string; readonly args: readonly Value[] }
  /** A method of a value that makes another one, by its full name. */
  | { readonly method: string; readonly on: Value; readonly args: readonly Value[] }
  /** What a statement before made. */
  | { readonly ref: string };

export interface Fields {
  readonly [name: string]: Value;
}

/** A construct is made, by its constructor from properties or by a factory from arguments, or a method of one is called. */
export type Statement =
  | { readonly construct: string; readonly id: string; readonly props?: Value; readonly args?: readonly Value[] }
  | { readonly on: string; readonly verb: string; readonly args: readonly Value[] };

/** A program: what the app declares of its Gateway API, if anything, and what it makes in a chart. */
export interface Program {
  readonly declares?: Value;
  readonly statements: readonly Statement[];
}

/** The class of a construct, by what makes it. */
export const classOf = (construct: string) => construct.split('.').slice(0, 2).join('.');

const short = (fqn: string) => fqn.replace(/^[^.]+\./, '');

/** A value as one would write it. */
function textOf(value: Value): string {
  if ('literal' in value) {
    return typeof value.literal === 'string' ? `'${value.literal}'` : String(value.literal);
  }
  if ('list' in value) {
    return `[${value.list.map(textOf).join(', ')}]`;
  }
  if ('ref' in value) {
    return value.ref;
  }
  if ('constant' in value) {
    return short(value.constant);
  }
  if ('factory' in value) {
    return `${short(value.factory)}(${value.args.map(textOf).join(', ')})`;
  }
  if ('method' in value) {
    return `${textOf(value.on)}.${value.method.replace(/.*\./, '')}(${value.args.map(textOf).join(', ')})`;
  }
  const entries = Object.entries('map' in value ? value.map : value.fields);
  return entries.length === 0 ? '{}' : `{ ${entries.map(([name, item]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${textOf(item)}`).join(', ')} }`;
}

/** A program as one would write it. */
export function programText({ declares, statements }: Program): string {
  return [...declares ? [`GatewayApi.declare(app, ${textOf(declares)});`] : [], ...statements.map(statement => 'construct' in statement
    ? `const ${statement.id} = ${short(statement.construct).includes('.') ? '' : 'new '}${short(statement.construct)}(chart, '${statement.id}'${[...statement.props ? [statement.props] : [], ...statement.args ?? []].map(value => `, ${textOf(value)}`).join('')});`
    : `${statement.on}.${statement.verb}(${statement.args.map(textOf).join(', ')});`)].join('\n');
}
