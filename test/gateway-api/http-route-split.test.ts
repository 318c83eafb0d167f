import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Backend, Gateway, GatewayApi, GatewayApiChannel, HttpMethod, HttpPathMatch, HttpRoute, HttpRouteMatch, HttpRouteRule, RouteParent, SessionPersistence } from '../../src';

const PARENTS = [RouteParent.gateway(Gateway.fromGatewayName('edge'))];
const range = (count: number) => Array.from({ length: count }, (_, n) => n);
const paths = (count: number, start = '/') => range(count).map(n => HttpRouteMatch.pathExact(`${start}${n}`));
const rule = (n: number): HttpRouteRule => ({ name: `rule-${n}`, matches: [HttpRouteMatch.pathPrefix(`/${n}`)] });
const hosts = (count: number) => range(count).map(n => `a${n}.example.com`);

interface Written { metadata: { name: string }; spec: { hostnames?: string[]; rules: { name?: string; matches: unknown[] }[] } }

/** The name, the hostnames and the rules of each object. */
function summary(chart: Chart) {
  return Testing.synth(chart).map(({ metadata, spec }: Written) => ({
    name: metadata.name,
    hosts: spec.hostnames?.length ?? 0,
    rules: spec.rules.map(({ name, matches }) => `${name} ${matches.length}`),
  }));
}

function routeOf(chart: Chart, props: { hostnames?: string[]; rules?: HttpRouteRule[] } = {}): HttpRoute {
  return new HttpRoute(chart, 'Route', { metadata: { name: 'shop' }, parents: PARENTS, ...props });
}

test('a seventeenth rule makes a second object', () => {
  // GIVEN
  const chart = Testing.chart();
  const route = routeOf(chart, { rules: range(16).map(rule) });
  expect(summary(chart).map(({ name }) => name)).toEqual(['shop']);
  // WHEN
  route.addRule(rule(16));
  // THEN
  expect(summary(chart)).toEqual([
    { name: 'shop', hosts: 0, rules: range(16).map(n => `rule-${n} 1`) },
    { name: 'shop-2', hosts: 0, rules: ['rule-16 1'] },
  ]);
  expect(route._objects()).toMatchObject([
    { name: 'shop', ruleNames: range(16).map(n => `rule-${n}`) },
    { name: 'shop-2', ruleNames: ['rule-16'] },
  ]);
});

test('every object has the parents, the metadata whenever it was said, and a name of its own', () => {
  // GIVEN
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop', labels: { team: 'web' } });
  const route = routeOf(chart, { rules: range(17).map(rule), hostnames: ['shop.example.com'] });
  // WHEN
  route.metadata.addLabel('tier', 'front');
  route.metadata.addAnnotation('owner', 'ann');
  // THEN
  const [first, second] = Testing.synth(chart);
  expect(second.metadata).toEqual({ name: 'shop-2', namespace: 'shop', labels: { team: 'web', tier: 'front' }, annotations: { owner: 'ann' } });
  expect(first.metadata).toEqual({ ...second.metadata, name: 'shop' });
  expect([second.apiVersion, second.kind]).toEqual(['gateway.networking.k8s.io/v1', 'HTTPRoute']);
  expect(second.spec.parentRefs).toEqual(first.spec.parentRefs);
  expect(second.spec.hostnames).toEqual(['shop.example.com']);
});

test('the ids are Resource, Resource-2 and so on; the first is the default child', () => {
  const route = routeOf(Testing.chart(), { rules: range(33).map(rule) });
  expect(route.node.children.map(({ node }) => node.id)).toEqual(['Resource', 'Resource-2', 'Resource-3']);
  expect(ApiObject.of(route).name).toBe('shop');
});

test('a patch on the object of a route changes that object', () => {
  const chart = Testing.chart();
  const route = routeOf(chart, { rules: range(17).map(rule) });
  (route.node.findChild('Resource-2') as ApiObject).addJsonPatch(JsonPatch.replace('/spec/rules/0/name', 'patched'));
  expect(summary(chart)[1].rules).toEqual(['patched 1']);
});

test('more than 128 matches make a second object', () => {
  const chart = Testing.chart();
  routeOf(chart, { rules: [{ name: 'a', matches: paths(64, '/a') }, { name: 'b', matches: paths(63, '/b') }, { name: 'c' }, { name: 'd', matches: paths(1) }] });
  expect(summary(chart).map(({ rules }) => rules)).toEqual([['a 64', 'b 63', 'c 1'], ['d 1']]);
});

test('a rule with more than 64 matches is several rules', () => {
  const chart = Testing.chart();
  const route = routeOf(chart, { rules: [{ name: 'cart', matches: paths(150), backends: [{ backend: Backend.serviceName('cart', { port: 80 }) }] }] });
  expect(summary(chart)).toEqual([
    { name: 'shop', hosts: 0, rules: ['cart 64', 'cart-2 64'] },
    { name: 'shop-2', hosts: 0, rules: ['cart-3 22'] },
  ]);
  expect(Testing.synth(chart)[1].spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'cart', port: 80, weight: 1 }]);
  expect(route._objects()).toMatchObject([{ name: 'shop', ruleNames: ['cart', 'cart-2'] }, { name: 'shop-2', ruleNames: ['cart-3'] }]);
  expect(() => route.addRule({ name: 'cart-3' })).toThrow('rule name \'cart-3\' is taken: names are unique in an HTTPRoute, pass another name');
});

test('the name of a part that is too long is refused', () => {
  expect(() => routeOf(Testing.chart(), { rules: [{ name: 'a'.repeat(252), matches: paths(65) }] })).toThrow(
    `name of a part of rule '${'a'.repeat(252)}' must be a DNS subdomain`);
});

