import { join } from 'node:path';
import { CASES } from '../../conformance/case';
import { RequestVerdict, SharesVerdict } from '../../conformance/envoy/verdict';
import { recordedIn } from '../../conformance/recorded';

/** What real Envoys did with a request, as it is recorded. */
function request(name: string, what: string): RequestVerdict {
  const verdict = (recordedIn(join(CASES, name))?.engines.envoy as { [request: string]: RequestVerdict } | undefined)?.[what];
  if (verdict === undefined) {
    throw new Error(`case ${name} has no verdict on '${what}'`);
  }
  return verdict;
}

const shares = (name: string, what: string) => request(name, what) as unknown as SharesVerdict;
const backendOf = (verdict: RequestVerdict) => (verdict.backend as { backend: string } | undefined)?.backend;
const headersAtBackend = (verdict: RequestVerdict) => (verdict.backend as { headers: { [name: string]: string } }).headers;
const clustersOf = (verdict: RequestVerdict) => verdict.hops.map(({ cluster }) => cluster);
const DENIED = 'rbac_access_denied_matched_policy[none]';

test('no Envoy refuses anything that istiod made of our manifests', () => {
  const names = ['quickstart-canary', 'quickstart-egress', 'online-boutique-canary', 'online-boutique-calls', 'online-boutique-egress', 'egress-modes', 'http-route-rules'];

  expect(names.filter(name => 'refused' in (recordedIn(join(CASES, name))!.engines.envoy as object))).toEqual([]);
});

describe.each([
  ['quickstart', 'quickstart-canary', 'shop/web-v1:8080', 'shop/web-v2:8080', 'outbound|80||web-v2.shop.svc.cluster.local'],
  ['online boutique', 'online-boutique-canary', 'online-boutique/frontend-v1:8080', 'online-boutique/frontend-v2:8080',
    'outbound|80|v2|frontend.online-boutique.svc.cluster.local'],
])('the way into the %s', (_, name, stable, canary, canaryCluster) => {
  test('leads testers to the canary', () => {
    const verdict = request(name, 'a tester, by the header');

    expect(verdict.outcome).toBe(200);
    expect(clustersOf(verdict)[0]).toBe(canaryCluster);
    expect(backendOf(verdict)).toBe(canary);
    expect(verdict.backend).toMatchObject({ path: '/cart?item=1' });
  });

  test('leads one request in ten to the canary', () => {
    expect(shares(name, 'everybody, by weight')).toEqual({ outcomes: [200], shares: { [stable]: '90 % ± 6', [canary]: '10 % ± 6' } });
  });

  test('redirects plain HTTP', () => {
    const { outcome, headers } = request(name, 'port 80 redirects');

    expect(outcome).toBe(301);
    expect(headers).toEqual({ location: 'https://shop.example.com/cart?item=1' });
  });

  test('serves no other host', () => {
    expect(request(name, 'an unknown host on port 80').outcome).toBe(404);
    expect(request(name, 'an unknown host behind the handshake of a known one').outcome).toBe(404);
    expect(request(name, 'an unknown host in the TLS handshake')).toMatchObject({ outcome: 'closed', hops: [{ because: 'filter_chain_not_found' }] });
  });
});

