import { App, Chart, Testing } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationPolicy, AuthorizationPolicyProps, AuthorizationRule, DataPlane, ExtensionProvider,
  Gateway, IstioIdentity, IstioMesh, IstioMeshProps, IstioVersion, Listener, PolicyEnforcement, PolicyTarget, RequestPrincipal, SourceNamespace,
  SourceServiceAccount, WorkloadSelector,
} from '../../src';

const { ALLOW, AUDIT, DENY } = AuthorizationAction;
const OPA = ExtensionProvider.named('opa');
const selector = WorkloadSelector.labels({ app: 'web' });

function synth(props?: AuthorizationPolicyProps, mesh?: IstioMeshProps): any {
  const chart = new Chart(new App(), 'test');
  if (mesh) {
    new IstioMesh(chart, 'Mesh', mesh);
  }
  new AuthorizationPolicy(chart, 'Policy', { metadata: { name: 'policy' }, ...props });
  return Testing.synth(chart)[0];
}

describe('what must stay empty', () => {
  test('allowing nothing is an empty spec', () => {
    const chart = Testing.chart();
    AuthorizationPolicy.allowNothing(chart, 'Policy', { metadata: { name: 'allow-nothing', namespace: 'shop' } });
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'allow-nothing', namespace: 'shop' },
      spec: {},
    }]);
  });

  test('allowing all is one empty rule', () => {
    const chart = Testing.chart();
    AuthorizationPolicy.allowAll(chart, 'Policy');
    expect(Testing.synth(chart)[0].spec).toEqual({ rules: [{}] });
  });

  test('denying all is one empty rule', () => {
    const chart = Testing.chart();
    AuthorizationPolicy.denyAll(chart, 'Policy', { targets: [PolicyTarget.serviceName('web')] });
    expect(Testing.synth(chart)[0].spec).toEqual({ action: 'DENY', targetRefs: [{ group: '', kind: 'Service', name: 'web' }], rules: [{}] });
  });

  test('allowing nothing of some workloads has their labels only', () => {
    const chart = Testing.chart();
    AuthorizationPolicy.allowNothing(chart, 'Policy', { selector });
    expect(Testing.synth(chart)[0].spec).toEqual({ selector: { matchLabels: { app: 'web' } } });
  });

  test('an empty rule stays among others', () => {
    expect(synth({ rules: [{ operations: [{ ports: [80] }] }, {}] }).spec.rules).toEqual([{ to: [{ operation: { ports: ['80'] } }] }, {}]);
  });
});

test('rules are written in the words of Istio', () => {
  // GIVEN
  const chart = Testing.chart();
  const policy = new AuthorizationPolicy(chart, 'Policy', { selector: WorkloadSelector.labels({ app: 'catalog' }), action: ALLOW });

  // WHEN
  policy.addRule({
    sources: [{ principals: [IstioIdentity.serviceAccountName('shop', 'web')] }, { ipBlocks: ['10.0.0.0/8'] }],
    operations: [{ methods: ['GET'], paths: ['/products/*'], ports: [8080], notPorts: [9090] }],
    conditions: [AuthorizationCondition.requestHeader('x-tenant', { values: ['a'], notValues: ['b'] })],
  }).addRule({ operations: [{ hosts: ['shop.example.com'] }] });

  // THEN
  expect(Testing.synth(chart)[0].spec).toEqual({
    selector: { matchLabels: { app: 'catalog' } },
    action: 'ALLOW',
    rules: [
      {
        from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }, { source: { ipBlocks: ['10.0.0.0/8'] } }],
        to: [{ operation: { methods: ['GET'], paths: ['/products/*'], ports: ['8080'], notPorts: ['9090'] } }],
        when: [{ key: 'request.headers[x-tenant]', values: ['a'], notValues: ['b'] }],
      },
      { to: [{ operation: { hosts: ['shop.example.com'] } }] },
    ],
  });
});

test('what is found is audited', () => {
  expect(synth({ action: AUDIT, rules: [{}] }).spec).toEqual({ action: 'AUDIT', rules: [{}] });
});

describe('an external authorizer', () => {
  test('is named', () => {
    expect(synth({ action: AuthorizationAction.custom(OPA), rules: [{}] }).spec).toEqual({ action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] });
  });

  test('is one that the mesh declares', () => {
    const props = { action: AuthorizationAction.custom(OPA), rules: [{}] };
    expect(() => synth(props, { extensionProviders: [OPA] })).not.toThrow();
    expect(() => synth(props, {})).toThrow('action CUSTOM of AuthorizationPolicy \'policy\' names the extension provider \'opa\', which the mesh does not have: it has none');
  });

  test('authorizes', () => {
    expect(() => synth({ action: AuthorizationAction.custom(ExtensionProvider.PROMETHEUS), rules: [{}] }))
      .toThrow('action CUSTOM of AuthorizationPolicy \'policy\' needs a provider for external authorization, got \'prometheus\', which is for metrics');
  });
});

