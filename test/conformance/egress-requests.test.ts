import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendOf, headersAtBackend, request, requestsOf } from './recorded-requests';
import { CASES } from '../../conformance/case';

/** What every form with a gateway does, whatever it is made of. */
describe.each([
  ['a Deployment', 'egress-self-managed', 'egress/istio-egressgateway'],
  ['Gateway API', 'egress-provisioned', 'egress/egress-istio'],
])('a gateway of %s', (_, name, gateway) => {
  const proxies = (verdict: ReturnType<typeof request>) => verdict.hops.map(({ proxy }) => proxy);

  test.each([
    ['TLS for clients', 'known-tls.example.com:443', 'closed'],
    ['HTTP for clients', 'known-http.example.com:80', 403],
    ['a database for clients', '198.51.100.7:5432', 'closed'],
    ['plain gRPC', 'grpc.example.com:50051', 'PERMISSION_DENIED'],
    ['gRPC to which the gateway begins TLS', 'grpcs.example.com:443', 'PERMISSION_DENIED'],
    ['TLS through a forward proxy', 'behind-proxy.example.com:443', 'closed'],
    ['a database through a forward proxy', 'db-behind-proxy.example.com:5433', 'closed'],
  ])('leads a client out, and nobody else: %s', (way, backend, refusal) => {
    const client = request(name, `${way}: a client`);
    const other = request(name, `${way}: no client`);

    expect(proxies(client)).toEqual(['shop/checkout', gateway]);
    expect(backendOf(client)).toBe(backend);
    expect(client.hops[1].client).toBe('spiffe://cluster.local/ns/shop/sa/checkout');
    expect([other.outcome, other.backend]).toEqual([refusal, undefined]);
    expect(other.hops[1]).toMatchObject({ proxy: gateway, because: 'rbac_access_denied_matched_policy[none]', client: 'spiffe://cluster.local/ns/shop/sa/web' });
  });

  test.each([
    ['another path', 403], ['another method', 403], ['a method and a path for clients: no client', 403],
    ['a method and a path for clients: a client with another method', 403], ['gRPC to which the gateway begins TLS: another method', 'PERMISSION_DENIED'],
    ['a method and a path for everybody: no client', 200], ['a method and a path for clients: a client', 200],
  ])('heeds methods and paths: %s is %s', (what, outcome) => {
    expect(request(name, what).outcome).toBe(outcome);
  });

  test('begins TLS once: the host sees its own name in one handshake, and no certificate of the mesh', () => {
    const verdict = request(name, 'a method and a path for clients: a client');

    expect(verdict.backend).toMatchObject({ backend: 'api.example.com:443', sni: 'api.example.com', path: '/orders' });
    expect(verdict.backend).not.toHaveProperty('client');
    expect(Object.keys(headersAtBackend(verdict))).not.toContain('x-forwarded-client-cert');
  });

  test('proves who the host is, and who it is itself', () => {
    expect(request(name, 'own CA').outcome).toBe(200);
    expect(request(name, 'the certificate of somebody else than the own CA').outcome).toBe(503);
    expect(request(name, 'a certificate that no system trusts').outcome).toBe(503);
    expect(request(name, 'a client certificate is shown').backend).toMatchObject({ client: 'DNS:client-certificate.example.com' });
  });

  test('asks the forward proxy, and nobody else does', () => {
    expect(request(name, 'TLS through a forward proxy: a client').backend).toMatchObject({ tunnel: 'proxy.corp.example.com:3128', sni: 'behind-proxy.example.com' });
    expect(request(name, 'the forward proxy itself').outcome).toBe('closed');
  });

  test('tells ports and hosts of one service apart', () => {
    expect(['its first port', 'its second port', 'its port for TLS'].map(port => backendOf(request(name, `one host, ${port}`)))).toEqual([
      'ports.example.com:80', 'ports.example.com:8080', 'ports.example.com:8443',
    ]);
    expect(['the first', 'the second'].map(host => backendOf(request(name, `two hosts, ${host}`)))).toEqual(['one.example.com:80', 'two.example.com:80']);
  });

  test.each([
    ['a host that is not allowed, with HTTP', 502], ['a host that is not allowed, with TLS', 'closed'], ['the port of a database, another address', 'closed'],
  ])('%s is refused by the sidecar', (what, outcome) => {
    const verdict = request(name, what);

    expect([verdict.outcome, verdict.hops.length, verdict.backend]).toEqual([outcome, 1, undefined]);
  });

  test.each([['HTTP', 403], ['TLS', 'closed']])('workloads of other namespaces are refused: %s', (what, outcome) => {
    expect(request(name, `another namespace, ${what} for clients`).outcome).toBe(outcome);
  });
});

describe('sidecars without a gateway', () => {
  const name = 'egress-without-gateway';
  const outcomes = (part: string) => Object.entries(requestsOf(name)).filter(([what]) => what.endsWith(part))
    .map(([, verdict]) => (verdict as { outcome: unknown }).outcome);

  test('reach what is allowed by themselves', () => {
    expect(request(name, 'TLS that the sidecar begins: a client').backend).toMatchObject({ backend: 'api.example.com:443', sni: 'api.example.com' });
    expect(request(name, 'any host of a domain, with TLS').backend).toMatchObject({ sni: 'a.wild-tls.example.com' });
    expect(outcomes(': a client').every(outcome => [200, 'OK', 'answered'].includes(outcome as string))).toBe(true);
  });

  test('of others know nothing of it', () => {
    expect(new Set(outcomes(': no client'))).toEqual(new Set(['closed']));
  });
});

describe('a waypoint', () => {
  const requests = (name: string) => JSON.parse(readFileSync(join(CASES, name, 'verdict.json'), 'utf8')).engines.ambient.requests;

  test.each([
    ['HTTP for clients: a client', 200], ['HTTP for clients: no client', 403], ['HTTP for clients: another namespace', 403], ['another path', 403],
    ['a method and a path for clients: no client', 403], ['own CA', 200], ['a certificate that no system trusts', 503], ['a client certificate is shown', 200],
    ['TLS: a client', 200], ['TLS: no client', 'no tunnel'], ['a database: a client', 'answered'], ['a database: no client', 'no tunnel'],
    ['any host of a domain: a client', 200], ['any host of a domain: no client', 403],
  ])('answers: %s with %s', (what, status) => {
    expect(requests('egress-ambient')[what]).toMatchObject({ way: 'waypoint egress/egress', status });
  });

  test('begins TLS once', () => {
    expect(requests('targets-18-egress-ambient')['a workload of the namespace'].outside).toMatchObject({ backend: 'httpbin.org:443', sni: 'httpbin.org' });
    expect(requests('targets-18-egress-ambient')['a workload of another namespace'].status).toBe(403);
  });

  test('is not before what nobody allowed: nodes pass it on, and the NetworkPolicy stops it', () => {
    expect(requests('egress-ambient')['a host that is not allowed'].way).toBe('nodes only, which pass on what they do not know');
  });
});
