import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const METADATA = 'cdk8s-plus-28.ResourceProps';
/** The base classes that make a class a construct. */
const CONSTRUCTS = ['constructs.Construct', 'cdk8s-plus-28.Resource', 'cdk8s.Chart', 'cdk8s.ApiObject'];

/** A type, as the assembly writes it. */
export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

interface Property {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly const?: boolean;
}

interface Method {
  readonly name: string;
  readonly static?: boolean;
  readonly protected?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference };
}

interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly abstract?: boolean;
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly Parameter[] };
  readonly methods?: readonly Method[];
  readonly properties?: readonly Property[];
  readonly members?: readonly { readonly name: string }[];
  readonly locationInModule: { readonly filename: string };
}

/** Whether a method makes a construct, in a scope. */
export function isConstructing({ static: isStatic, parameters: [scope] = [] }: Method): boolean {
  return isStatic === true && scope?.type.fqn === 'constructs.Construct';
}

/** A property of a struct or a parameter: `of` is the struct that declares it, or the class and the method. */
export interface Slot {
  readonly of: string;
  readonly name: string;
  readonly type: TypeReference;
  readonly optional: boolean;
  /** It takes as many values as one likes. */
  readonly variadic?: boolean;
}

/** A way to a value of a type: a static factory with its parameters, a method of a value of another type, a constant, or a construct that is one. */
export type Producer =
  | { readonly factory: string; readonly parameters: readonly Slot[] }
  | { readonly method: string; readonly owner: string; readonly parameters: readonly Slot[] }
  | { readonly constant: string }
  | { readonly construct: string };

/** The files of an API, as patterns. */
export interface Rooms {
  /** Those of its constructs, and of all of which programs must be able to say everything. */
  readonly own: RegExp;
  /** Those in which values are found. */
  readonly all: RegExp;
}

/** The public API of the library, as jsii wrote it down. */
export class Assembly {
  static read(rooms: Rooms): Assembly {
    const file = join(ROOT, '.jsii');
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      throw new Error(`${file} is missing: run \`npx projen compile\` first, which writes it`);
    }
    return new Assembly(JSON.parse(text) as { types: { [fqn: string]: Type } }, rooms);
  }

  private readonly types: { readonly [fqn: string]: Type };

  constructor({ types }: { readonly types: { readonly [fqn: string]: Type } }, private readonly rooms: Rooms) {
    this.types = types;
  }

  find(fqn: string): Type | undefined {
    return this.types[fqn];
  }

  /** The types of the API's own rooms. */
  room(): Type[] {
    return this.typesIn(this.rooms.own);
  }

  isOwn(fqn: string): boolean {
    return this.rooms.own.test(this.types[fqn]?.locationInModule.filename ?? '');
  }

  private typesIn(files: RegExp): Type[] {
    return Object.values(this.types).filter(({ locationInModule }) => files.test(locationInModule.filename)).sort((a, b) => a.fqn < b.fqn ? -1 : 1);
  }

  isConstruct(fqn: string): boolean {
    const base = this.types[fqn]?.base;
    return base !== undefined && (CONSTRUCTS.includes(base) || this.isConstruct(base));
  }

  /** The constructs of the room that programs can make. */
  constructs(): string[] {
    return this.room().filter(({ fqn, abstract, initializer }) => !abstract && initializer && this.isConstruct(fqn)).map(({ fqn }) => fqn);
  }

  /** The names of the factories that make a construct in a scope. */
  constructing(construct: string): string[] {
    return this.types[construct].methods?.filter(isConstructing).map(({ name }) => name) ?? [];
  }

  /** The properties of a struct with those that it inherits from structs of this library. */
  fields(struct: string): Slot[] {
    const { name, properties = [], interfaces = [] } = this.types[struct] ?? { name: struct };
    const own = properties.map(property => ({ of: name, name: property.name, type: property.type, optional: property.optional ?? false }));
    return [...interfaces.flatMap(parent => this.fields(parent)), ...own];
  }

  /** The struct of a construct's properties, if it takes one. */
  propsOf(construct: string): Slot | undefined {
    const [, , props] = this.types[construct].initializer?.parameters ?? [];
    return props && { of: this.types[construct].name, name: props.name, type: props.type, optional: props.optional ?? false };
  }

  /** Whether a struct has the metadata of an object. */
  takesMetadata(struct: string): boolean {
    return struct === METADATA || (this.types[struct]?.interfaces ?? []).some(parent => this.takesMetadata(parent)) ||
      (this.types[struct]?.properties ?? []).some(({ name }) => name === 'metadata');
  }

  /** The parameters of a method, static or not, without the scope and the id of a construct. */
  parameters(fqn: string, method: string): Slot[] {
    const { name, methods = [] } = this.types[fqn];
    const found = methods.find(candidate => candidate.name === method);
    return (found?.parameters ?? []).slice(found && isConstructing(found) ? 2 : 0).map(({ name: own, type, optional, variadic }) => ({
      of: `${name}.${method}`, name: own, type, optional: optional ?? false, variadic,
    }));
  }

  /** The methods of a construct that change it. */
  verbs(construct: string): string[] {
    const { methods = [] } = this.types[construct];
    return methods.filter(method => !method.static && !method.protected && method.returns?.type.fqn === construct).map(({ name }) => name);
  }

  /** The words of an enum. */
  members(fqn: string): string[] {
    return this.types[fqn].members?.map(({ name }) => name) ?? [];
  }

  /** Every way to a value of a class or an interface. */
  producers(wanted: string): Producer[] {
    const fits = (type?: TypeReference) => type?.fqn !== undefined && this.isAssignable(type.fqn, wanted);
    return this.typesIn(this.rooms.all).filter(({ kind }) => kind === 'class').flatMap(({ fqn, methods = [], properties = [] }) => [
      ...methods.filter(method => method.static && !isConstructing(method) && fits(method.returns?.type))
        .map(({ name }) => ({ factory: `${fqn}.${name}`, parameters: this.parameters(fqn, name) })),
      ...methods.filter(method => !method.static && !method.protected && !this.isConstruct(fqn) && fits(method.returns?.type))
        .map(({ name }) => ({ method: `${fqn}.${name}`, owner: fqn, parameters: this.parameters(fqn, name) })),
      ...properties.filter(property => property.static && fits(property.type)).map(({ name }) => ({ constant: `${fqn}.${name}` })),
      ...this.isConstruct(fqn) && this.isAssignable(fqn, wanted) ? [{ construct: fqn }] : [],
    ]);
  }

  private isAssignable(fqn: string, wanted: string): boolean {
    const { base, interfaces = [] } = this.types[fqn] ?? {};
    return fqn === wanted || [...base === undefined ? [] : [base], ...interfaces].some(parent => this.isAssignable(parent, wanted));
  }
}
