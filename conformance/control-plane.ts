import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT } from './go';
import { istioctl } from './istioctl';

/** The revision that Istio has when none is said. */
export const DEFAULT_REVISION = 'default';

/** A control plane, and the tags that point to it. */
export interface ControlPlane {
  readonly revision: string;
  readonly tags: readonly string[];
}

/** What case.yaml says of the control planes that a cluster has. */
export interface InstalledSpec {
  /** The revisions of Istio in the cluster; the default one when nothing is said. */
  readonly revisions?: readonly string[];
  /** Tags, with the revision that each points to. */
  readonly tags?: { readonly [tag: string]: string };
}

/** The control planes of a cluster. */
export function controlPlanes({ revisions = [DEFAULT_REVISION], tags = {} }: InstalledSpec): ControlPlane[] {
  return revisions.map(revision => ({ revision, tags: Object.keys(tags).filter(tag => tags[tag] === revision) }));
}

/** A name for a control plane, which no other has. */
export function nameOfControlPlane({ revision, tags }: ControlPlane): string {
  return [revision, ...tags].join('.');
}

const files = new Map<string, Promise<string>>();

/** The file of what an installation of a control plane consists of; it is made once. */
export function controlPlaneFile(plane: ControlPlane): Promise<string> {
  const name = nameOfControlPlane(plane);
  const file = files.get(name) ?? generate(plane);
  files.set(name, file);
  return file;
}

async function generate(plane: ControlPlane): Promise<string> {
  const { revision, tags } = plane;
  const dir = join(BUILT, 'control-planes');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${nameOfControlPlane(plane)}.yaml`);
  writeFileSync(file, await istioctl([
    'manifest', 'generate',
    ...(revision === DEFAULT_REVISION ? [] : ['--set', `revision=${revision}`]),
    ...tags.flatMap((tag, i) => ['--set', `values.revisionTags[${i}]=${tag}`]),
  ]));
  return file;
}
