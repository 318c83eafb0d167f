import { join } from 'node:path';
import { CASES } from '../../conformance/case';
import { ManyVerdict, RequestVerdict } from '../../conformance/envoy/verdict';
import { recordedIn } from '../../conformance/recorded';

type Requests = { readonly [request: string]: RequestVerdict & ManyVerdict };

/** What Envoys did that Envoy Gateway configured, as it is recorded. */
function requestsOf(name: string): Requests {
  return (recordedIn(join(CASES, name))!.engines['envoy-gateway'] as { requests: Requests }).requests;
}

function headersAtBackend({ backend }: RequestVerdict): { [name: string]: string } {
  return (backend as { headers: { [name: string]: string } }).headers;
}

describe('whom gateways of Envoy Gateway let in', () => {
  const requests = requestsOf('edge-envoy-gateway-access');

  test('their Envoys take all that they are told', () => {
    expect(requests).not.toHaveProperty('refused');
  });

  test.each([
    ['no token, through edge/tokens', 401],
    ['no token, through edge/optional', 200],
    ['a good token, and a header that only the gateway writes, through edge/tokens', 200],
    ['a token of the second issuer', 200],
    ['a token for another audience, through edge/optional', 403],
    ['a token that somebody else signed, through edge/tokens', 401],
    ['a token that somebody else signed, through edge/optional', 401],
    ['a token in the header', 200], ['a token in the query', 200], ['a token in a cookie', 200], ['a token where none is looked for', 401],
    ['who is let in by the authorizer, through edge/over-http', 200], ['who is not, through edge/over-http', 403],
    ['who is let in by the authorizer, through edge/over-grpc', 200], ['who is not, through edge/over-grpc', 403],
    ['an address that is allowed', 200], ['an address of the other family that is allowed', 200], ['an address that is denied among those allowed', 403],
    ['an address that is not allowed', 403], ['an address that is not allowed, which says that it is another', 403],
    ['an address that is not allowed, on port 80', 403],
  ])('%s: %s', (name, outcome) => {
    expect(requests[name].outcome).toBe(outcome);
  });

  test.each(['tokens', 'over-http', 'over-grpc', 'by-host'])('port 80 of %s redirects, and asks nobody who he is', gateway => {
    expect(requests[`port 80 redirects without asking, through edge/${gateway}`])
      .toMatchObject({ outcome: 301, headers: { location: 'https://admin.example.com/cart' } });
  });

  test('what the gateway writes of a token nobody else writes', () => {
    expect(headersAtBackend(requests['a good token, and a header that only the gateway writes, through edge/tokens'])['x-user']).toBe('alice');
    expect(headersAtBackend(requests['a header that only the gateway writes, without a token'])).not.toHaveProperty('x-user');
  });

  test('pages of an origin are answered without a token, and others learn nothing', () => {
    expect(requests['a page of an origin asks, without a token'].headers).toMatchObject({
      'access-control-allow-origin': 'https://pages.example.org', 'access-control-allow-methods': 'PUT', 'access-control-max-age': '600',
    });
    expect(requests['a page of another origin asks'].headers).not.toHaveProperty('access-control-allow-origin');
    expect(requests['the page calls']).toMatchObject({ outcome: 200, headers: { 'access-control-allow-origin': 'https://pages.example.org' } });
  });

  test.each([
    ['the host that needs a token, without one', 401],
    ['the host that needs a token, with one', 200],
    ['the host that needs a token, with one, from an address that is denied everywhere', 403],
    ['the host of the authorizer, with its leave', 200],
    ['the host of the authorizer, with a token only', 403],
    ['the host of the authorizer, from an address that is denied everywhere', 403],
  ])('what is said of a host holds beside what is said of all: %s: %s', (name, outcome) => {
    expect(requests[name].outcome).toBe(outcome);
  });
});

describe('what gateways of Envoy Gateway let through', () => {
  const requests = requestsOf('edge-envoy-gateway-traffic');

  test('their Envoys take all that they are told', () => {
    expect(requests).not.toHaveProperty('refused');
  });

  test.each([
    ['as many to a path as may come, and more, whatever their query', { 200: 3, 429: 2 }],
    ['with another method, to which the limit is none', { 200: 4 }],
    ['as many below a path as may come, and more', { 200: 4, 429: 2 }],
    ['as many with a header as may come, and more', { 200: 2, 429: 2 }],
    // Of 20, those that came through before: 3, 4, 4 and 2.
    ['as many of any kind as may come, and more', { 200: 7, 429: 13 }],
    ['to another rule of the route, which is counted by itself', { 200: 3 }],
    ['to another host, which is counted by itself', { 200: 3 }],
    ['port 80 redirects whatever the rate', { 301: 25 }],
    ['from an address', { 200: 2, 429: 1 }], ['from another address', { 200: 2, 429: 1 }], ['from an address of the other family', { 200: 2, 429: 1 }],
    ['with a key', { 200: 2, 429: 1 }], ['with another key', { 200: 2, 429: 1 }], ['without a key', { 200: 3 }],
  ])('%s: %j', (name, outcomes) => {
    expect(requests[name].outcomes).toEqual(outcomes);
  });

  test.each([
    ['a body that is short enough', 200], ['a body that is too long', 413], ['a body of which nobody knew the length', 413],
    ['a WebSocket, whose body has no end', 403], ['a WebSocket, where bodies are not limited', 101],
  ])('%s: %s', (name, outcome) => {
    expect(requests[name].outcome).toBe(outcome);
  });

  test('headers come and go, and over HTTPS alone it is said that nothing else is spoken', () => {
    const verdict = requests['headers that clients must not write, and must not read'];

    expect(headersAtBackend(verdict)).not.toHaveProperty('x-user');
    expect(verdict.headers).toEqual({ 'strict-transport-security': 'max-age=31536000', 'x-frame-options': 'DENY', 'x-share': '100% safe' });
    expect(requests['headers of a redirect, which are not encrypted'].headers)
      .toEqual({ 'location': 'https://shop.example.com/', 'x-frame-options': 'DENY', 'x-share': '100% safe' });
    expect(requests['headers of a host of which nothing is said'].headers).toBeUndefined();
    expect(requests['headers of a host of which more is said'].headers).toEqual({ 'x-frame-options': 'DENY' });
  });

  test.each([
    ['a script answers', 418],
    ['a script answers nobody from an address that is denied', 403],
    ['a body that is too long, as long as there may be requests', 413],
    ['a body that is too long, when there may be no more', 429],
  ])('addresses come before scripts, and rates before bodies: %s: %s', (name, outcome) => {
    expect(requests[name].outcome).toBe(outcome);
  });

  test('who is counted is not told how far he may go', () => {
    expect(requests['who is counted learns no limit']).toMatchObject({ outcome: 200 });
    expect(requests['who is counted learns no limit'].headers).toBeUndefined();
    expect(requests['who is not counted learns that nothing limits him'].headers).toHaveProperty('x-ratelimit-limit', '4294967295');
  });

  test('scripts run in their order, and what is asked for is logged', () => {
    expect(headersAtBackend(requests['scripts run in their order'])['x-script']).toBe('first, second');
    expect(requests['what went well is not logged'].hops[0].logged).toBeUndefined();
    expect(requests['what was refused is logged'].hops[0].logged).toBe(true);
  });
});
