import { isIn } from '../../conformance/network-policy/address';
import { clusterOf, NetworkPolicy, Pod } from '../../conformance/network-policy/cluster';
import { Connection, End, Evaluator } from '../../conformance/network-policy/evaluator';
import { selects } from '../../conformance/network-policy/selector';

const WEB: Pod = { name: 'web', namespace: 'shop', labels: { app: 'web' }, ip: '10.1.0.1' };
const API: Pod = { name: 'api', namespace: 'shop', labels: { app: 'api' }, ip: '10.1.0.2', ports: [{ name: 'http', containerPort: 8080 }] };
const DB: Pod = { name: 'db', namespace: 'data', labels: { app: 'db' }, ip: '10.1.0.3' };
const OUTSIDE = { ip: '203.0.113.9' };

const NAMESPACES = { shop: { team: 'a' }, data: { team: 'b' } };

/** Whether connections are allowed under the policies of namespace shop, given by their specs. */
function under(...specs: NonNullable<NetworkPolicy['spec']>[]) {
  const policies = specs.map((spec, i) => ({ metadata: { name: `p${i}`, namespace: 'shop' }, spec }));
  const evaluator = new Evaluator({ namespaces: NAMESPACES, pods: [WEB, API, DB], policies });
  return (from: End, to: End, port = 8080, protocol: Connection['protocol'] = 'TCP') => evaluator.allowed({ from, to, port, protocol });
}

