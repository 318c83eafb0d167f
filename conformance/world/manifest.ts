import { KubeObject, objectsOf } from '../objects';

/** An object of Kubernetes, as far as a world needs to know it. */
export interface Manifest extends KubeObject {
  // What is inside depends on the kind.
  readonly spec?: any;
  /** The cluster that it is in, in a world of several. */
  readonly cluster?: string;
}

export type Labels = { readonly [key: string]: string };

/** The objects of a YAML text of one or several documents. */
export function readManifests(text: string): Manifest[] {
  return objectsOf(text);
}

/** The group of an object: empty for core kinds. */
export function groupOf({ apiVersion }: Manifest): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** The objects of a kind, by group: Istio and Gateway API both have a Gateway. */
export function ofKind(manifests: readonly Manifest[], group: string, kind: string): Manifest[] {
  return manifests.filter(manifest => manifest.kind === kind && groupOf(manifest) === group);
}

/** Whether labels have all that a selector asks for. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
