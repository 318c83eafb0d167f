import { Testing } from 'cdk8s';
import {
  CaptureMode, ConnectionPool, IstioProtocol, OutboundTrafficMode, ServerTls, Sidecar, SidecarEgressListener, SidecarIngressListener, SidecarProps,
  WorkloadSelector,
} from '../../src';

const http = { number: 9080, protocol: IstioProtocol.HTTP };
const files = { serverCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key' };

function spec(props?: SidecarProps, change: (sidecar: Sidecar) => void = () => {}): any {
  const chart = Testing.chart();
  change(new Sidecar(chart, 'Sidecar', { metadata: { name: 'default', namespace: 'shop' }, ...props }));
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

  test('must say something', () => {
    const message = 'a Sidecar needs egress, ingress, outboundTrafficMode or inboundConnectionPool: pass one, or call addEgressHosts';
    expect(() => spec()).toThrow(message);
    expect(() => spec({ workloadSelector: WorkloadSelector.labels({ app: 'web' }) })).toThrow(message);
    expect(spec({ inboundConnectionPool: ConnectionPool.of({ tcp: { maxConnections: 1 } }) }))
      .toEqual({ inboundConnectionPool: { tcp: { maxConnections: 1 } } });
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
