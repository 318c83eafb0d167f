/** A template of an analysis that the cluster has. */
export interface RolloutAnalysisTemplate {
  /** The name of the AnalysisTemplate. */
  readonly templateName: string;

  /**
   * Whether it is a ClusterAnalysisTemplate.
   *
   * @default false
   */
  readonly clusterScope?: boolean;
}

/** Which of the two versions an argument means. */
export enum RolloutPodTemplateHash {
  /** The stable one. */
  STABLE = 'Stable',
  /** The newest. */
  LATEST = 'Latest',
}

/** An argument of an analysis. */
export class RolloutAnalysisArg {
  /** A value. */
  public static value(name: string, value: string): RolloutAnalysisArg {
    return new RolloutAnalysisArg({ name, value });
  }

  /**
   * A field of the Rollout.
   *
   * @param name the name of the argument
   * @param fieldPath the field, such as `metadata.labels['region']`
   */
  public static field(name: string, fieldPath: string): RolloutAnalysisArg {
    return new RolloutAnalysisArg({ name, valueFrom: { fieldRef: { fieldPath } } });
  }

  /** The hash of the pods of a version. */
  public static podTemplateHash(name: string, version: RolloutPodTemplateHash): RolloutAnalysisArg {
    return new RolloutAnalysisArg({ name, valueFrom: { podTemplateHashValue: version } });
  }

  private constructor(private readonly spec: {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string }; readonly podTemplateHashValue?: string };
  }) {}

  /** @internal */
  public _toKube() {
    return this.spec;
  }
}

/** How many measurements of a metric are kept. */
export interface RolloutMeasurementRetention {
  /** The metric, or a pattern with `*`. */
  readonly metricName: string;
  /** How many. */
  readonly limit: number;
}

/** Labels and annotations of objects that the controller makes or marks. */
export interface RolloutMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** What a version is judged by. */
export interface RolloutAnalysis {
  /** The templates, at least one. */
  readonly templates: RolloutAnalysisTemplate[];

  /**
   * Arguments of the templates.
   *
   * @default - none
   */
  readonly args?: RolloutAnalysisArg[];

  /**
   * Metrics that are measured and do not count, by name or a pattern with `*`.
   *
   * @default - all count
   */
  readonly dryRun?: string[];

  /**
   * How many measurements are kept.
   *
   * @default - 10 of each metric
   */
  readonly measurementRetention?: RolloutMeasurementRetention[];

  /**
   * Metadata of the AnalysisRuns.
   *
   * @default - none
   */
  readonly analysisRunMetadata?: RolloutMetadata;
}

/** What a canary is judged by all the way. */
export interface RolloutBackgroundAnalysis extends RolloutAnalysis {
  /**
   * The number of the step with which it begins, from 0.
   *
   * @default 0
   */
  readonly startingStep?: number;
}

/** One analysis of an experiment. */
export interface RolloutExperimentAnalysis extends RolloutAnalysisTemplate {
  /** What it is called. */
  readonly name: string;

  /**
   * Whether the experiment goes on until it is through.
   *
   * @default false
   */
  readonly requiredForCompletion?: boolean;

  /**
   * Arguments of the template.
   *
   * @default - none
   */
  readonly args?: RolloutAnalysisArg[];
}

/** Which of the versions runs in an experiment. */
export enum RolloutSpecRef {
  /** The stable one. */
  STABLE = 'stable',
  /** The one that is tried. */
  CANARY = 'canary',
}

/** Pods of an experiment. */
export interface RolloutExperimentTemplate {
  /** What they are called. */
  readonly name: string;

  /** Which version runs. */
  readonly specRef: RolloutSpecRef;

  /**
   * How many.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The share of requests that they get, in percent; it needs trafficRouting.
   *
   * @default - none
   */
  readonly weight?: number;

  /**
   * Metadata of the pods.
   *
   * @default - that of the Rollout
   */
  readonly metadata?: RolloutMetadata;

  /**
   * Labels by which the pods are selected.
   *
   * @default - those of the Rollout, and one of the experiment
   */
  readonly selectorLabels?: { [key: string]: string };

  /**
   * Whether they have a Service.
   *
   * @default - only where they have a weight
   */
  readonly service?: boolean;

  /**
   * The name of their Service; with `service: true`.
   *
   * @default - the name of the pods
   */
  readonly serviceName?: string;
}

/** Versions that run beside each other for a while. */
export interface RolloutExperiment {
  /** The pods, at least one kind. */
  readonly templates: RolloutExperimentTemplate[];

  /**
   * What they are judged by.
   *
   * @default - nothing
   */
  readonly analyses?: RolloutExperimentAnalysis[];

  /**
   * How long, such as `1h`.
   *
   * @default - until the analyses are through
   */
  readonly duration?: string;

  /**
   * How long the pods stay after that, in seconds.
   *
   * @default 30
   */
  readonly scaleDownDelaySeconds?: number;

  /**
   * Metrics that are measured and do not count, by name or a pattern with `*`.
   *
   * @default - all count
   */
  readonly dryRun?: string[];

  /**
   * Metadata of the AnalysisRuns.
   *
   * @default - none
   */
  readonly analysisRunMetadata?: RolloutMetadata;
}
