import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { GatewayApiVersion, versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';
import { missing } from '../targets/contains';

const GUIDES = join(__dirname, '../../docs/guides');

/** What a guide says that can be held to the code. */
export interface GuideTexts {
  /** How many blocks of code it has. */
  readonly code: number;
  /** The objects of which it shows parts, as `Kind name`, in its order. */
  readonly shown: string[];
  /** What is refused, in the order of the guide: it throws, or returns what a construct says when it is validated. */
  readonly refused: (() => unknown)[];
  /** What the clusters run, where it is not the newest of the standard channel. */
  readonly gatewayApi?: Partial<GatewayApiVersion>;
}

/** Tests that all code of docs/guides/<name>.md is in <name>.ts beside this file, that what it shows is what that makes, and that its errors are what is thrown. */
export function holdGuide(name: string, { code, shown, refused, gatewayApi = {} }: GuideTexts): void {
  const guide = readFileSync(join(GUIDES, `${name}.md`), 'utf8');
  const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
  const files = renderModule(`../guides/${name}`);

  test('all code of the guide is run here', () => {
    const run = readFileSync(join(__dirname, `${name}.ts`), 'utf8');
    expect(blocks('ts')).toHaveLength(code);
    expect(blocks('ts').filter(text => !run.includes(text))).toEqual([]);
  });

  test('all output of the guide is what the code makes', () => {
    const made = files.filter(file => file.name.endsWith('.yaml')).flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS());
    const parts = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
    expect(parts.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(shown);
    expect(parts.flatMap(object => missing(object, made))).toEqual([]);
  });

  test('its errors are what the constructs say', () => {
    const said = refused.map(attempt => {
      try {
        const outcome = attempt();
        return typeof outcome === 'string' ? outcome : 'nothing is refused';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(said).toEqual([...guide.matchAll(/\n\n```\n([^]*?)\n```/g)].flatMap(([, text]) => text.split('\n')));
  });

  test('the API server takes it', () => {
    const read = files.filter(file => file.name.endsWith('.yaml')).map(({ text, name: file }) => readObjects(text, file));
    const manifests = new Manifests(read.flatMap(({ objects }) => objects), read.flatMap(({ problems }) => problems));
    expect(checkManifests(manifests, () => versionOf(gatewayApi)).findings.map(formatFinding)).toEqual([]);
  });
}