test('a dry run is an annotation beside those of the user', () => {
  expect(synth({ metadata: { annotations: { team: 'shop' } }, dryRun: true }).metadata.annotations).toEqual({ 'team': 'shop', 'istio.io/dry-run': 'true' });
  expect(synth({ action: DENY, rules: [{}], dryRun: false }).metadata.annotations).toEqual({ 'istio.io/dry-run': 'false' });
  expect(synth().metadata.annotations).toBeUndefined();
});

test.each<[AuthorizationPolicyProps, string]>([
  [{ action: AUDIT, dryRun: true }, 'dryRun of an AuthorizationPolicy goes with action ALLOW or DENY, got AUDIT: leave it out'],
  [{ metadata: { annotations: { 'istio.io/dry-run': 'yes' } } },
    'annotation istio.io/dry-run of an AuthorizationPolicy is written by dryRun: pass dryRun'],
  [{ rules: Array(513).fill({}) }, 'rules of an AuthorizationPolicy must be at most 512, got 513: use a second policy'],
  [{ action: DENY }, 'an AuthorizationPolicy with action DENY needs at least one rule: pass rules, or call addRule; {} matches everything'],
  [{ action: AuthorizationAction.custom(OPA) }, 'an AuthorizationPolicy with action CUSTOM needs at least one rule'],
  [{ enforcement: PolicyEnforcement.PROXY, targets: [PolicyTarget.gatewayName('edge')] },
    'enforcement of a policy goes without targets, got \'proxy\': gateways and waypoints are proxies, leave it out'],
])('what does not fit together is refused (%#)', (props, message) => {
  expect(() => synth(props)).toThrow(message);
});

describe('a DENY rule with HTTP attributes', () => {
  const refused = (attribute: string) => `a rule of AuthorizationPolicy 'policy' denies by ${attribute}, and would deny every connection that is not HTTP as well: ` +
    'name the HTTP ports in each of its operations, or pass deniesNonHttp: true';
  const admin = { paths: ['/admin'] };
  const noToken = { notRequestPrincipals: [RequestPrincipal.ANY] };

  test.each<[string, AuthorizationRule]>([
    ['paths', { operations: [admin] }],
    ['paths', { operations: [{ ...admin, ports: [80] }, { paths: ['/other'] }] }],
    ['notRequestPrincipals', { sources: [noToken] }],
    ['request.headers[x]', { conditions: [AuthorizationCondition.requestHeader('x', { values: ['a'] })] }],
    ['request.auth.claims[sub]', { sources: [{ ipBlocks: ['10.0.0.0/8'] }], conditions: [AuthorizationCondition.claim(['sub'], { values: ['a'] })] }],
  ])('%s needs ports', (attribute, rule) => {
    expect(() => synth({ action: DENY, rules: [rule] })).toThrow(refused(attribute));
    expect(() => synth({ action: DENY, rules: [rule], targets: [PolicyTarget.gatewayName('edge')] })).toThrow(refused(attribute));
    expect(() => synth({ action: DENY, rules: [rule], deniesNonHttp: true })).not.toThrow();
    expect(() => synth({ action: ALLOW, rules: [rule] })).not.toThrow();
  });

  test.each<[string, AuthorizationRule]>([
    ['with ports', { operations: [{ ...admin, ports: [80] }] }],
    ['with ports left out', { operations: [{ ...admin, notPorts: [9000] }], sources: [noToken] }],
    ['with a condition on ports', { sources: [noToken], conditions: [AuthorizationCondition.destinationPort({ values: [80] })] }],
    ['without HTTP', { sources: [{ ipBlocks: ['10.0.0.0/8'] }] }],
  ])('%s is taken', (_, rule) => {
    expect(() => synth({ action: DENY, rules: [rule] })).not.toThrow();
  });

  test('needs no ports at a gateway that serves HTTP only', () => {
    const target = (listener: Listener) => PolicyTarget.gateway(Gateway.fromGatewayName('edge', { listeners: [Listener.http(), listener] }));
    expect(() => synth({ action: DENY, rules: [{ operations: [admin] }], targets: [target(Listener.http({ name: 'other', port: 81 }))] })).not.toThrow();
    expect(() => synth({ action: DENY, rules: [{ operations: [admin] }], targets: [target(Listener.tcp({ port: 9000 }))] })).toThrow(refused('paths'));
  });
});

