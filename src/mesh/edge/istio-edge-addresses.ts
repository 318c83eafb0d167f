import { EdgeAddressOptions } from './edge-addresses';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { edgeRules } from './istio-edge-rules';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { deniedSources } from '../calls/ip-address-sources';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';
import { patternLabels } from '../pattern-labels';

const WHAT = 'restrict addresses';

/** Denies clients by their addresses. */
export function istioEdgeAddresses(gateway: IstioEdgeGateway, scope: EdgeScope, options: EdgeAddressOptions): void {
  const { name, namespace, policyScope, clientAddress } = gateway;
  if (clientAddress === undefined) {
    cannotEnforce(name, WHAT, 'nobody said how it learns those of clients, and a load balancer in front would be taken for all of them',
      'pass clientAddress to the gateway: ClientAddress.PEER, PROXY_PROTOCOL or forwardedFor(...)');
  }
  const sources = deniedSources(`list of addresses of gateway '${name}'`, clientAddress, options);
  const policy = new AuthorizationPolicy(gateway.scope, scope.id, {
    metadata: { name: scope.name, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
    ...policyScope,
    action: AuthorizationAction.DENY,
  });
  if (scope.hosts !== undefined) {
    edgeRules(gateway, scope, WHAT, { sources }, rule => policy.addRule(rule));
    return;
  }
  if (clientAddress._trustedProxies !== undefined) {
    const check = (host: GatewayHost) => {
      if (host.protocol === GatewayHostProtocol.TLS || host.protocol === GatewayHostProtocol.TCP) {
        cannotEnforce(name, `${WHAT} at ${host._description}`, 'what is no HTTP has no X-Forwarded-For, so that the proxy in front would be taken for the client',
          'name the hosts with HTTP, or use ClientAddress.PROXY_PROTOCOL');
      }
    };
    gateway.hosts().forEach(check);
    gateway.onHost(check);
  }
  // It looks at nothing of HTTP, and holds for every connection.
  policy.addRule({ sources });
}
