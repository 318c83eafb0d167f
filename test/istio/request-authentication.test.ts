import { App, Chart, Testing } from 'cdk8s';
import {
  DataPlane, IstioMesh, IstioMeshProps, IstioVersion, JwtKeys, JwtRequirement, JwtRule, PolicyEnforcement, PolicyTarget, RequestAuthentication,
  RequestAuthenticationProps, WorkloadSelector,
} from '../../src';

const issuer = 'https://id.example.com/';
const rules = [JwtRule.issuer(issuer)];
const selector = WorkloadSelector.labels({ app: 'web' });

function synth(props: RequestAuthenticationProps, mesh?: IstioMeshProps): any[] {
  const chart = new Chart(new App(), 'test');
  if (mesh) {
    new IstioMesh(chart, 'Mesh', mesh);
  }
  new RequestAuthentication(chart, 'Tokens', { metadata: { name: 'edge', namespace: 'shop' }, ...props });
  return Testing.synth(chart);
}

test('tokens are verified, and requests without one refused', () => {
  expect(synth({ targets: [PolicyTarget.gatewayName('edge')], rules })).toEqual([
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'RequestAuthentication',
      metadata: { name: 'edge', namespace: 'shop' },
      spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }], jwtRules: [{ issuer }] },
    },
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'edge-require-jwt', namespace: 'shop' },
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
        action: 'DENY',
        rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }],
      },
    },
  ]);
});

test('some requests need no token', () => {
  const tokens = JwtRequirement.requiredAt([8080], { paths: ['/healthz'], methods: ['OPTIONS'], hosts: ['public.example.com'] });
  const [, policy] = synth({ metadata: { name: 'web', labels: { team: 'shop' } }, selector, rules, tokens });
  expect(policy.metadata).toEqual({ name: 'web-require-jwt', labels: { team: 'shop' } });
  expect(policy.spec).toEqual({
    selector: { matchLabels: { app: 'web' } },
    action: 'DENY',
    rules: [{
      from: [{ source: { notRequestPrincipals: ['*'] } }],
      to: [{ operation: { ports: ['8080'], notPaths: ['/healthz'], notMethods: ['OPTIONS'], notHosts: ['public.example.com'] } }],
    }],
  });
});

test('tokens may be optional, and the policy is at hand', () => {
  const chart = Testing.chart();
  expect(new RequestAuthentication(chart, 'Optional', { rules, tokens: JwtRequirement.OPTIONAL }).requireJwt).toBeUndefined();
  expect(new RequestAuthentication(chart, 'Required', { metadata: { name: 'a' }, rules }).requireJwt?.name).toBe('a-require-jwt');
  expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['RequestAuthentication', 'RequestAuthentication', 'AuthorizationPolicy']);
});

test('exceptions are some', () => {
  expect(() => JwtRequirement.requiredExcept({}))
    .toThrow('exceptions of a JWT requirement must have paths, methods or hosts, got none: use JwtRequirement.REQUIRED');
  expect(() => JwtRequirement.requiredAt([])).toThrow('requiredAt needs at least one port, got none: use JwtRequirement.REQUIRED for every port');
  expect(() => synth({ rules, tokens: JwtRequirement.requiredExcept({ paths: [] }) })).toThrow('notPaths of an operation must have at least one value, got none');
});

test('rules can be added, and are some', () => {
  const chart = Testing.chart();
  new RequestAuthentication(chart, 'Tokens', { tokens: JwtRequirement.OPTIONAL }).addRule(JwtRule.issuer(issuer)).addRule(JwtRule.issuer('https://b'));
  expect(Testing.synth(chart)[0].spec.jwtRules).toEqual([{ issuer }, { issuer: 'https://b' }]);
  expect(() => synth({})).toThrow('RequestAuthentication \'edge\' needs at least one rule: pass rules, or call addRule');
  expect(() => synth({ rules: Array(4097).fill(rules[0]) })).toThrow('rules of a RequestAuthentication must be at most 4096, got 4097: use a second one');
});

test('an ambient workload has no proxy that reads tokens', () => {
  const ambient = { dataPlane: DataPlane.AMBIENT };
  expect(() => synth({ selector, rules }, ambient)).toThrow('RequestAuthentication \'edge\' is enforced by ztunnel, which does not read tokens: ' +
    'attach it to a waypoint or gateway with targets, or pass enforcement: PolicyEnforcement.PROXY for workloads with sidecars and gateways');
  expect(() => synth({ rules, enforcement: PolicyEnforcement.ZTUNNEL })).toThrow('is enforced by ztunnel');
  expect(synth({ selector, rules, enforcement: PolicyEnforcement.PROXY }, ambient)).toHaveLength(2);
  expect(synth({ targets: [PolicyTarget.serviceName('web')], rules }, ambient)).toHaveLength(2);
});

test('selector and targets exclude each other', () => {
  expect(() => synth({ selector, targets: [PolicyTarget.gatewayName('edge')], rules })).toThrow('a RequestAuthentication takes selector or targets, got both');
});

test.each<[string, IstioVersion, RequestAuthenticationProps]>([
  ['spec.targetRefs', IstioVersion.V1_21, { targets: [PolicyTarget.gatewayName('edge')], rules }],
  ['spec.jwtRules[1].spaceDelimitedClaims', IstioVersion.V1_27, { rules: [...rules, JwtRule.issuer(issuer, { spaceDelimitedClaims: ['roles'] })] }],
  ['spec.jwtRules[0].fromCookies', IstioVersion.V1_20, { rules: [JwtRule.anyIssuer('https://a/keys', { fromCookies: ['token'] })] }],
])('an older mesh refuses %s', (field, version, props) => {
  expect(() => synth(props, { version })).toThrow(`${field} of RequestAuthentication 'edge' is not in Istio ${version}`);
});

test('keys in the manifest stay as they are', () => {
  const text = '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}';
  expect(synth({ rules: [JwtRule.issuer('me', { keys: JwtKeys.json(text) })] })[0].spec.jwtRules).toEqual([{ issuer: 'me', jwks: text }]);
});
