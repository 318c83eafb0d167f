/**
 * Makes lib/index.js load each file when something of it is first used, instead of all of them at once.
 *
 * The names stay those of src/index.ts; docs/decisions/005 says what it is worth.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const load = createRequire(__filename);
const EXPORT = /^export \* from '(.+)';$/;

const lines = readFileSync(join(ROOT, 'src', 'index.ts'), 'utf8').trim().split('\n');
const files = lines.map(line => {
  const [, file] = EXPORT.exec(line) ?? [];
  if (file === undefined) {
    throw new Error(`src/index.ts must consist of lines such as export * from './mesh/mesh', got '${line}'`);
  }
  return { file, names: Object.keys(load(join(ROOT, 'lib', file))) };
});

const text = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const lazy = (name, load) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => {
    const value = load()[name];
    Object.defineProperty(exports, name, { enumerable: true, value });
    return value;
} });
${files.flatMap(({ file, names }) => names.map(name => `lazy("${name}", () => require("${file}"));`)).join('\n')}
// Never runs: it tells import statements of Node which names there are.
0 && (module.exports = { ${files.flatMap(({ names }) => names).join(', ')} });
`;
writeFileSync(join(ROOT, 'lib', 'index.js'), text);
