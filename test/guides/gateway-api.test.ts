import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { GatewayApi, GatewayApiBundle, HttpRoute } from '../../src';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';
import { missing } from '../targets/contains';

const guide = readFileSync(join(__dirname, '../../docs/guides/gateway-api.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'gateway-api.ts'), 'utf8');
const files = renderModule('../guides/gateway-api');

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(7);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('all output of the guide is what the code makes', () => {
  const made = files.flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS());
  const shown = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
  expect(shown.map(({ kind }) => kind)).toEqual(['ReferenceGrant']);
  expect(shown.flatMap(object => missing(object, made))).toEqual([]);
});

test('its error is what the constructs say', () => {
  const [, message] = /\n\n```\n(.*)\n```/.exec(guide)!;
  const app = new App();
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_6 });
  expect(() => new HttpRoute(new Chart(app, 'shop'), 'Route', { metadata: { name: 'web' }, rules: [{ retry: { attempts: 2 } }] })).toThrow(new Error(message));
});

test('the API server takes it', () => {
  const read = files.map(({ text, name }) => readObjects(text, name));
  const manifests = new Manifests(read.flatMap(({ objects }) => objects), read.flatMap(({ problems }) => problems));
  expect(checkManifests(manifests, () => versionOf({ bundle: GatewayApiBundle.V1_6 })).findings.map(formatFinding)).toEqual([]);
});
