import verdicts from './verdicts.json';
import { Definition } from '../../../src/validation/schema/bundles';
import { ServedKind } from '../../../src/validation/schema/kind';
import { Schema } from '../../../src/validation/schema/schema';

const fields = verdicts.fields as unknown as { [name: string]: { schema: Schema; verdicts: string; paths: { [paths: string]: number[] } } };
const properties = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
const definition: Definition = {
  spec: {
    group: 'example.com',
    names: { kind: 'Example' },
    scope: 'Namespaced',
    versions: [{
      name: 'v1',
      schema: { openAPIV3Schema: { type: 'object', properties: { metadata: { type: 'object' }, spec: { type: 'object', properties } } } },
    }],
  },
};
const kind = new ServedKind(definition, definition.spec.versions[0]);

/** Where the field is wrong with a value. */
function pathsOf(field: string, value: unknown): string {
  const failures = kind.check({ apiVersion: 'example.com/v1', kind: 'Example', metadata: { name: 'a' }, spec: { [field]: value } }, false);
  return [...new Set(failures.map(({ path }) => path.slice(0, -1).reverse().join('.')))].sort().join(' ');
}

test.each(Object.keys(fields))('of each value for %s the API server says the same', field => {
  const { verdicts: marks, paths } = fields[field];
  const recorded = verdicts.values.map((value, i) => {
    const at = marks[i] === '.' ? '' : marks[i] === 'x' ? field : Object.keys(paths).find(key => paths[key].includes(i));
    return { value, at };
  });
  expect(verdicts.values.map(value => ({ value, at: pathsOf(field, value) }))).toEqual(recorded);
});

test('the table is of some size', () => {
  expect(Object.keys(fields).length * verdicts.values.length).toBeGreaterThan(4900);
});
