import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRules } from '../../../src/validation/cel/rules';
import { Schema } from '../../../src/validation/schema/schema';

const CRDS = join(__dirname, '../../../crds');

interface Definition {
  readonly spec?: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[] };
}

function* nodes(schema: Schema): Generator<Schema> {
  yield schema;
  const { properties = {}, items, additionalProperties } = schema;
  for (const child of [...Object.values(properties), items, additionalProperties]) {
    if (typeof child === 'object') {
      yield* nodes(child);
    }
  }
}

/** Kubernetes' own kinds refer to each other, and are checked where they are resolved. */
const BUNDLES = readdirSync(CRDS).filter(file => file.endsWith('.json') && !['kubernetes.json', 'tsconfig.json'].includes(file));

/** A value of the node's type: a rule that cannot be compiled refuses any. */
const EMPTY = { object: {}, array: [], string: '', integer: 0, number: 0, boolean: false };

test.each(BUNDLES)('every rule of %s compiles', file => {
  const { definitions }: { definitions: Definition[] } = JSON.parse(readFileSync(join(CRDS, file), 'utf8'));
  const roots = definitions.flatMap(({ spec }) => spec?.versions.map(({ schema }) => schema.openAPIV3Schema) ?? []);
  const schemas = roots.flatMap(schema => [...nodes(schema)]);
  const failures = schemas.flatMap(schema => compileRules(schema)?.check(schema.type ? EMPTY[schema.type] : '') ?? []);

  expect(schemas.length).toBeGreaterThan(50);
  expect(failures.filter(({ message }) => message.startsWith('rule compile error'))).toEqual([]);
});
