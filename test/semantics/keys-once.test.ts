import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as ts from 'typescript';
import istioKeys from '../data/istio-keys.json';

const SRC = join(__dirname, '..', '..', 'src');
/** The one file that defines keys. */
const KEYS = 'semantics/keys.ts';
/** What Istio, and the companions of a mesh, begin their labels and annotations with; an API version or a controller is none. */
const FOREIGN = /(^|[^\w.-])((\w[\w-]*\.)*(istio\.io|linkerd\.io|cert-manager\.io|cloud\.google\.com|kubernetes\.io)\/(?!v\d|[a-z-]+-(controller|gateway)\b)[A-Za-z][\w.-]*)/;

/** The texts of a file: literals, and the fixed parts of templates. */
function textsOf(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map(file => file.split(sep).join('/'))
  .filter(file => file.endsWith('.ts') && !file.startsWith('imports/'));
const elsewhere = files.filter(file => file !== KEYS && !file.endsWith('.data.ts'));

test('every key of Istio that is written is defined in one file, once', () => {
  const defined = textsOf(join(SRC, KEYS));
  expect(istioKeys.filter(key => defined.filter(text => text === key).length > 1)).toEqual([]);
  const strays = elsewhere.flatMap(file => textsOf(join(SRC, file)).filter(text => istioKeys.includes(text)).map(text => `${file}: ${text}`));
  expect(strays).toEqual([]);
});

test('no other file has what looks like a label or annotation of a mesh', () => {
  const strays = elsewhere.flatMap(file => textsOf(join(SRC, file)).flatMap(text => {
    const key = FOREIGN.exec(text)?.[2];
    // A message or a document may name one for its reader.
    return key === undefined || /\s/.test(text) ? [] : [`${relative(SRC, join(SRC, file))}: ${key}`];
  }));
  expect(strays).toEqual([]);
});
