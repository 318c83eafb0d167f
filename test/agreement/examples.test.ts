import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { disagreements } from './agreement';
import { KubeObject } from '../examples/kube-object';
import { objectsOf, renderModule } from '../examples/rendered';

const EXAMPLES = join(__dirname, '../../examples');
const CASES = join(__dirname, '../../conformance/cases');

/** They name things for the sake of the name. */
const OF_FIELDS = ['istio-tasks', 'reference-gateway-api', 'reference-istio', 'targets'];

/** What every cluster with a mesh has. */
const GIVEN: KubeObject[] = [
  ...['istio-system', 'monitoring', 'flux-system'].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'prometheus', namespace: 'monitoring' } },
];

/** What the cluster has beside an example, as the engines are told. */
function givenFor(example: string): KubeObject[] {
  const file = join(CASES, `examples-${example}`, 'world.yaml');
  return [...GIVEN, ...existsSync(file) ? parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS() as KubeObject).filter(Boolean) : []];
}

describe('all objects agree in', () => {
  test.each(readdirSync(EXAMPLES).filter(name => existsSync(join(EXAMPLES, name, 'main.ts')) && !OF_FIELDS.includes(name)))('%s', example => {
    const objects = renderModule(`../../examples/${example}/main`).filter(({ name }) => name.endsWith('.yaml')).flatMap(objectsOf).filter(Boolean);
    expect(objects.length).toBeGreaterThan(0);
    expect(disagreements(objects, givenFor(example))).toEqual([]);
  }, 30_000);
});
