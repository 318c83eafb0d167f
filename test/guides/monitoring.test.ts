import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { IstioGoldenSignals, IstioMesh } from '../../src';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';
import { missing } from '../targets/contains';

const guide = readFileSync(join(__dirname, '../../docs/guides/monitoring.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'monitoring.ts'), 'utf8');
const files = renderModule('../guides/monitoring');

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(4);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('all output of the guide is what the code makes', () => {
  const made = files.flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS());
  const shown = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
  expect(shown.map(({ kind }) => kind)).toEqual(['PodMonitor']);
  expect(shown.flatMap(object => missing(object, made))).toEqual([]);
});

test('every series and alert that it names is there', () => {
  const rules = files.flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS()).filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => spec.groups).flatMap(({ rules: all }) => all).map(({ record, alert }) => record ?? alert);
  const named = [...guide.matchAll(/`((?:workload|service|cluster|component):[\w:]+|Istio[dA-Z]\w+)`/g)].map(([, name]) => name)
    .filter(name => !['IstioMonitoring', 'IstioGoldenSignals', 'IstioDashboard'].includes(name));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter(name => !rules.includes(name))).toEqual([]);
});

test('its error is what the constructs say', () => {
  const [, message] = /\n\n```\n(.*)\n```/.exec(guide)!;
  const chart = new Chart(new App(), 'test');
  expect(() => new IstioGoldenSignals(chart, 'Signals', { mesh: new IstioMesh(chart, 'Mesh'), retries: true })).toThrow(new Error(message));
});

test('the API server takes it', () => {
  const read = files.map(({ text, name }) => readObjects(text, name));
  const manifests = new Manifests(read.flatMap(({ objects }) => objects), read.flatMap(({ problems }) => problems));
  expect(checkManifests(manifests, () => versionOf({})).findings.map(formatFinding)).toEqual([]);
});
