import { createPublicKey, verify } from 'node:crypto';
import { connect } from 'node:http2';
import { AddressInfo, createServer } from 'node:net';
import { Backends } from '../../conformance/envoy/backends';
import { Network } from '../../conformance/envoy/destination';
import { frame } from '../../conformance/envoy/grpc';
import { Passthrough } from '../../conformance/envoy/passthrough';
import { ClientTrust, send, Telling } from '../../conformance/envoy/request';
import { makeToken, TEST_JWKS } from '../../conformance/envoy/token';
import { manyOf, sharesOf, verdictOf } from '../../conformance/envoy/verdict';
import { readManifests } from '../../conformance/world/manifest';
import { makeWorld } from '../../conformance/world/world';

describe('verdicts', () => {
  const replies = (count: { [backend: string]: number }) => Object.entries(count).flatMap(([backend, n]) =>
    Array.from({ length: n }, () => backend === '(none)' ? { outcome: 500 } : { outcome: 200, seen: { backend } }));
  const spec = { name: 'x', url: 'http://a/', times: 100, shares: { a: 90, b: 10 } };

  test.each([
    [{ a: 90, b: 10 }, { a: '90 % ± 6', b: '10 % ± 6' }],
    [{ a: 95, b: 5 }, { a: '90 % ± 6', b: '10 % ± 6' }],
    [{ a: 83, b: 17 }, { a: '83.0 %', b: '17.0 %' }],
    [{ 'a': 89, 'b': 10, '(none)': 1 }, { 'a': '90 % ± 6', 'b': '10 % ± 6', '(none)': '1.0 %' }],
  ])('on shares say what is wanted where chance explains the rest: %j', (count, shares) => {
    expect(sharesOf(spec, replies(count), []).shares).toEqual(shares);
  });

  test('on all and nothing are exact', () => {
    expect(sharesOf({ ...spec, shares: { a: 100 } }, replies({ a: 99, b: 1 }), []).shares).toEqual({ a: '99.0 %', b: '1.0 %' });
  });

  test('on mirrors count the copies, not what the backend behind answered', () => {
    const copies = [...Array.from({ length: 100 }, () => 'a'), ...Array.from({ length: 48 }, () => 'm')];

    expect(sharesOf({ ...spec, shares: { a: 100 }, mirrors: { m: 50 } }, replies({ a: 100 }), copies).mirrors).toEqual({ m: '50 % ± 6' });
  });

  test('on many requests need what each backend should get', () => {
    expect(() => sharesOf({ ...spec, shares: {} }, replies({ a: 2 }), [])).toThrow('request \'x\' is sent 2 times, but says no shares: add what each backend should get, or what to tell of them');
  });

  test('on one request have its hops in order, and nothing that changes from run to run', () => {
    const xfcc = 'By=spiffe://a;Hash=0123abcd;Cert="PEM";URI=spiffe://b';
    const verdict = verdictOf(
      spec,
      { outcome: 200, headers: { date: 'today', location: '/a' }, seen: { backend: 'web', headers: { 'x-request-id': '1', 'x-forwarded-client-cert': xfcc } } },
      [{ start: 2, proxy: 'second', byChance: false }, { start: 1, proxy: 'first', byChance: false }], ['web']);

    expect(verdict).toEqual({
      outcome: 200,
      headers: { location: '/a' },
      hops: [{ proxy: 'first' }, { proxy: 'second' }],
      backend: { backend: 'web', headers: { 'x-forwarded-client-cert': 'By=spiffe://a;Cert="...";URI=spiffe://b' } },
    });
  });
});

describe('verdicts on many requests', () => {
  const many = (tell: Telling) => ({ name: 'x', url: 'http://a/', times: 3, tell });
  const replies = [{ outcome: 503 }, { outcome: 200, seen: { backend: 'a' } }, { outcome: 200, seen: { backend: 'b' } }];
  const hops = [{ start: 1, proxy: 'edge', byChance: false }, { start: 2, proxy: 'edge', byChance: false, flags: 'UO' }];

  test('count them when they come one after the other', () => {
    expect(manyOf(many('counts'), replies, hops)).toEqual({ outcomes: { 200: 2, 503: 1 }, flags: ['UO'] });
  });

  test('say which outcomes came when they come at once', () => {
    expect(manyOf(many('burst'), replies, hops)).toEqual({ outcomes: [200, 503], flags: ['UO'] });
  });

  test('say whether one backend answers', () => {
    expect(manyOf(many('spread'), replies, [])).toEqual({ outcomes: [200, 503], answeredBy: 'several' });
    expect(manyOf(many('spread'), replies.slice(1, 2), [])).toEqual({ outcomes: [200], answeredBy: 'one' });
  });
});

