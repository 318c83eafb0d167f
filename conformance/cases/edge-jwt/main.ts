import { App, Chart } from 'cdk8s';
import { EdgeScene } from './edge-scene';
import { TEST_JWKS } from '../../envoy/token';
import { JwtKeys, JwtRequirement, JwtRule } from 'cdk8s-mesh';

/** Gateways at which all hosts need tokens, some do, each of another issuer, and none does but reads those that come. */
const app = new App();
const scene = new EdgeScene(new Chart(app, 'edge-jwt'));
const keys = JwtKeys.json(TEST_JWKS);
const shop = JwtRule.issuer('https://issuer.example.com', { keys, audiences: ['shop'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }] });
const partners = JwtRule.issuer('https://issuer.example.com/partners', { keys, outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }] });

scene.make('all').forEach(({ edge }) => edge.requireJwt({ rules: [shop] }));
scene.make('some').forEach(({ edge }) => edge
  .requireJwt({ hosts: ['shop.example.com'], rules: [shop], tokens: JwtRequirement.requiredExcept({ paths: ['/healthz'] }) })
  .requireJwt({ hosts: ['plain.example.com'], rules: [partners] }));
scene.make('maybe').forEach(({ edge }) => edge.requireJwt({ rules: [shop], tokens: JwtRequirement.OPTIONAL }));

app.synth();
