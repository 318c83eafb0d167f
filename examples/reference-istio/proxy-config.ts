import { Chart } from 'cdk8s';
import { Shop } from './shop';
import { ProxyConfig, ProxyImageType } from 'cdk8s-mesh';

export function proxyConfigs(chart: Chart, { orders }: Shop): void {
  // concurrency, environmentVariables, image.imageType, selector.matchLabels: read when a pod starts
  new ProxyConfig(chart, 'Orders', {
    metadata: { name: 'orders', namespace: 'shop' },
    selector: orders.selector,
    concurrency: 4,
    environmentVariables: { ISTIO_META_REQUESTED_NETWORK_VIEW: 'network-1' },
    imageType: ProxyImageType.DISTROLESS,
  });
}
