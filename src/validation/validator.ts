import { FindingRule } from './finding';
import { checkMetadata } from './metadata/metadata';
import { OBJECT_META } from './metadata/object-meta';
import { Problem } from './problem';
import { Channel, definitionOf, groupOf } from './schema/bundles';
import { Failure } from './schema/failure';
import { JsonObject, kindOf, OBJECT, shown } from './schema/json';
import { ServedKind } from './schema/kind';
import { nearest } from './schema/near';
import { Node } from './schema/node';

export type { Channel, Problem };

/** Whether the bundles serve a kind: none has its group, or not the kind, or not the version, or only the other channel has it. */
export type Known = 'yes' | 'foreign' | 'no-kind' | 'unserved-version' | 'other-channel';

/** Says of one object what the API server would say when it is created. */
export class Validator {
  /** The validator for a channel; schemas load with the first object of their group. */
  static of(channel: Channel): Validator {
    let validator = Validator.validators.get(channel);
    if (!validator) {
      validator = new Validator(channel);
      Validator.validators.set(channel, validator);
    }
    return validator;
  }

  private static readonly validators = new Map<Channel, Validator>();

  /** The kinds met so far, by apiVersion and kind. */
  private readonly kinds = new Map<string, ServedKind | undefined>();

  private constructor(readonly channel: Channel) {
  }

  /** Whether a kind is covered. */
  knows(apiVersion: string, kind: string): Known {
    if (this.kind(apiVersion, kind)) {
      return 'yes';
    }
    const { group, version } = split(apiVersion);
    const found = groupOf(group, this.channel);
    if (!found) {
      return 'foreign';
    }
    if (this.channel === 'standard' && definitionOf(group, kind, 'experimental')?.spec.versions.some(({ name }) => name === version)) {
      return 'other-channel';
    }
    return definitionOf(group, kind, this.channel) ? 'unserved-version' : found.whole ? 'no-kind' : 'foreign';
  }

  /** What is wrong with an object; nothing for a kind that no bundle holds. */
  check(object: unknown): Problem[] {
    if (kindOf(object) !== OBJECT) {
      return [problem([], FindingRule.UNREADABLE, `must be an object, got ${shown(object)}`)];
    }
    const { apiVersion, kind } = object as JsonObject;
    for (const [name, value] of Object.entries({ apiVersion, kind })) {
      if (typeof value !== 'string' || value === '') {
        return [problem([name], FindingRule.SCHEMA, value === undefined ? 'is required, got none: write a text' : `must be a text, got ${shown(value)}`)];
      }
    }
    const served = this.kind(apiVersion as string, kind as string);
    if (!served) {
      return this.unserved(apiVersion as string, kind as string);
    }
    const { metadata } = object as JsonObject;
    const inMetadata = checkMetadata(metadata, served);
    if (inMetadata.length > 0 && !decodes(metadata)) {
      // The API server cannot read the object, and looks no further.
      return inMetadata.filter(({ rule }) => rule === FindingRule.METADATA);
    }
    const found = served.check(object as JsonObject, inMetadata.length > 0 && !isNamed(metadata));
    return found.length === 0 ? inMetadata : [...inMetadata, ...this.told(found, apiVersion as string, kind as string)];
  }

  private kind(apiVersion: string, kind: string): ServedKind | undefined {
    const key = `${apiVersion}/${kind}`;
    if (!this.kinds.has(key)) {
      const { group, version } = split(apiVersion);
      const definition = definitionOf(group, kind, this.channel);
      const served = definition?.spec.versions.find(({ name }) => name === version);
      this.kinds.set(key, served && new ServedKind(definition!, served));
    }
    return this.kinds.get(key);
  }

  private unserved(apiVersion: string, kind: string): Problem[] {
    const { group } = split(apiVersion);
    switch (this.knows(apiVersion, kind)) {
      case 'other-channel':
        return [problem(['kind'], FindingRule.UNKNOWN_KIND,
          `${kind} of ${apiVersion} exists only in the experimental channel: validate for that channel if the cluster has it`)];
      case 'unserved-version': {
        const versions = definitionOf(group, kind, this.channel)!.spec.versions.map(({ name }) => `${group ? `${group}/` : ''}${name}`);
        return [problem(['apiVersion'], FindingRule.UNKNOWN_KIND, `must be ${versions.join(' or ')} for a ${kind}, got ${shown(apiVersion)}`)];
      }
      case 'no-kind': {
        const kinds = groupOf(group, this.channel)!.kinds.map(definition => definition.spec.names.kind);
        const near = nearest(kind, kinds);
        return [problem(['kind'], FindingRule.UNKNOWN_KIND,
          `must be a kind of ${group}: ${kinds.join(', ')}, got ${shown(kind)}${near ? `: did you mean '${near}'?` : ''}`)];
      }
      default:
        return [];
    }
  }

  /** Failures as problems, each once: what is dropped first, then the rest as it was found. */
  private told(found: Failure[], apiVersion: string, kind: string): Problem[] {
    const problems = new Map<string, Problem>();
    for (const failure of found) {
      const path = [...failure.path].reverse();
      const message = failure.rule === FindingRule.UNKNOWN_FIELD ? this.experimental(path, apiVersion, kind) ?? failure.say() : failure.say();
      problems.set(`${JSON.stringify(path)}${message}`, problem(path, failure.rule, message));
    }
    const all = [...problems.values()];
    const unknown = (one: Problem) => one.rule === FindingRule.UNKNOWN_FIELD;
    return [...all.filter(unknown), ...all.filter(one => !unknown(one))];
  }

  /** What to say of a field that only the experimental channel has. */
  private experimental(path: (string | number)[], apiVersion: string, kind: string): string | undefined {
    const { group } = split(apiVersion);
    if (this.channel === 'experimental' || !group.startsWith('gateway.networking.')) {
      return undefined;
    }
    const node = path.reduce<Node | undefined>((at, step) => at?.field(step), Validator.of('experimental').kind(apiVersion, kind)?.root);
    return node && `'${path.at(-1)}' exists only in the experimental channel and would be dropped: validate for that channel if the cluster has it`;
  }
}

/** Whether metadata can be read at all. */
function decodes(metadata: unknown): boolean {
  return (metadata ?? null) === null || (kindOf(metadata) === OBJECT && Object.entries(metadata as JsonObject).every(([field, value]) =>
    value === null || !Object.hasOwn(OBJECT_META, field) || OBJECT_META[field]?.decodes(value)));
}

/** Whether an object has a name or will get one; without, no rule is looked at. */
function isNamed(metadata: unknown): boolean {
  const { name, generateName } = (metadata ?? {}) as JsonObject;
  return Boolean(name) || Boolean(generateName);
}

function split(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1) };
}

function problem(path: readonly (string | number)[], rule: FindingRule, message: string): Problem {
  return { path, rule, message };
}
