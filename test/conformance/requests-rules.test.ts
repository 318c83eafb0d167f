import { backendOf, headersAtBackend, request, requestsOf, shares } from './recorded-requests';

describe('a canary', () => {
  const verdicts = requestsOf('canary-paths');
  const asked = Object.keys(verdicts).filter(what => what.endsWith(', through edge/edge')).map(what => what.replace(', through edge/edge', ''));
  const seenThrough = (gateway: string, what: string) => {
    const { outcome, backend } = verdicts[`${what}, through ${gateway}`];
    // The identities of the two gateways are among the headers.
    return { outcome, backend: { ...backend, headers: undefined } };
  };

  test('is asked for many paths, queries, methods and headers', () => {
    expect(asked.length).toBeGreaterThan(25);
  });

  test.each(asked)('means the same in Istio as in Gateway API: %s', what => {
    expect(seenThrough('edge/edge', what)).toEqual(seenThrough('edge/gateway-api-istio', what));
  });

  test.each([
    ['below the prefix', 'shop/web-v1:8080'],
    ['longer than the prefix', undefined],
    ['the pinned prefix', 'shop/web-v2:8080'],
    ['longer than the pinned prefix', 'shop/web-v1:8080'],
    ['the pinned exact path with a slash', 'shop/web-v1:8080'],
    ['the pinned query with another value', 'shop/web-v1:8080'],
    ['the pinned method', 'shop/web-v2:8080'],
    ['the pinned header', 'shop/web-v2:8080'],
  ])('%s', (what, backend) => {
    expect(backendOf(verdicts[`${what}, through edge/edge`])).toBe(backend);
  });

  test('at a weight of 0 is reached by its header only, at the gateway and in the mesh', () => {
    for (const where of ['at the gateway', 'in the mesh']) {
      expect(backendOf(request('requests-04-header-canary-istio', `${where}, by the header`))).toBe('shop/backend-v2:8080');
      expect(shares('requests-04-header-canary-istio', `${where}, without it`).shares).toEqual({ 'shop/backend-v1:8080': '100.0 %' });
    }
  });
});

describe('rules of an HTTPRoute', () => {
  const rule = (what: string) => request('http-route-rules', what);

  test.each([
    ['a method', 'shop/web-v2:8080'],
    ['a query by a regular expression', 'shop/web-v2:8080'],
    ['a query by a regular expression that takes the whole value', 'shop/web-v1:8080'],
    ['a header by a regular expression', 'shop/web-v2:8080'],
    ['an exact path', 'shop/web-v2:8080'],
    ['an exact path with a slash', 'shop/web-v1:8080'],
    ['a backend of another namespace, granted', 'search/search:8080'],
  ])('%s', (what, backend) => {
    expect([rule(what).outcome, backendOf(rule(what))]).toEqual([200, backend]);
  });

  test('change headers, host and path', () => {
    expect(headersAtBackend(rule('headers are set, added to and removed'))).toMatchObject({ 'x-set': 'route', 'x-add': 'client, route' });
    expect(headersAtBackend(rule('headers are set, added to and removed'))).not.toHaveProperty('x-remove');
    expect(rule('headers are set, added to and removed').headers).toEqual({ 'x-frame-options': 'DENY' });
    expect(rule('host and prefix are rewritten').backend).toMatchObject({ path: '/users?a=b', headers: { host: 'internal.example.com' } });
    expect(rule('the prefix alone is rewritten').backend).toMatchObject({ path: '/' });
    expect(rule('the whole path is rewritten').backend).toMatchObject({ path: '/index.html?c=d' });
  });

  test('redirect', () => {
    const seen = (what: string) => [rule(what).outcome, rule(what).headers?.location];

    expect(seen('a prefix is redirected to another host')).toEqual([302, 'http://new.example.com/new/a?b=c']);
    expect(seen('a redirect to another port')).toEqual([301, 'https://redirects.example.com:8443/port/a']);
    expect(seen('a redirect to another path, without a status')).toEqual([302, 'http://redirects.example.com/moved']);
  });

  test('copy, answer preflight requests, and give up', () => {
    expect(rule('a mirror gets a copy').copies).toEqual(['shop/web-v1:8080', 'shop/web-v2:8080']);
    expect(rule('a preflight request of an allowed origin').headers).toMatchObject({ 'access-control-allow-origin': 'https://app.example.com' });
    expect(rule('a preflight request of another origin').headers).not.toHaveProperty('access-control-allow-origin');
    expect(rule('a backend that takes longer than the timeout').outcome).toBe(504);
  });

  test('without what they lead to end in 500, for the share of what is missing', () => {
    expect(rule('a backend of another namespace, not granted').outcome).toBe(500);
    expect(rule('a Service that there is not').outcome).toBe(500);
    expect(rule('a rule without a backend').outcome).toBe(500);
    expect(shares('http-route-rules', 'a Service that there is not beside one that there is')).toEqual({
      outcomes: [200, 500], shares: { 'shop/web-v1:8080': '50 % ± 6', '(none)': '50 % ± 6' },
    });
  });
});

