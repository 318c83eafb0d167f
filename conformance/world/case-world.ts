import { Case } from '../case';
import { Manifest, ofKind, readManifests } from './manifest';
import { makeWorld, World, WorldOptions } from './world';

/** The cluster of a case: its manifests, and what else there is; where both have an object, that of the world is what a cluster would have made of it. */
export function worldOf(c: Case): World {
  const objects = new Map([...readManifests(c.manifests), ...readManifests(c.world)].map(object => [keyOf(object), object]));
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
