import { backendOf, headersAtBackend, request, requestsOf, shares } from './recorded-requests';
import { caseNames } from '../../conformance/case';
import { RequestVerdict } from '../../conformance/envoy/verdict';

const clustersOf = (verdict: RequestVerdict) => verdict.hops.map(({ cluster }) => cluster);
const DENIED = 'rbac_access_denied_matched_policy[none]';

test('no Envoy refuses anything that istiod made of our manifests', () => {
  const judged = caseNames().filter(name => Object.keys(requestsOf(name)).length > 0);

  expect(judged.length).toBeGreaterThan(18);
  expect(judged.filter(name => 'refused' in requestsOf(name))).toEqual([]);
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