describe('routes of a VirtualService', () => {
  const route = (what: string) => request('virtual-service-rules', what);

  test.each([
    ['a prefix counts letters, not elements of the path', 'shop/web-v2:8080', '/apix'],
    ['an exact path in any case', 'shop/web-v2:8080', '/exact'],
    ['a header that is present', 'shop/web-v2:8080', '/'],
    ['a header that is present, and one that must not be', 'shop/web-v1:8080', '/'],
    ['a query by a regular expression', 'shop/web-v2:8080', '/?v=2.1'],
    ['a method, the other of two matches', 'shop/web-v2:8080', '/'],
    ['all else', 'shop/web-v1:8080', '/other'],
    ['prefix and host are rewritten', 'shop/web-v1:8080', '/users?a=b'],
    ['a path is rewritten by a regular expression', 'shop/web-v1:8080', '/people/42?a=b'],
  ])('%s', (what, backend, path) => {
    expect(route(what)).toMatchObject({ outcome: 200, backend: { backend, path } });
  });

  test('answer themselves', () => {
    expect(route('a redirect')).toMatchObject({ outcome: 308, headers: { location: 'http://new.example.com/moved?b=c' } });
    expect(route('a response without a backend').outcome).toBe(503);
    expect(route('a fault')).toMatchObject({ outcome: 418, hops: [{ because: 'fault_filter_abort' }] });
    expect(route('a host that there is not').outcome).toBe(503);
  });

  test('give up, try again, and copy', () => {
    expect(route('a backend that takes longer than the timeout').outcome).toBe(504);
    expect(route('a backend that fails is asked again').copies).toEqual(Array(3).fill('shop/web-v1:8080'));
    expect(route('a mirror gets a copy').copies).toEqual(['shop/web-v1:8080', 'shop/web-v2:8080']);
  });

  test.each([
    ['a path that is denied', 403],
    ['a path below one that is denied', 403],
    ['a denied path by way of another', 403],
    ['a denied path in percent signs', 403],
    ['a denied path with a doubled slash, which policies do not merge', 200],
  ])('a policy denies by the path as Envoy normalizes it: %s', (what, outcome) => {
    expect(route(what).outcome).toBe(outcome);
  });
});

test('both Deployments of a gateway serve it', () => {
  for (const gateway of ['istio-ingressgateway', 'istio-ingressgateway-canary']) {
    expect(request('requests-07-gateway-deployment-canary', `a request, through gateways/${gateway}`)).toMatchObject({ outcome: 200, backend: { backend: 'shop/web:8080' } });
    expect(request('requests-07-gateway-deployment-canary', `plain HTTP, through gateways/${gateway}`).outcome).toBe(301);
  }
});

test('each host of a gateway has its certificate, which the client checked, and only its own requests', () => {
  const host = (what: string) => request('gateway-hosts', what);

  expect(host('the first host, with its certificate')).toMatchObject({ outcome: 200, backend: { backend: 'shop/web-v1:8080' } });
  expect(host('the second host, with its certificate')).toMatchObject({ outcome: 200, backend: { backend: 'shop/web-v2:8080' } });
  expect(host('the handshake of one host, the request of the other').outcome).toBe(404);
  expect(host('plain HTTP to the second host')).toMatchObject({ outcome: 301, headers: { location: 'https://admin.example.com/a' } });
});

test('TLS under 1.2 is refused where a server says so', () => {
  expect(request('requests-08-istio-gateway-min-tls', 'with TLS 1.2').outcome).toBe(200);
  expect(request('requests-08-istio-gateway-min-tls', 'with TLS 1.1').outcome).toMatch(/PROTOCOL_VERSION/);
});
