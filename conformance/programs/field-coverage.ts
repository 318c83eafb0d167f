/**
 * Says for each field of the Gateway API, of Istio and of Linkerd what sets it, and which example shows it:
 *
 *   npx projen field-coverage [--api gateway|istio|linkerd]     writes docs/field-coverage.md and those of Istio and Linkerd, or one of them
 *   npx projen field-coverage --check                   writes nothing, fails when a page is not current
 *
 * Needs the assembly that `npx projen compile` writes. Ends with status 1 when a field cannot be set and no reason is given, too few are shown, or text or a number of the
 * public API has no maker.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Api, kindOfObject, reasonFor } from './api';
import { apiNamed, APIS } from './apis';
import { Assembly } from './assembly';
import { exampleObjects, Shown } from './examples';
import { complaints, page, Row, strayReasons, summary } from './field-table';
import { findSetters, keyOf, mapsOf } from './settable';
import { withoutMaker, withoutType } from './slots';
import { specPaths, valuesIn } from './spec-paths';

const DOCS = join(__dirname, '..', '..', 'docs');

/** The first example that shows each field. */
function shownFields(api: Api, examples: readonly Shown[]): Map<string, string> {
  const isMap = mapsOf(api.kinds());
  const shown = new Map<string, string>();
  for (const { example, object } of examples.filter(shownIn => kindOfObject(api, shownIn.object))) {
    for (const { path, value } of valuesIn(object.spec, at => isMap(object.kind, at))) {
      [path, `${path}=${value}`].map(place => keyOf(object.kind, place)).filter(key => !shown.has(key)).forEach(key => shown.set(key, example));
    }
  }
  return shown;
}

function rows(assembly: Assembly, api: Api, examples: readonly Shown[]): Row[] {
  const setters = findSetters(assembly, api);
  const shown = shownFields(api, examples);
  return api.kinds().flatMap(kind => {
    const paths = specPaths(kind);
    const isPart = (path: string) => paths.some(other => ['.', '[].', '{}.'].some(end => other.path.startsWith(path + end)));
    return paths.map(({ kind: name, path, onlyExperimental }): Row => ({
      kind: name,
      path,
      onlyExperimental,
      setBy: setters.of(name, path, isPart(path)),
      shownIn: shown.get(keyOf(name, path)),
      reason: reasonFor(api, keyOf(name, path)),
    }));
  });
}

/** Writes or checks the page of an API, and gives what is wrong. */
function cover(api: Api, examples: readonly Shown[], check: boolean): string[] {
  const assembly = Assembly.read(api.rooms);
  const unmade = withoutMaker(assembly, api.makers);
  if (unmade.length > 0) {
    throw new Error(`the makers of ${api.title} in conformance/programs do not say what these mean: ${unmade.join(', ')}`);
  }
  const found = rows(assembly, api, examples);
  const anys = withoutType(assembly);
  const text = page(found, anys, api.page);
  const file = join(DOCS, api.page.file);
  const wrong = [...complaints(found, api.page), ...strayReasons(found, api.page.reasons)];
  if (!check) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    wrong.push(`docs/${api.page.file} is not current: run \`npx projen field-coverage\``);
  }
  console.log([...wrong, `${api.title}:`, ...summary(found, anys)].join('\n'));
  return wrong;
}

/** A process for each API, for they share nothing but the examples; whether none found anything wrong. */
async function coverEach(args: readonly string[]): Promise<boolean> {
  const statuses = await Promise.all(APIS.map(async ({ name }) => {
    const covering = spawn(process.execPath, [...process.execArgv, __filename, '--api', name, ...args], { stdio: 'inherit' });
    const [status] = await once(covering, 'exit') as [number | null];
    return status;
  }));
  return statuses.every(status => status === 0);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { api: { type: 'string' }, check: { type: 'boolean', default: false } } });
  const right = values.api === undefined
    ? await coverEach(process.argv.slice(2))
    : cover(apiNamed(values.api), exampleObjects(), values.check).length === 0;
  process.exitCode = right ? 0 : 1;
}

void main();
