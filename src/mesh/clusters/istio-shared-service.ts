import { Construct } from 'constructs';
import type { ServiceShare } from './shared-service';
import { DestinationRule } from '../../istio/destination-rule';
import { Istio } from '../../istio/istio';
import { IstioHost } from '../../istio/istio-host';
import { LoadBalancer } from '../../istio/load-balancer';
import { OutlierDetection } from '../../istio/outlier-detection';
import { IstioLabel } from '../../semantics/keys';
import { IstioFacts } from '../mesh';
import { patternLabels } from '../pattern-labels';

/** Istio's side of a Service that clusters share. */
export function shareInIstio(scope: Construct, { sidecars }: IstioFacts, share: ServiceShare): void {
  const { service, namespace, failover, outlierDetection } = share;
  if (share.linkerdExport !== undefined) {
    throw new Error(`linkerdExport of service '${service.name}' is for Linkerd only, got '${share.linkerdExport}' in an Istio mesh: leave it out`);
  }
  const { remoteControlPlane } = Istio.of(scope).declaration ?? {};
  const given = Object.entries({ failover, outlierDetection }).find(([, value]) => value !== undefined);
  if (sidecars && remoteControlPlane !== undefined) {
    if (given !== undefined) {
      throw new Error(`${given[0]} of shared service '${service.name}' is not read in a cluster without control plane: ` +
        `pass it to the SharedService of this name in cluster '${remoteControlPlane.clusterName}', where it holds for clients of this one too`);
    }
    // The SharedService of this name says it there, for clients of all clusters.
    return;
  }
  if (sidecars) {
    new DestinationRule(scope, 'DestinationRule', {
      metadata: { name: service.name, namespace, labels: patternLabels('shared-service', service.name) },
      host: IstioHost.service(service),
      trafficPolicy: {
        loadBalancer: LoadBalancer.leastRequest({ locality: { enabled: true, failover } }),
        // Without it, Istio takes no endpoint for worse than another, and nothing fails over; with less than all, the last near endpoints stay.
        outlierDetection: outlierDetection ?? OutlierDetection.of({ consecutive5xxErrors: 5, maxEjectionPercent: 100 }),
      },
    });
    return;
  }
  if (given !== undefined) {
    throw new Error(`${given[0]} of service '${service.name}' is for sidecars only, got it in an ambient mesh: ` +
      'ztunnels prefer what the trafficDistribution of the Service says');
  }
  service.metadata.addLabel(IstioLabel.SHARED, 'true');
}
