import { Duration, Testing } from 'cdk8s';
import {
  CaptureMode, ConnectionPool, DataPlane, IstioMesh, IstioProtocol, IstioVersion, OutboundTrafficMode, ServerTls, Sidecar,
  SidecarEgressListener, SidecarIngressListener, SidecarProps, WorkloadSelector,
} from '../../src';

const http = { number: 9080, protocol: IstioProtocol.HTTP };
const files = { serverCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key' };

function spec(props?: Partial<SidecarProps>, change: (sidecar: Sidecar) => void = () => {}): any {
  const chart = Testing.chart();
  change(new Sidecar(chart, 'Sidecar', { metadata: { name: 'default', namespace: 'shop' }, outboundTrafficMode: OutboundTrafficMode.ALLOW_ANY, ...props }));
  return Testing.synth(chart)[0].spec;
}

describe('a Sidecar', () => {
  test('writes mode and imported hosts', () => {
    // GIVEN
    const chart = Testing.chart();

    // WHEN
    new Sidecar(chart, 'Sidecar', {
      metadata: { name: 'default', namespace: 'shop' },
      outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY,
      egress: [{ hosts: ['./*', 'istio-system/*', 'egress/*'] }],
    });

    // THEN
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 'default', namespace: 'shop' },
      spec: { egress: [{ hosts: ['./*', 'istio-system/*', 'egress/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    }]);
  });

  test('writes every field, and the listener without a port last', () => {
    expect(spec({
      workloadSelector: WorkloadSelector.labels({ app: 'web' }),
      egress: [
        { hosts: ['*/*', '~test/*', '~/old.example.com'], captureMode: CaptureMode.DEFAULT },
        { hosts: ['prod/*.example.com'], port: { ...http, name: 'http' }, bind: '127.0.0.1', captureMode: CaptureMode.NONE },
        { hosts: ['prod/*'], port: { number: 0, protocol: IstioProtocol.MYSQL }, bind: 'unix:///run/db.sock' },
      ],
      ingress: [
        {
          port: { number: 8443, protocol: IstioProtocol.HTTPS, name: 'https' },
          bind: '172.16.1.32',
          captureMode: CaptureMode.IPTABLES,
          defaultEndpoint: '127.0.0.1:8080',
          tls: ServerTls.simple(files),
          connectionPool: ConnectionPool.of({ tcp: { maxConnections: 10 } }),
        },
        { port: http, connectionPool: ConnectionPool.of({ http: { http1MaxPendingRequests: 1 } }) },
      ],
      outboundTrafficMode: OutboundTrafficMode.ALLOW_ANY,
      inboundConnectionPool: ConnectionPool.of({ http: { http2MaxRequests: 100 } }),
    })).toEqual({
      workloadSelector: { labels: { app: 'web' } },
      egress: [
        { hosts: ['prod/*.example.com'], port: { number: 9080, protocol: 'HTTP', name: 'http' }, bind: '127.0.0.1', captureMode: 'NONE' },
        { hosts: ['prod/*'], port: { number: 0, protocol: 'MYSQL' }, bind: 'unix:///run/db.sock' },
        { hosts: ['*/*', '~test/*', '~/old.example.com'], captureMode: 'DEFAULT' },
      ],
      ingress: [
        {
          port: { number: 8443, protocol: 'HTTPS', name: 'https' },
          bind: '172.16.1.32',
          captureMode: 'IPTABLES',
          defaultEndpoint: '127.0.0.1:8080',
          tls: { mode: 'SIMPLE', ...files },
          connectionPool: { tcp: { maxConnections: 10 } },
        },
        { port: { number: 9080, protocol: 'HTTP' }, connectionPool: { http: { http1MaxPendingRequests: 1 } } },
      ],
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
      inboundConnectionPool: { http: { http2MaxRequests: 100 } },
    });
  });

  test('says its mode always', () => {
    expect(spec()).toEqual({ outboundTrafficPolicy: { mode: 'ALLOW_ANY' } });
    expect(spec({ inboundConnectionPool: ConnectionPool.of({ tcp: { maxConnections: 1 } }) }))
      .toEqual({ inboundConnectionPool: { tcp: { maxConnections: 1 } }, outboundTrafficPolicy: { mode: 'ALLOW_ANY' } });
  });

  test('is written in the version that the declared release has, and refused with what it lacks', () => {
    // GIVEN
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_30 });
    const ping = { interval: Duration.seconds(1), timeout: Duration.seconds(1) };
    const pool = ConnectionPool.of({ http: { http2KeepAlive: ping } });
    const outboundTrafficMode = OutboundTrafficMode.REGISTRY_ONLY;
    const sidecar = new Sidecar(chart, 'Sidecar', { metadata: { name: 'default' }, outboundTrafficMode, egress: [{ hosts: ['*/*'] }] });

    // THEN
    expect(() => new Sidecar(chart, 'Pool', { metadata: { name: 'pool' }, outboundTrafficMode, inboundConnectionPool: pool }))
      .toThrow('inboundConnectionPool.http.http2KeepAlive of Sidecar \'pool\' is not in Istio 1.30');
    expect(() => sidecar.addIngressListener({ port: http, connectionPool: pool }))
      .toThrow('ingress[0].connectionPool.http.http2KeepAlive of Sidecar \'default\' is not in Istio 1.30');
    expect(() => sidecar.addEgressHosts('~test/*'))
      .toThrow('host \'~test/*\' of Sidecar \'default\', an exclusion, is not in Istio 1.30: it is there since 1.31');
    expect(() => sidecar.addEgressListener({ hosts: ['prod/*', '~/a.example.com'], port: http })).toThrow('host \'~/a.example.com\' of Sidecar \'default\'');
    expect(() => sidecar.addEgressListener({ hosts: ['~/*'], port: http })).not.toThrow();
  });

  test('does nothing in an ambient mesh', () => {
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT });
    expect(() => new Sidecar(chart, 'Sidecar', { metadata: { name: 'default' }, outboundTrafficMode: OutboundTrafficMode.ALLOW_ANY }))
      .toThrow('Sidecar \'default\' would do nothing: the mesh is ambient; leave it out, or pass dataPlane: DataPlane.SIDECAR to the mesh');
  });
});

