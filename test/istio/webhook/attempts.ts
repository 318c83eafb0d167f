import { join } from 'node:path';
import * as ts from 'typescript';
import * as api from '../../../src';

const ROOT = join(__dirname, '..', '..', '..');
/** A file that is nowhere but in the compiler, beside this one. */
const FILE = join(__dirname, 'attempts-of-the-tables.ts');

/** What the compiler says of each of these expressions, with the whole library at hand. */
export function complaintsOf(expressions: readonly string[]): readonly string[][] {
  const names = Object.keys(api).filter(name => expressions.some(expression => new RegExp(`\\b${name}\\b`).test(expression)));
  const imports = `import { Chart, Duration } from 'cdk8s'; import { ${names.join(', ')} } from '../../../src';`;
  const header = `${imports} declare const chart: Chart; void [Duration, chart];`;
  const lines = [header, ...expressions.map((expression, index) => `export const _${index}: unknown = ${expression};`)];
  const file = ts.createSourceFile(FILE, lines.join('\n'), ts.ScriptTarget.ES2022);
  const { config } = ts.readConfigFile(join(ROOT, 'test', 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, join(ROOT, 'test'));
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) => name === FILE ? file : read(name, ...rest);
  const program = ts.createProgram([FILE], options, host);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return expressions.map((_, index) => found
    .filter(({ start }) => file.getLineAndCharacterOfPosition(start!).line === index + 1)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0]));
}
