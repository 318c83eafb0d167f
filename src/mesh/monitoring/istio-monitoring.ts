import { Duration } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IstioScrapeOptions } from './istio-scrape-options';
import {
  annotatedProxies, CNI_LABEL, CNI_PORT, ENVOY_PATH, ENVOY_PORT, ISTIOD_LABEL, ISTIOD_PORT, placeOf, scrapeSettings,
  WITHOUT_REVISION_TAGS, ZTUNNEL_LABEL, ZTUNNEL_PORT,
} from './istio-scrape-targets';
import { MonitorNamespaces } from '../../monitoring/monitor-namespaces';
import { MonitorSelector } from '../../monitoring/monitor-selector';
import { PodMetricsEndpoint, PodMonitor, PodScrapePort } from '../../monitoring/pod-monitor';
import { ServiceMonitor, ServiceScrapePort } from '../../monitoring/service-monitor';
import { MonitoringLabel } from '../../semantics/keys';
import { isManaged } from '../control-plane/own-control-plane';
import { patternLabels } from '../pattern-labels';

/** Properties of the monitoring of a mesh. */
export interface IstioMonitoringProps extends IstioScrapeOptions {
  /**
   * The labels by which the Prometheus object selects monitors, such as `{ release: 'prometheus' }`.
   *
   * @default - none: it must select all
   */
  readonly selectedBy?: { [key: string]: string };

  /**
   * The namespace of the monitors, which the Prometheus object must select too.
   *
   * @default - the root namespace of the mesh
   */
  readonly namespace?: string;

  /**
   * The name of the ServiceMonitor of istiod.
   *
   * @default 'istiod'
   */
  readonly istiodName?: string;

  /**
   * The name of the PodMonitor of sidecars, gateways and waypoints.
   *
   * @default 'istio-proxies'
   */
  readonly proxiesName?: string;
}

/**
 * Has the Prometheus Operator scrape a whole mesh: istiod, sidecars, gateways, and in an ambient mesh waypoints, ztunnel and the CNI plugin. Each target is scraped once.
 *
 * STRICT mTLS does not stop it, for the ports 15014, 15020 and 15090 are not captured. NetworkPolicies must let Prometheus reach them.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
export class IstioMonitoring extends Construct {
  /**
   * The monitor of istiod.
   *
   * @default - none: the provider of a managed control plane runs it elsewhere
   */
  public readonly istiod?: ServiceMonitor;
  /** The monitor of sidecars, gateways and waypoints. */
  public readonly proxies: PodMonitor;
  /**
   * The monitor of ztunnel.
   *
   * @default - none: the mesh has sidecars
   */
  public readonly ztunnel?: PodMonitor;
  /**
   * The monitor of the CNI plugin.
   *
   * @default - none: the mesh has sidecars, and `cni` was not asked for
   */
  public readonly cni?: PodMonitor;

  private readonly interval: Duration;

  /**
   * @throws when merged metrics are asked for in a mesh that does not merge them, or a name or duration is out of range
   */
  constructor(scope: Construct, id: string, private readonly props: IstioMonitoringProps) {
    super(scope, id);
    const { mesh, namespaces } = props;
    const { ambient, cni, interval, podLabel, merged } = scrapeSettings(props);
    this.interval = interval;
    if (!isManaged(mesh)) {
      this.istiod = new ServiceMonitor(this, 'Istiod', {
        metadata: this.metadata(props.istiodName ?? 'istiod'),
        jobLabel: ISTIOD_LABEL.key,
        targetLabels: ['app'],
        selector: MonitorSelector.labels({}, LabelExpression.in(ISTIOD_LABEL.key, [ISTIOD_LABEL.value])),
        namespaces: MonitorNamespaces.named(mesh.rootNamespace),
        endpoints: [{ port: ServiceScrapePort.named(ISTIOD_PORT), interval: this.interval, relabelings: [WITHOUT_REVISION_TAGS] }],
      });
    }
    this.proxies = new PodMonitor(this, 'Proxies', {
      metadata: this.metadata(props.proxiesName ?? 'istio-proxies'),
      jobLabel: 'envoy-stats',
      selector: MonitorSelector.labels(
        {},
        LabelExpression.doesNotExist(MonitoringLabel.IGNORE),
        ...ambient ? [LabelExpression.notIn(ZTUNNEL_LABEL.key, [ZTUNNEL_LABEL.value])] : [],
      ),
      namespaces: namespaces ? MonitorNamespaces.named(...namespaces) : MonitorNamespaces.any(),
      podMetricsEndpoints: [{
        path: ENVOY_PATH,
        interval: this.interval,
        ...merged ?
          { port: PodScrapePort.all(), relabelings: annotatedProxies(podLabel) } :
          { port: PodScrapePort.named(ENVOY_PORT), relabelings: placeOf(podLabel) },
      }],
    });
    if (ambient) {
      this.ztunnel = this.daemon('Ztunnel', 'ztunnel', ZTUNNEL_LABEL, { port: PodScrapePort.named(ZTUNNEL_PORT), relabelings: placeOf(podLabel) });
    }
    if (cni) {
      this.cni = this.daemon('Cni', 'istio-cni', CNI_LABEL, { port: PodScrapePort.named(CNI_PORT), relabelings: placeOf(podLabel) });
    }
  }

  /** Charts install what runs on nodes into any namespace. */
  private daemon(id: string, name: string, label: { key: string; value: string }, endpoint: PodMetricsEndpoint): PodMonitor {
    return new PodMonitor(this, id, {
      metadata: this.metadata(name),
      selector: MonitorSelector.labels({ [label.key]: label.value }),
      namespaces: MonitorNamespaces.any(),
      podMetricsEndpoints: [{ ...endpoint, interval: this.interval }],
    });
  }

  private metadata(name: string): { name: string; namespace: string; labels: { [key: string]: string } } {
    const { mesh, namespace = mesh.rootNamespace, selectedBy } = this.props;
    return { name, namespace, labels: { ...patternLabels('monitoring', name), ...selectedBy } };
  }
}
