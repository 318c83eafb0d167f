import { Chart, Duration } from 'cdk8s';
import { Shop } from './shop';
import { JwtAlgorithm, JwtKey, JwtKeys, JwtRequirement, JwtRule, PolicyTarget, RequestAuthentication } from 'cdk8s-mesh';

/** The key by which machines sign their tokens. */
const MACHINES = JwtKeys.inline(JwtKey.ed25519({ x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', keyId: '2026-01', algorithm: JwtAlgorithm.EDDSA }));

export function requestAuthentications(chart: Chart, { web, publicGateway }: Shop): void {
  new RequestAuthentication(chart, 'Selector', {
    metadata: { name: 'web', namespace: 'shop' },
    // selector.matchLabels
    selector: web.selector,
    rules: [
      // jwtRules[].issuer, audiences, jwksUri, fromHeaders[].name, prefix, fromParams, fromCookies, timeout
      JwtRule.issuer('https://accounts.example.com', {
        keys: JwtKeys.uri('https://accounts.example.com/.well-known/jwks.json'),
        audiences: ['shop'],
        fromHeaders: [{ name: 'authorization', prefix: 'Bearer ' }, { name: 'x-token' }],
        fromParams: ['access_token'],
        fromCookies: ['shop-session'],
        timeout: Duration.seconds(5),
        // jwtRules[].outputClaimToHeaders[].claim, header, outputPayloadToHeader, spaceDelimitedClaims, forwardOriginalToken
        outputClaimToHeaders: [{ claim: 'email', header: 'x-user-email' }],
        outputPayloadToHeader: 'x-jwt-payload',
        spaceDelimitedClaims: ['roles'],
        forwardOriginalToken: true,
      }),
      // jwtRules[].jwks
      JwtRule.issuer('https://machines.example.com', { keys: MACHINES }),
    ],
    // An AuthorizationPolicy that refuses requests without a token comes with it.
    tokens: JwtRequirement.requiredAt([9090], { paths: ['/healthz'], methods: ['OPTIONS'] }),
  });

  new RequestAuthentication(chart, 'TargetRefs', {
    metadata: { name: 'public', namespace: 'edge' },
    // targetRefs[].group, kind, name
    targets: [PolicyTarget.gateway(publicGateway)],
    rules: [JwtRule.issuer('https://machines.example.com', { keys: MACHINES })],
    tokens: JwtRequirement.OPTIONAL,
  });
}
