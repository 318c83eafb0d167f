import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvidence, Evidence, IMPLEMENTATIONS, judgeCase } from '../../conformance/features/evidence';
import { FEATURES } from '../../conformance/features/names';
import { firstRouteMatches, matches, routeMatches } from '../../conformance/features/partial';
import { table } from '../../conformance/features/table';

const ENGINES = {
  'envoy': { 'a method': { outcome: 200, backend: { backend: 'shop/web' }, hops: [] } },
  'istiod': { status: { 'HTTPRoute shop/web': { parents: { 'Gateway edge/public': { Accepted: 'True' } } } } },
  'envoy-gateway': { mesh: { routes: { http: [{ domains: ['a.example.com'], routes: [{ name: 'a' }, { name: 'b' }] }] }, listeners: ['edge/public TCP:80'], status: {} } },
};
const judge = (implementation: 'istio' | 'envoy-gateway', evidence: Evidence) => judgeCase('x', { HTTPRoute: { [implementation]: [evidence] } }, ENGINES)[0].wrong;

describe('the evidence of features', () => {
  test('is borne out by the recorded verdicts', () => {
    expect(allEvidence().flatMap(({ case: name, feature, wrong }) => wrong.map(what => `${name}: ${feature}: ${what}`))).toEqual([]);
  });

  test('is there for every feature, of both implementations', () => {
    const there = new Set(allEvidence().map(({ feature, implementation }) => `${feature} by ${implementation}`));

    expect(FEATURES.flatMap(({ name }) => IMPLEMENTATIONS.map(by => `${name} by ${by}`)).filter(one => !there.has(one))).toEqual([]);
    expect(new Set(FEATURES.map(({ name }) => name)).size).toBe(FEATURES.length);
  });

  test('is what docs/gateway-api-features.md says: else run npx tsx conformance/features.ts', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'gateway-api-features.md'), 'utf8')).toBe(table(allEvidence()));
  });

  test('is of features that there are', () => {
    expect(() => judgeCase('x', { HTTPRouteTeleport: {} }, {})).toThrow('x names a feature that there is not: \'HTTPRouteTeleport\', see conformance/features/names.ts');
  });

  test.each<[string, 'istio' | 'envoy-gateway', Evidence]>([
    ['the backend of a request', 'istio', { says: 'works', requests: { 'a method': 'shop/web' } }],
    ['the status of a request', 'istio', { says: 'works', requests: { 'a method': 200 } }],
    ['a part of a verdict', 'istio', { says: 'works', requests: { 'a method': { hops: [] } } }],
    ['the status of an object', 'istio', { says: 'works', status: { 'HTTPRoute shop/web': { parents: { 'Gateway edge/public': { Accepted: 'True' } } } } }],
    ['that an object has no status', 'envoy-gateway', { says: 'lacks', because: 'it does not know it', status: { 'HTTPRoute shop/web': null } }],
    ['a route', 'envoy-gateway', { says: 'works', routes: [{ domains: ['a.example.com'], name: 'b' }] }],
    ['the first route', 'envoy-gateway', { says: 'works', firstRoutes: [{ name: 'a' }] }],
    ['a listener', 'envoy-gateway', { says: 'works', listeners: ['TCP:80'] }],
    ['that nobody could ask', 'istio', { says: 'unasked', because: 'nobody can' }],
  ])('shows %s', (_, implementation, evidence) => {
    expect(judge(implementation, evidence)).toEqual([]);
  });

  test.each<[string, 'istio' | 'envoy-gateway', Evidence]>([
    ["request 'a method'", 'istio', { says: 'works', requests: { 'a method': 'shop/other' } }],
    ["request 'another'", 'istio', { says: 'works', requests: { another: 200 } }],
    ['status of HTTPRoute shop/web', 'istio', { says: 'works', status: { 'HTTPRoute shop/web': { parents: null } } }],
    ['route {"name":"c"}', 'envoy-gateway', { says: 'works', routes: [{ name: 'c' }] }],
    ['first route {"name":"b"}', 'envoy-gateway', { says: 'works', firstRoutes: [{ name: 'b' }] }],
    ["listener 'UDP:53'", 'envoy-gateway', { says: 'works', listeners: ['UDP:53'] }],
    ['clusters of a', 'envoy-gateway', { says: 'works', clusters: { a: {} } }],
    ['what was asked must be shown, and nothing else', 'istio', { says: 'works' }],
    ["because is for what does not work, and needed there, got 'undefined' of what lacks", 'istio', { says: 'lacks', requests: { 'a method': 200 } }],
  ])('does not bear out %s', (wrong, implementation, evidence) => {
    expect(judge(implementation, evidence)).toEqual([wrong]);
  });
});

describe('a part of a value', () => {
  test.each([
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: 1 }, { b: null }],
    [['a', 'b', 'a'], ['a', 'a']],
    ['False, NoMatchingParent: port 8888', 'False, NoMatchingParent…'],
  ])('%j has %j', (actual, wanted) => {
    expect(matches(actual, wanted)).toBe(true);
  });

  test.each([
    [{ a: 1 }, { a: 2 }],
    [undefined, { a: 1 }],
    [{ a: 1 }, { a: null }],
    [['a', 'b'], ['a', 'a']],
    ['a', ['a']],
    ['False', 'True…'],
  ])('%j has no %j', (actual, wanted) => {
    expect(matches(actual, wanted)).toBe(false);
  });

  test('routes have their domains', () => {
    const configs = { http: [{ domains: ['a'], routes: [{ name: 'x' }, { name: 'y' }] }] };

    expect(routeMatches(configs, { domains: ['a'], name: 'y' })).toBe(true);
    expect(routeMatches(configs, { domains: ['b'], name: 'y' })).toBe(false);
    expect(firstRouteMatches(configs, { name: 'y' })).toBe(false);
  });
});
