import { Definition, Version } from './bundles';
import { Failure, within } from './failure';
import { JsonObject, kindOf, OBJECT, shown } from './json';
import { Node } from './node';
import { Schema } from './schema';
import { FindingRule } from '../finding';

/** A served version of a kind, ready to check objects. */
export class ServedKind {
  readonly root: Node;
  readonly namespaced: boolean;
  /** The status, when it is a resource of its own: a create drops it before anything is checked. */
  private readonly status?: Node;
  private readonly replicas?: readonly string[];

  constructor(definition: Definition, version: Version) {
    const schema = version.schema.openAPIV3Schema;
    const { status, ...properties } = schema.properties ?? {};
    const own = version.subresources?.status !== undefined && status !== undefined;
    const root: Schema = own ? { ...schema, properties } : schema;
    this.root = new Node(root, { resource: true });
    this.status = own ? new Node(status) : undefined;
    this.replicas = version.subresources?.scale?.specReplicasPath.split('.').slice(1);
    this.namespaced = definition.spec.scope === 'Namespaced';
  }

  /** What is wrong with an object beside its metadata. */
  check(object: JsonObject, metadataBlocks: boolean): Failure[] {
    const found: Failure[] = [];
    const made = this.root.visit(this.status ? this.withoutStatus(object, found) : object, found) as JsonObject;
    if (this.replicas) {
      this.checkReplicas(made, found);
    }
    if (!metadataBlocks && !found.some(failure => failure.blocks)) {
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
      if (value === undefined) {
        return;
      }
      value = kindOf(value) === OBJECT && Object.hasOwn(value as JsonObject, key) ? (value as JsonObject)[key] : undefined;
    }
    if (typeof value === 'number' && !(value >= 0 && value <= 2147483647)) {
      found.push(new Failure(FindingRule.SCHEMA, false,
        () => `must be from 0 to 2147483647, as replicas are counted, got ${shown(value)}`, ...[...this.replicas!].reverse()));
    }
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
