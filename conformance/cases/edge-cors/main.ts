import { App, Chart, Duration } from 'cdk8s';
import { TEST_JWKS } from '../../envoy/token';
import { EdgeScene } from '../edge-jwt/edge-scene';
import { HttpCorsMethod, JwtKeys, JwtRule } from 'cdk8s-mesh';

/** Pages of other origins at some hosts and at all, where every request needs a token, which preflights have none of. */
const app = new App();
const scene = new EdgeScene(new Chart(app, 'edge-cors'));
const rules = [JwtRule.issuer('https://issuer.example.com', { keys: JwtKeys.json(TEST_JWKS) })];
const own = {
  allowOrigins: ['https://www.example.com', 'https://*.apps.example.com'],
  allowMethods: [HttpCorsMethod.GET, HttpCorsMethod.PUT],
  allowHeaders: ['authorization', 'x-page'],
  exposeHeaders: ['x-total'],
  allowCredentials: true,
  maxAge: Duration.minutes(10),
};

scene.make('some').forEach(({ edge }) => edge.requireJwt({ rules }).allowOrigins({ hosts: ['shop.example.com', 'plain.example.com'], policy: own }));
scene.make('all').forEach(({ edge }) => edge.requireJwt({ rules }).allowOrigins({ policy: { allowOrigins: ['*'], allowMethods: [HttpCorsMethod.ALL], allowHeaders: ['*'] } }));

app.synth();
