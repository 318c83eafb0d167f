import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Where the cases lie. */
export const CASES = join(__dirname, 'cases');
const SPEC = 'case.yaml';
/** What the engines said; no input of theirs. */
export const VERDICT = 'verdict.json';

/** A folder under conformance/cases. */
export interface Case {
  /** The name of the folder. */
  readonly name: string;
  /** Its path. */
  readonly dir: string;
  /** The objects, as YAML of one or several documents: from manifests.yaml, or made by the chart that case.yaml names. */
  readonly manifests: string;
  /** The objects of each cluster, where the app has a folder for each. */
  readonly clusters?: { readonly [cluster: string]: string };
  /** What the cluster has already, as YAML: world.yaml, where there is one. Engines that look at many objects together read it too. */
  readonly world: string;
  /** What case.yaml says, for the engines. */
  readonly spec: CaseSpec;
}

/** case.yaml. */
export interface CaseSpec {
  /** What the case shows, in a sentence. */
  readonly about: string;
  /** The engines that judge it, by name. */
  readonly engines: readonly string[];
  /** The app that makes the manifests, such as `examples/quickstart`; without it they are in manifests.yaml. */
  readonly app?: string;
  /** The chart of the app that is meant, or several, of which later ones replace objects of earlier ones; without it, all of them. */
  readonly chart?: string | readonly string[];
  /** Why each warning of an engine is right, by the code of the warning. */
  readonly explained?: { readonly [code: string]: string };
  /** What istiod complains of, on purpose: as `HTTPRoute shop/web: Accepted False, NoMatchingParent`. */
  readonly complaints?: readonly string[];
  /** Why pods are meant to run without a proxy of Istio, by what they are made from, as `Deployment shop/web`; `*` stands for any text. */
  readonly outside?: { readonly [pod: string]: string };
  /** What the verdicts show of features of Gateway API, by feature and implementation: see features/evidence.ts. */
  readonly features?: object;
  /** Which requests show what Istio's fields do, and what is without them: see istio-features/evidence.ts. */
  readonly shows?: object;
  /** Which cells of the support table it proves, by their ids, and by what: see support/evidence.ts. */
  readonly proves?: object;
  /** More for an engine, by its name. */
  readonly [engine: string]: unknown;
}

/** A file that an app wrote. */
export interface RenderedFile {
  readonly name: string;
  readonly text: string;
}

/** The names of all cases. */
export function caseNames(): string[] {
  return readdirSync(CASES).filter(name => existsSync(join(CASES, name, SPEC))).sort();
}

/** Reads case.yaml of a case. */
export function readSpec(name: string): CaseSpec {
  try {
    return parse(readFileSync(join(CASES, name, SPEC), 'utf8')) as CaseSpec;
  } catch (error) {
    throw new Error(`${name}/${SPEC}: ${(error as Error).message}`);
  }
}

/** Reads a case; the files of an app are given by whoever can run it. */
export function readCase(name: string, render: (app: string) => readonly RenderedFile[]): Case {
  const dir = join(CASES, name);
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  const spec = readSpec(name);
  return {
    name,
    dir,
    manifests: spec.app ? textOf(made(spec, render(spec.app))) : read('manifests.yaml'),
    clusters: spec.app ? clustersOf(made(spec, render(spec.app))) : undefined,
    world: existsSync(join(dir, 'world.yaml')) ? read('world.yaml') : '',
    spec,
  };
}

/** Tells whether what the engines judge is still what they judged: the manifests, what case.yaml tells an engine, and the other files of the folder. */
export function digestOf(c: Case): string {
  const hash = createHash('sha256').update(c.manifests);
  const { about, explained, complaints, outside, features, shows, proves, app, chart, engines, ...options } = c.spec;
  hash.update(JSON.stringify(options));
  for (const file of readdirSync(c.dir).filter(name => ![SPEC, VERDICT, 'manifests.yaml'].includes(name)).sort()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(c.dir, file)));
  }
  return hash.digest('hex');
}

function made({ app, chart }: CaseSpec, files: readonly RenderedFile[]): RenderedFile[] {
  const named = (name: string) => {
    const file = files.find(other => other.name === `${name}.k8s.yaml`);
    if (file === undefined) {
      throw new Error(`${app} makes no chart '${name}', got: ${files.map(other => other.name).join(', ')}`);
    }
    return file;
  };
  return chart === undefined ? files.filter(({ name }) => name.endsWith('.yaml')) : [chart].flat().map(named);
}

function textOf(files: readonly RenderedFile[]): string {
  return files.map(({ text }) => text).join('---\n');
}

/** By the folder that the files are in; undefined when they are in none. */
function clustersOf(files: readonly RenderedFile[]): { [cluster: string]: string } | undefined {
  const folders = new Set(files.map(({ name }) => name.includes('/') ? name.split('/')[0] : ''));
  return folders.has('') || folders.size === 0 ? undefined :
    Object.fromEntries([...folders].map(folder => [folder, textOf(files.filter(({ name }) => name.startsWith(`${folder}/`)))]));
}
