import { GRPC_RIVALRY } from '../../src/gateway-api/grpc-match-rivalry';

type Match = typeof GRPC_RIVALRY.every;

const PAY: Match = { method: { type: 'Exact', service: 'shop.Checkout', method: 'Pay' } };
const CHECKOUT: Match = { method: { type: 'Exact', service: 'shop.Checkout' } };
const CATALOGUE: Match = { method: { type: 'Exact', service: 'shop.Catalog0' } };
const ANY_PAY: Match = { method: { type: 'Exact', method: 'Pay' } };
const SHOP: Match = { method: { type: 'RegularExpression', service: 'shop\\..*' } };
const GETS: Match = { method: { type: 'RegularExpression', method: 'Get.*' } };
const canary = (value: string, type: 'Exact' | 'RegularExpression' = 'Exact'): Match => ({ headers: [{ type, name: 'Canary', value }] });
const lower = (value: string): Match => ({ headers: [{ type: 'Exact', name: 'canary', value }] });

test.each<[string, Match, Match]>([
  ['services differ', CHECKOUT, CATALOGUE],
  ['methods differ', PAY, { method: { type: 'Exact', service: 'shop.Checkout', method: 'Get' } }],
  ['a method outranks its service', PAY, CHECKOUT],
  ['a service outranks every call', CHECKOUT, {}],
  ['a service outranks a method', CHECKOUT, ANY_PAY],
  ['a service and method outrank the method', PAY, ANY_PAY],
  ['a header outranks none', { ...CHECKOUT, ...canary('true') }, CHECKOUT],
  ['a service outranks a header', CHECKOUT, canary('true')],
  ['values of one header differ', canary('a'), lower('b')],
  ['values of one header differ, beside expressions', { ...SHOP, ...canary('a') }, { ...GETS, ...canary('b') }],
])('something else than order decides: %s', (_, a, b) => {
  expect(GRPC_RIVALRY.tie(a, b)).toBeUndefined();
  expect(GRPC_RIVALRY.tie(b, a)).toBeUndefined();
});

test.each<[Match, Match, string]>([
  [{}, {}, 'some call matches both by 0 headers'],
  [PAY, PAY, 'some call matches both by service \'shop.Checkout\', method \'Pay\''],
  [ANY_PAY, ANY_PAY, 'some call matches both by method \'Pay\''],
  [canary('a'), lower('a'), 'some call matches both by 1 header'],
  [canary('a'), { headers: [{ type: 'Exact', name: 'tenant', value: 'b' }] }, 'some call matches both by 1 header'],
  [
    { headers: [{ type: 'Exact', name: 'a', value: '1' }, { type: 'Exact', name: 'b', value: '1' }] },
    { headers: [{ type: 'Exact', name: 'c', value: '1' }, { type: 'Exact', name: 'd', value: '1' }] },
    'some call matches both by 2 headers',
  ],
  [{ ...CHECKOUT, ...canary('.', 'RegularExpression') }, { ...CHECKOUT, ...canary('b') }, 'some call matches both by service \'shop.Checkout\', 1 header'],
  [SHOP, CHECKOUT, 'the regular expression of service \'shop\\..*\' has no certain rank, and may match any call'],
  [{}, GETS, 'the regular expression of method \'Get.*\' has no certain rank, and may match any call'],
])('only their order decides: %j and %j', (a, b, why) => {
  expect(GRPC_RIVALRY.tie(a, b)).toBe(why);
});
