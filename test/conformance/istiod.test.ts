import { join } from 'node:path';
import { caseNames, CASES, readSpec } from '../../conformance/case';
import { StatusSummary, summarizeStatus } from '../../conformance/istiod/status';
import { ProxySummary, summarizeProxy } from '../../conformance/istiod/summary';
import { recordedIn } from '../../conformance/recorded';

interface IstiodVerdict {
  readonly status: { readonly [object: string]: StatusSummary };
  readonly proxies?: { readonly [workload: string]: ProxySummary };
}

const said = (name: string) => recordedIn(join(CASES, name))?.engines.istiod as IstiodVerdict | undefined;

/** All conditions of the objects of a case that are not as they should be. */
function complaints(name: string): string[] {
  return Object.entries(said(name)?.status ?? {}).flatMap(([object, { conditions = {}, listeners = {}, parents = {}, ancestors = {} }]) =>
    [conditions, ...Object.values(listeners), ...Object.values(parents), ...Object.values(ancestors)].flatMap(all => Object.entries(all))
      .filter(([type, value]) => type !== 'attachedRoutes' && value !== (type === 'Conflicted' ? 'False' : 'True'))
      .map(([type, value]) => `${object}: ${type} ${value.replace(/:.*/, '')}`));
}

test('the Gateway of the quickstart and its routes are accepted, programmed and resolved', () => {
  const good = { Accepted: 'True', ResolvedRefs: 'True' };
  const listener = { ...good, Programmed: 'True', Conflicted: 'False', attachedRoutes: '1' };

  expect(said('quickstart-canary')?.status).toEqual({
    'Gateway edge/public': { conditions: { ...good, Programmed: 'True' }, listeners: { https: listener, http: listener } },
    'HTTPRoute edge/public-redirect': { parents: { 'Gateway edge/public#http': good } },
    'HTTPRoute shop/web': { parents: { 'Gateway edge/public#https': good } },
  });
});

test.each(caseNames().filter(name => said(name) !== undefined))('istiod complains of what is wrong on purpose in %s, and of nothing else', name => {
  expect(complaints(name)).toEqual(readSpec(name).complaints ?? []);
});

test('a gateway of our own serves the canary over TLS only', () => {
  const { listeners, routes } = said('online-boutique-canary')!.proxies!['ingress/public'];

  expect(listeners).toEqual([
    '0.0.0.0_443 {"serverNames":["shop.example.com"]} TLS with kubernetes://shop-tls -> routes https.443.https-shop-example-com.public.ingress',
    '0.0.0.0_80 {} -> routes http.80',
  ]);
  expect(routes['http.80 shop.example.com'][0]).toBe('TLS for ALL');
  expect(routes['https.443.https-shop-example-com.public.ingress shop.example.com'].map(route => route.replace(/.* -> /, ''))).toEqual([
    'outbound|80|v2|frontend.online-boutique.svc.cluster.local',
    '90 outbound|80|v1|frontend.online-boutique.svc.cluster.local, 10 outbound|80|v2|frontend.online-boutique.svc.cluster.local',
  ]);
});

describe('a summary of status', () => {
  const condition = (type: string, status: string, reason: string) => ({ type, status, reason, message: 'why', lastTransitionTime: '2026-01-01T00:00:00Z' });

  test('has no times, and says why where something is unusual', () => {
    expect(summarizeStatus([{
      kind: 'Gateway',
      namespace: 'edge',
      name: 'public',
      status: { conditions: [condition('Accepted', 'True', 'ListenersNotValid'), condition('Programmed', 'True', 'Programmed')] },
    }])).toEqual({ 'Gateway edge/public': { conditions: { Accepted: 'True, ListenersNotValid: why', Programmed: 'True' } } });
  });

  test('names the parents of a route, in its own namespace when they say none', () => {
    const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'web' };
    const conditions = [condition('Accepted', 'True', 'Accepted')];

    expect(summarizeStatus([{
      ...route,
      status: {
        parents: [
          { parentRef: { name: 'public', namespace: 'edge', sectionName: 'https' }, conditions },
          { parentRef: { kind: 'Service', name: 'web' }, conditions },
        ],
      },
    }])).toEqual({ 'HTTPRoute shop/web': { parents: { 'Gateway edge/public#https': { Accepted: 'True' }, 'Service shop/web': { Accepted: 'True' } } } });
  });
});

test('a summary of status names what a policy is in force for', () => {
  const conditions = [{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '' }];

  expect(summarizeStatus([{
    kind: 'BackendTLSPolicy', namespace: 'shop', name: 'web', status: { ancestors: [{ ancestorRef: { kind: 'Service', name: 'web' }, conditions }] },
  }])).toEqual({ 'BackendTLSPolicy shop/web': { ancestors: { 'Service shop/web': { Accepted: 'True' } } } });
});

test('a summary of a proxy says what each filter chain and each route does', () => {
  const summary = summarizeProxy({
    listeners: [{
      name: '0.0.0.0_443',
      filterChains: [{
        filterChainMatch: { serverNames: ['a.example.com'] },
        filters: [{ name: 'envoy.filters.network.rbac' }, { name: 'istio.stats' }, { name: 'envoy.filters.network.tcp_proxy', typedConfig: { cluster: 'a' } }],
        transportSocket: { typedConfig: { requireClientCertificate: true, commonTlsContext: { tlsCertificateSdsSecretConfigs: [{ name: 'default' }] } } },
      }],
      defaultFilterChain: { filters: [{ name: 'envoy.filters.network.http_connection_manager', typedConfig: { rds: { routeConfigName: 'http.80' } } }] },
    }],
    routes: [{
      name: 'http.80',
      virtualHosts: [{
        domains: ['*'],
        routes: [
          { match: { prefix: '/' }, route: { weightedClusters: { clusters: [{ name: 'a', weight: 90 }, { name: 'b', weight: 10 }] } } },
          { match: { path: '/x' }, redirect: { pathRedirect: '/y' } },
          { match: { path: '/z' }, directResponse: { status: 500 } },
        ],
      }],
    }],
    clusters: [{ name: 'b' }, { name: 'a' }],
    endpoints: [],
    secrets: [],
  });

  expect(summary).toEqual({
    listeners: [
      '0.0.0.0_443 {"serverNames":["a.example.com"]} TLS with default, client certificate required -> rbac, cluster a',
      '0.0.0.0_443 {} -> routes http.80',
    ],
    routes: { 'http.80 *': ['{"prefix":"/"} -> 90 a, 10 b', '{"path":"/x"} -> redirect {"pathRedirect":"/y"}', '{"path":"/z"} -> status 500'] },
    clusters: ['a', 'b'],
  });
});
