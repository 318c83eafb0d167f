import { Chart, Duration } from 'cdk8s';
import { Shop } from './shop';
import { CaptureMode, ConnectionPool, H2UpgradePolicy, IstioProtocol, OutboundTrafficMode, ServerTls, Sidecar, TlsVersion } from 'cdk8s-mesh';

const CERTIFICATES = '/etc/orders-certs';

/** What a listener, or all of a workload, is given of connections and requests: every field. */
const LIMITED = ConnectionPool.of({
  tcp: {
    maxConnections: 500,
    connectTimeout: Duration.seconds(1),
    idleTimeout: Duration.hours(1),
    maxConnectionDuration: Duration.hours(6),
    tcpKeepalive: { probes: 3, time: Duration.minutes(10), interval: Duration.seconds(75) },
  },
  http: {
    http1MaxPendingRequests: 100,
    http2MaxRequests: 1000,
    maxRequestsPerConnection: 500,
    maxRetries: 3,
    idleTimeout: Duration.minutes(5),
    maxConcurrentStreams: 100,
    http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) },
    h2UpgradePolicy: H2UpgradePolicy.UPGRADE,
  },
});

const OWN_CERTIFICATE = { serverCertificate: `${CERTIFICATES}/tls.crt`, privateKey: `${CERTIFICATES}/tls.key` };

export function sidecars(chart: Chart, { orders, cart, web }: Shop): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  // outboundTrafficPolicy.mode: REGISTRY_ONLY, egress[].hosts: all workloads of the namespace know it, and two more
  new Sidecar(chart, 'Default', {
    metadata: metadata('default'),
    outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY,
    egress: [{ hosts: ['./*', 'edge/*', 'istio-system/*', 'observability/*', 'auth/*'] }],
  });

  // workloadSelector.labels, outboundTrafficPolicy.mode: ALLOW_ANY
  new Sidecar(chart, 'Cart', {
    metadata: metadata('cart'),
    workloadSelector: cart.selector,
    outboundTrafficMode: OutboundTrafficMode.ALLOW_ANY,
    egress: [
      // egress[].port.number, name, protocol, bind, captureMode: NONE: the application calls the proxy itself
      {
        port: { number: 3306, name: 'mysql', protocol: IstioProtocol.TCP }, bind: '127.0.0.1', captureMode: CaptureMode.NONE, hosts: ['./database.shop.internal'],
      },
      // egress[].captureMode: IPTABLES
      { port: { number: 8080, name: 'http', protocol: IstioProtocol.HTTP }, captureMode: CaptureMode.IPTABLES, hosts: ['./web.shop.svc.cluster.local'] },
      // egress[].captureMode: DEFAULT
      { captureMode: CaptureMode.DEFAULT, hosts: ['./*', 'edge/*'] },
    ],
    // ingress[].bind, defaultEndpoint, captureMode
    ingress: [
      { port: { number: 9080, name: 'http', protocol: IstioProtocol.HTTP }, defaultEndpoint: '127.0.0.1:8080', captureMode: CaptureMode.DEFAULT },
      {
        port: { number: 9081, name: 'http-local', protocol: IstioProtocol.HTTP },
        bind: '0.0.0.0',
        defaultEndpoint: 'unix:///var/run/cart.sock',
        captureMode: CaptureMode.NONE,
      },
      // ingress[].connectionPool.http.h2UpgradePolicy: DO_NOT_UPGRADE, useClientProtocol
      {
        port: { number: 9082, name: 'http-admin', protocol: IstioProtocol.HTTP },
        captureMode: CaptureMode.IPTABLES,
        connectionPool: ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE, useClientProtocol: true } }),
      },
      // ingress[].connectionPool.http.h2UpgradePolicy: DEFAULT
      {
        port: { number: 9083, name: 'http-debug', protocol: IstioProtocol.HTTP },
        connectionPool: ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.DEFAULT } }),
      },
    ],
    // inboundConnectionPool.http.h2UpgradePolicy: DO_NOT_UPGRADE, useClientProtocol
    inboundConnectionPool: ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE, useClientProtocol: true } }),
  });

  // inboundConnectionPool
  new Sidecar(chart, 'Orders', {
    metadata: metadata('orders'),
    workloadSelector: orders.selector,
    outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY,
    egress: [{ hosts: ['./*', 'edge/*'] }],
    // ingress[].tls, which istiod heeds with ENABLE_TLS_ON_SIDECAR_INGRESS only, at ports without mTLS: see peer-authentication.ts
    ingress: [
      // ingress[].port.number, name, protocol, connectionPool
      { port: { number: 8080, name: 'http', protocol: IstioProtocol.HTTP }, defaultEndpoint: '127.0.0.1:8080', connectionPool: LIMITED },
      // ingress[].tls.mode: SIMPLE, serverCertificate, privateKey, minProtocolVersion, maxProtocolVersion, cipherSuites
      ...[
        { min: TlsVersion.V1_2, max: TlsVersion.V1_3, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] },
        { min: TlsVersion.V1_1, max: TlsVersion.V1_1, cipherSuites: ['ECDHE-RSA-AES128-SHA'] },
        { min: TlsVersion.V1_0, max: TlsVersion.V1_0, cipherSuites: ['ECDHE-RSA-AES128-SHA'] },
        { min: TlsVersion.TLS_AUTO, max: TlsVersion.TLS_AUTO },
      ].map(({ min, max, cipherSuites }, i) => ({
        port: { number: 9443 + i, name: `https-${9443 + i}`, protocol: IstioProtocol.HTTPS },
        defaultEndpoint: '127.0.0.1:8080',
        tls: ServerTls.simple({ ...OWN_CERTIFICATE, minProtocolVersion: min, maxProtocolVersion: max, cipherSuites }),
      })),
      // ingress[].tls.mode: MUTUAL, caCertificates, caCrl
      {
        port: { number: 8443, name: 'https', protocol: IstioProtocol.HTTPS },
        defaultEndpoint: '127.0.0.1:8080',
        tls: ServerTls.mutual({
          ...OWN_CERTIFICATE,
          caCertificates: `${CERTIFICATES}/ca.crt`,
          caCrl: `${CERTIFICATES}/ca.crl`,
          minProtocolVersion: TlsVersion.V1_3,
        }),
      },
      // ingress[].tls.insecureSkipVerify
      {
        port: { number: 9447, name: 'https-sandbox', protocol: IstioProtocol.HTTPS },
        defaultEndpoint: '127.0.0.1:8080',
        tls: ServerTls.mutual({
          ...OWN_CERTIFICATE, caCertificates: `${CERTIFICATES}/ca.crt`, insecureSkipVerify: true, maxProtocolVersion: TlsVersion.V1_2,
        }),
      },
    ],
    inboundConnectionPool: LIMITED,
  });

  // inboundConnectionPool.http.h2UpgradePolicy: DEFAULT
  new Sidecar(chart, 'Web', {
    metadata: metadata('web'),
    workloadSelector: web.selector,
    outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY,
    egress: [{ hosts: ['./*'] }],
    inboundConnectionPool: ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.DEFAULT } }),
  });
}
