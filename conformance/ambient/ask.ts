import { execFile } from 'node:child_process';
import { goBinary, GoProgram } from '../go';
import { Message, ProxyConfig } from '../istiod/ask';
import { Manifest } from '../world/manifest';
import { Pod } from '../world/pod';
import { World } from '../world/world';

export const AMBIENT: GoProgram = { module: 'istio', package: './ambient', output: 'ambient' };
const TIMEOUT = 120_000;
const MAX_OUTPUT = 1024 ** 3;

/** What istiod tells the proxies of nodes, and waypoints. */
export interface AmbientTranslation {
  /** Services and workloads. */
  readonly addresses: readonly Message[];
  /** Policies that proxies of nodes enforce. */
  readonly policies: readonly Message[];
  /** By waypoint, as namespace/name. */
  readonly waypoints: { readonly [waypoint: string]: ProxyConfig };
}

/** Lets istiod translate an ambient world. */
export async function translateAmbient(world: World, waypoints: readonly Pod[]): Promise<AmbientTranslation> {
  const question = {
    mesh: JSON.stringify(world.mesh),
    objects: world.objects.map(addressed),
    waypoints: waypoints.map(({ workload, namespace, ip, labels, serviceAccount }) => ({ name: workload, namespace, ip, labels, serviceAccount })),
  };
  const options = { timeout: TIMEOUT, maxBuffer: MAX_OUTPUT, env: { ...process.env, PILOT_ENABLE_AMBIENT: 'true' } };
  return new Promise((resolve, reject) => {
    const child = execFile(goBinary(AMBIENT), options, (error, stdout, stderr) =>
      error ? reject(new Error(`istiod: ${stderr.trim() || error.message}`)) : resolve(read(stdout)));
    child.stdin!.end(JSON.stringify(question));
  });
}

/** A waypoint is known by the address in the status of its Gateway, which Istio's deployment controller writes. */
function addressed(manifest: Manifest): Manifest {
  const { kind, metadata: { name, namespace }, spec } = manifest;
  return kind !== 'Gateway' || spec?.gatewayClassName !== 'istio-waypoint' ? manifest :
    { ...manifest, status: { addresses: [{ type: 'Hostname', value: `${name}.${namespace}.svc.cluster.local` }] } } as Manifest;
}

/** Go writes an empty list as null. */
function read(text: string): AmbientTranslation {
  const { addresses, policies, waypoints } = JSON.parse(text) as AmbientTranslation;
  return {
    addresses: addresses ?? [],
    policies: policies ?? [],
    waypoints: Object.fromEntries(Object.entries(waypoints).map(([name, { listeners, routes, clusters, endpoints, secrets }]) => [name, {
      listeners: listeners ?? [], routes: routes ?? [], clusters: clusters ?? [], endpoints: endpoints ?? [], secrets: secrets ?? [],
    }])),
  };
}
