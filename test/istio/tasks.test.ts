import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { caseNames, CASES } from '../../conformance/case';
import { recordedIn } from '../../conformance/recorded';
import { makeTasks } from '../../examples/istio-tasks/tasks';
import { IstioMesh } from '../../src';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'istio-tasks');
const charts = new Map(makeTasks(new App()).map(chart => [chart.node.id, chart]));
const names = [...charts.keys()];
const expectedOf = (name: string) =>
  parseAllDocuments(readFileSync(join(__dirname, 'tasks', `${name}.yaml`), 'utf8')).map(document => document.toJS());

/** What every mesh of the tasks says. */
const DEFAULTS: [string, unknown][] = [['rootNamespace', 'istio-system'], ['trustDomain', 'cluster.local']];

/** What the mesh of a task is told beside the defaults, as the tasks of istio.io tell it. */
function settingsOf(chart: Chart): object[] {
  const told = chart.node.findAll().filter(child => child instanceof IstioMesh).map(({ meshConfig }) =>
    Object.entries(meshConfig).filter(([field, value]) => !DEFAULTS.some(([name, usual]) => field === name && value === usual)));
  return told.filter(entries => entries.length > 0).map(entries => ({ meshConfig: Object.fromEntries(entries) }));
}

describe('tasks of istio.io', () => {
  test('each has a file that says what it makes', () => {
    expect(readdirSync(join(__dirname, 'tasks')).sort()).toEqual(names.map(name => `${name}.yaml`).sort());
  });

  test.each(names)('%s', name => {
    expect([...settingsOf(charts.get(name)!), ...Testing.synth(charts.get(name)!)]).toEqual(expectedOf(name));
  });

  test('are all in the index', () => {
    const index = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
    const listed = [...index.matchAll(/^\| `([a-z0-9-]+)` \| ([a-z0-9/-]+) \| \[([a-z-]+\.ts)\]\(\3\) \|$/gm)].map(([, name, page, file]) => ({ name, page, file }));

    expect(listed.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(listed.filter(({ file }) => !existsSync(join(EXAMPLE, file)))).toEqual([]);
    expect(new Set(listed.map(({ page }) => page.split('/')[0]))).toEqual(
      new Set(['traffic-management', 'security', 'policy-enforcement', 'observability', 'extensibility']));
  });

  test('are rejected nowhere, and no warning is about 40 manifests and many more', () => {
    const said = <T>(name: string, engine: string) => recordedIn(join(CASES, name))!.engines[engine] as T;
    const clusters = caseNames().filter(name => name.startsWith('examples-istio-tasks'));
    const clean = clusters.filter(name => said<{ level: string }[]>(name, 'analyze').every(({ level }) => level === 'Info'));

    expect(clusters.flatMap(name => said<{ rejected: unknown[] }>(name, 'apiserver').rejected)).toEqual([]);
    expect(clean.reduce((sum, name) => sum + said<{ accepted: number }>(name, 'apiserver').accepted, 0)).toBeGreaterThan(100);
    expect(names.length).toBeGreaterThan(50);
  });
});
