import { Duration } from 'cdk8s';
import { IstioScrapeOptions, ProxyMetrics } from './istio-scrape-options';
import { DataPlane } from '../../istio/data-plane';
import { Relabeling } from '../../monitoring/relabeling';
import { IstioLabel, PrometheusAnnotation } from '../../semantics/keys';

/** Where Istio's components have their metrics. */
export const ISTIOD_PORT = 'http-monitoring';
export const ENVOY_PORT = 'http-envoy-prom';
export const ENVOY_PATH = '/stats/prometheus';
export const ZTUNNEL_PORT = 'ztunnel-stats';
export const CNI_PORT = 'metrics';
/** The labels of what Istio's charts install. */
export const ISTIOD_LABEL = { key: IstioLabel.GATEWAY, value: 'pilot' };
export const ZTUNNEL_LABEL = { key: 'app', value: 'ztunnel' };
export const CNI_LABEL = { key: 'k8s-app', value: 'istio-cni-node' };

const CONTAINER = 'istio-proxy';
const IPV4 = '(\\d+);((([0-9]+?)(\\.|$)){4})';
const IPV6 = '(\\d+);(([A-Fa-f0-9]{1,4}::?){1,7}[A-Fa-f0-9]{1,4})';

/** What is scraped, with all that the options leave to the mesh. */
export interface ScrapeSettings {
  readonly ambient: boolean;
  readonly cni: boolean;
  readonly interval: Duration;
  readonly podLabel: string;
  /** Whether the metrics of applications come with those of their proxies. */
  readonly merged: boolean;
}

/** Fills in what the options leave open, and refuses what the mesh does not do. */
export function scrapeSettings({ mesh, proxyMetrics, cni, interval = Duration.seconds(15), podLabel = 'pod' }: IstioScrapeOptions): ScrapeSettings {
  const ambient = mesh.dataPlane === DataPlane.AMBIENT;
  const merges = mesh.meshConfig.enablePrometheusMerge !== false;
  if (proxyMetrics === ProxyMetrics.MERGED && !merges) {
    throw new Error(`proxyMetrics '${proxyMetrics}' needs a mesh that merges metrics, got enablePrometheusMerge: false: use ProxyMetrics.ENVOY_ONLY`);
  }
  return { ambient, cni: cni ?? ambient, interval, podLabel, merged: merges && proxyMetrics !== ProxyMetrics.ENVOY_ONLY };
}

/** The label that discovery gives a target for a key of Kubernetes. */
export function meta(kind: string, key: string): string {
  return `__meta_kubernetes_${kind}_${key.replace(/[^a-zA-Z0-9_]/g, '_')}`;
}

/** Each revision tag is a Service with the pods of istiod behind it, which are scraped by its own Service. */
export const WITHOUT_REVISION_TAGS = Relabeling.drop({ sourceLabels: [meta('service_labelpresent', IstioLabel.TAG)], regex: 'true' });

/** The namespace and the pod, which are labels of every sample. */
export function placeOf(podLabel: string): Relabeling[] {
  return [
    Relabeling.replace({ sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'namespace' }),
    Relabeling.replace({ sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: podLabel }),
  ];
}

/** Proxies whose pods say where their metrics are; all ports of one become one address, which is scraped once. */
export function annotatedProxies(podLabel: string): Relabeling[] {
  const address = [meta('pod_annotation', PrometheusAnnotation.PORT), '__meta_kubernetes_pod_ip'];
  return [
    Relabeling.keep({ sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: CONTAINER }),
    // The sample in Istio's repository has no pattern here, and so keeps pods without the annotation too.
    Relabeling.keep({ sourceLabels: [meta('pod_annotationpresent', PrometheusAnnotation.SCRAPE)], regex: 'true' }),
    Relabeling.replace({ sourceLabels: address, regex: IPV6, replacement: '[$2]:$1', targetLabel: '__address__' }),
    Relabeling.replace({ sourceLabels: address, regex: IPV4, replacement: '$2:$1', targetLabel: '__address__' }),
    Relabeling.labelDrop('__meta_kubernetes_pod_label_(.+)'),
    ...placeOf(podLabel),
  ];
}
