import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';

const guide = readFileSync(join(__dirname, '../../docs/guides/policies.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'policies.ts'), 'utf8');
const [file] = renderModule('../guides/policies');

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(4);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('all output of the guide is what the code makes', () => {
  const made = parseAllDocuments(file.text).map(document => document.toJS());
  const shown = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
  expect(shown.map(({ kind }) => kind)).toEqual(['BackendTLSPolicy', 'BackendTrafficPolicy', 'HealthCheckPolicy']);
  shown.forEach(object => expect(made).toContainEqual(object));
});

test('the API server takes it', () => {
  const { objects, problems } = readObjects(file.text, file.name);
  const { findings, unchecked } = checkManifests(new Manifests(objects, problems), () => versionOf({}));
  expect(findings.map(formatFinding)).toEqual([]);
  expect([...unchecked].map(([kind]) => kind)).toEqual(['HealthCheckPolicy of networking.gke.io/v1']);
});
