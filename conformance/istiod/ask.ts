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
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status: Message;
}

export interface Translation {
  /** By pod, as namespace/name. */
  readonly proxies: { readonly [pod: string]: ProxyConfig };
  readonly status: readonly ObjectStatus[];
}

/** Lets istiod translate a world for some of its pods. */
export async function translate(world: World, pods: readonly Pod[]): Promise<Translation> {
  const question = {
    mesh: JSON.stringify(world.mesh),
    objects: world.objects,
    proxies: pods.map(({ name, namespace, ip, labels, annotations, serviceAccount, role }) => ({
      name, namespace, ip, labels, annotations, serviceAccount, gateway: role === 'gateway',
    })),
  };
  return new Promise((resolve, reject) => {
    const child = execFile(goBinary(ISTIOD), { timeout: TIMEOUT, maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) =>
      error ? reject(new Error(`istiod: ${stderr.trim() || error.message}`)) : resolve(readTranslation(stdout)));
    child.stdin!.end(JSON.stringify(question));
  });
}

/** Go writes an empty list as null. */
function readTranslation(text: string): Translation {
  const { proxies, status } = JSON.parse(text) as Translation;
  return {
    status,
    proxies: Object.fromEntries(Object.entries(proxies).map(([pod, { listeners, routes, clusters, endpoints, secrets }]) => [pod, {
      listeners: listeners ?? [], routes: routes ?? [], clusters: clusters ?? [], endpoints: endpoints ?? [], secrets: secrets ?? [],
    }])),
  };
}