test('a seventeenth hostname makes a second object with the same rules', () => {
  const chart = Testing.chart();
  routeOf(chart, { hostnames: hosts(17), rules: [rule(0)] });
  expect(summary(chart)).toEqual([{ name: 'shop', hosts: 16, rules: ['rule-0 1'] }, { name: 'shop-2', hosts: 1, rules: ['rule-0 1'] }]);
  expect(Testing.synth(chart)[1].spec.hostnames).toEqual(['a16.example.com']);
});

test('many hostnames and many rules: each with each, and a rule at the end renames nothing', () => {
  const chart = Testing.chart();
  const route = routeOf(chart, { hostnames: hosts(20), rules: range(20).map(rule) });
  const before = summary(chart);
  expect(before.map(({ name, hosts: count, rules }) => [name, count, rules[0], rules.length])).toEqual([
    ['shop', 16, 'rule-0 1', 16], ['shop-2', 4, 'rule-0 1', 16], ['shop-3', 16, 'rule-16 1', 4], ['shop-4', 4, 'rule-16 1', 4],
  ]);
  range(13).forEach(n => route.addRule(rule(20 + n)));
  const after = summary(chart);
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(after.map(({ name, hosts: count, rules }) => [name, count, rules[0], rules.length]).slice(2)).toEqual([
    ['shop-3', 16, 'rule-16 1', 16], ['shop-4', 4, 'rule-16 1', 16], ['shop-5', 16, 'rule-32 1', 1], ['shop-6', 4, 'rule-32 1', 1],
  ]);
});

test('an object that is needed no more goes away', () => {
  // GIVEN 16 rules in the first object and one in the second
  const chart = Testing.chart();
  const pair = (a: string, b: string): HttpRouteRule => ({ name: `${a}-${b}`, matches: [HttpRouteMatch.pathExact(`/${a}`), HttpRouteMatch.pathExact(`/${b}`)] });
  const route = routeOf(chart, {
    rules: [
      { name: 'large', matches: paths(60, '/l') }, { name: 'x', matches: paths(60, '/x') }, { name: 'y', matches: paths(60, '/y') },
      { name: 'z', matches: paths(60, '/z') }, { name: 'small', matches: paths(9, '/s') },
    ],
  });
  expect(route.node.children.map(({ node }) => node.id)).toEqual(['Resource', 'Resource-2', 'Resource-3']);
  // WHEN a rule ties with one of the first, and one of the last object
  route.addRule(pair('l1', 's1'));
  // THEN these stand together, and the others have moved
  expect(summary(chart).map(({ rules }) => rules)).toEqual([['large 60', 'small 9', 'l1-s1 2'], ['x 60', 'y 60'], ['z 60']]);
});

test('rules whose order decides stay in one object', () => {
  // GIVEN sixteen rules of which the last is for every request by its method
  const chart = Testing.chart();
  const get = { matches: [HttpRouteMatch.httpMethod(HttpMethod.GET)] };
  const route = routeOf(chart, { rules: [...range(15).map(rule), { name: 'get', ...get }] });
  // WHEN a rule of the same rank for the same requests comes
  route.addRule({ name: 'again', ...get });
  // THEN both are in the second object
  expect(summary(chart).map(({ rules }) => rules)).toEqual([range(15).map(n => `rule-${n} 1`), ['get 1', 'again 1']]);
});

test('more rules that tie than one object takes are refused, and leave nothing behind', () => {
  const chart = Testing.chart();
  const regex = (n: number): HttpRouteRule => ({ matches: [HttpRouteMatch.of({ path: HttpPathMatch.regex(`/${n}.*`) })] });
  const far = { backend: Backend.serviceName('a', { port: 80, namespace: 'far' }) };
  const route = routeOf(chart, { rules: range(16).map(regex) });
  expect(() => route.addRule({ ...regex(16), backends: [far] })).toThrow(
    "rules of an HTTPRoute that tie must be at most 16 with 128 matches, got 17 with 17: rule 1, rule 2, rule 3, rule 4, rule 5, rule 6, rule 7, rule 8, rule 9, rule 10, rule 11, rule 12, rule 13, rule 14, rule 15, rule 16, rule 17; the last ties with rule 1: the regular expression '/0.*' has no certain rank, and may match any path, so only the order of the rules decides, and it is kept within one object only; let the matches differ in path, method or exact values, or join rules that do the same");
  expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['HTTPRoute']);
  expect(summary(chart)[0].rules).toHaveLength(16);
});

test('a rule with sessions is not cut', () => {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  expect(() => routeOf(new Chart(app, 'test'), { rules: [{ matches: paths(65), sessionPersistence: SessionPersistence.cookie() }] }))
    .toThrow('matches of a rule with sessions must be at most 64, got 65');
});

test('a name that has no room for a number is refused', () => {
  const chart = Testing.chart();
  const route = new HttpRoute(chart, 'Route', { metadata: { name: 'a'.repeat(252) }, parents: PARENTS, rules: range(16).map(rule) });
  expect(() => route.addRule(rule(16))).toThrow('name of object 2 of the split route must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2\'');
  expect(Testing.synth(chart)).toHaveLength(1);
});

test('hostnames of every object are checked with the parents', () => {
  const chart = Testing.chart();
  const route = routeOf(chart, { hostnames: hosts(16) });
  expect(() => route.addHostname('10.0.0.1')).toThrow('hostname of HTTPRoute \'shop\' must be a lower case DNS name, optionally starting with \'*.\', got \'10.0.0.1\'');
  expect(route.node.children).toHaveLength(1);
});
