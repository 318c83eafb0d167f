import { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IFluxChartSource } from './flux-chart-source';
import { formatDuration } from '../semantics/duration';
import { checkNamed } from '../semantics/names';

/** What Flux does with the CRDs of a chart. */
export enum FluxCrds {
  /** Nothing. */
  SKIP = 'Skip',
  /** It makes those that are not there. */
  CREATE = 'Create',
  /** It makes them, and replaces those that are there. */
  CREATE_REPLACE = 'CreateReplace',
}

/** A difference between what is wanted and what is there that Flux overlooks. */
export interface FluxIgnoredDrift {
  /** The fields, as JSON pointers; at least one. */
  readonly paths: string[];

  /**
   * The kind of the objects.
   *
   * @default - all
   */
  readonly kind?: string;

  /**
   * The name of the object.
   *
   * @default - all
   */
  readonly name?: string;
}

/** Properties of a release of a chart. */
export interface FluxHelmReleaseProps {
  /**
   * Name and namespace.
   *
   * @default - a name made of the path of the construct, and the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the chart is. */
  readonly source: IFluxChartSource;

  /**
   * The chart in a HelmRepository; an OCIRepository is a chart.
   *
   * @default - the OCIRepository
   */
  readonly chart?: string;

  /**
   * The version of the chart in a HelmRepository, or a range such as `1.31.x`.
   *
   * @default - the newest
   */
  readonly version?: string;

  /**
   * How often Flux looks whether all is as it should be.
   *
   * @default - 10 minutes
   */
  readonly interval?: Duration;

  /**
   * How long a step may take.
   *
   * @default - 5 minutes
   */
  readonly timeout?: Duration;

  /**
   * The name of the release.
   *
   * @default - the name of the HelmRelease, with that of targetNamespace and `-` before it where there is one
   */
  readonly releaseName?: string;

  /**
   * The namespace of the release.
   *
   * @default - that of the HelmRelease
   */
  readonly targetNamespace?: string;

  /**
   * Whether Flux makes the namespace of the release.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Releases that must be ready before.
   *
   * @default - none
   */
  readonly dependsOn?: FluxHelmRelease[];

  /**
   * The values of the chart.
   *
   * @default - the chart's own
   */
  readonly values?: { [key: string]: any };

  /**
   * What Flux does with the CRDs of the chart, in installations and upgrades.
   *
   * @default - makes those that are not there, and leaves those that are
   */
  readonly crds?: FluxCrds;

  /**
   * How often Flux tries again what failed; -1 for ever.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Differences that Flux overlooks when it undoes what others change; with an empty list it undoes everything.
   *
   * @default - Flux undoes nothing
   */
  readonly ignoredDrift?: FluxIgnoredDrift[];

  /**
   * Whether Flux leaves the release alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A release of a chart of Helm by Flux.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class FluxHelmRelease extends Construct {
  /** The name of the HelmRelease. */
  public readonly name: string;
  /** The namespace of the HelmRelease. */
  public readonly namespace?: string;

  /**
   * @throws when a HelmRepository is given without a chart, or an OCIRepository with one
   */
  constructor(scope: Construct, id: string, props: FluxHelmReleaseProps) {
    super(scope, id);
    const { retries, crds } = props;
    const remediation = retries === undefined ? undefined : { retries };
    const object = new ApiObject(this, 'Default', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: props.metadata,
      spec: {
        interval: formatDuration(props.interval ?? Duration.minutes(10), 'interval of a HelmRelease'),
        timeout: props.timeout && formatDuration(props.timeout, 'timeout of a HelmRelease'),
        releaseName: props.releaseName,
        targetNamespace: props.targetNamespace,
        ...chartManifest(props),
        dependsOn: props.dependsOn?.map(({ name, namespace }) => ({ name, namespace })),
        install: { createNamespace: props.createNamespace, crds, remediation },
        upgrade: { crds, remediation },
        driftDetection: props.ignoredDrift && {
          mode: 'enabled',
          ignore: props.ignoredDrift.map(({ paths, kind, name }) => ({ paths, target: kind ?? name ? { kind, name } : undefined })),
        },
        suspend: props.suspend,
        values: props.values,
      },
    });
    this.name = object.name;
    this.namespace = object.metadata.namespace;
    checkNamed('HelmRelease', this);
  }
}

function chartManifest({ source, chart, version }: FluxHelmReleaseProps): object {
  const { kind, name, namespace } = source;
  if (kind === 'OCIRepository') {
    if (chart !== undefined || version !== undefined) {
      throw new Error(`OCIRepository '${name}' is a chart of some version already, got chart '${chart}' and version '${version}': leave them out`);
    }
    return { chartRef: { kind, name, namespace } };
  }
  if (chart === undefined) {
    throw new Error(`HelmRepository '${name}' has many charts: pass chart`);
  }
  return { chart: { spec: { chart, version, sourceRef: { kind, name, namespace } } } };
}
