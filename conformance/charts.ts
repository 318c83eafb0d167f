import { Case } from './case';
import { Engine } from './engine';
import { buildGo, goBinary, GoProgram, missingGo } from './go';
import { KubeObject, objectsOf } from './objects';
import { Program } from './program';

const PROGRAM: GoProgram = { module: 'istio', package: './cmd/charts', output: 'charts' };

/** A chart, and the values that it is installed with. */
interface Release {
  readonly chart: string;
  readonly name: string;
  readonly namespace: string;
  readonly values: object;
}

interface Application {
  readonly source: { readonly chart: string; readonly helm: { readonly releaseName: string; readonly valuesObject: object } };
  readonly destination: { readonly namespace: string };
}

interface HelmRelease {
  readonly chart: { readonly spec: { readonly chart: string } };
  readonly releaseName: string;
  readonly targetNamespace: string;
  readonly values: object;
}

/** The official charts of Istio with the values of Applications and HelmReleases, and istiod's reading of the mesh configuration in them. */
export class Charts implements Engine {
  readonly name = 'charts';
  private program?: Program;

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildGo(PROGRAM);
  }

  async judge(c: Case): Promise<unknown> {
    this.program ??= new Program(goBinary(PROGRAM));
    return this.program.ask({ releases: objectsOf(c.manifests).flatMap(releaseOf) });
  }

  async close(): Promise<void> {
    await this.program?.close();
  }
}

function releaseOf({ kind, spec }: KubeObject): Release[] {
  if (kind === 'Application') {
    const { source: { chart, helm }, destination } = spec as Application;
    return [{ chart, name: helm.releaseName, namespace: destination.namespace, values: helm.valuesObject }];
  }
  if (kind === 'HelmRelease') {
    const { chart, releaseName, targetNamespace, values } = spec as HelmRelease;
    return [{ chart: chart.spec.chart, name: releaseName, namespace: targetNamespace, values }];
  }
  return [];
}