describe('calls between services', () => {
  test('are allowed by the identity of the caller, its method and its path', () => {
    const allowed = request('quickstart-authorization', 'web-v2 asks web-v1 for orders');

    expect(allowed.outcome).toBe(200);
    expect(allowed.hops[1]).toMatchObject({ proxy: 'shop/web-v1', client: 'spiffe://cluster.local/ns/shop/sa/web-v2' });
  });

  test.each([
    'web-v2 asks web-v1 with another method',
    'web-v2 asks web-v1 for another path',
    'web-v1 asks web-v2, which nobody allowed',
    'another workload of the mesh asks web-v1 for orders',
  ])('are denied by the proxy of the callee: %s', what => {
    const denied = request('quickstart-authorization', what);

    expect(denied.outcome).toBe(403);
    expect(denied.hops.at(-1)).toMatchObject({ because: DENIED });
    expect(denied.backend).toBeUndefined();
  });

  test('need mutual TLS', () => {
    const withoutSidecar = request('quickstart-authorization', 'a pod without a sidecar asks web-v1 for orders');
    const passedOn = request('quickstart-authorization', 'another workload of the mesh names the host of the gateway');

    expect([withoutSidecar.outcome, passedOn.outcome]).toEqual(['closed', 503]);
    for (const { hops } of [withoutSidecar, passedOn]) {
      expect(hops.at(-1)).toEqual({ proxy: 'shop/web-v1', because: 'filter_chain_not_found', flags: 'NR' });
    }
  });

  test.each([
    ['checkoutservice empties the cart', 200, 'online-boutique/cartservice:7070'],
    ['frontend adds to the cart', 200, 'online-boutique/cartservice:7070'],
    ['the canary of frontend adds to the cart', 200, 'online-boutique/cartservice:7070'],
    ['checkoutservice charges', 200, 'online-boutique/paymentservice:50051'],
    ['checkoutservice sends a mail, to another port than that of the pod', 200, 'online-boutique/emailservice:8080'],
    ['cartservice talks to redis', 'answered', 'online-boutique/redis-cart:6379'],
    ['checkoutservice adds to the cart, which it does not need', 403, undefined],
    ['frontend charges, which it must not', 403, undefined],
    ['adservice calls currencyservice, which it does not need', 403, undefined],
    ['frontend talks to redis, which it must not', 'closed', undefined],
  ])('of the online boutique: %s', (what, outcome, backend) => {
    const verdict = request('online-boutique-calls', what);

    expect(verdict.outcome).toBe(outcome);
    expect(backendOf(verdict)).toBe(backend);
    expect(verdict.hops[1].because).toBe(backend === undefined ? DENIED : undefined);
  });

  test('a frontend is nobody\'s to call but the gateway\'s', () => {
    expect(shares('online-boutique-calls', 'adservice calls frontend, which nobody but the gateway may')).toEqual({ outcomes: [403], shares: { '(none)': '100.0 %' } });
  });
});

