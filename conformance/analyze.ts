import { execFileSync } from 'node:child_process';
import { clusterObjects, controlPlaneObjects } from './analyze/cluster';
import { Case } from './case';
import { controlPlanes } from './control-plane';
import { Engine } from './engine';
import { buildGo, goBinary, GoProgram, missingGo } from './go';
import { Inject, InjectSpec } from './inject';
import { podsOf } from './pods';
import { worldOf, writtenClusters } from './world/case-world';
import { CERTIFICATES, makeCredentials } from './world/certificates';

const PROGRAM: GoProgram = { module: 'istio', package: './analyze', output: 'analyze' };
const MAX_OUTPUT = 64 * 1024 * 1024;

/** What the analyzers say. */
interface Finding {
  readonly code: string;
  readonly level: string;
  readonly origin: string;
  readonly message: string;
  /** The cluster, where there are several. */
  readonly cluster?: string;
}

/** All analyzers of Istio, on a cluster in which the manifests have been applied. */
export class Analyze implements Engine {
  readonly name = 'analyze';
  private readonly injector = new Inject();

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await this.injector.build();
    await buildGo(CERTIFICATES);
    await buildGo(PROGRAM);
  }

  /** The findings in order, of all clusters. */
  async judge(c: Case): Promise<Finding[]> {
    const installed = (c.spec.inject ?? {}) as InjectSpec;
    const controlPlane = await controlPlaneObjects(controlPlanes(installed));
    const world = worldOf(c);
    const credentials = makeCredentials(world);
    const findings: Finding[] = [];
    for (const { cluster, objects: written } of writtenClusters(c)) {
      const made = [...world.objects.filter(object => object.cluster === cluster), ...credentials].map(({ cluster: _, ...object }) => object);
      const injections = await this.injector.inject(written, installed);
      const found = ask({
        mesh: JSON.stringify(world.mesh),
        networks: world.networks === undefined ? '' : JSON.stringify({ networks: world.networks }),
        objects: clusterObjects({ controlPlane, written, made, created: podsOf(written), injections }),
      });
      findings.push(...found.map(finding => ({ ...finding, ...cluster !== undefined && { cluster } })));
    }
    return findings.map(finding => JSON.stringify(finding)).sort().map(line => JSON.parse(line) as Finding);
  }

  async close(): Promise<void> {
    await this.injector.close();
  }
}

/** What the program says of a cluster. */
function ask(question: object): Finding[] {
  return JSON.parse(execFileSync(goBinary(PROGRAM), { input: JSON.stringify(question), encoding: 'utf8', maxBuffer: MAX_OUTPUT })) as Finding[];
}