describe('adding hosts', () => {
  test('makes the listener without a port, once', () => {
    expect(spec({ egress: [{ hosts: ['prod/*'], port: http }] }, sidecar => sidecar.addEgressHosts('./*').addEgressHosts('egress/*')).egress).toEqual([
      { hosts: ['prod/*'], port: { number: 9080, protocol: 'HTTP' } },
      { hosts: ['./*', 'egress/*'] },
    ]);
  });

  test('leaves out what is imported already', () => {
    const hosts = (...added: string[]) => spec({ egress: [{ hosts: ['./*', 'prod/a.example.com'] }] }, sidecar => sidecar.addEgressHosts(...added)).egress[0].hosts;
    expect(hosts('./*', 'shop/b.example.com', './b.example.com', 'prod/a.example.com')).toEqual(['./*', 'prod/a.example.com']);
    expect(hosts('prod/b.example.com', '~shop/c.example.com')).toEqual(['./*', 'prod/a.example.com', 'prod/b.example.com', '~shop/c.example.com']);
  });

  test('replaces what the new host imports too', () => {
    const hosts = (added: string) => spec({ egress: [{ hosts: ['./*', 'prod/a.example.com', '~test/*'] }] }, sidecar => sidecar.addEgressHosts(added)).egress[0].hosts;
    expect(hosts('prod/*')).toEqual(['./*', '~test/*', 'prod/*']);
    expect(hosts('*/*')).toEqual(['~test/*', '*/*']);
  });

  test('does not change what the caller passed', () => {
    const hosts = ['./*'];
    spec({ egress: [{ hosts }] }, sidecar => sidecar.addEgressHosts('egress/*'));
    expect(hosts).toEqual(['./*']);
  });

  test('imports before it excludes, in whatever order they are named', () => {
    expect(spec({}, sidecar => sidecar.addEgressHosts('~test/*', '*/*')).egress).toEqual([{ hosts: ['*/*', '~test/*'] }]);
    expect(() => spec({}, sidecar => sidecar.addEgressHosts('~test/*')))
      .toThrow('egress listener without a port excludes ~test/* from nothing: import hosts such as \'*/*\' as well');
    expect(() => spec({ egress: [{ hosts: ['prod/*'] }] }, sidecar => sidecar.addEgressHosts('~prod/*')))
      .toThrow('host \'prod/*\' of a Sidecar is excluded by \'~prod/*\': leave one of them out');
  });

  test('refuses to add to nothing', () => {
    expect(() => spec({ egress: [{ hosts: ['~/*'] }] }, sidecar => sidecar.addEgressHosts('./*')))
      .toThrow('host \'~/*\' of a Sidecar excludes all others, got ~/*, ./*: leave it out');
  });
});

