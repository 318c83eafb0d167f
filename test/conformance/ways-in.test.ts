import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { backendOf, request, requestsOf } from './recorded-requests';
import { CASES } from '../../conformance/case';
import { GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace } from '../../src';

const HOSTS = 'gateway-form-hosts';
const CLIENTS = 'gateway-form-clients';
const ADDRESSES = 'gateway-form-addresses';

/** Forms whose proxy is Istio's: how cases name a gateway of each. */
const FORMS: { readonly [form: string]: (name: string) => string } = {
  'provisioned': name => `${name}-istio`,
  'self-managed': name => `${name}-own`,
  'self-managed, bound to Gateway API': name => `${name}-routes`,
};

const REFUSED_BY_TLS = 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA';

/** What is asked of each: the case, the gateway, the request, its outcome, and who answers behind the gateway. */
const ASKED: [name: string, gateway: string, what: string, outcome: number | string, backend: string | undefined][] = [
  [HOSTS, 'several', 'HTTPS', 200, 'shop/web:8080'],
  [HOSTS, 'several', 'a host under a wildcard', 200, 'shop/web:8080'],
  [HOSTS, 'several', 'a host that is served over plain HTTP', 200, 'shop/web:8080'],
  [HOSTS, 'several', 'plain HTTP', 301, undefined],
  [HOSTS, 'several', 'TLS that is passed on', 'answered', 'shop/secure:8443'],
  [HOSTS, 'several', 'bytes', 'answered', 'shop/data:5432'],
  [HOSTS, 'several', 'a host that is not served', 'closed', undefined],
  [HOSTS, 'several', 'an old version of TLS', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', undefined],
  [HOSTS, 'suites', 'a cipher suite on the list', 200, 'shop/web:8080'],
  [CLIENTS, 'required', 'a client of the authority', 200, 'shop/web:8080'],
  [CLIENTS, 'required', 'a client of another authority', REFUSED_BY_TLS, undefined],
  [CLIENTS, 'required', 'a client without a certificate', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', undefined],
  [CLIENTS, 'optional', 'a client of the authority where it need not show it', 200, 'shop/web:8080'],
  [CLIENTS, 'optional', 'a client of another authority where it need not show it', REFUSED_BY_TLS, undefined],
  [CLIENTS, 'optional', 'a client without a certificate where it need not show it', 200, 'shop/web:8080'],
  [ADDRESSES, 'direct', 'a peer on the list', 200, 'shop/web:8080'],
  [ADDRESSES, 'direct', 'a peer not on the list', 403, undefined],
  [ADDRESSES, 'direct', 'a peer that claims to be on the list', 403, undefined],
  [ADDRESSES, 'behind', 'a client that the trusted proxy names', 200, 'shop/web:8080'],
  [ADDRESSES, 'behind', 'a client that it names, and is not on the list', 403, undefined],
  [ADDRESSES, 'balanced', 'a client that the PROXY protocol names', 200, 'shop/web:8080'],
  [ADDRESSES, 'balanced', 'a client that it names, and is not on the list either', 403, undefined],
  [ADDRESSES, 'balanced', 'a connection without the PROXY protocol', 'closed', undefined],
];

describe.each(Object.entries(FORMS))('a gateway that is %s', (_, gatewayOf) => {
  test.each(ASKED)('%s, %s, %s: %s', (name, gateway, what, outcome, backend) => {
    const workload = `edge/${gatewayOf(gateway)}`;
    const verdict = request(name, `${what}, through ${workload}`);

    expect([verdict.outcome, backendOf(verdict)]).toEqual([outcome, backend]);
    // From the gateway on it is mTLS, with the account of the gateway.
    const callee = verdict.hops.find(({ proxy }) => proxy === backend?.split(':')[0]);
    expect(callee?.client).toBe(backend && `spiffe://cluster.local/ns/edge/sa/${gatewayOf(gateway)}`);
  });

  test('every request of the cases is among those that are asked of it', () => {
    const asked = ASKED.map(([name, gateway, what]) => `${name}: ${what}, through edge/${gatewayOf(gateway)}`);
    const sent = [HOSTS, CLIENTS, ADDRESSES].flatMap(name => Object.keys(requestsOf(name)).map(what => `${name}: ${what}`))
      .filter(what => what.endsWith(gatewayOf('')));

    expect(sent.filter(what => !asked.includes(what))).toEqual([]);
  });

  test('sends the client of a host with TLS there, with the path that it asked for', () => {
    expect(request(HOSTS, `plain HTTP, through edge/${gatewayOf('several')}`).headers).toEqual({ location: 'https://shop.example.com/a' });
  });
});

test('a gateway on every node, with a canary, and promoted, serve what they are for', () => {
  const requests = Object.entries(requestsOf('gateway-form-canaries'));

  expect(new Set(requests.flatMap(([, { hops }]) => hops.map(({ proxy }) => proxy)))).toEqual(new Set([
    'edge/shared', 'edge/shared-canary', 'edge/apart', 'edge/apart-canary', 'edge/promoted', 'edge/nodes', 'edge/nodes-canary', 'edge/bound', 'edge/bound-canary',
  ]));
  // The route behind the bound one tells by a redirect which of its pods answers.
  const meant = (what: string) => !what.startsWith('over HTTPS') ? 301 : what.includes(', bound,') ? 302 : 200;
  expect(requests.map(([what, { outcome }]) => [what, outcome])).toEqual(requests.map(([what]) => [what, meant(what)]));
});

describe('an nginx in front', () => {
  const requests = JSON.parse(readFileSync(join(CASES, 'nginx-routes', 'verdict.json'), 'utf8')).engines.nginx.requests;

  test.each([
    ['every path', 200, 'shop/web:8080'], ['a host under a wildcard', 200, 'shop/old:80'], ['a host without TLS', 200, 'shop/web:8080'],
    ['port 80 of a host with TLS', 301, undefined], ['an unknown host with TLS', 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME', undefined],
    ['an unknown host without TLS', 404, undefined], ['TLS 1.1', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', undefined],
    ['a certificate of a client', 200, 'shop/web:8080'], ['a certificate of a stranger', 400, undefined], ['no certificate of a client', 400, undefined],
    ['a client that is not allowed', 403, undefined], ['the header of the PROXY protocol', 200, 'shop/web:8080'],
    ['no header of the PROXY protocol', 'closed', undefined],
  ])('%s: %s', (what, outcome, backend) => {
    expect([requests[what].outcome, requests[what].backend?.backend]).toEqual([outcome, backend]);
  });

  test('sends with mTLS, by the account of the gateway', () => {
    const { hops } = JSON.parse(readFileSync(join(CASES, 'nginx-mesh', 'verdict.json'), 'utf8')).engines.envoy['the sidecar of nginx gets the name of the Service'];

    expect(hops[1]).toMatchObject({ proxy: 'shop/web', client: 'spiffe://cluster.local/ns/edge/sa/public' });
  });

  test.each([['passthrough', GatewayHost.passthrough('bank.example.com')], ['tcp', GatewayHost.tcp(9042)]])('cannot be asked for %s', (_, host) => {
    const chart = new Chart(new App(), 'chart');
    const mesh = new IstioMesh(chart, 'Mesh');
    const namespace = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

    expect(() => new MeshedGateway(chart, 'Gateway', { namespace, form: GatewayForm.nginx(), hosts: [host] })).toThrow('nginx');
  });
});

test('every form of a gateway, and every kind of host, is among them', () => {
  const namesOf = (of: object) => Object.getOwnPropertyNames(of).filter(name => !['length', 'name', 'prototype'].includes(name) && !name.startsWith('_')).sort();

  expect(namesOf(GatewayForm)).toEqual(['nginx', 'provisioned', 'selfManaged']);
  expect(namesOf(GatewayHost)).toEqual(['http', 'https', 'passthrough', 'tcp']);
});
