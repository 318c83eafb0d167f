import { Chart } from 'cdk8s';
import { IstioMesh, IstioMonitoring } from 'cdk8s-mesh';

export function monitoring(chart: Chart): void {
  new IstioMonitoring(chart, 'Monitoring', {
    mesh: new IstioMesh(chart, 'Mesh'),
    istiodName: 'istiod-service-monitor',
    proxiesName: 'istio-proxy-service-monitor',
    podLabel: 'pod_name',
  });
}
