import { Case } from '../case';
import { makeClusters } from './clusters';
import { Manifest, ofKind, readManifests } from './manifest';
import { makeWorld, World, WorldOptions } from './world';

/** On an object of world.yaml: the cluster that it is in; without it, all of them have it. */
const CLUSTER = 'conformance/cluster';

/** What is written down of a cluster. */
export interface WrittenCluster {
  /** Its name, where there are several. */
  readonly cluster?: string;
  readonly objects: readonly Manifest[];
}

/** The manifests of each cluster, and what else of it is written down; where both have an object, that of the world is what a cluster would have made of it. */
export function writtenClusters(c: Case): WrittenCluster[] {
  const ofAll = readManifests(c.world);
  if (c.clusters === undefined) {
    return [{ objects: [...new Map([...readManifests(c.manifests), ...ofAll].map(object => [keyOf(object), object])).values()] }];
  }
  const isIn = (cluster: string) => ({ metadata }: Manifest) => (metadata.annotations?.[CLUSTER] ?? cluster) === cluster;
  return Object.entries(c.clusters).map(([cluster, text]) => ({ cluster, objects: [...readManifests(text), ...ofAll.filter(isIn(cluster))] }));
}

/** The cluster of a case, or all of its clusters. */
export function worldOf(c: Case): World {
  const written = writtenClusters(c);
  const options = (c.spec.world ?? {}) as WorldOptions;
  if (c.clusters !== undefined) {
    return makeClusters(Object.fromEntries(written.map(({ cluster, objects }) => [cluster, objects])), options);
  }
  const [{ objects }] = written;
  return makeWorld(objects, { ...options, mesh: { ...releasedMesh(objects), ...options.mesh } });
}

/** The MeshConfig that Flux would install with Istio's chart, where it is told to. */
function releasedMesh(manifests: readonly Manifest[]): object {
  const releases = ofKind(manifests, 'helm.toolkit.fluxcd.io', 'HelmRelease').filter(({ spec }) => spec.chart?.spec.chart === 'istiod');
  return releases.map(({ spec }) => spec.values?.meshConfig as object | undefined).find(config => config !== undefined) ?? {};
}

/** What tells an object from all others of a cluster. */
export function keyOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string {
  return [apiVersion, kind, namespace, name].join('/');
}