describe('the way out, hop by hop', () => {
  test('TLS is passed through', () => {
    const verdict = request('quickstart-egress', 'a client calls the host');

    expect(verdict.outcome).toBe(200);
    expect(verdict.hops).toEqual([
      { proxy: 'shop/web-v1', cluster: 'outbound|443|api-stripe-com|istio-egressgateway.egress.svc.cluster.local', sni: 'api.stripe.com' },
      { proxy: 'egress/istio-egressgateway', cluster: 'outbound|443||api.stripe.com', sni: 'api.stripe.com', client: 'spiffe://cluster.local/ns/shop/sa/web-v1' },
    ]);
    expect(verdict.backend).toMatchObject({ backend: 'api.stripe.com:443', sni: 'api.stripe.com', method: 'POST', path: '/v1/charges' });
  });

  test('TLS is begun by the gateway', () => {
    const verdict = request('online-boutique-egress', 'paymentservice calls the host in plain HTTP, the gateway in TLS');

    expect(verdict.hops.map(({ proxy }) => proxy)).toEqual(['online-boutique/paymentservice', 'egress/istio-egressgateway']);
    expect(verdict.hops[1].client).toBe('spiffe://cluster.local/ns/online-boutique/sa/paymentservice');
    expect(verdict.backend).toMatchObject({ backend: 'api.payments.example.com:443', sni: 'api.payments.example.com', path: '/charges?amount=1' });
  });

  test('the world outside learns no identity of the mesh', () => {
    expect(Object.keys(headersAtBackend(request('online-boutique-egress', 'paymentservice calls the host in plain HTTP, the gateway in TLS'))))
      .toEqual(['host', 'x-forwarded-proto']);
    expect(Object.keys(headersAtBackend(request('egress-modes', 'plain HTTP: a client')))).toEqual(['host', 'x-forwarded-proto']);
  });

  test('without a list of clients, the TLS of the application is all that there is', () => {
    const { outcome, hops } = request('requests-15-egress-tls-passthrough-istio', 'a workload of a client namespace');

    expect(outcome).toBe(200);
    expect(hops[1]).toEqual({ proxy: 'egress/istio-egressgateway', cluster: 'outbound|443||api.stripe.com', sni: 'api.stripe.com' });
  });

  test.each([
    ['plain HTTP', 403, 'http.example.com:80'],
    ['plain HTTP on a port of its own', 403, 'port.example.com:8080'],
    ['TLS that the gateway begins', 403, 'originate.example.com:443'],
    ['TLS that the gateway begins, on ports of its own', 403, 'originate-port.example.com:8443'],
    ['TLS that is passed through', 'closed', 'tls.example.com:443'],
    ['TLS that is passed through, on a port of its own', 'closed', 'tls-port.example.com:8443'],
  ])('%s: for clients only', (way, refusal, backend) => {
    const client = request('egress-modes', `${way}: a client`);
    const other = request('egress-modes', `${way}: no client`);

    expect([client.outcome, backendOf(client)]).toEqual([200, backend]);
    expect([other.outcome, backendOf(other), other.hops[1].because]).toEqual([refusal, undefined, DENIED]);
  });

  test('the gateway takes only the hosts that it was told', () => {
    expect(request('quickstart-egress', 'a client asks the gateway for another host')).toMatchObject({ outcome: 'closed', hops: [{}, { because: 'filter_chain_not_found' }] });
  });

  test('an application that begins TLS itself does not pass by the gateway', () => {
    const verdict = request('online-boutique-egress', 'paymentservice begins TLS itself');

    expect(verdict.backend).toBeUndefined();
    expect(verdict.hops.at(-1)).toMatchObject({ proxy: 'egress/istio-egressgateway', because: 'http1.codec_error' });
  });
});

describe('a host that is not registered', () => {
  test.each([
    ['quickstart-egress', 'with plain HTTP', 502, undefined],
    ['quickstart-egress', 'with TLS', 'closed', 'BlackHoleCluster'],
    ['quickstart-egress', 'with plain TCP', 'closed', 'BlackHoleCluster'],
    ['online-boutique-egress', 'with plain HTTP', 502, undefined],
    ['online-boutique-egress', 'with TLS', 'closed', 'BlackHoleCluster'],
    ['requests-17-egress-registry-only', 'with plain HTTP', 'closed', 'BlackHoleCluster'],
    ['requests-17-egress-registry-only', 'with TLS', 'closed', 'BlackHoleCluster'],
  ])('is out of reach: %s, %s', (name, how, outcome, cluster) => {
    const verdict = request(name, `a host that is not registered, ${how}`);

    expect(verdict.outcome).toBe(outcome);
    expect(clustersOf(verdict)).toEqual([cluster]);
    expect(verdict.backend).toBeUndefined();
  });

  test('is in reach of a namespace that nobody confined: so the cases can tell', () => {
    expect(request('quickstart-egress', 'a host that is not registered, from a namespace that may reach any')).toMatchObject({
      outcome: 200, hops: [{ cluster: 'PassthroughCluster' }], backend: { backend: 'api.github.com:443' },
    });
  });
});

describe('a canary', () => {
  const verdicts = recordedIn(join(CASES, 'canary-paths'))!.engines.envoy as { [request: string]: RequestVerdict };
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

test('TLS under 1.2 is refused where a server says so', () => {
  expect(request('requests-08-istio-gateway-min-tls', 'with TLS 1.2').outcome).toBe(200);
  expect(request('requests-08-istio-gateway-min-tls', 'with TLS 1.1').outcome).toMatch(/PROTOCOL_VERSION/);
});
