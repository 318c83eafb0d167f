import { isAnnotationKey, isLabelValue, isQualifiedName } from './characters';
import { isObject, MANAGED_FIELDS_ENTRY, OBJECT_META, own, OWNER_REFERENCE } from './object-meta';
import { knowsItsFinalizers, NAMESPACE, nameRuleOf, PATH_SEGMENT, NameRule } from './object-names';
import { FindingRule } from '../finding';
import { Problem } from '../problem';

/** What of a kind decides about the metadata of its objects. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

type Path = Problem['path'];
type Metadata = { readonly [field: string]: unknown };

const NOTHING: Problem[] = [];
const MAX_ANNOTATIONS = 256 * 1024;

/** The characters that the API server adds to `generateName`, and what it leaves of it. */
const GENERATED = 'aaaaa';
const MAX_GENERATED_BASE = 58;

const OWN_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** What the API server refuses about the metadata of an object that is created. */
export function checkMetadata(metadata: unknown, kind: ObjectKind): Problem[] {
  const found = new Findings(['metadata']);
  if (metadata === undefined || metadata === null) {
    found.add(['name'], 'an object needs metadata with a name, got none: write metadata.name');
    return found.problems;
  }
  if (!found.decoded(metadata)) {
    return found.problems;
  }
  checkName(found, metadata, nameRuleOf(kind.apiVersion, kind.kind), true);
  checkNamespace(found, metadata, kind);
  checkCommon(found, metadata, knowsItsFinalizers(kind.apiVersion));
  return found.problems;
}

/** What it refuses about the metadata of an object within an object: a name need not be there, and may be any part of a URL. */
export function checkEmbeddedMetadata(metadata: unknown, path: Path): Problem[] {
  const found = new Findings(path);
  if (metadata !== undefined && metadata !== null && found.decoded(metadata)) {
    checkName(found, metadata, PATH_SEGMENT, false);
    checkNamespace(found, metadata, { namespaced: true });
    checkCommon(found, metadata, false);
  }
  return found.problems;
}

/** What it refuses about the metadata of a template, of which labels and annotations count. */
export function checkTemplateMetadata(metadata: unknown, path: Path): Problem[] {
  const found = new Findings(path);
  if (metadata !== undefined && metadata !== null && found.decoded(metadata)) {
    checkLabels(found, metadata.labels);
    checkAnnotations(found, metadata.annotations);
  }
  return found.problems;
}

/** Problems of one metadata; nothing is allocated while there are none. */
class Findings {
  problems = NOTHING;

  constructor(private readonly path: Path) {
  }

  add(path: Path, message: string, rule = FindingRule.METADATA): void {
    if (this.problems === NOTHING) {
      this.problems = [];
    }
    this.problems.push({ path: [...this.path, ...path], rule, message });
  }

  /** Whether Go decodes the metadata; fields that are not known do not keep it from doing so. */
  decoded(metadata: unknown): metadata is Metadata {
    if (!isObject(metadata)) {
      this.add([], `metadata must be an object, got ${shown(metadata)}: write its name and labels below it`);
      return false;
    }
    let decodes = true;
    for (const field in metadata) {
      const type = own(OBJECT_META, field);
      const value = metadata[field];
      if (type === undefined) {
        this.unknown([field], OBJECT_META);
      } else if (value !== null && !type.decodes(value)) {
        this.add([field], `${field} must be ${type.words}, got ${shown(value)}`);
        decodes = false;
      }
    }
    return decodes;
  }

  unknownFieldsOf(list: unknown, type: typeof OBJECT_META, field: string): void {
    for (const [i, item] of (list as (Metadata | null)[]).entries()) {
      for (const name in item) {
        if (own(type, name) === undefined) {
          this.unknown([field, i, name], type);
        }
      }
    }
  }

  private unknown(path: (string | number)[], type: typeof OBJECT_META): void {
    const name = path[path.length - 1] as string;
    const known = Object.keys(type).find(field => field.toLowerCase() === name.toLowerCase());
    this.add(path, `unknown field '${name}': ${known ? `write ${known}` : 'remove it, or make it a label or an annotation'}`, FindingRule.UNKNOWN_FIELD);
  }
}

function checkName(found: Findings, metadata: Metadata, rule: NameRule, required: boolean): void {
  const generateName = (metadata.generateName ?? '') as string;
  const name = (metadata.name ?? '') as string;
  const prefixIsWrong = generateName !== '' && !rule.allows(generateName, true);
  if (prefixIsWrong) {
    found.add(['generateName'], `the beginning of a name must be ${rule.words}, got '${generateName}'${remedy(generateName)}`);
  }
  if (name !== '') {
    checkOneName(found, name, rule);
  } else if (generateName === '') {
    if (required) {
      found.add(['name'], 'an object needs a name, got none: write metadata.name');
    }
  } else if (required && !prefixIsWrong) {
    checkOneName(found, generateName.slice(0, MAX_GENERATED_BASE) + GENERATED, rule);
  }
}

function checkOneName(found: Findings, name: string, rule: NameRule): void {
  if (!rule.allows(name, false)) {
    found.add(['name'], `name must be ${rule.words}, got '${name}'${remedy(name)}`);
  } else if (rule.max !== undefined && name.length > rule.max) {
    found.add(['name'], `name must have at most ${rule.max} characters, got '${name}' with ${name.length}: choose a shorter name`);
  }
}