test.each<[SidecarEgressListener[], string]>([
  [[{ hosts: [] }], 'egress listener without a port needs at least one host, got none: pass hosts such as \'./*\', or \'~/*\' for nothing'],
  [[{ hosts: ['a.example.com'] }],
    'host of a Sidecar must be namespace/host, got \'a.example.com\': write */a.example.com for any namespace, ./a.example.com for the Sidecar\'s own'],
  [[{ hosts: ['./web'] }], 'host of a Sidecar must be fully qualified or \'*\', got \'web\': short names mean nothing here'],
  [[{ hosts: ['./*b.example.com'] }], 'host of a Sidecar must be a lower case DNS name, optionally starting with \'*.\''],
  [[{ hosts: ['Shop/*'] }], 'namespace of host of a Sidecar \'Shop/*\' must be a DNS label'],
  [[{ hosts: ['/a.example.com'] }], 'namespace of host of a Sidecar \'/a.example.com\' must be a DNS label'],
  [[{ hosts: ['~Shop/*'] }], 'namespace of host of a Sidecar \'~Shop/*\' must be a DNS label'],
  [[{ hosts: ['./*', 'shop/a.example.com'] }], 'host \'shop/a.example.com\' of a Sidecar is imported by \'./*\' already: leave it out'],
  [[{ hosts: ['prod/a.example.com', 'prod/*'] }], 'host \'prod/a.example.com\' of a Sidecar is imported by \'prod/*\' already: leave it out'],
  [[{ hosts: ['prod/*', '*/*'] }], 'host \'prod/*\' of a Sidecar is imported by \'*/*\' already: leave it out'],
  [[{ hosts: ['prod/*', 'prod/*'] }], 'host \'prod/*\' of a Sidecar is imported by \'prod/*\' already: leave it out'],
  [[{ hosts: ['~prod/*', '~/a.example.com'] }],
    'egress listener without a port excludes ~prod/*, ~/a.example.com from nothing: import hosts such as \'*/*\' as well'],
  [[{ hosts: ['prod/a.example.com', '~/*.example.com'] }], 'host \'prod/a.example.com\' of a Sidecar is excluded by \'~/*.example.com\': leave one of them out'],
  [[{ hosts: ['~./*', 'shop/a.example.com'] }], 'host \'shop/a.example.com\' of a Sidecar is excluded by \'~./*\': leave one of them out'],
  [[{ hosts: ['./*', '~/*'] }], 'host \'~/*\' of a Sidecar excludes all others, got ./*, ~/*: leave it out'],
  [[{ hosts: ['./*'], bind: '127.0.0.1' }], 'egress listener without a port takes no bind, got \'127.0.0.1\': pass port'],
  [[{ hosts: ['./*'] }, { hosts: ['prod/*'] }], 'a Sidecar takes one egress listener without a port, got two: call addEgressHosts for more hosts'],
  [[{ hosts: ['./*'], port: { ...http, number: 0 } }], 'port of egress listener of port 0 must be between 1 and 65535, got 0'],
  [[{ hosts: ['./*'], port: { ...http, name: 'HTTP' } }], 'port name of egress listener of port 9080 must be a DNS label'],
  [[{ hosts: ['./*'], port: http, bind: 'localhost' }], 'bind of egress listener of port 9080 must be an IP address'],
  [[{ hosts: ['./*'], port: http, bind: 'unix:///run/a.sock' }], 'port of egress listener of port 9080 must be 0 because it binds to a Unix domain socket, got 9080'],
  [[{ hosts: ['./*'], port: { ...http, number: 0 }, bind: 'unix:///run/a.sock', captureMode: CaptureMode.IPTABLES }],
    'egress listener of port 0 binds to a Unix domain socket: captureMode must be DEFAULT or NONE, got IPTABLES'],
  [[{ hosts: ['./*'], port: { ...http, number: 0 }, bind: 'unix://@a' }, { hosts: ['./*'], port: { ...http, number: 0 }, bind: 'unix://@a' }],
    'egress listeners must have a socket of their own, got \'unix://@a\' twice'],
  [[{ hosts: ['./*'], port: http }, { hosts: ['prod/*'], port: http }], 'egress listeners must have a port of their own, got 9080 twice: put the hosts into one listener'],
])('an egress listener is refused (%#)', (egress, message) => {
  expect(() => spec({ egress })).toThrow(message);
});

const secure = { number: 8443, protocol: IstioProtocol.HTTPS };
test.each<[SidecarIngressListener[], string]>([
  [[{ port: { ...http, number: 0 } }], 'port of ingress listener of port 0 must be between 1 and 65535, got 0'],
  [[{ port: { ...http, name: 'a.b' } }], 'port name of ingress listener of port 9080 must be a DNS label'],
  [[{ port: http, bind: 'unix:///run/a.sock' }], 'bind of ingress listener of port 9080 must be an IP address'],
  [[{ port: http }, { port: { ...http, protocol: IstioProtocol.TCP } }], 'ingress listeners must have a port of their own, got 9080 twice'],
  [[{ port: http, defaultEndpoint: 'localhost:80' }], 'default endpoint of ingress listener of port 9080 must be 127.0.0.1:port'],
  [[{ port: http, tls: ServerTls.simple(files) }], 'ingress listener of port 9080 takes no tls because it speaks HTTP: use protocol HTTPS or TLS'],
  [[{ port: secure, tls: ServerTls.istioMutual() }], 'tls of ingress listener of port 8443 must be ServerTls.simple or ServerTls.mutual, got ISTIO_MUTUAL'],
  [[{ port: secure, tls: ServerTls.simple({ credentialName: 'a' }) }], 'tls of ingress listener of port 8443 must have serverCertificate and privateKey: a sidecar takes neither'],
  [[{ port: secure, tls: ServerTls.mutual({ ...files, caCertificates: '/ca', subjectAltNames: ['a'] }) }], 'must have serverCertificate and privateKey'],
  [[{ port: secure, connectionPool: ConnectionPool.of({ http: { maxRetries: 1 } }) }],
    'connectionPool of ingress listener of port 8443 must have no http part because the port speaks HTTPS: it would do nothing'],
])('an ingress listener is refused (%#)', (ingress, message) => {
  expect(() => spec({ ingress })).toThrow(message);
});
