import { ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { Mesh } from '../mesh';

/** Refuses TCP that nothing tells apart: no proxy sees a name in it. */
export function requireTellable(service: ExternalService, mesh: Mesh): void {
  const { hostname, addresses, ports } = service;
  if (ports.some(({ protocol }) => protocol === ExternalProtocol.TCP) && addresses === undefined && !mesh._requireIstio('TCP', 'pass addresses').dnsCapture) {
    throw new Error(`external host '${hostname}' of TCP needs addresses, because sidecars that leave names to DNS cannot tell connections to it from others: ` +
      "pass addresses, or say in the mesh that they answer names: defaultConfig with proxyMetadata { ISTIO_META_DNS_CAPTURE: 'true' }");
  }
}

/** Refuses any host of a domain at a gateway, and says which way out can look up the one that is meant. */
export function requireOneHost({ hostname, ports, _isWildcard }: ExternalService): void {
  if (_isWildcard) {
    const sealed = ports.every(({ protocol }) => protocol === ExternalProtocol.TLS);
    throw new Error(`external host '${hostname}' must be one host for a gateway, whose proxy cannot look up what each ${sealed ? 'connection' : 'request'} names: ` +
      `name the hosts one by one, or use ${sealed ? 'EgressForm.withoutGateway' : 'an ambient mesh'}`);
  }
}
