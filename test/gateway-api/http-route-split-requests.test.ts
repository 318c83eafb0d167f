import { Testing } from 'cdk8s';
import fc from 'fast-check';
import {
  Backend, Gateway, HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRoute, HttpRouteMatch, HttpRouteMatchOptions, RouteParent,
} from '../../src';

// A router as the specification of HTTPRoute has it, without regard to how we split: it finds the same rule in the objects of a split route, whatever
// their ages, as in one object that could have all rules.

interface Condition { type: string; name: string; value: string }
interface Match { path: { type: string; value: string }; method?: string; headers?: Condition[]; queryParams?: Condition[] }
interface RoutedObject { age: number; name: string; hostnames?: string[]; rules: { matches: Match[]; backend: string }[] }
interface Request { host: string; path: string; method: string; headers: Record<string, string>; query: Record<string, string> }

/** What the specification leaves to the implementation; the rank of a regular expression may be that of a prefix, or of an exact path. */
interface Implementation { regexRank: number; countsSlash: boolean; countsRegex: boolean }

const meets = (value: string | undefined, { type, value: wanted }: { type: string; value: string }) =>
  value !== undefined && (type === 'Exact' ? value === wanted : new RegExp(`^(?:${wanted})$`).test(value));

function takesPath({ type, value }: Match['path'], path: string): boolean {
  if (type !== 'PathPrefix') {
    return meets(path, { type, value });
  }
  const wanted = value.split('/').filter(element => element !== '');
  return wanted.every((element, n) => path.split('/').slice(1)[n] === element);
}

function takes({ path, method, headers = [], queryParams = [] }: Match, request: Request): boolean {
  return takesPath(path, request.path)
    && (method === undefined || method === request.method)
    && headers.every(header => meets(request.headers[header.name.toLowerCase()], header))
    && queryParams.every(param => meets(request.query[param.name], param));
}

function takesHost(hostname: string, host: string): boolean {
  return hostname === host || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}

const hostRank = (hostname: string) => [hostname.startsWith('*') ? 0 : hostname.length, hostname.length];

function matchRank({ path: { type, value }, method, headers = [], queryParams = [] }: Match, impl: Implementation): number[] {
  const counted = impl.countsSlash ? value.length : value.replace(/\/$/, '').length;
  const [path, length] = type === 'Exact' ? [2, 0] : type === 'PathPrefix' ? [1, counted] : [impl.regexRank, impl.countsRegex ? value.length : 0];
  return [path, length, method === undefined ? 0 : 1, headers.length, queryParams.length];
}

/** The backend that gets the request. */
function answer(objects: RoutedObject[], request: Request, impl: Implementation): string | undefined {
  const found = objects.flatMap(({ age, name, hostnames, rules }) => {
    const hosts = (hostnames ?? ['*']).filter(hostname => hostname === '*' || takesHost(hostname, request.host)).map(hostRank).sort((a, b) => compare(b, a));
    return hosts.slice(0, 1).flatMap(host => rules.flatMap(({ matches, backend }, rule) => matches.filter(match => takes(match, request))
      .map(match => ({ backend, key: [...[...host, ...matchRank(match, impl)].map(n => -n), age, name, rule] }))));
  });
  return found.sort((a, b) => compare(a.key, b.key))[0]?.backend;
}

function compare(a: (number | string)[], b: (number | string)[]): number {
  const n = a.findIndex((part, i) => part !== b[i]);
  return n < 0 ? 0 : a[n] < b[n] ? -1 : 1;
}

const PATHS = ['/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/c', '/c', '/c/d/e', '/d'];
const HOSTS = [...Array.from({ length: 20 }, (_, n) => `h${n}.example.com`), '*.example.com', '*.h1.example.com', '*.com'];
const mostly = <T>(common: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) => fc.oneof({ arbitrary: common, weight: 40 }, { arbitrary: rare, weight: 1 });
const digit = fc.constantFrom('1', '2', '3');

const path = fc.tuple(fc.boolean(), fc.constantFrom(...PATHS))
  .map(([isExact, value]) => isExact ? HttpPathMatch.exact(value) : HttpPathMatch.prefix(value));
const header = fc.tuple(fc.constantFrom('x-one', 'X-One', 'x-two'), mostly(digit, fc.constant('[12]')))
  .map(([name, value]) => value === '[12]' ? HttpHeaderMatch.regex(name, value) : HttpHeaderMatch.exact(name, value));
