import { Definition, Version } from './bundles';
import { Failure, within } from './failure';
import { INTEGER, JsonObject, kindOf, OBJECT, shown } from './json';
import { Node } from './node';
import { Schema } from './schema';
import { FindingRule } from '../finding';

/** A served version of a kind, ready to check objects. */
export class ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly root: Node;
  /** The status, when it is a resource of its own: a create drops it before anything is checked. */
  private readonly status?: Node;
  private readonly replicas?: readonly string[];

  constructor(definition: Definition, version: Version) {
    const schema = version.schema.openAPIV3Schema;
    const { status, ...properties } = schema.properties ?? {};
    const own = version.subresources?.status !== undefined && status !== undefined;
    const root: Schema = own ? { ...schema, properties } : schema;
    this.root = new Node(root, { root: 'resource' });
    this.status = own ? Node.of(status) : undefined;
    this.replicas = version.subresources?.scale?.specReplicasPath.split('.').slice(1);
    const { group, names } = definition.spec;
    this.apiVersion = group === '' ? version.name : `${group}/${version.name}`;
    this.kind = names.kind;
    this.namespaced = definition.spec.scope === 'Namespaced';
  }

  /**
   * What is wrong with an object beside its metadata.
   *
   * @param blocked whether its metadata keeps the API server from looking at rules
   */
  check(object: JsonObject, blocked: boolean): Failure[] {
    const found: Failure[] = [];
    const made = this.root.visit(this.status ? this.withoutStatus(object, found) : object, found) as JsonObject;
    if (this.replicas) {
      this.checkReplicas(made, found);
    }
    if (!blocked && !found.some(failure => failure.blocks)) {
      this.root.judge(named(made), found);
    }
    return found;
  }

  private withoutStatus(object: JsonObject, found: Failure[]): JsonObject {
    if (!Object.hasOwn(object, 'status')) {
      return object;
    }
    const { status, ...rest } = object;
    const inStatus: Failure[] = [];
    this.status!.visit(status ?? null, inStatus);
    const unknown = inStatus.filter(failure => failure.rule === FindingRule.UNKNOWN_FIELD);
    within('status', unknown, 0);
    found.push(...unknown);
    return rest;
  }

  /** The scale of a resource reads its replicas, whatever the schema says of them. */
  private checkReplicas(object: JsonObject, found: Failure[]): void {
    let value: unknown = object;
    for (const key of this.replicas!) {
      if (value !== undefined && value !== null && kindOf(value) !== OBJECT) {
        found.push(this.unscaled(value));
        return;
      }
      value = Object.hasOwn(value ?? {}, key) ? (value as JsonObject)[key] : undefined;
    }
    if (value !== undefined && (kindOf(value) !== INTEGER || (value as number) < 0 || (value as number) > 2147483647)) {
      found.push(this.unscaled(value));
    }
  }

  private unscaled(value: unknown): Failure {
    return new Failure(FindingRule.SCHEMA, false,
      () => `must be an integer from 0 to 2147483647, as replicas are counted, got ${shown(value)}`, ...[...this.replicas!].reverse());
  }
}

/** Gives an object that asks for a generated name one of the form that it will get, for rules that look at it. */
function named(object: JsonObject): JsonObject {
  const metadata = object.metadata as JsonObject | undefined;
  if (kindOf(metadata) !== OBJECT || metadata!.name || typeof metadata!.generateName !== 'string') {
    return object;
  }
  return { ...object, metadata: { ...metadata, name: `${metadata!.generateName.slice(0, 58)}xxxxx` } };
}
