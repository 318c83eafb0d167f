import { ApiObjectMetadata } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IstioScrapeOptions } from './istio-scrape-options';
import {
  annotatedProxies, CNI_LABEL, CNI_PORT, ENVOY_PATH, ENVOY_PORT, ISTIOD_LABEL, ISTIOD_PORT, meta, placeOf, scrapeSettings,
  WITHOUT_REVISION_TAGS, ZTUNNEL_LABEL, ZTUNNEL_PORT,
} from './istio-scrape-targets';
import { MonitorNamespaces } from '../../monitoring/monitor-namespaces';
import { PrometheusScrapeConfig } from '../../monitoring/prometheus-scrape-config';
import { Relabeling } from '../../monitoring/relabeling';
import { ScrapeJob, ScrapeRole } from '../../monitoring/scrape-job';
import { MonitoringLabel } from '../../semantics/keys';
import { isManaged } from '../control-plane/own-control-plane';

/** Properties of the scrape configuration of a mesh. */
export interface IstioScrapeConfigProps extends IstioScrapeOptions {
  /**
   * Metadata of the ConfigMap.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The key of the ConfigMap, which is the name of the file.
   *
   * @default 'prometheus.yml'
   */
  readonly key?: string;
}

const PORT_NAME = '__meta_kubernetes_pod_container_port_name';
const POD_PHASE = '__meta_kubernetes_pod_phase';

/**
 * What a Prometheus without an operator scrapes of a whole mesh: the same targets as `IstioMonitoring`, as a ConfigMap. Its ServiceAccount must be allowed to list and watch
 * pods, Services and Endpoints.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/#option-2-customized-scraping-configurations
 */
export class IstioScrapeConfig extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ConfigMap;

  /**
   * @throws when merged metrics are asked for in a mesh that does not merge them, or a name or duration is out of range
   */
  constructor(scope: Construct, id: string, props: IstioScrapeConfigProps) {
    super(scope, id);
    this.configMap = new PrometheusScrapeConfig(this, 'Config', { metadata: props.metadata, key: props.key, jobs: jobs(props) }).configMap;
  }
}

function jobs(options: IstioScrapeOptions): ScrapeJob[] {
  const { mesh, namespaces } = options;
  const { ambient, cni, interval, podLabel, merged } = scrapeSettings(options);
  const daemon = (jobName: string, label: { key: string; value: string }, port: string): ScrapeJob => ({
    jobName,
    role: ScrapeRole.POD,
    interval,
    relabelings: [
      Relabeling.keep({ sourceLabels: [meta('pod_label', label.key), PORT_NAME], regex: `${label.value};${port}` }),
      ...placeOf(podLabel),
    ],
  });
  const istiod: ScrapeJob = {
    jobName: 'istiod',
    role: ScrapeRole.ENDPOINTS,
    namespaces: MonitorNamespaces.named(mesh.rootNamespace),
    interval,
    relabelings: [
      Relabeling.keep({
        sourceLabels: [meta('service_label', ISTIOD_LABEL.key), '__meta_kubernetes_endpoint_port_name'],
        regex: `${ISTIOD_LABEL.value};${ISTIOD_PORT}`,
      }),
      WITHOUT_REVISION_TAGS,
      Relabeling.replace({ sourceLabels: [meta('service_label', 'app')], targetLabel: 'app' }),
      ...placeOf(podLabel),
    ],
  };
  return [
    // A provider runs its control plane elsewhere.
    ...isManaged(mesh) ? [] : [istiod],
    {
      jobName: 'istio-proxies',
      role: ScrapeRole.POD,
      namespaces: namespaces && MonitorNamespaces.named(...namespaces),
      path: ENVOY_PATH,
      interval,
      relabelings: [
        Relabeling.drop({ sourceLabels: [POD_PHASE], regex: 'Failed|Succeeded' }),
        Relabeling.drop({ sourceLabels: [meta('pod_labelpresent', MonitoringLabel.IGNORE)], regex: 'true' }),
        ...ambient ? [Relabeling.drop({ sourceLabels: [meta('pod_label', ZTUNNEL_LABEL.key)], regex: ZTUNNEL_LABEL.value })] : [],
        ...merged ?
          annotatedProxies(podLabel) :
          [Relabeling.keep({ sourceLabels: [PORT_NAME], regex: ENVOY_PORT }), ...placeOf(podLabel)],
      ],
    },
    ...ambient ? [daemon('ztunnel', ZTUNNEL_LABEL, ZTUNNEL_PORT)] : [],
    ...cni ? [daemon('istio-cni', CNI_LABEL, CNI_PORT)] : [],
  ];
}
