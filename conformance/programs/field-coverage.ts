/**
 * Says for each field of the Gateway API what sets it, and which example shows it:
 *
 *   npx projen field-coverage             writes docs/field-coverage.md
 *   npx projen field-coverage --check     writes nothing, fails when the page is not current
 *
 * Needs the assembly that `npx projen compile` writes. Ends with status 1 when a field cannot be set, too few are shown, or text or a number of the public API has no maker.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly } from './assembly';
import { exampleObjects } from './examples';
import { complaints, page, Row, summary } from './field-table';
import { gatewayApiKinds } from './kinds';
import { findSetters, keyOf, mapsOf } from './settable';
import { withoutMaker, withoutType } from './slots';
import { specPaths, valuesIn } from './spec-paths';

const PAGE = join(__dirname, '..', '..', 'docs', 'field-coverage.md');

/** The first example that shows each field. */
function shownFields(isMap: (kind: string, path: string) => boolean): Map<string, string> {
  const shown = new Map<string, string>();
  for (const { example, object: { kind, spec } } of exampleObjects()) {
    for (const { path, value } of valuesIn(spec, at => isMap(kind, at))) {
      [path, `${path}=${value}`].map(place => keyOf(kind, place)).filter(key => !shown.has(key)).forEach(key => shown.set(key, example));
    }
  }
  return shown;
}

function rows(assembly: Assembly): Row[] {
  const kinds = gatewayApiKinds();
  const setters = findSetters(assembly, kinds);
  const shown = shownFields(mapsOf(kinds));
  return kinds.flatMap(kind => {
    const paths = specPaths(kind);
    const isPart = (path: string) => paths.some(other => other.path.startsWith(`${path}.`) || other.path.startsWith(`${path}[].`));
    return paths.map(({ kind: name, path, onlyExperimental }): Row => ({
      kind: name, path, onlyExperimental, setBy: setters.of(name, path, isPart(path)), shownIn: shown.get(keyOf(name, path)),
    }));
  });
}

function main(): void {
  const assembly = Assembly.read();
  const unmade = withoutMaker(assembly);
  if (unmade.length > 0) {
    throw new Error(`conformance/programs/makers.ts does not say what these mean: ${unmade.join(', ')}`);
  }
  const found = rows(assembly);
  const anys = withoutType(assembly);
  const text = page(found, anys);
  const wrong = complaints(found);
  if (!process.argv.includes('--check')) {
    writeFileSync(PAGE, text);
  } else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== text) {
    wrong.push('docs/field-coverage.md is not current: run `npx projen field-coverage`');
  }
  console.log([...wrong, ...summary(found, anys)].join('\n'));
  if (wrong.length > 0) {
    process.exitCode = 1;
  }
}

main();
