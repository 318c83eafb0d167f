import { Testing } from 'cdk8s';
import { AuthorizationAction, AuthorizationPolicy, AuthorizationPolicyProps, PolicyTarget, WorkloadSelector } from '../../src';

const { ALLOW, AUDIT, CUSTOM, DENY } = AuthorizationAction;

function synth(props?: AuthorizationPolicyProps): any {
  const chart = Testing.chart();
  new AuthorizationPolicy(chart, 'Policy', props);
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
    AuthorizationPolicy.allowNothing(chart, 'Policy', { selector: WorkloadSelector.labels({ app: 'web' }) });
    expect(Testing.synth(chart)[0].spec).toEqual({ selector: { matchLabels: { app: 'web' } } });
  });
});

test('rules are written in the words of Istio', () => {
  // GIVEN
  const chart = Testing.chart();
  const policy = new AuthorizationPolicy(chart, 'Policy', { selector: WorkloadSelector.labels({ app: 'catalog' }), action: ALLOW });

  // WHEN
  policy.addRule({
    sources: [{ principals: ['cluster.local/ns/shop/sa/web'] }, { ipBlocks: ['10.0.0.0/8'] }],
    operations: [{ methods: ['GET'], paths: ['/products/*'], ports: [8080], notPorts: [9090] }],
    conditions: [{ key: 'request.headers[x-tenant]', values: ['a'], notValues: ['b'] }],
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

test('an external authorizer is named', () => {
  expect(synth({ action: CUSTOM, provider: 'opa', rules: [{}] }).spec).toEqual({ action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] });
});

test('a dry run is an annotation beside those of the user', () => {
  expect(synth({ metadata: { annotations: { team: 'shop' } }, dryRun: true }).metadata.annotations).toEqual({ 'team': 'shop', 'istio.io/dry-run': 'true' });
  expect(synth({ action: DENY, rules: [{}], dryRun: false }).metadata.annotations).toEqual({ 'istio.io/dry-run': 'false' });
  expect(synth().metadata.annotations).toBeUndefined();
});

test.each<[AuthorizationPolicyProps, string]>([
  [{ action: CUSTOM, rules: [{}] }, 'provider of an AuthorizationPolicy goes with action CUSTOM, got none with CUSTOM: pass the name of an extension provider'],
  [{ action: CUSTOM, provider: '', rules: [{}] }, 'provider of an AuthorizationPolicy goes with action CUSTOM, got none with CUSTOM'],
  [{ provider: 'opa' }, 'provider of an AuthorizationPolicy goes with action CUSTOM, got \'opa\' with ALLOW: leave provider out'],
  [{ action: AUDIT, dryRun: true }, 'dryRun of an AuthorizationPolicy goes with action ALLOW or DENY, got AUDIT: leave it out'],
  [{ rules: Array(513).fill({}) }, 'an AuthorizationPolicy takes at most 512 rules, got one more: use a second policy'],
  [{ action: DENY }, 'an AuthorizationPolicy with action DENY needs at least one rule: pass rules, or call addRule; {} matches everything'],
  [{ action: CUSTOM, provider: 'opa' }, 'an AuthorizationPolicy with action CUSTOM needs at least one rule'],
])('what does not fit together is refused (%#)', (props, message) => {
  expect(() => synth(props)).toThrow(message);
});
