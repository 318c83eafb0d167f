import { ApiObjectMetadata, Size } from 'cdk8s';
import { MonitorNamespaces } from './monitor-namespaces';
import { MonitorSelector } from './monitor-selector';

/** A format in which targets offer metrics. */
export enum ScrapeProtocol {
  /** Protocol buffers, which carry native histograms. */
  PROMETHEUS_PROTO = 'PrometheusProto',
  /** OpenMetrics 0.0.1. */
  OPEN_METRICS_TEXT_0_0_1 = 'OpenMetricsText0.0.1',
  /** OpenMetrics 1.0.0. */
  OPEN_METRICS_TEXT_1_0_0 = 'OpenMetricsText1.0.0',
  /** Prometheus' own text, as it always was. */
  PROMETHEUS_TEXT_0_0_4 = 'PrometheusText0.0.4',
  /** Prometheus' own text with names in any letters; since Prometheus 3.0. */
  PROMETHEUS_TEXT_1_0_0 = 'PrometheusText1.0.0',
}

/** Who picks the targets. */
export enum SelectorMechanism {
  /** Prometheus, by relabeling all that it discovers. */
  RELABEL_CONFIG = 'RelabelConfig',
  /** The API server, by its selectors: less to discover in large clusters. */
  ROLE_SELECTOR = 'RoleSelector',
}

/** What ServiceMonitor and PodMonitor have in common. */
export interface MonitorProps {
  /**
   * Metadata. The Prometheus object selects monitors by labels, such as `release`: put them here.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /** What is scraped, by labels. */
  readonly selector: MonitorSelector;

  /**
   * Where it is.
   *
   * @default - in the namespace of the monitor
   */
  readonly namespaces?: MonitorNamespaces;

  /**
   * Who picks the targets; since Prometheus 2.17.
   *
   * @default SelectorMechanism.RELABEL_CONFIG
   */
  readonly selectorMechanism?: SelectorMechanism;

  /**
   * The label whose value is the label `job` of all samples.
   *
   * @default - the name of the Service, or `<namespace>/<name>` of the PodMonitor
   */
  readonly jobLabel?: string;

  /**
   * The labels of pods that are copied to all samples.
   *
   * @default - none
   */
  readonly podTargetLabels?: string[];

  /**
   * Whether the labels of nodes are there for relabelings; since Prometheus 2.35 for pods, 2.37 for Services.
   *
   * @default false
   */
  readonly attachNodeMetadata?: boolean;

  /**
   * The formats to ask for, the best first; since Prometheus 2.49.
   *
   * @default - those of Prometheus
   */
  readonly scrapeProtocols?: ScrapeProtocol[];

  /**
   * The format that is assumed when a target says none; since Prometheus 3.0.
   *
   * @default - none: the scrape fails
   */
  readonly fallbackScrapeProtocol?: ScrapeProtocol;

  /**
   * Whether timeout, limit and size of each scrape are stored as series; since Prometheus 3.10.
   *
   * @default - as Prometheus is told
   */
  readonly extraScrapeMetrics?: boolean;

  /**
   * Whether native histograms are scraped; since Prometheus 3.8.
   *
   * @default - as Prometheus is told
   */
  readonly scrapeNativeHistograms?: boolean;

  /**
   * Whether classic histograms are scraped too where a target has them as native ones; since Prometheus 2.45.
   *
   * @default false
   */
  readonly scrapeClassicHistograms?: boolean;

  /**
   * How many buckets a native histogram may have before they are merged; 0 is no limit; since Prometheus 2.45.
   *
   * @default - no limit
   */
  readonly nativeHistogramBucketLimit?: number;

  /**
   * By what factor a bucket of a native histogram must be wider than the one before, or they are merged; since Prometheus 2.50.
   *
   * @default - any
   */
  readonly nativeHistogramMinBucketFactor?: number;

  /**
   * Whether classic histograms are stored as native ones with custom buckets; since Prometheus 3.0.
   *
   * @default - as Prometheus is told
   */
  readonly convertClassicHistogramsToNhcb?: boolean;

  /**
   * How many samples a scrape may have before it fails; 0 is no limit.
   *
   * @default - no limit
   */
  readonly sampleLimit?: number;

  /**
   * How many targets there may be before all fail; 0 is no limit.
   *
   * @default - no limit
   */
  readonly targetLimit?: number;

  /**
   * How many labels a sample may have; 0 is no limit; since Prometheus 2.27.
   *
   * @default - no limit
   */
  readonly labelLimit?: number;

  /**
   * How many bytes the name of a label may have; 0 is no limit; since Prometheus 2.27.
   *
   * @default - no limit
   */
  readonly labelNameLengthLimit?: number;

  /**
   * How many bytes the value of a label may have; 0 is no limit; since Prometheus 2.27.
   *
   * @default - no limit
   */
  readonly labelValueLengthLimit?: number;

  /**
   * How many targets that relabelings dropped are remembered for the page of targets; 0 is no limit; since Prometheus 2.47.
   *
   * @default - no limit
   */
  readonly keepDroppedTargets?: number;

  /**
   * How large an answer may be once it is uncompressed, in whole kibibytes; since Prometheus 2.28.
   *
   * @default - no limit
   */
  readonly bodySizeLimit?: Size;

  /**
   * The name of a scrape class of the Prometheus object, whose settings apply.
   *
   * @default - its default one
   */
  readonly scrapeClass?: string;
}
