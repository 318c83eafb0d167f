import { App, Chart, Duration } from 'cdk8s';
import { TEST_JWKS } from '../../envoy/token';
import { EdgeScene } from '../edge-jwt/edge-scene';
import { JwtKeys, JwtRequirement, JwtRule } from 'cdk8s-mesh';

/** What clients must not write, and must not read: at every host and at some, beside tokens whose claims become headers, and beside nothing. */
const app = new App();
const scene = new EdgeScene(new Chart(app, 'edge-headers'));
const rules = [JwtRule.issuer('https://issuer.example.com', { keys: JwtKeys.json(TEST_JWKS), outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }] })];
const changes = {
  removeFromRequests: ['X-User', 'x-internal'],
  addToResponses: { 'x-content-type-options': 'nosniff', 'x-share': '100%' },
  strictTransportSecurity: Duration.days(365),
};

scene.make('all').forEach(({ edge }) => edge.cleanHeaders(changes).requireJwt({ rules, tokens: JwtRequirement.OPTIONAL }));
scene.make('some').forEach(({ edge }) => edge
  .cleanHeaders({ ...changes, hosts: ['shop.example.com'] })
  .cleanHeaders({ hosts: ['plain.example.com'], removeFromResponses: ['x-powered-by', 'x-envoy-upstream-service-time'] }));
scene.make('none');

app.synth();
