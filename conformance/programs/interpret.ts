import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Program, Statement, Value } from './program';
import * as mesh from '../../src';

const MODULES: { readonly [name: string]: { readonly [name: string]: unknown } } = { 'cdk8s-mesh': mesh, 'cdk8s': cdk8s, 'cdk8s-plus-28': kplus };

type Callable = { readonly [name: string]: (...args: unknown[]) => unknown };
type Constructor = new (scope: cdk8s.Chart, id: string, props?: unknown) => unknown;

/** An app that a program made, and its objects. */
export interface Interpreted {
  readonly app: cdk8s.App;
  readonly objects: readonly KubeObject[];
}

/** An object as it is written. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: { readonly [key: string]: string } };
  readonly spec?: unknown;
}

/** Runs a program, and renders what it made; what is wrong throws. */
export function interpret({ declares, statements }: Program): Interpreted {
  const app = new cdk8s.App();
  const made = new Map<string, unknown>();
  if (declares) {
    mesh.GatewayApi.declare(app, evaluate(declares, made) as mesh.GatewayApiOptions);
  }
  const chart = new cdk8s.Chart(app, 'chart', { disableResourceNameHashes: true });
  statements.forEach(statement => run(statement, chart, made));
  const objects: KubeObject[] = chart.toJson();
  return { app, objects };
}

function run(statement: Statement, chart: cdk8s.Chart, made: Map<string, unknown>): void {
  if ('construct' in statement) {
    const { construct, id, props, args = [] } = statement;
    const [module, type, factory] = construct.split('.');
    const owner = named(`${module}.${type}`);
    made.set(id, factory === undefined ? new (owner as Constructor)(chart, id, props && evaluate(props, made)) :
      (owner as Callable)[factory](chart, id, ...args.map(arg => evaluate(arg, made))));
  } else {
    (made.get(statement.on) as Callable)[statement.verb](...statement.args.map(arg => evaluate(arg, made)));
  }
}

function evaluate(value: Value, made: ReadonlyMap<string, unknown>): unknown {
  if ('literal' in value) {
    return value.literal;
  }
  if ('list' in value) {
    return value.list.map(item => evaluate(item, made));
  }
  if ('ref' in value) {
    return made.get(value.ref);
  }
  if ('constant' in value) {
    return named(value.constant);
  }
  if ('factory' in value) {
    const dot = value.factory.lastIndexOf('.');
    const owner = named(value.factory.slice(0, dot)) as Callable;
    return owner[value.factory.slice(dot + 1)](...value.args.map(arg => evaluate(arg, made)));
  }
  if ('method' in value) {
    return (evaluate(value.on, made) as Callable)[value.method.replace(/.*\./, '')](...value.args.map(arg => evaluate(arg, made)));
  }
  return Object.fromEntries(Object.entries('map' in value ? value.map : value.fields).map(([name, item]) => [name, evaluate(item, made)]));
}

/** What `module.Type.member` names. */
function named(fqn: string): unknown {
  const [module, ...names] = fqn.split('.');
  return names.reduce<unknown>((owner, name) => (owner as { readonly [name: string]: unknown })[name], MODULES[module]);
}