describe('isolation', () => {
  test('without policies everything is open', () => {
    const allowed = under();
    expect([allowed(WEB, API), allowed(DB, API), allowed(API, OUTSIDE), allowed(OUTSIDE, API), allowed(OUTSIDE, OUTSIDE)])
      .toEqual([true, true, true, true, true]);
  });

  test('a policy without rules isolates the ingress of what it selects, and nothing else', () => {
    const allowed = under({ podSelector: { matchLabels: { app: 'api' } } });
    expect([allowed(WEB, API), allowed(OUTSIDE, API), allowed(API, WEB), allowed(API, OUTSIDE), allowed(DB, WEB)])
      .toEqual([false, false, true, true, true]);
  });

  test('an empty selector selects every pod of the namespace, and none of another', () => {
    const allowed = under({ podSelector: {} });
    expect([allowed(DB, WEB), allowed(DB, API), allowed(WEB, DB)]).toEqual([false, false, true]);
  });

  test('a policy without a spec isolates the ingress of its namespace', () => {
    const evaluator = new Evaluator({ namespaces: NAMESPACES, pods: [], policies: [{ metadata: { name: 'p' } }] });
    expect(evaluator.allowed({ from: WEB, to: { ...API, namespace: 'default' }, port: 1 })).toBe(false);
    expect(evaluator.allowed({ from: WEB, to: API, port: 1 })).toBe(true);
  });

  test('a pod reaches itself, whatever the policies', () => {
    const allowed = under({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect([allowed(API, API), allowed(WEB, API)]).toEqual([true, false]);
  });
});

describe('directions', () => {
  test('policyTypes: Egress isolates egress alone', () => {
    const allowed = under({ podSelector: {}, policyTypes: ['Egress'] });
    expect([allowed(WEB, DB), allowed(DB, WEB)]).toEqual([false, true]);
  });

  test('without policyTypes, rules of egress isolate both directions', () => {
    const allowed = under({ podSelector: {}, egress: [{}] });
    expect([allowed(WEB, DB), allowed(DB, WEB)]).toEqual([true, false]);
  });

  test('without policyTypes, an empty list of egress rules isolates ingress alone', () => {
    const allowed = under({ podSelector: {}, egress: [] });
    expect([allowed(WEB, DB), allowed(DB, WEB)]).toEqual([true, false]);
  });

  test('rules for a direction that policyTypes leaves out do not count', () => {
    const allowed = under({ podSelector: {}, policyTypes: ['Ingress'], egress: [], ingress: [] });
    expect([allowed(WEB, DB), allowed(DB, WEB)]).toEqual([true, false]);
  });

  test('both ends must agree', () => {
    const toApi = { podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] };
    const fromWeb = { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress' as const] };
    expect(under(toApi)(WEB, API)).toBe(true);
    expect(under(toApi, fromWeb)(WEB, API)).toBe(false);
    expect(under(toApi, { ...fromWeb, egress: [{ to: [{ podSelector: { matchLabels: { app: 'api' } } }] }] })(WEB, API)).toBe(true);
  });

  test('what one policy leaves closed, another opens', () => {
    const closed = { podSelector: {} };
    const open = { podSelector: { matchLabels: { app: 'api' } }, ingress: [{}] };
    expect([under(closed, open)(DB, API), under(closed, open)(DB, WEB)]).toEqual([true, false]);
  });
});

describe('peers', () => {
  const from = (...peers: object[]) => under({ podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: peers }] });

  test('a podSelector selects in the namespace of the policy', () => {
    expect([from({ podSelector: {} })(WEB, API), from({ podSelector: {} })(DB, API)]).toEqual([true, false]);
  });

  test('a namespaceSelector selects all pods of such namespaces', () => {
    const allowed = from({ namespaceSelector: { matchLabels: { team: 'b' } } });
    expect([allowed(DB, API), allowed(WEB, API)]).toEqual([true, false]);
  });

  test('both in one peer must select; in two peers one suffices', () => {
    const namespaceSelector = { matchLabels: { team: 'b' } };
    const podSelector = { matchLabels: { app: 'web' } };
    const both = from({ namespaceSelector, podSelector });
    const either = from({ namespaceSelector }, { podSelector });
    expect([both(DB, API), both(WEB, API), both({ ...WEB, namespace: 'data' }, API)]).toEqual([false, false, true]);
    expect([either(DB, API), either(WEB, API)]).toEqual([true, true]);
  });

  test('an empty namespaceSelector selects the pods of the cluster, and nothing outside', () => {
    const allowed = from({ namespaceSelector: {} });
    expect([allowed(DB, API), allowed(WEB, API), allowed(OUTSIDE, API)]).toEqual([true, true, false]);
  });

  test('a namespace that is only mentioned has the label of its name', () => {
    const allowed = from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } });
    expect([allowed({ name: 'dns', namespace: 'kube-system', labels: {} }, API), allowed(DB, API)]).toEqual([true, false]);
  });

  test('an ipBlock selects addresses, but those of except', () => {
    const allowed = from({ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] } });
    expect([allowed(OUTSIDE, API), allowed({ ip: '203.0.113.200' }, API), allowed({ ip: '198.51.100.1' }, API), allowed(WEB, API)])
      .toEqual([true, false, false, false]);
  });

  test('an ipBlock of the other family selects nothing', () => {
    expect([from({ ipBlock: { cidr: '::/0' } })(OUTSIDE, API), from({ ipBlock: { cidr: '2001:db8::/32' } })({ ip: '2001:db8::7' }, API)]).toEqual([false, true]);
  });

  test('an empty list of peers is everyone', () => {
    expect(from()(OUTSIDE, API)).toBe(true);
  });

  test('an empty peer selects nothing', () => {
    expect(from({})(WEB, API)).toBe(false);
  });
});

