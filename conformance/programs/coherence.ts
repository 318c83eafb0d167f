import { Fields, Value } from './program';

const MESH = 'cdk8s-mesh.';

/** Makes the fields of a struct agree. */
export type Rule = (fields: Fields) => Fields;

/** The short name of the factory that makes a value, such as `HttpRouteFilter.cors`. */
export const factoryOf = (value: Value) => 'factory' in value ? value.factory.replace(MESH, '') : undefined;
export const itemsOf = (value?: Value) => value && 'list' in value ? value.list : [];
export const fieldsOf = (value?: Value): Fields => value && 'fields' in value ? value.fields : {};
export const argsOf = (value: Value) => 'factory' in value ? value.args : [];
export const literalOf = (value?: Value) => value && 'literal' in value ? value.literal : undefined;
export const firstArg = (item: Value) => literalOf(argsOf(item)[0]);
export const seconds = (value: number): Value => ({ factory: 'cdk8s.Duration.seconds', args: [{ literal: value }] });

/** Whether a text stands anywhere in a value. */
export const mentions = (value: Fields | Value | undefined, text: string | RegExp) => new RegExp(text).test(JSON.stringify(value ?? ''));

/** Fields without some of them. */
export function without(fields: Fields, ...names: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Fields of which one has another value; where it is not there, it stays so. */
export function mapped(fields: Fields, name: string, change: (items: readonly Value[]) => readonly Value[]): Fields {
  return fields[name] === undefined ? fields : { ...fields, [name]: { list: change(itemsOf(fields[name])) } };
}

/** The first of those that share a key; those without key all stay. */
export function firsts(items: readonly Value[], keyOf: (item: Value) => unknown): Value[] {
  const seen = new Set<unknown>();
  return items.filter(item => {
    const key = keyOf(item);
    return key === undefined || (!seen.has(key) && seen.add(key));
  });
}

export const all = (...rules: Rule[]): Rule => fields => rules.reduce((made, rule) => rule(made), fields);
export const onlyOne = (...names: string[]): Rule => fields => without(fields, ...names.filter(name => fields[name] !== undefined).slice(1));
export const uniqueBy = (name: string, keyOf: (item: Value) => unknown): Rule => fields => mapped(fields, name, items => firsts(items, keyOf));
