/**
 * Makes the bundle of Kubernetes' own kinds from the client that Kubernetes generates from its OpenAPI; see docs/decisions/009.
 *
 *   npx tsx crds/reduce-kubernetes.ts node_modules/@kubernetes/client-node > crds/kubernetes.json
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AMENDMENTS } from './kubernetes-rules';
import { Amendment } from './kubernetes-rules/amendment';

const [client] = process.argv.slice(2);
if (client === undefined) {
  throw new Error('usage: reduce-kubernetes.ts FOLDER_OF_KUBERNETES_CLIENT_NODE');
}
const GENERATED = join(client, 'dist', 'gen');

interface Node {
  [keyword: string]: unknown;
  properties?: { [name: string]: Node };
  required?: string[];
}

const QUANTITY: Node = {
  'x-kubernetes-int-or-string': true,
  'x-quantity': true,
  'pattern': '^[+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
};

/** What is known of a model by the name that the client has for it; schemas of models that are used by others, by name. */
const schemas = new Map<string, Node>();

/** `V1PodSpec` is `PodSpec`; the names of other versions keep theirs. */
function nameOf(model: string): string {
  return model.replace(/^V1(?=[A-Z])/, '');
}

function refTo(model: string): Node {
  const name = nameOf(model);
  if (!schemas.has(name)) {
    schemas.set(name, {});
    schemas.set(name, schemaOf(model));
  }
  return { $ref: name };
}

/** The schema of a type as TypeScript writes it. */
function typed(type: string, format: string): Node {
  const list = /^Array<(.*)>$/.exec(type);
  if (list) {
    return { type: 'array', items: typed(list[1], format) };
  }
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (map) {
    return { type: 'object', additionalProperties: typed(map[1], format) };
  }
  switch (type) {
    case 'string':
      return format === 'byte' ? { type, 'x-bytes': true } : { type, ...(format ? { format } : {}) };
    case 'boolean':
      return { type };
    case 'number':
      return format === 'double' ? { type, format } : { type: 'integer', ...(format ? { format } : {}) };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'IntOrString':
      return { 'x-kubernetes-int-or-string': true };
    // A schema holds schemas, without end.
    case 'V1JSONSchemaProps':
    case 'any':
      return { 'x-kubernetes-preserve-unknown-fields': true };
    default:
      return refTo(type);
  }
}

/** A schema with the parts that its OpenAPI does not have; throws when the part amends nothing. */
function amended(schema: Node, { properties = {}, rules, required = [], optional = [], maxProperties }: Amendment, name: string): Node {
  for (const [property, part] of Object.entries(properties)) {
    const whole = schema.properties![property];
    if (whole === undefined) {
      throw new Error(`${name} has no property ${property}: remove it from kubernetes-rules`);
    }
    const { items, additionalProperties, 'x-quantity': quantity, 'x-quantities': quantities, ...keywords } = part as Node;
    schema.properties![property] = quantity ? QUANTITY : quantities ? { type: 'object', additionalProperties: QUANTITY } : {
      ...whole,
      ...(items ? { items: { ...whole.items as Node, ...items as Node } } : {}),
      ...(additionalProperties ? { additionalProperties: { ...whole.additionalProperties as Node, ...additionalProperties as Node } } : {}),
      ...keywords,
    };
  }
  const missing = [...(schema.required ?? []), ...required].filter(property => !optional.includes(property));
  return {
    ...schema,
    required: missing.length > 0 ? [...new Set(missing)] : undefined,
    ...(maxProperties === undefined ? {} : { maxProperties }),
    ...(rules ? { 'x-kubernetes-validations': rules } : {}),
  };
}

interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/** What the metadata and the status of a kind are: the first is another matter, the second is dropped when an object is created. */
const ROOT: { readonly [property: string]: Node } = {
  metadata: { type: 'object' },
  status: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

const seen = new Set<string>();

function schemaOf(model: string, instead: { readonly [property: string]: Node } = {}): Node {
  const attributes: Attribute[] = JSON.parse(/attributeTypeMap = (\[[^]*?\n\]);/.exec(readFileSync(join(GENERATED, 'models', `${model}.js`), 'utf8'))![1]);
  const declaration = readFileSync(join(GENERATED, 'models', `${model}.d.ts`), 'utf8');
  const required = attributes.filter(({ name }) => declaration.includes(`\n    '${name}': `)).map(({ baseName }) => baseName);
  const schema: Node = {
    type: 'object',
    properties: Object.fromEntries(attributes.map(({ baseName, type, format }) => [baseName, instead[baseName] ?? typed(type, format)])),
    ...(required.length > 0 ? { required } : {}),
    ...(model === 'V1ObjectMeta' ? { 'x-object-meta': true } : {}),
  };
  const name = nameOf(model);
  seen.add(name);
  return name in AMENDMENTS ? amended(schema, AMENDMENTS[name], name) : schema;
}

interface Kind {
  readonly group: string;
  readonly kind: string;
  readonly scope: string;
  readonly version: string;
  readonly model: string;
}

/** What an API creates and replaces is kept; what it only creates is a question, such as a SubjectAccessReview. Alphas and betas are served on request only. */
function kindsOf(api: string): Kind[] {
  const source = readFileSync(join(GENERATED, 'apis', api), 'utf8');
  const declaration = readFileSync(join(GENERATED, 'apis', api.replace(/js$/, 'd.ts')), 'utf8');
  return [...source.matchAll(/\n {4}async create(Namespaced)?(\w+)\([^]*?localVarPath = '\/(?:api|apis\/([^/]+))\/(\w+)\/([^']*)'/g)]
    .filter(([, namespaced, kind, , version, path]) => /^v\d+$/.test(version) && !path.includes('{name}')
      && source.includes(`async replace${namespaced ?? ''}${kind}(`))
    .map(([, namespaced, kind, group = '', version]) => {
      const model = new RegExp(`\\n    create${namespaced ?? ''}${kind}\\([^)]*body: (\\w+)`).exec(declaration)![1];
      return { group, kind, version, model, scope: namespaced ? 'Namespaced' : 'Cluster' };
    });
}

const apis = readdirSync(join(GENERATED, 'apis')).filter(file => /V\d+Api\.js$/.test(file)).sort();
const definitions = new Map<string, { spec: { group: string; names: { kind: string }; scope: string; versions: object[] } }>();
for (const { group, kind, scope, version, model } of apis.flatMap(kindsOf)) {
  const key = `${group}/${kind}`;
  if (!definitions.has(key)) {
    definitions.set(key, { spec: { group, names: { kind }, scope, versions: [] } });
  }
  definitions.get(key)!.spec.versions.push({ name: version, served: true, storage: true, schema: { openAPIV3Schema: schemaOf(model, ROOT) } });
}
const unused = Object.keys(AMENDMENTS).filter(name => !seen.has(name));
if (unused.length > 0) {
  throw new Error(`no kind has ${unused.join(', ')}: remove them from kubernetes-rules`);
}

const { version } = JSON.parse(readFileSync(join(client, 'package.json'), 'utf8'));
const release = /OpenAPI spec version: release-([\d.]+)/.exec(readFileSync(join(GENERATED, 'models', 'V1Pod.js'), 'utf8'))![1];
if (!existsSync(join(client, 'LICENSE'))) {
  throw new Error(`${client} has no LICENSE: look at what it is before its facts are kept`);
}
const head = { bundle: 'kubernetes', version: release, licence: 'Apache-2.0', source: `kubernetes/kubernetes, by @kubernetes/client-node ${version}`, nulls: 'absent' };
const lines = (entries: Iterable<[string, unknown]>) => [...entries].sort(([a], [b]) => a < b ? -1 : 1);
process.stdout.write(`${JSON.stringify(head).slice(0, -1)},"schemas":{\n${
  lines(schemas).map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`).join(',\n')
}\n},"definitions":[\n${lines(definitions).map(([, definition]) => JSON.stringify(definition)).join(',\n')}\n]}\n`);
