import { Lazy } from 'cdk8s';
import { MonitorProps } from './monitor-props';
import type { PodMonitorSpec } from '../imports/monitoring.coreos.com';
import { checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** What the Prometheus Operator knows of a monitor, whatever it is about. */
type Spec = Omit<Manifest<PodMonitorSpec>, 'podMetricsEndpoints' | 'nativeHistogramMinBucketFactor' | 'convertClassicHistogramsToNhcb'> & {
  readonly nativeHistogramMinBucketFactor?: string;
  readonly convertClassicHistogramsToNHCB?: boolean;
};

/** What a monitor says beside its endpoints. */
export function monitorToKube(props: MonitorProps): Spec {
  const { scrapeProtocols, nativeHistogramMinBucketFactor: factor, bodySizeLimit, scrapeClass, attachNodeMetadata } = props;
  if (scrapeProtocols !== undefined) {
    if (scrapeProtocols.length === 0) {
      throw new Error('scrapeProtocols must name at least one format, got none: leave them out');
    }
    checkUnique(scrapeProtocols, 'scrapeProtocols');
  }
  if (factor !== undefined && !(factor > 1 && Number.isFinite(factor))) {
    throw new Error(`nativeHistogramMinBucketFactor must be more than 1, got ${factor}`);
  }
  if (scrapeClass === '') {
    throw new Error('scrapeClass must not be empty: leave it out to mean the default one');
  }
  return {
    jobLabel: props.jobLabel,
    podTargetLabels: props.podTargetLabels,
    // Flagger's copy of a workload may be known later.
    selector: Lazy.any({ produce: () => props.selector._toKube() }) as Spec['selector'],
    selectorMechanism: props.selectorMechanism,
    namespaceSelector: props.namespaces?._toKube(),
    attachMetadata: attachNodeMetadata === undefined ? undefined : { node: attachNodeMetadata },
    scrapeProtocols,
    fallbackScrapeProtocol: props.fallbackScrapeProtocol,
    extraScrapeMetrics: props.extraScrapeMetrics,
    scrapeNativeHistograms: props.scrapeNativeHistograms,
    scrapeClassicHistograms: props.scrapeClassicHistograms,
    nativeHistogramBucketLimit: limit(props.nativeHistogramBucketLimit, 'nativeHistogramBucketLimit'),
    nativeHistogramMinBucketFactor: factor?.toString(),
    convertClassicHistogramsToNHCB: props.convertClassicHistogramsToNhcb,
    sampleLimit: limit(props.sampleLimit, 'sampleLimit'),
    targetLimit: limit(props.targetLimit, 'targetLimit'),
    labelLimit: limit(props.labelLimit, 'labelLimit'),
    labelNameLengthLimit: limit(props.labelNameLengthLimit, 'labelNameLengthLimit'),
    labelValueLengthLimit: limit(props.labelValueLengthLimit, 'labelValueLengthLimit'),
    keepDroppedTargets: limit(props.keepDroppedTargets, 'keepDroppedTargets'),
    bodySizeLimit: bodySizeLimit && `${limit(bodySizeLimit.toKibibytes(), 'kibibytes of bodySizeLimit')}KiB`,
    scrapeClass,
  };
}

function limit(value: number | undefined, what: string): number | undefined {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
    throw new Error(`${what} must be a whole number of at least 0, got ${value}`);
  }
  return value;
}
