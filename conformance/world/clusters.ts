import { Manifest, ofKind } from './manifest';
import { makeWorld, World, WorldOptions } from './world';

const PRIMARIES = 'topology.istio.io/controlPlaneClusters';

/** Several clusters on one network of loopback; names of pods begin with that of their cluster. */
export function makeClusters(written: { readonly [cluster: string]: readonly Manifest[] }, options: WorldOptions): World {
  const worlds: World[] = [];
  for (const [cluster, manifests] of Object.entries(written)) {
    const count = (of: (world: World) => readonly unknown[]) => worlds.reduce((sum, world) => sum + of(world).length, 0);
    const world = makeWorld(manifests, options, { pods: count(({ pods }) => pods), services: count(({ services }) => services) });
    const place = <T extends object>(things: readonly T[]) => things.map(thing => ({ ...thing, cluster }));
    worlds.push({ ...world, objects: place(world.objects), pods: place(world.pods), services: place(world.services) });
  }
  return {
    ...worlds[0],
    objects: worlds.flatMap(({ objects }) => objects),
    pods: worlds.flatMap(({ pods }) => pods),
    services: worlds.flatMap(({ services }) => services),
    tlsSecrets: worlds.flatMap(({ tlsSecrets }) => tlsSecrets),
    trustBundles: worlds.flatMap(({ trustBundles }) => trustBundles),
    clusters: Object.entries(written).map(([name, manifests]) => ({ name, primary: primaryOf(manifests) ?? name })),
  };
}

function primaryOf(manifests: readonly Manifest[]): string | undefined {
  return ofKind(manifests, '', 'Namespace').map(({ metadata }) => metadata.annotations?.[PRIMARIES]).find(primary => primary !== undefined);
}
