import { Case } from '../case';
import { makeClusters } from './clusters';
import { Manifest, ofKind, readManifests } from './manifest';
import { makeWorld, World, WorldOptions } from './world';

/** On an object of world.yaml: the cluster that it is in; without it, all of them have it. */
const CLUSTER = 'conformance/cluster';

/** The cluster of a case, or all of its clusters: its manifests, and what else there is; where both have an object, that of the world is what a cluster would have made of it. */
export function worldOf(c: Case): World {
  const ofAll = readManifests(c.world);
  if (c.clusters !== undefined) {
    const isIn = (cluster: string) => ({ metadata }: Manifest) => (metadata.annotations?.[CLUSTER] ?? cluster) === cluster;
    const written = Object.entries(c.clusters).map(([cluster, text]) => [cluster, [...readManifests(text), ...ofAll.filter(isIn(cluster))]] as const);
    return makeClusters(Object.fromEntries(written), (c.spec.world ?? {}) as WorldOptions);
  }
  const objects = new Map([...readManifests(c.manifests), ...ofAll].map(object => [keyOf(object), object]));
  const options = c.spec.world as WorldOptions | undefined;
  return makeWorld([...objects.values()], { ...options, mesh: { ...releasedMesh([...objects.values()]), ...options?.mesh } });
}

/** The MeshConfig that Flux would install with Istio's chart, where it is told to. */
function releasedMesh(manifests: readonly Manifest[]): object {
  const releases = ofKind(manifests, 'helm.toolkit.fluxcd.io', 'HelmRelease').filter(({ spec }) => spec.chart?.spec.chart === 'istiod');
  return releases.map(({ spec }) => spec.values?.meshConfig as object | undefined).find(config => config !== undefined) ?? {};
}

function keyOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string {
  return [apiVersion, kind, namespace, name].join('/');
}
