import { App, Chart, Duration, Size } from 'cdk8s';
import { Scene } from './scene';
import { TEST_JWKS } from '../../envoy/token';
import { ExtensionProvider, HttpCorsMethod, JwtKeys, JwtRequirement, JwtRule, ProviderService } from 'cdk8s-mesh';

/** Whom gateways of Envoy Gateway let in: by tokens, by authorizers, by addresses, and pages of which origins. */
const app = new App();
const scene = new Scene(new Chart(app, 'edge-envoy-gateway-access'));
const service = (name: string, namespace: string) => ProviderService.serviceName(name, namespace, 9000);
const overHttp = ExtensionProvider.envoyExtAuthzHttp('over-http', {
  service: service('authorizer', 'edge'),
  timeout: Duration.seconds(1),
  includeRequestHeadersInCheck: ['x-ext-authz'],
  headersToUpstreamOnAllow: ['x-ext-authz-check-result'],
});
const overGrpc = ExtensionProvider.envoyExtAuthzGrpc('over-grpc', {
  service: service('authorizer', 'auth'), timeout: Duration.seconds(1), includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(4) },
});
const rule = (issuer: string) => JwtRule.issuer(issuer, {
  keys: JwtKeys.json(TEST_JWKS), audiences: ['shop'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }], forwardOriginalToken: true,
});
const shopRule = rule('https://issuer.example.com');

scene.make('tokens', edge => edge.requireJwt({ rules: [shopRule, rule('https://partner.example.com')] }).allowOrigins({
  policy: { allowOrigins: ['https://*.example.org'], allowMethods: [HttpCorsMethod.PUT], allowHeaders: ['authorization'], maxAge: Duration.minutes(10) },
}));
scene.make('optional', edge => edge.requireJwt({ rules: [shopRule], tokens: JwtRequirement.OPTIONAL }));
scene.make('places', edge => edge.requireJwt({
  rules: [JwtRule.issuer('https://issuer.example.com', {
    keys: JwtKeys.json(TEST_JWKS), fromHeaders: [{ name: 'x-token', prefix: 'Token ' }], fromParams: ['token'], fromCookies: ['token'], forwardOriginalToken: true,
  })],
}));
scene.make('over-http', edge => edge.authorizeBy(overHttp));
scene.make('over-grpc', edge => edge.authorizeBy(overGrpc));
scene.make('addresses', edge => edge.restrictAddresses({ allowed: ['10.0.0.0/8', '2001:db8::/32'], denied: ['10.6.6.6'] }));
// What is said of all hosts is repeated for the one of which more is said.
scene.make('by-host', edge => edge
  .restrictAddresses({ denied: ['10.6.6.6'] })
  .requireJwt({ hosts: ['admin.example.com'], rules: [shopRule] })
  .authorizeBy(overHttp, { hosts: ['shop.example.com'] }));

app.synth();
