import { Chart } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationPolicy, ExternalAuthorizer, Gateway, GatewayClass, IstioMesh, PolicyTarget, ProviderService,
} from 'cdk8s-mesh';

export function externalAuthorization(chart: Chart): void {
  const provider = ExternalAuthorizer.oauth2Proxy('oauth2-proxy', { service: ProviderService.serviceName('oauth2-proxy', 'edge', 4180) });
  new IstioMesh(chart, 'Mesh', { extensionProviders: [provider] });
  const gateway = Gateway.fromGatewayName('edge', { namespace: 'edge', gatewayClass: GatewayClass.ISTIO });
  new AuthorizationPolicy(chart, 'OAuth', {
    metadata: { name: 'oauth', namespace: 'edge' },
    targets: [PolicyTarget.gateway(gateway)],
    action: AuthorizationAction.custom(provider),
    rules: [{ operations: [{ hosts: ['shop.example.com'] }] }],
  });
}
