import { ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { Mesh } from './mesh';

/** Refuses TCP that nothing tells apart: no proxy sees a name in it. */
export function requireTellable(service: ExternalService, mesh: Mesh): void {
  const { hostname, addresses, ports } = service;
  if (ports.some(({ protocol }) => protocol === ExternalProtocol.TCP) && addresses === undefined && !mesh._requireIstio('TCP').dnsCapture) {
    throw new Error(`external host '${hostname}' of TCP needs addresses, because sidecars that leave names to DNS cannot tell connections to it from others: ` +
      "pass addresses, or say in the mesh that they answer names: defaultConfig with proxyMetadata { ISTIO_META_DNS_CAPTURE: 'true' }");
  }
}
