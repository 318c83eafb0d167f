import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { IstioMesh, IstioVersion, OutlierDetection } from '../../src';
import { renderModule } from '../examples/rendered';
import { missing } from '../targets/contains';

const guide = readFileSync(join(__dirname, '../../docs/guides/mesh-settings.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'mesh-settings.ts'), 'utf8');
const files = renderModule('../guides/mesh-settings');

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(5);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('all output of the guide is what the code makes', () => {
  const made = files.filter(({ name }) => name.endsWith('.k8s.yaml')).flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS());
  const shown = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
  expect(shown.map(({ kind }) => kind)).toEqual(['Application']);
  expect(shown.flatMap(object => missing(object, made))).toEqual([]);
});

test('its error is what the constructs say', () => {
  const [, message] = /\n\n```\n(.*)\n```/.exec(guide)!;
  const outlierDetection = OutlierDetection.of({ consecutive5xxErrors: 5 });
  expect(() => new IstioMesh(Testing.chart(), 'Mesh', { version: IstioVersion.V1_28, defaultTrafficPolicy: { outlierDetection } })).toThrow(new Error(message));
});
