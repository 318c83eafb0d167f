import { Case } from '../case';
import { Manifest, readManifests } from './manifest';
import { makeWorld, World, WorldOptions } from './world';

/** The cluster of a case: its manifests, and what else there is; where both have an object, that of the world is what a cluster would have made of it. */
export function worldOf(c: Case): World {
  const objects = new Map([...readManifests(c.manifests), ...readManifests(c.world)].map(object => [keyOf(object), object]));
  return makeWorld([...objects.values()], c.spec.world as WorldOptions | undefined);
}

function keyOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string {
  return [apiVersion, kind, namespace, name].join('/');
}
