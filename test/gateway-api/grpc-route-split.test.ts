import { Chart, Duration, Testing } from 'cdk8s';
import { Backend, Gateway, GrpcRoute, GrpcRouteMatch, GrpcRouteRule, RouteParent, SessionPersistence } from '../../src';

const PARENT = RouteParent.gateway(Gateway.fromGatewayName('edge'));
const PARENT_REFS = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }];

const services = (count: number, start = 0) => Array.from({ length: count }, (_, n) => GrpcRouteMatch.service(`shop.Service${start + n}`));
const rules = (count: number): GrpcRouteRule[] => services(count).map((match, n) => ({ name: `service${n}`, matches: [match] }));
const hosts = (count: number) => Array.from({ length: count }, (_, n) => `host${n}.example.com`);

interface Written {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly parentRefs: object[];
    readonly hostnames?: string[];
    readonly rules: { readonly name?: string; readonly matches?: object[] }[];
  };
}

const written = (chart: Chart): Written[] => Testing.synth(chart);
const shape = (chart: Chart) => written(chart).map(({ metadata: { name }, spec }) => [name, spec.rules.map(rule => rule.name)]);
const route = (chart: Chart) => new GrpcRoute(chart, 'Route', { metadata: { name: 'shop' }, parents: [PARENT] });

test('seventeen rules are two objects', () => {
  const chart = Testing.chart();
  const shop = route(chart);
  rules(17).forEach(rule => shop.addRule(rule));
  expect(shape(chart)).toEqual([
    ['shop', Array.from({ length: 16 }, (_, n) => `service${n}`)],
    ['shop-2', ['service16']],
  ]);
  expect(written(chart)[1].spec).toEqual({
    parentRefs: PARENT_REFS,
    rules: [{ name: 'service16', matches: [{ method: { type: 'Exact', service: 'shop.Service16' } }] }],
  });
  expect(shop._objects()).toMatchObject([
    { name: 'shop', ruleNames: Array.from({ length: 16 }, (_, n) => `service${n}`) },
    { name: 'shop-2', ruleNames: ['service16'] },
  ]);
});

test('what else a rule says stands in each of its objects, and what is added later in all', () => {
  const chart = Testing.chart();
  const backend = Backend.serviceName('checkout', { port: 50051 });
  const shop = route(chart).addRule({ name: 'checkout', matches: services(65), backends: [{ backend }] }).addRule({ matches: services(64, 65) });
  shop.addHostname('grpc.example.com').addParent(RouteParent.gateway(Gateway.fromGatewayName('inner')));
  const backendRefs = [{ group: '', kind: 'Service', name: 'checkout', port: 50051, weight: 1 }];
  const objects = written(chart);
  expect(objects.map(({ spec }) => spec.rules.map(({ matches, ...rest }) => [matches?.length, rest]))).toEqual([
    [[64, { name: 'checkout', backendRefs }], [1, { name: 'checkout-2', backendRefs }]],
    [[64, {}]],
  ]);
  objects.forEach(({ spec }) => expect([spec.hostnames, spec.parentRefs.length]).toEqual([['grpc.example.com'], 2]));
});

test('seventeen hostnames are two objects with the same rules', () => {
  const chart = Testing.chart();
  const shop = new GrpcRoute(chart, 'Route', { metadata: { name: 'shop' }, parents: [PARENT], hostnames: hosts(17), rules: [{ name: 'all' }] });
  expect(written(chart).map(({ metadata: { name }, spec }) => [name, spec.hostnames, spec.rules])).toEqual([
    ['shop', hosts(16), [{ name: 'all' }]],
    ['shop-2', ['host16.example.com'], [{ name: 'all' }]],
  ]);
  expect(shop._objects()).toMatchObject([{ name: 'shop', ruleNames: ['all'] }, { name: 'shop-2', ruleNames: ['all'] }]);
});

test('rules between which only their order decides stay together', () => {
  const chart = Testing.chart();
  const shop = route(chart);
  [{ name: 'first' }, ...rules(16), { name: 'last' }].forEach(rule => shop.addRule(rule));
  expect(shape(chart)).toEqual([
    ['shop', ['first', ...Array.from({ length: 14 }, (_, n) => `service${n}`), 'last']],
    ['shop-2', ['service14', 'service15']],
  ]);
});

test('more of them than one object takes are refused, and leave nothing behind', () => {
  const chart = Testing.chart();
  const shop = route(chart);
  Array.from({ length: 16 }, (_, n) => ({ name: `all${n}` })).forEach(rule => shop.addRule(rule));
  expect(() => shop.addRule({ name: 'all16' })).toThrow('rules of a GRPCRoute that tie must be at most 16 with 128 matches, got 17 with 17: rule \'all0\', rule \'all1\'');
  expect(() => shop.addRule({})).toThrow('some call matches both by 0 headers, so only the order of the rules decides');
  expect(shape(chart)).toEqual([['shop', Array.from({ length: 16 }, (_, n) => `all${n}`)]]);
});

test('a rule with a session cannot become several', () => {
  expect(() => route(Testing.chart()).addRule({
    matches: services(65),
    sessionPersistence: SessionPersistence.header('x-session', { absoluteTimeout: Duration.hours(1) }),
  })).toThrow('matches of a rule with sessions must be at most 64, got 65');
});

test('a name that has no room for a number', () => {
  const shop = new GrpcRoute(Testing.chart(), 'Route', { metadata: { name: 'a'.repeat(253) }, rules: rules(16), hostnames: hosts(16) });
  expect(() => shop.addRule({ matches: services(1, 16) })).toThrow('name of object 2 of the split route must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2\'');
  expect(() => shop.addHostname('one.more.com')).toThrow('name of object 2 of the split route must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2\'');
  expect(shop._objects().map(({ name }) => name)).toEqual(['a'.repeat(253)]);
});
