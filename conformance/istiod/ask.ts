import { execFile } from 'node:child_process';
import { goBinary, GoProgram } from '../go';
import { Pod } from '../world/pod';
import { World } from '../world/world';

export const ISTIOD: GoProgram = { module: 'istio', package: './istiod', output: 'istiod' };
const TIMEOUT = 120_000;
/** More than any configuration. */
const MAX_OUTPUT = 1024 ** 3;

// What Envoy reads has too many shapes to be typed here.
export type Message = { [field: string]: any };

/** What istiod sends to a proxy, as protojson. */
export interface ProxyConfig {
  readonly listeners: readonly Message[];
  readonly routes: readonly Message[];
  readonly clusters: readonly Message[];
  readonly endpoints: readonly Message[];
  readonly secrets: readonly Message[];
}

/** What istiod would write into the status of an object. */
export interface ObjectStatus {
  /** The cluster that it is in, in a world of several. */
  readonly cluster?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status: Message;
}

export interface Translation {
  /** By pod, as `keyOfPod` says. */
  readonly proxies: { readonly [pod: string]: ProxyConfig };
  readonly status: readonly ObjectStatus[];
  /** What ztunnels are told of services and workloads, by the cluster of the control plane. */
  readonly addresses: { readonly [cluster: string]: readonly Message[] };
}

/** A pod in a translation. */
export function keyOfPod({ cluster, namespace, name }: Pod): string {
  return [...cluster === undefined ? [] : [cluster], namespace, name].join('/');
}

/** Lets istiod translate a world for some of its pods; of several clusters, each control plane for those that it configures. */
export async function translate(world: World, pods: readonly Pod[]): Promise<Translation> {
  const primaries = new Set(world.clusters?.map(({ primary }) => primary) ?? [undefined]);
  const parts: Translation[] = [];
  for (const primary of primaries) {
    const served = world.clusters?.filter(cluster => cluster.primary === primary).map(({ name }) => name);
    parts.push(await translateOne(world, pods.filter(({ cluster }) => served === undefined || served.includes(cluster!)), primary));
  }
  return {
    proxies: Object.assign({}, ...parts.map(({ proxies }) => proxies)) as Translation['proxies'],
    status: parts.flatMap(({ status }) => status),
    addresses: Object.assign({}, ...parts.map(({ addresses }) => addresses)) as Translation['addresses'],
  };
}

async function translateOne(world: World, pods: readonly Pod[], primary: string | undefined): Promise<Translation> {
  // A Secret that the test makes is in all clusters.
  const of = (name: string | undefined) =>
    world.objects.filter(({ cluster }) => cluster === undefined || cluster === name).map(({ cluster, ...object }) => object);
  const others = (world.clusters ?? []).filter(({ name }) => name !== primary);
  const question = {
    mesh: JSON.stringify(world.mesh),
    networks: world.networks && JSON.stringify({ networks: world.networks }),
    ambient: world.env.PILOT_ENABLE_AMBIENT === 'true',
    cluster: primary,
    objects: of(primary),
    remotes: Object.fromEntries(others.map(({ name }) => [name, of(name)])),
    proxies: pods.map(({ name, namespace, ip, labels, annotations, serviceAccount, role, cluster, network, networkView }) => ({
      name,
      namespace,
      ip,
      labels,
      annotations,
      serviceAccount,
      cluster,
      network,
      networkView,
      gateway: role === 'gateway',
      waypoint: role === 'waypoint',
    })),
  };
  const { proxies, status, addresses } = await ask(question, world.env);
  return { proxies, status: status.map(one => ({ ...one, cluster: primary })), addresses: { [primary ?? '']: addresses } };
}

/** What the program says. */
interface Answer extends Omit<Translation, 'addresses'> {
  readonly addresses: readonly Message[];
}

function ask(question: object, env: { readonly [name: string]: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = execFile(goBinary(ISTIOD), { timeout: TIMEOUT, maxBuffer: MAX_OUTPUT, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      error ? reject(new Error(`istiod: ${stderr.trim() || error.message}`)) : resolve(readTranslation(stdout)));
    child.stdin!.end(JSON.stringify(question));
  });
}

/** Go writes an empty list as null. */
function readTranslation(text: string): Answer {
  const { proxies, status, addresses } = JSON.parse(text) as Answer;
  return {
    status,
    addresses: addresses ?? [],
    proxies: Object.fromEntries(Object.entries(proxies).map(([pod, { listeners, routes, clusters, endpoints, secrets }]) => [pod, {
      listeners: listeners ?? [], routes: routes ?? [], clusters: clusters ?? [], endpoints: endpoints ?? [], secrets: secrets ?? [],
    }])),
  };
}
