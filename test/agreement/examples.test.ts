import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { disagreements } from './agreement';
import { GIVEN } from './given';
import { KubeObject } from '../examples/kube-object';
import { objectsOf, renderModule } from '../examples/rendered';

const EXAMPLES = join(__dirname, '../../examples');
const CASES = join(__dirname, '../../conformance/cases');

/** They name things for the sake of the name. */
const OF_FIELDS = ['istio-tasks', 'reference-gateway-api', 'reference-istio', 'reference-linkerd', 'targets'];

/** Their charts are for a cluster each. */
const CHARTS_APART = ['egress'];

/** What a cluster has beside an example, as the engines are told. */
function givenFor(example: string): KubeObject[] {
  const file = join(CASES, `examples-${example}`, 'world.yaml');
  return [...GIVEN, ...existsSync(file) ? parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS() as KubeObject).filter(Boolean) : []];
}

/** The manifests of each cluster: those of a folder. */
function clustersOf(example: string): KubeObject[][] {
  const files = renderModule(`../../examples/${example}/main`).filter(({ name }) => /\.k8s\.yaml$/.test(name));
  const clusterOf = (name: string) => CHARTS_APART.includes(example) ? name : dirname(name);
  return [...new Set(files.map(({ name }) => clusterOf(name)))].map(cluster =>
    files.filter(({ name }) => clusterOf(name) === cluster).flatMap(objectsOf).filter(Boolean));
}

describe('all objects agree in', () => {
  test.each(readdirSync(EXAMPLES).filter(name => existsSync(join(EXAMPLES, name, 'main.ts')) && !OF_FIELDS.includes(name)))('%s', example => {
    const clusters = clustersOf(example);
    expect(clusters.length).toBeGreaterThan(0);
    expect(clusters.flatMap(objects => disagreements(objects, givenFor(example)))).toEqual([]);
  }, 30_000);
});
