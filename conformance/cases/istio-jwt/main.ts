import { App, Chart } from 'cdk8s';
import { TEST_JWKS } from '../../envoy/token';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationPolicy, Destination, IstioGateway, IstioHost, IstioServer, JwtKeys, JwtRequirement,
  JwtRule, JwtRuleOptions, RequestAuthentication, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** Workloads that take tokens, and a gateway that does. */
const app = new App();
const chart = new Chart(app, 'istio-jwt');
const rule = (options: JwtRuleOptions = {}) => JwtRule.issuer('https://issuer.example.com', { keys: JwtKeys.json(TEST_JWKS), audiences: ['shop'], ...options });
const take = (workload: string, tokens: JwtRequirement, options: JwtRuleOptions = {}) => new RequestAuthentication(chart, workload, {
  metadata: { name: workload, namespace: 'shop' }, selector: WorkloadSelector.labels({ app: workload }), rules: [rule(options)], tokens,
});

take('required', JwtRequirement.REQUIRED, {
  forwardOriginalToken: true, outputPayloadToHeader: 'x-payload', outputClaimToHeaders: [{ claim: 'sub', header: 'x-subject' }],
});
take('optional', JwtRequirement.OPTIONAL);
new AuthorizationPolicy(chart, 'staff', {
  metadata: { name: 'staff', namespace: 'shop' },
  selector: WorkloadSelector.labels({ app: 'optional' }),
  action: AuthorizationAction.ALLOW,
  rules: [
    { operations: [{ paths: ['/staff'] }], conditions: [AuthorizationCondition.claim(['groups'], { values: ['staff'] })] },
    { operations: [{ paths: ['/'] }] },
  ],
});
take('elsewhere', JwtRequirement.requiredExcept({ paths: ['/public'] }), {
  fromHeaders: [{ name: 'x-token', prefix: 'Token ' }], fromParams: ['access_token'], fromCookies: ['session'],
});

const gateway = new IstioGateway(chart, 'edge', {
  metadata: { name: 'edge', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
});
new VirtualService(chart, 'web', {
  metadata: { name: 'web', namespace: 'plain' },
  hosts: [IstioHost.of('web.example.com')],
  gateways: [gateway],
  httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'plain'), { port: 80 }) }] }],
});
new RequestAuthentication(chart, 'edge-tokens', {
  metadata: { name: 'edge', namespace: 'edge' }, selector: WorkloadSelector.labels({ istio: 'edge' }), rules: [rule()], tokens: JwtRequirement.REQUIRED,
});

app.synth();