test.each([
  [999, '999 ms'],
  [1000, '1000 to 3000 ms'],
  [3000, '3000 ms'],
])('a request that took %d ms', (milliseconds, took) => {
  expect(verdictOf({ name: 'x', url: 'http://a/', took: { least: 1000, below: 3000 } }, { outcome: 200 }, [], [], milliseconds).took).toBe(took);
});

test('a token is signed by our key, or by a forger\'s', () => {
  const key = createPublicKey({ key: JSON.parse(TEST_JWKS).keys[0], format: 'jwk' });
  const isOurs = (token: string) => {
    const [header, payload, signature] = token.split('.');
    return verify('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  };

  expect(isOurs(makeToken({ claims: { sub: 'alice' } }))).toBe(true);
  expect(isOurs(makeToken({ claims: { sub: 'alice' }, forged: true }))).toBe(false);
  expect(TEST_JWKS).not.toContain('"d"');
});

test('a request that weights send somewhere has no verdict', () => {
  expect(() => verdictOf({ name: 'x', url: 'http://a/' }, { outcome: 200 }, [{ start: 1, proxy: 'first', cluster: 'web', byChance: true }], [])).toThrow(
    "request 'x' is sent once on a route with weights, so that its verdict is chance: say times and shares, or send it past the weights");
});

describe('the network', () => {
  const network = new Network(makeWorld(readManifests(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: web, ports: [{containerPort: 8080}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client, namespace: shop}
spec: {template: {metadata: {labels: {app: client, istio.io/rev: stable}}, spec: {containers: [{name: main, image: web}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`)));
  const [web, client] = [network.pod('shop/web'), network.pod('shop/client')];

  test.each(['web', 'web.shop', 'web.shop.svc', 'web.shop.svc.cluster.local'])('leads a sidecar to the address of %s', host => {
    expect(network.fromPod(client, host, 80)).toEqual({ ip: client.ip, port: 15001, preamble: `PROXY TCP4 ${client.ip} 10.96.0.1 40000 80\r\n` });
  });

  test('leads a pod without one to the pod', () => {
    expect(network.fromPod(web, 'web', 80)).toEqual({ ip: web.ip, port: 8080 });
    expect(() => network.fromPod(web, 'api.example.com', 443)).toThrow('shop/web is not in the mesh, and \'api.example.com:443\' leads to no pod: name a Service and its port');
  });

  test('gives each host outside an address, and knows it again', () => {
    const [, address] = /TCP4 \S+ (\S+)/.exec(network.fromPod(client, 'api.example.com', 443).preamble!)!;

    expect(network.fromPod(client, 'api.example.com', 443).preamble).toContain(address);
    expect(network.hostAt(address)).toBe('api.example.com');
    expect(network.behind('10.96.0.1', 80)).toEqual({ ip: web.ip, port: 8080 });
    expect(network.behind('10.96.0.1', 81)).toBeUndefined();
  });

  test('knows its workloads', () => {
    expect(() => network.pod('shop/nobody')).toThrow('no workload is named \'shop/nobody\': use one of shop/web, shop/client');
  });
});

describe('requests', () => {
  const nobody: ClientTrust = { authority: '', certificateBy: () => ({ certificate: '', key: '' }) };
  const backends = new Backends({ authorities: { mesh: '', public: '' }, certificates: {} });
  const passthrough = new Passthrough(async (address, port) => address === '10.0.0.1' ? { ip: '127.0.0.1', port: (await backends.get(`host:${port}`)).port } : undefined);
  afterAll(async () => { await passthrough.stop(); await backends.stop(); });
  const spec = { name: 'x', url: 'http://shop.example.com/a/../b?c=d' };

  test('reach a backend as they are written, and it says what it saw', async () => {
    const { port } = await backends.get('web');
    const { outcome, seen } = await send({ ...spec, host: 'other.example.com' }, { ip: '127.0.0.1', port }, nobody, { 'x-conformance-request': '7' });

    expect(outcome).toBe(200);
    expect(seen).toMatchObject({ backend: 'web', method: 'GET', path: '/a/../b?c=d', headers: { host: 'other.example.com' } });
    expect(backends.sawRequest('7')).toEqual(['web']);
  });

  test('tell the backend how to answer', async () => {
    const { port } = await backends.get('web');

    expect((await send({ ...spec, headers: { 'x-answer-status': '418' } }, { ip: '127.0.0.1', port }, nobody)).outcome).toBe(418);
  });

  test('speak plain TCP too', async () => {
    const { port } = await backends.get('redis');

    expect(await send({ name: 'x', url: 'tcp://redis:6379' }, { ip: '127.0.0.1', port }, nobody)).toEqual({ outcome: 'answered', seen: { backend: 'redis' } });
  });

  test('call methods in gRPC, which has a status of its own', async () => {
    const { port } = await backends.get('greeter');
    const call = (headers = {}) => send({ name: 'x', url: 'grpc://shop.example.com/shop.Greeter/Greet', headers }, { ip: '127.0.0.1', port }, nobody);

    expect(await call()).toMatchObject({ outcome: 'OK', seen: { backend: 'greeter', path: '/shop.Greeter/Greet', protocol: 'HTTP/2' } });
    expect((await call({ 'x-answer-status': '14' })).outcome).toBe('UNAVAILABLE');
  });

  test('upgrade to a WebSocket', async () => {
    const { port } = await backends.get('chat');

    expect(await send({ ...spec, url: 'ws://shop.example.com/chat' }, { ip: '127.0.0.1', port }, nobody)).toMatchObject({
      outcome: 101, seen: { backend: 'chat', path: '/chat', headers: { upgrade: 'websocket' } },
    });
  });

  test('are answered as told a number of times only', async () => {
    const { port } = await backends.get('moody');
    const once = () => send({ ...spec, headers: { 'x-answer-status': '503', 'x-answer-times': '2' } }, { ip: '127.0.0.1', port }, nobody, { 'x-conformance-request': '8' });

    expect([await once(), await once(), await once()].map(({ outcome }) => outcome)).toEqual([503, 503, 200]);
  });

  test('are answered as told by the backend that is meant', async () => {
    const { port } = await backends.get('meant');
    const ask = (by: string) => send({ ...spec, headers: { 'x-answer-status': '503', 'x-answer-by': by } }, { ip: '127.0.0.1', port }, nobody);

    expect([(await ask('meant')).outcome, (await ask('other')).outcome]).toEqual([503, 200]);
  });

  test('come from the address that is asked for', async () => {
    const server = createServer(socket => socket.end(`${JSON.stringify({ backend: socket.remoteAddress })}\n`));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { seen } = await send({ name: 'x', url: 'tcp://a:1', clientIp: '127.1.2.3' }, { ip: '127.0.0.1', port }, nobody);
    server.close();

    expect(seen).toEqual({ backend: '127.1.2.3' });
  });

  test('are judged by an authorizer, over HTTP and gRPC', async () => {
    backends.authorize('authorizer');
    const { port } = await backends.start('authorizer', '127.0.0.1', 0);
    const ask = (headers: { [name: string]: string }) => send({ ...spec, headers }, { ip: '127.0.0.1', port }, nobody);
    const check = async (body: Buffer) => {
      const session = connect(`http://127.0.0.1:${port}`);
      const stream = session.request({ ':method': 'POST', ':path': '/envoy.service.auth.v3.Authorization/Check', 'content-type': 'application/grpc' });
      stream.end(frame(body));
      const chunks: Buffer[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk as Buffer);
      }
      session.destroy();
      return Buffer.concat(chunks).subarray(5).toString('hex');
    };

    expect(await ask({ 'x-ext-authz': 'allow' })).toMatchObject({ outcome: 200, headers: { 'x-ext-authz-check-result': 'allowed' } });
    expect(await ask({ 'x-ext-authz': 'deny' })).toMatchObject({ outcome: 403, headers: { 'x-ext-authz-check-result': 'denied' } });
    expect(await check(Buffer.from('...\x0a\x0bx-ext-authz\x12\x05allow...', 'latin1'))).toBe('0a00');
    expect(await check(Buffer.from('...\x0a\x0bx-ext-authz\x12\x04deny...', 'latin1'))).toBe('0a020807');
  });

  test('say so when no datagram is taken', async () => {
    expect(await send({ name: 'x', url: 'udp://dns.example.com:53' }, { ip: '127.0.0.1', port: 1 }, nobody)).toEqual({ outcome: 'nothing listens' });
  });

  test('are passed on to where they wanted to go, or end', async () => {
    const port = await passthrough.start();
    const preamble = (address: string) => `PROXY TCP4 127.0.0.1 ${address} 40000 5432\r\n`;

    expect((await send({ name: 'x', url: 'tcp://db:5432' }, { ip: '127.0.0.1', port, preamble: preamble('10.0.0.1') }, nobody)).seen).toEqual({ backend: 'host:5432' });
    expect((await send({ name: 'x', url: 'tcp://db:5432' }, { ip: '127.0.0.1', port, preamble: preamble('10.0.0.2') }, nobody)).outcome).toBe('closed');
  });

  test('say when nothing listens, and when the other side ends', async () => {
    const closed = await backends.get('soon closed');
    expect((await send({ ...spec, url: 'https://shop.example.com/' }, { ip: '127.0.0.1', port: closed.port }, nobody)).outcome).not.toBe(200);
    expect((await send(spec, { ip: '127.0.0.1', port: 1 }, nobody)).outcome).toBe('nothing listens');
  });
});
