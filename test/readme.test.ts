import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Certificate, Gateway, GatewayClass, HttpRoute, Listener, RouteParent } from '../src';
import { missing } from './targets/contains';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string) => [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);

describe('README', () => {
  test('its first code block has the two lines that a newcomer runs', () => {
    expect(/## Quick start\n\n```\n(.*)\n(.*)\n```/.exec(readme)?.slice(1)).toEqual(['npm ci && npm run quickstart', 'npm test']);
  });

  test.each(blocks('ts').map(text => [text.split('\n')[0], text]))('code: %s', (_, text) => {
    expect(readFileSync(join(root, 'examples/quickstart/main.ts'), 'utf8')).toContain(text);
  });

  test('output is what the quickstart makes', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'readme-'));
    process.env.CDK8S_OUTDIR = outdir;
    jest.isolateModules(() => jest.requireActual('../examples/quickstart/main'));
    const read = (text: string) => parseAllDocuments(text).map(document => document.toJS());
    const made = readdirSync(outdir).flatMap(file => read(readFileSync(join(outdir, file), 'utf8')));
    const shown = blocks('yaml').flatMap(read);
    expect(shown).toHaveLength(7);
    expect(shown.flatMap(object => missing(object, made))).toEqual([]);
  });

  test('its errors are what the constructs say', () => {
    // The tests of the guides hold theirs.
    const guides = ['gateway-api', 'istio', 'security'].map(name => readFileSync(join(root, `docs/guides/${name}.md`), 'utf8'));
    const chart = Testing.chart();
    const gateway = new Gateway(chart, 'Gateway', {
      metadata: { name: 'public', namespace: 'shop' },
      gatewayClass: GatewayClass.ISTIO,
      listeners: [Listener.https({ certificates: [Certificate.fromSecretName('tls')] }), Listener.tcp({ name: 'postgres', port: 5432 })],
    });
    const metadata = { name: 'web', namespace: 'shop' };
    const attach = () => new HttpRoute(chart, 'Route', { metadata, parents: [RouteParent.gateway(gateway, { listener: 'htps' })], rules: [{}] });
    const shown = [...readme.matchAll(/^```\n((?:spec|gateway).*\n[^]*?)^```/gm)].flatMap(([, text]) => text.trim().split('\n'));
    expect(shown).toHaveLength(6);
    const unheld = shown.map(line => line.split('...')[0]).filter(line => !guides.some(guide => guide.includes(line)));
    expect(unheld).toHaveLength(1);
    expect(attach).toThrow(new Error(unheld[0]));
  });

  test('its links lead somewhere', () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(3);
    links.forEach(path => expect(() => readFileSync(join(root, path), { encoding: 'utf8', flag: 'r' })).not.toThrow(/ENOENT/));
  });
});