describe('ports', () => {
  const on = (...ports: NonNullable<NonNullable<NonNullable<NetworkPolicy['spec']>['ingress']>[number]['ports']>[number][]) =>
    under({ podSelector: { matchLabels: { app: 'api' } }, ingress: [{ ports }] });

  test('the protocol is TCP when it is left out', () => {
    const allowed = on({ port: 53 });
    expect([allowed(WEB, API, 53), allowed(WEB, API, 53, 'UDP'), allowed(WEB, API, 54)]).toEqual([true, false, false]);
  });

  test('a protocol alone is all of its ports', () => {
    const allowed = on({ protocol: 'UDP' });
    expect([allowed(WEB, API, 53, 'UDP'), allowed(WEB, API, 54, 'UDP'), allowed(WEB, API, 53)]).toEqual([true, true, false]);
  });

  test('endPort ends a range, and belongs to it', () => {
    const allowed = on({ port: 32000, endPort: 32768 });
    expect([31999, 32000, 32768, 32769].map(port => allowed(WEB, API, port))).toEqual([false, true, true, false]);
  });

  test('a name is that of a port of the pod that is called', () => {
    const allowed = on({ port: 'http' });
    expect([allowed(WEB, API, 8080), allowed(WEB, API, 80), allowed(WEB, API, 8080, 'UDP')]).toEqual([true, false, false]);
  });

  test('a name of egress is looked up at the other pod, and outside of the cluster there is none', () => {
    const allowed = under({ podSelector: { matchLabels: { app: 'web' } }, egress: [{ ports: [{ port: 'http' }] }] });
    expect([allowed(WEB, API, 8080), allowed(WEB, DB, 8080), allowed(WEB, OUTSIDE, 8080)]).toEqual([true, false, false]);
  });

  test('peers and ports of a rule must both fit', () => {
    const allowed = under({
      podSelector: {},
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }] },
        { from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }], ports: [{ port: 90 }] },
      ],
    });
    expect([allowed(WEB, API, 80), allowed(WEB, API, 90), allowed(DB, API, 80), allowed(DB, API, 90)]).toEqual([true, false, false, true]);
  });
});

describe('selectors', () => {
  test.each([
    ['In', ['web', 'api'], true], ['In', ['db'], false], ['NotIn', ['web'], false], ['NotIn', ['db'], true], ['Exists', undefined, true], ['DoesNotExist', undefined, false],
  ] as const)('%s %j', (operator, values, expected) => {
    expect(selects({ matchExpressions: [{ key: 'app', operator, values }] }, { app: 'web' })).toBe(expected);
  });

  test('a label that is not there is not in, and is in what is not in', () => {
    const at = (operator: any) => selects({ matchExpressions: [{ key: 'tier', operator, values: ['a'] }] }, { app: 'web' });
    expect([at('In'), at('NotIn'), at('Exists'), at('DoesNotExist')]).toEqual([false, true, false, true]);
  });

  test('an operator that is none is refused', () => {
    expect(() => selects({ matchExpressions: [{ key: 'a', operator: 'Like' as any }] }, {})).toThrow("an operator must be In, NotIn, Exists or DoesNotExist, got 'Like'");
  });
});

describe('addresses', () => {
  test.each([
    ['10.255.0.1', '10.0.0.0/8', true], ['11.0.0.1', '10.0.0.0/8', false], ['10.0.0.1', '0.0.0.0/0', true], ['10.0.0.1', '10.0.0.1/32', true], ['::1', '::/0', true], ['::1', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, cidr, expected) => {
    expect(isIn(address, cidr)).toBe(expected);
  });

  test('what is no address or no block is refused', () => {
    expect(() => isIn('example.com', '10.0.0.0/8')).toThrow("an address must be of IPv4 or IPv6, got 'example.com'");
    expect(() => isIn('10.0.0.1', '10.0.0.0')).toThrow("a block must have a length, such as '10.0.0.0/8', got '10.0.0.0'");
  });
});

test('rendered YAML makes a cluster', () => {
  const cluster = clusterOf([
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: a } }',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { metadata: { labels: { app: web } }, '
      + 'spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 80 }, { containerPort: 81 }] }] } } }',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: lone, labels: { app: lone } }\nspec: { containers: [] }',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p, namespace: shop }\nspec: { podSelector: {} }',
    'apiVersion: crd.projectcalico.org/v1\nkind: NetworkPolicy\nmetadata: { name: q, namespace: shop }',
    '',
  ].join('\n---\n'));
  expect(cluster.namespaces).toEqual({
    shop: { 'team': 'a', 'kubernetes.io/metadata.name': 'shop' },
    default: { 'kubernetes.io/metadata.name': 'default' },
  });
  expect(cluster.pods).toEqual([
    { name: 'web', namespace: 'shop', labels: { app: 'web' }, ports: [{ name: 'http', containerPort: 80 }] },
    { name: 'lone', namespace: 'default', labels: { app: 'lone' }, ports: [] },
  ]);
  expect(cluster.policies.map(({ metadata }) => metadata.name)).toEqual(['p']);
});