const queryParam = fc.tuple(fc.constantFrom('q', 'Q', 'r'), digit).map(([name, value]) => HttpQueryParamMatch.exact(name, value));
const conditions: fc.Arbitrary<HttpRouteMatchOptions> = fc.record({
  path,
  method: fc.option(fc.constantFrom(HttpMethod.GET, HttpMethod.POST), { nil: undefined, freq: 2 }),
  headers: fc.uniqueArray(header, { maxLength: 2, selector: ({ name }) => name.toLowerCase() }),
  queryParams: fc.uniqueArray(queryParam, { maxLength: 1, selector: ({ name }) => name }),
});
const matches = mostly(
  fc.array(conditions.map(HttpRouteMatch.of), { minLength: 1, maxLength: 2 }),
  fc.array(conditions.map(HttpRouteMatch.of), { minLength: 1, maxLength: 3 })
    .map(some => [...Array.from({ length: 64 }, (_, n) => HttpRouteMatch.pathExact(`/more/${n}`)), ...some]),
);
/** Few routes have regular expressions of paths, with a method and a header: else too much ties for a split. */
const byRegex = fc.tuple(fc.constantFrom('/.*', '/a.*', '/(b|c|d).*'), digit).map(([value, one]) =>
  [HttpRouteMatch.of({ path: HttpPathMatch.regex(value), method: HttpMethod.POST, headers: [HttpHeaderMatch.exact('x-one', one)] })]);
const rulesOfRoute = fc.oneof(
  fc.array(matches, { minLength: 20, maxLength: 45 }),
  fc.array(fc.oneof({ arbitrary: matches, weight: 8 }, { arbitrary: byRegex, weight: 1 }), { minLength: 20, maxLength: 45 }),
);
const request: fc.Arbitrary<Request> = fc.record({
  host: fc.constantFrom('h0.example.com', 'h1.example.com', 'h19.example.com', 'a.h1.example.com', 'other.com', 'example.com', 'example.org'),
  path: fc.constantFrom(...PATHS, '/a/x', '/ab/', '/c/d', '/nowhere'),
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  headers: fc.record({ 'x-one': digit, 'x-two': digit }, { requiredKeys: [] }),
  query: fc.record({ q: digit, Q: digit, r: digit }, { requiredKeys: [] }),
});
const implementation = fc.record({ regexRank: fc.constantFrom(0, 1, 2, 3), countsSlash: fc.boolean(), countsRegex: fc.boolean() });

test('the objects of a split route answer as one object would', () => {
  const seen = { split: 0, answered: 0, refused: 0 };
  fc.assert(fc.property(
    rulesOfRoute,
    fc.oneof(fc.constant<string[]>([]), fc.subarray(HOSTS, { minLength: 1, maxLength: 3 }), fc.shuffledSubarray(HOSTS, { minLength: 17 })),
    fc.array(request, { minLength: 40, maxLength: 40 }),
    fc.infiniteStream(fc.nat(3)),
    implementation,
    (rules, hostnames, requests, ages, impl) => {
      // GIVEN a route of all rules that it does not refuse
      const chart = Testing.chart();
      const route = new HttpRoute(chart, 'Route', {
        metadata: { name: 'shop' }, parents: [RouteParent.gateway(Gateway.fromGatewayName('edge'))], hostnames,
      });
      const taken = rules.flatMap((ofRule, n) => {
        try {
          route.addRule({ matches: ofRule, backends: [{ backend: Backend.serviceName(`web-${n}`, { port: 80 }) }] });
          return [{ matches: ofRule.map(match => match._toKube() as unknown as Match), backend: `web-${n}` }];
        } catch (e) {
          expect((e as Error).message).toContain('that tie must be at most 16');
          seen.refused += 1;
          return [];
        }
      });
      // WHEN it is written, as objects of any age
      const objects = Testing.synth(chart).map(({ metadata, spec }): RoutedObject => {
        expect(spec.rules.length).toBeLessThanOrEqual(16);
        expect(spec.hostnames?.length ?? 0).toBeLessThanOrEqual(16);
        expect(spec.rules.flatMap((rule: { matches: Match[] }) => rule.matches).length).toBeLessThanOrEqual(128);
        return {
          age: ages.next().value,
          name: metadata.name,
          hostnames: spec.hostnames,
          rules: spec.rules.map((rule: { matches: Match[]; backendRefs: { name: string }[] }) =>
            ({ matches: rule.matches, backend: rule.backendRefs[0].name })),
        };
      });
      // THEN every request gets the same answer
      const whole = [{ age: 0, name: 'shop', hostnames: hostnames.length > 0 ? hostnames : undefined, rules: taken }];
      for (const asked of requests) {
        const wanted = answer(whole, asked, impl);
        expect(answer(objects, asked, impl)).toBe(wanted);
        seen.answered += wanted === undefined ? 0 : 1;
      }
      seen.split += objects.length > 1 ? 1 : 0;
    },
  ), { numRuns: 300, endOnFailure: true });
  // It would prove nothing if routes were hardly split, or requests hardly answered.
  expect(seen.split).toBeGreaterThan(200);
  expect(seen.answered).toBeGreaterThan(2000);
  expect(seen.refused).toBeGreaterThan(0);
});