/** The name that was probably meant. */
function remedy(name: string): string {
  const better = name.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^-+/, '');
  const end = better.length - (/-*$/.exec(better.slice(-MAX_GENERATED_BASE))?.[0].length ?? 0);
  const short = better.slice(0, Math.min(end, MAX_GENERATED_BASE));
  return short === '' || short === name ? '' : `: write for example '${short}'`;
}

function checkNamespace(found: Findings, metadata: Metadata, kind: { readonly namespaced: boolean }): void {
  const namespace = (metadata.namespace ?? '') as string;
  // Of what belongs to the whole cluster the server takes any namespace, and clears it.
  if (namespace !== '' && kind.namespaced && !NAMESPACE.allows(namespace, false)) {
    found.add(['namespace'], `namespace must be ${NAMESPACE.words}, got '${namespace}'${remedy(namespace)}`);
  }
}

function checkCommon(found: Findings, metadata: Metadata, ofCore: boolean): void {
  checkLabels(found, metadata.labels);
  checkAnnotations(found, metadata.annotations);
  if (metadata.ownerReferences) {
    checkOwners(found, metadata.ownerReferences as (Metadata | null)[]);
  }
  if (metadata.finalizers) {
    checkFinalizers(found, metadata.finalizers as (string | null)[], ofCore);
  }
  if (metadata.managedFields) {
    found.unknownFieldsOf(metadata.managedFields, MANAGED_FIELDS_ENTRY, 'managedFields');
  }
}

function checkLabels(found: Findings, labels: unknown): void {
  for (const key in labels as { readonly [key: string]: string | null }) {
    if (!isQualifiedName(key)) {
      found.add(['labels'], `the key of a label must be ${KEY_WORDS}, got '${key}'`);
    }
    const value = (labels as { readonly [key: string]: string | null })[key];
    if (value !== null && !isLabelValue(value)) {
      found.add(['labels'], `the value of a label must be empty, or letters, digits and inner dashes, underscores and dots, at most 63 characters, got '${value}' for '${key}': ` +
        'write such a value, or make it an annotation');
    }
  }
}

const KEY_WORDS = 'letters, digits and inner dashes, underscores and dots, at most 63 characters, after at most one DNS subdomain and a slash';

function checkAnnotations(found: Findings, annotations: unknown): void {
  let characters = 0;
  for (const key in annotations as { readonly [key: string]: string | null }) {
    if (!isAnnotationKey(key)) {
      found.add(['annotations'], `the key of an annotation must be ${KEY_WORDS}, got '${key}'`);
    }
    characters += key.length + ((annotations as { readonly [key: string]: string | null })[key]?.length ?? 0);
  }
  // A character takes at most three bytes (a pair of surrogates four), so that most need not be counted.
  if (characters * 3 > MAX_ANNOTATIONS) {
    const bytes = Object.entries(annotations as object).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value ?? ''), 0);
    if (bytes > MAX_ANNOTATIONS) {
      found.add(['annotations'], `annotations must have at most ${MAX_ANNOTATIONS} bytes together, got ${bytes}: move what is long into a ConfigMap`);
    }
  }
}

function checkOwners(found: Findings, owners: readonly (Metadata | null)[]): void {
  found.unknownFieldsOf(owners, OWNER_REFERENCE, 'ownerReferences');
  for (const owner of owners) {
    const apiVersion = (owner?.apiVersion ?? '') as string;
    // As Go parses it: what is no group and version leaves the version empty.
    const version = apiVersion.split('/').length > 2 ? '' : apiVersion.slice(apiVersion.indexOf('/') + 1);
    if (version === '') {
      found.add(['ownerReferences', 'apiVersion'], `an owner needs an apiVersion such as 'apps/v1', got '${apiVersion}'`);
    }
    for (const field of ['kind', 'name', 'uid']) {
      if (!owner?.[field]) {
        found.add(['ownerReferences', field], `an owner needs a ${field}, got none: write it, or leave ownerReferences to the controller that owns the object`);
      }
    }
    if (apiVersion === 'v1' && owner?.kind === 'Event') {
      found.add(['ownerReferences'], 'an Event must not be an owner, got one: remove it');
    }
  }
  // The server leaves out an owner that is told twice.
  const controllers = new Set(owners.filter(owner => owner?.controller === true)
    .map(owner => JSON.stringify([owner!.apiVersion, owner!.kind, owner!.name, owner!.uid, owner!.blockOwnerDeletion ?? null])));
  if (controllers.size > 1) {
    found.add(['ownerReferences'], `only one owner may be the controller, got ${controllers.size}: set controller on one of them`);
  }
}

function checkFinalizers(found: Findings, finalizers: readonly (string | null)[], ofCore: boolean): void {
  finalizers.forEach((each, i) => {
    const finalizer = each ?? '';
    if (!isQualifiedName(finalizer)) {
      found.add(['finalizers'], `a finalizer must be ${KEY_WORDS}, got '${finalizer}'`);
    }
    if (ofCore && !finalizer.includes('/') && !OWN_FINALIZERS.includes(finalizer)) {
      found.add(['finalizers', i], `a finalizer without a domain must be one of ${OWN_FINALIZERS.join(', ')}, got '${finalizer}': write for example 'example.com/${finalizer || 'cleanup'}'`);
    }
  });
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    found.add(['finalizers'], "finalizers must not have both 'orphan' and 'foregroundDeletion', got both: choose one");
  }
}

/** A value as it is named in a message. */
function shown(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
