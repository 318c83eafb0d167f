/**
 * Reduces upstream CRDs to facts: no descriptions, no printer columns, only served versions.
 *
 *   npx tsx crds/reduce.ts BUNDLE VERSION LICENCE SOURCE FILE... > crds/BUNDLE.json
 */
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const [bundle, version, licence, source, ...files] = process.argv.slice(2);
if (files.length === 0) {
  throw new Error('usage: reduce.ts BUNDLE VERSION LICENCE SOURCE FILE...');
}

/** Drops the prose of a schema; a property that happens to be named `description` stays. */
function withoutProse(schema: any): any {
  if (Array.isArray(schema)) {
    return schema.map(withoutProse);
  }
  if (schema === null || typeof schema !== 'object') {
    return schema;
  }
  return Object.fromEntries(Object.entries<any>(schema)
    // A key with spaces is a description whose quotes its author forgot.
    .filter(([key, value]) => !((key === 'description' || key.includes(' ')) && typeof value === 'string'))
    .map(([key, value]) => [key, key === 'default' ? value : withoutProse(value)]));
}

function reduce(crd: any): object {
  const { group, names, scope, versions } = crd.spec;
  return {
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name: crd.metadata.name },
    spec: {
      group,
      names,
      scope,
      versions: versions.filter((v: any) => v.served).map((v: any) => ({
        name: v.name,
        served: v.served,
        storage: v.storage,
        ...(v.deprecated ? { deprecated: true } : {}),
        schema: { openAPIV3Schema: withoutProse(v.schema.openAPIV3Schema) },
        ...(v.subresources ? { subresources: v.subresources } : {}),
      })),
    },
  };
}

const definitions = files
  .flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS()))
  .filter(object => object?.kind === 'CustomResourceDefinition')
  .map(reduce);

// One definition a line: small, and a diff still tells which kind changed.
const lines = definitions.map(definition => JSON.stringify(definition)).join(',\n');
process.stdout.write(`${JSON.stringify({ bundle, version, licence, source }).slice(0, -1)},"definitions":[\n${lines}\n]}\n`);
