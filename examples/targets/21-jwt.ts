import { Chart } from 'cdk8s';
import { Gateway, GatewayClass, JwtKeys, JwtRequirement, JwtRule, PolicyTarget, RequestAuthentication } from 'cdk8s-mesh';

export function jwt(chart: Chart): void {
  const gateway = Gateway.fromGatewayName('edge', { namespace: 'edge', gatewayClass: GatewayClass.ISTIO });
  new RequestAuthentication(chart, 'Tokens', {
    metadata: { name: 'edge', namespace: 'edge' },
    targets: [PolicyTarget.gateway(gateway)],
    rules: [JwtRule.issuer('https://id.example.com/', { keys: JwtKeys.uri('https://id.example.com/.well-known/jwks.json'), audiences: ['shop'] })],
    tokens: JwtRequirement.requiredExcept({ paths: ['/healthz'] }),
  });
}
