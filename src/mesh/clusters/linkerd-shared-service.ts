import { LinkerdExport, ServiceShare } from './shared-service';
import { LinkerdLabel } from '../../semantics/keys';

/** Linkerd's side of a Service that clusters share. */
export function shareInLinkerd({ service, failover, outlierDetection, linkerdExport = LinkerdExport.GATEWAY }: ServiceShare): void {
  const given = Object.entries({ failover, outlierDetection }).find(([, value]) => value !== undefined);
  if (given !== undefined) {
    throw new Error(`${given[0]} of service '${service.name}' is for Istio only, got it in a Linkerd mesh: split a route over the mirrors of the Service`);
  }
  switch (linkerdExport) {
    case LinkerdExport.GATEWAY:
      service.metadata.addLabel(LinkerdLabel.EXPORTED, 'true');
      break;
    case LinkerdExport.FLAT:
      service.metadata.addLabel(LinkerdLabel.EXPORTED, 'remote-discovery');
      break;
    case LinkerdExport.FEDERATED:
      if (service.clusterIP === 'None') {
        throw new Error(`service '${service.name}' is headless, which Linkerd does not federate: use LinkerdExport.FLAT`);
      }
      service.metadata.addLabel(LinkerdLabel.FEDERATED, 'member');
  }
}
