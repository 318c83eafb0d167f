import { Case } from './case';
import { Engine } from './engine';
import { buildGo, missingGo } from './go';
import { summarizeAddresses } from './istiod/addresses';
import { ISTIOD, keyOfPod, translate } from './istiod/ask';
import { summarizeStatus } from './istiod/status';
import { summarizeProxy } from './istiod/summary';
import { worldOf } from './world/case-world';
import { CERTIFICATES, makeCredentials } from './world/certificates';
import { nameOfPod } from './world/pod';

/** What case.yaml may tell. */
interface IstiodSpec {
  /** The workloads whose proxies are described, as namespace/name; without it, only the status of the objects is told. */
  readonly proxies?: readonly string[];
}

/** Istio's control plane, offline. */
export class Istiod implements Engine {
  readonly name = 'istiod';

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildGo(ISTIOD);
    await buildGo(CERTIFICATES);
  }

  async judge(c: Case): Promise<unknown> {
    const { proxies: wanted = [] } = (c.spec.istiod ?? {}) as IstiodSpec;
    const world = worldOf(c);
    const credentials = makeCredentials(world);
    const workloads = new Map(world.pods.filter(({ role }) => role !== 'none').map(pod => [nameOfPod(pod), pod]));
    const unknown = wanted.filter(name => !workloads.has(name));
    if (unknown.length > 0) {
      throw new Error(`no proxy runs in ${unknown.join(', ')}: use ${[...workloads.keys()].join(', ')}`);
    }
    const { proxies, status, addresses } = await translate(
      { ...world, objects: [...world.objects, ...credentials] }, wanted.map(name => workloads.get(name)!));
    return {
      status: summarizeStatus(status),
      ...wanted.length > 0 && {
        proxies: Object.fromEntries(wanted.map(name => {
          return [name, summarizeProxy(proxies[keyOfPod(workloads.get(name)!)])];
        })),
      },
      ...Object.values(addresses).some(told => told.length > 0) && { addresses: summarizeAddresses(addresses, world) },
    };
  }
}