describe('a policy that ztunnel enforces', () => {
  const ambient = { dataPlane: DataPlane.AMBIENT, extensionProviders: [OPA] };
  const refused = (what: string) => `AuthorizationPolicy 'policy' is enforced by ztunnel, which does not ${what}: attach it to a waypoint or gateway with targets, ` +
    'or pass enforcement: PolicyEnforcement.PROXY for workloads with sidecars and gateways';

  test.each<[string, AuthorizationRule]>([
    ['methods', { operations: [{ methods: ['GET'] }] }],
    ['notHosts', { operations: [{ ports: [80], notHosts: ['a'] }] }],
    ['requestPrincipals', { sources: [{ requestPrincipals: [RequestPrincipal.ANY] }] }],
    ['notRemoteIpBlocks', { sources: [{ notRemoteIpBlocks: ['10.0.0.0/8'] }] }],
    ['trustDomains', { sources: [{ trustDomains: ['cluster.local'] }] }],
    ['request.headers[a]', { conditions: [AuthorizationCondition.requestHeader('a', { values: ['b'] })] }],
    ['connection.sni', { conditions: [AuthorizationCondition.sni({ values: ['b'] })] }],
    ['source.serviceAccount', { conditions: [AuthorizationCondition.sourceServiceAccount({ values: [SourceServiceAccount.named('web')] })] }],
  ])('takes no %s', (attribute, rule) => {
    expect(() => synth({ selector, rules: [rule] }, ambient)).toThrow(refused(`read ${attribute}`));
    expect(() => synth({ selector, rules: [rule], enforcement: PolicyEnforcement.ZTUNNEL })).toThrow(refused(`read ${attribute}`));
    expect(() => synth({ selector, rules: [rule], enforcement: PolicyEnforcement.PROXY }, ambient)).not.toThrow();
    expect(() => synth({ targets: [PolicyTarget.serviceName('web')], rules: [rule] }, ambient)).not.toThrow();
    expect(() => synth({ selector, rules: [rule] }, {})).not.toThrow();
  });

  test('takes what connections tell', () => {
    expect(synth({
      rules: [{
        sources: [{ namespaces: [SourceNamespace.named('shop')], ipBlocks: ['10.0.0.0/8'] }, { serviceAccounts: [SourceServiceAccount.inNamespace('shop', 'web')] }],
        operations: [{ ports: [80] }],
        conditions: [
          AuthorizationCondition.sourceIp({ values: ['10.0.0.0/8'] }), AuthorizationCondition.sourceNamespace({ values: [SourceNamespace.ANY] }),
          AuthorizationCondition.sourcePrincipal({ values: [IstioIdentity.ANY] }), AuthorizationCondition.destinationIp({ values: ['10.0.0.1'] }),
          AuthorizationCondition.destinationPort({ values: [80] }),
        ],
      }],
    }, ambient).spec.rules[0].when).toHaveLength(5);
  });

  test.each([AUDIT, AuthorizationAction.custom(OPA)])('only allows and denies (%#)', action => {
    expect(() => synth({ action, rules: [{}] }, ambient)).toThrow(refused(`know action ${action.word}`));
    expect(() => synth({ action, rules: [{}], targets: [PolicyTarget.gatewayName('edge')] }, ambient)).not.toThrow();
  });

  test('needs an ambient mesh', () => {
    expect(() => synth({ enforcement: PolicyEnforcement.ZTUNNEL }, {}))
      .toThrow('enforcement \'ztunnel\' needs an ambient mesh, got one with sidecars: leave it out, or declare DataPlane.AMBIENT');
  });
});

describe('an older mesh refuses', () => {
  test.each<[string, IstioVersion, AuthorizationPolicyProps]>([
    ['spec.targetRefs', IstioVersion.V1_21, { targets: [PolicyTarget.gatewayName('edge')] }],
    ['spec.rules[1].from[0].source.trustDomains', IstioVersion.V1_29, { rules: [{}, { sources: [{ trustDomains: ['a'] }] }] }],
    ['spec.rules[0].from[0].source.notServiceAccounts', IstioVersion.V1_24, { rules: [{ sources: [{ notServiceAccounts: [SourceServiceAccount.named('a')] }] }] }],
  ])('%s', (field, version, props) => {
    expect(() => synth(props, { version })).toThrow(`${field} of AuthorizationPolicy 'policy' is not in Istio ${version}`);
  });
});
