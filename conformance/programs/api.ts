import { Rooms } from './assembly';
import { Makers } from './makers';
import { Fields, Statement, Value } from './program';
import { Scene } from './scene';
import type { Schema } from '../../src/validation/schema/schema';

/** A kind of an API, in its newest version. */
export interface ApiKind {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** The schema of its spec; of the channel that has more, if there are two. */
  readonly spec: Schema;
  /** What it is in the standard channel: the same where there are no channels, nothing where it is not. */
  readonly standardSpec?: Schema;
}

/** What is said before all else in a program. */
export interface Opening {
  readonly declares?: Value;
  readonly statements: readonly Statement[];
}

/** What makes values where chance alone does not do. */
export interface Chance {
  /** A word of an enum. */
  readonly word: (fqn: string) => string;
  /** Other fields of a struct, each as often as said, in percent. */
  readonly some: (struct: string, except: readonly string[], percent: number) => Fields;
  /** Makes a construct, in the scene. */
  readonly construct: (id: string, construct: string) => void;
}

/** The page that says what sets each field of an API. */
export interface FieldPage {
  /** Its file in docs/. */
  readonly file: string;
  readonly head: string;
  /** The example that is made to show all fields. */
  readonly reference: string;
  /** So much of the fields must be shown in an example. */
  readonly shown: number;
  /** Why fields are left out, by kind and path; all below a path is left out with it. */
  readonly reasons: { readonly [field: string]: string };
}

/** An API for which programs are made: what the assembly does not say of it. */
export interface Api {
  /** Its name in the command line, and for people. */
  readonly name: string;
  readonly title: string;
  readonly rooms: Rooms;
  readonly makers: Makers;
  readonly page: FieldPage;
  readonly kinds: () => readonly ApiKind[];
  /** The kind that a construct makes, by the construct's short name. */
  readonly kindOf: (construct: string) => ApiKind | undefined;
  /** The struct with which an app declares what it is for. */
  readonly declaration?: string;
  /** How a program about a construct begins; nothing when the construct is what others begin with. */
  readonly opening: (scene: Scene, chance: Chance) => Opening;
  /** Whether a construct is what programs begin with: then it is not made twice. */
  readonly isOpening: (construct: string) => boolean;
  /** Whether a program declares what has everything. */
  readonly hasAll: (program: Opening) => boolean;
  /** The namespace of what programs make, perhaps by a factory that knows it. */
  readonly namespaceOf: (scene: Scene, factory?: string) => string | undefined;

  /** A value of a type that is not of this library; none of a type that programs cannot make. */
  readonly external: (fqn: string, scene: Scene) => Value | undefined;
  readonly isKnownExternal: (fqn: string) => boolean;
  /** A construct for others to refer to, where it is no matter of chance. */
  readonly given: (construct: string, scene: Scene) => Value | undefined;
  /** A value of another class or interface of this library that is no matter of chance. */
  readonly value: (fqn: string, scene: Scene) => Value | undefined;

  /** Whether a list of values, no words, may have more than two. */
  readonly isLong: (slot: string) => boolean;
  /** How often, in percent, an optional property is there. */
  readonly shareOf: (of: string, name: string, usual: number) => number;
  /** The properties of which a struct needs one. */
  readonly neededOf: (struct: string) => readonly string[];
  /** Whether a factory makes what fits, and what was declared has it. */
  readonly fits: (producer: string, scene: Scene) => boolean;
  /** The fields of a struct, made to agree. */
  readonly coherent: (struct: string, fields: Fields, scene: Scene) => Fields;
  /** The arguments of a factory, or of a method of a value, made to agree with it and with the construct. */
  readonly coherentArgs: (factory: string, args: readonly Value[], scene: Scene, on?: Value) => readonly Value[];
}

/** The objects of a program that are of one of an API's kinds. */
export function kindOfObject(api: Pick<Api, 'kinds'>, { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): ApiKind | undefined {
  const group = apiVersion.replace(/\/.*/, '');
  return api.kinds().find(known => known.group === group && known.kind === kind);
}

/** Why a field, or what it is a part of, is left out. */
export function reasonFor({ page: { reasons } }: Api, field: string): string | undefined {
  return Object.entries(reasons).find(([left]) => field === left || ['.', '[', '{', '='].some(end => field.startsWith(left + end)))?.[1];
}
