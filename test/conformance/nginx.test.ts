import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { caseNames, CASES, readSpec } from '../../conformance/case';
import { Dns } from '../../conformance/nginx/dns';
import { adapt, hostsOfSecrets, NginxPod, nginxPods } from '../../conformance/nginx/pod';
import { recordedIn } from '../../conformance/recorded';
import { readManifests } from '../../conformance/world/manifest';

interface Seen { readonly backend: string; readonly path: string; readonly headers: { readonly [name: string]: string } }
interface Reply { readonly outcome: number | string; readonly backend?: Seen }
interface Hop { readonly proxy: string; readonly cluster: string; readonly client?: string }
interface Verdict {
  readonly nginx: { readonly [workload: string]: { readonly configuration: string; readonly health: number } };
  readonly requests: { readonly [name: string]: Reply & { readonly hops?: readonly Hop[] } };
}

const said = <T = Verdict>(name: string, engine = 'nginx') => recordedIn(join(CASES, name))?.engines[engine] as T;

describe('nginx', () => {
  test.each(caseNames().filter(name => readSpec(name).engines.includes('nginx')))('takes every configuration of %s, and is healthy', name => {
    const verdicts = Object.values(said(name).nginx);

    expect(verdicts).not.toEqual([]);
    expect(verdicts.filter(({ configuration, health }) => configuration !== 'taken' || health !== 200)).toEqual([]);
  });

  const { requests } = said('nginx-routes');

  test.each([
    ['every path', 'shop/web:8080', '/a?b=c'],
    ['an exact path', 'shop/api-index:8080', '/api'],
    ['below a prefix', 'shop/api:8080', '/api/x'],
    ['what only begins like a prefix', 'shop/web:8080', '/apix'],
    ['a longer prefix', 'shop/api-v2:8080', '/api/v2'],
    ['steps out of a prefix', 'shop/web:8080', '/a'],
    ['steps into a prefix with escapes', 'shop/api:8080', '/api/x'],
    ['escapes of line ends', 'shop/web:8080', '/a%0D%0AX-Evil:%20yes'],
    ['escapes of a question mark and a percent sign', 'shop/web:8080', '/a%3Fb%25c?d=%2f'],
    ['a Service on port 80', 'shop/old:80', '/old'],
    ['the same Service once DNS knows it', 'shop/late:8080', '/late'],
  ])('routes %s', (name, backend, path) => {
    expect(requests[name]).toMatchObject({ backend: { backend, path } });
  });

  test.each<[string, number | string]>([
    ['a Service before DNS knows it', 502],
    ['an unknown host with TLS', 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME'],
    ['an unknown host without TLS', 404],
    ['a known name in the handshake and an unknown host', 421],
    ['port 80 of a host with TLS', 301],
    ['no certificate of a client', 400],
    ['a certificate of a stranger', 400],
    ['a certificate of a client', 200],
    ['TLS 1.2 where 1.3 is the least', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'],
    ['a client that is not allowed on port 80', 403],
    ['a denied client among allowed ones', 403],
    ['a body that is too large', 413],
    ['an answer that takes too long', 504],
    ['a certificate that was renewed by an authority unknown to clients', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['a certificate that was renewed again', 200],
    ['a WebSocket', 101],
    ['a change to HTTP/2 without TLS', 200],
  ])('answers %s with %s', (name, outcome) => {
    expect(requests[name].outcome).toBe(outcome);
  });

  test('passes on nothing that clients say of themselves, nor orders to proxies', () => {
    expect(requests['headers that are not for clients to say'].backend!.headers).toEqual({
      'host': 'web.shop.svc.cluster.local:8080',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'shop.example.com',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-kept': 'yes',
      'x-real-ip': '127.0.0.1',
    });
  });

  test.each([
    ['an address of the client that nobody is trusted for', '127.0.0.1'],
    ['an address of the client that a proxy tells', '203.0.113.9'],
    ['the header of the PROXY protocol', '203.0.113.9'],
  ])('believes %s as far as it should', (name, address) => {
    expect(requests[name].backend!.headers).toMatchObject({ 'x-forwarded-for': address, 'x-real-ip': address });
  });
});

describe('the sidecar of nginx', () => {
  const gateway = 'spiffe://cluster.local/ns/edge/sa/public';

  test.each([
    ['the Service is named', 'outbound|8080||web.shop.svc.cluster.local', 'shop/web'],
    ['the Service is named and the request is for its canary', 'outbound|8080||next.shop.svc.cluster.local', 'shop/next'],
    ['the public name is kept', 'outbound|8080||web.shop.svc.cluster.local', 'shop/web'],
    ['the public name is kept, for another Service', 'outbound|80||old.shop.svc.cluster.local', 'shop/old'],
    ['the public name is kept, for a Service on port 80', 'outbound|80||old.shop.svc.cluster.local', 'shop/old'],
  ])('encrypts it when %s', (name, cluster, workload) => {
    expect(said('nginx-mesh').requests[name]).toMatchObject({
      outcome: 200, hops: [{ proxy: 'edge/public', cluster }, { proxy: workload, client: gateway }],
    });
  });

  test('encrypts nothing for a name that it does not know, which is why it gets the name of the Service', () => {
    const asked = said<{ [name: string]: { outcome: number; hops: Hop[] } }>('nginx-mesh', 'envoy');

    expect(asked['it gets a public name that nothing has: mutual TLS is left out, and the workload refuses'])
      .toMatchObject({ outcome: 503, hops: [{ cluster: 'PassthroughCluster' }, {}] });
    expect(asked['a workload of the mesh calls the gateway by its Service'].hops.map(({ client }) => client)).toEqual([undefined, undefined]);
  });

  test('gets no connection of clients, and asks nginx for the kubelet', () => {
    const [{ proxy }] = said<{ proxy: { redirect: string[]; probes: object } }[]>('targets-03-meshed-gateway-nginx-self-managed', 'inject');

    expect(proxy.redirect[proxy.redirect.indexOf('-d') + 1].split(',')).toEqual(expect.arrayContaining(['80', '443']));
    expect(proxy.probes).toEqual({ nginx: '15020/app-health/nginx/readyz' });
  });
});

describe('the engine', () => {
  const text = [
    'pid /var/cache/nginx/nginx.pid;', '  access_log /dev/stdout requests;', '  resolver kube-dns.kube-system.svc.cluster.local valid=10s;',
    '    default /etc/nginx-certificates;', '    listen 443 ssl;', '    listen [::]:443 ssl;', '    listen 8081;', '    server_name shop.example.com;',
    '    ssl_certificate $certificates/shop-tls/tls.crt;', '    location /etc/nginx/ {', '      set $upstream web.shop.svc.cluster.local:80;',
    '      set $upstream_host $upstream;', '      set $upstream api.shop.svc.cluster.local:8080;', '      set $upstream_host $upstream;',
  ].join('\n');
  const mounts = [
    { path: '/etc/nginx', volume: { name: 'config', configMap: { name: 'edge' } } },
    { path: '/var/cache/nginx', volume: { name: 'cache' } },
    { path: '/etc/nginx-certificates/shop-tls', volume: { name: 'certificate-0', secret: { secretName: 'shop-tls' } } },
  ];
  const pod: NginxPod = { workload: 'edge/edge', namespace: 'edge', config: text, mounts, healthPath: '/healthz', healthPort: 8081 };

  test('changes addresses, ports and places of files, and nothing else', () => {
    expect(adapt(pod, { dir: '/tmp/x', ip: '127.1.2.3', dns: 5353 }).split('\n')).toEqual([
      'pid /tmp/x/var/cache/nginx/nginx.pid;', '  access_log /tmp/x/access.log requests;', '  resolver 127.0.0.1:5353 valid=10s;',
      '    default /tmp/x/etc/nginx-certificates;', '    listen 127.1.2.3:20443 ssl;', '    listen 127.1.2.3:8081;', '    server_name shop.example.com;',
      '    ssl_certificate $certificates/shop-tls/tls.crt;', '    location /etc/nginx/ {', '      set $upstream web.shop.svc.cluster.local:20080;',
      '      set $upstream_host web.shop.svc.cluster.local:80;', '      set $upstream api.shop.svc.cluster.local:8080;',
      '      set $upstream_host api.shop.svc.cluster.local:8080;',
    ]);
  });

  test('makes certificates for the hosts of the servers that name them', () => {
    expect([...hostsOfSecrets(pod)]).toEqual([['shop-tls', ['shop.example.com']]]);
  });

  test('finds the pods, and what they mount', () => {
    const manifests = (configMap: string) => readManifests(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: edge}
spec:
  template:
    spec:
      containers:
      - name: nginx
        command: [nginx, -c, /etc/nginx/nginx.conf]
        readinessProbe: {httpGet: {path: /healthz, port: 8081}}
        volumeMounts: [{name: config, mountPath: /etc/nginx}]
      volumes: [{name: config, configMap: {name: edge}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other}
spec: {template: {spec: {containers: [{name: main}]}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${configMap}, namespace: edge}
data: {nginx.conf: 'daemon off;'}
`);

    expect(nginxPods(manifests('edge'))).toMatchObject([{ workload: 'edge/edge', config: 'daemon off;', healthPath: '/healthz', healthPort: 8081 }]);
    expect(() => nginxPods(manifests('another'))).toThrow('edge/edge says /etc/nginx/nginx.conf, but no ConfigMap that it mounts has it');
  });

  test('has a DNS that knows what it is told, from then on', async () => {
    const dns = new Dns();
    const port = await dns.start();
    const socket = createSocket('udp4');
    const ask = (name: string, type = 1): Promise<Buffer> => new Promise(resolve => {
      const labels = name.split('.').flatMap(label => [Buffer.from([label.length]), Buffer.from(label)]);
      socket.once('message', resolve).send(Buffer.concat([Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]), ...labels, Buffer.from([0, 0, type, 0, 1])]), port, '127.0.0.1');
    });
    try {
      const before = await ask('web.shop');
      dns.know('web.shop', '127.1.2.3');
      const [after, other, elsewhere] = [await ask('web.shop'), await ask('web.shop', 28), await ask('api.shop')];

      // The code of the answer, how many answers there are, and the address.
      expect([before[3] % 16, before[7]]).toEqual([3, 0]);
      expect([after[3] % 16, after[7], ...after.subarray(-4)]).toEqual([0, 1, 127, 1, 2, 3]);
      expect([other[3] % 16, other[7]]).toEqual([0, 0]);
      expect([elsewhere[3] % 16, elsewhere[7]]).toEqual([3, 0]);
    } finally {
      socket.close();
      await dns.stop();
    }
  });
});
