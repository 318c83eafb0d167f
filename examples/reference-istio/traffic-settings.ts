import { Duration } from 'cdk8s';
import {
  ClientTls, ConnectionPool, ConsistentHashKey, H2UpgradePolicy, HashAlgorithm, LoadBalancer, OutlierDetection, ProxyProtocolVersion, TrafficPolicy,
  TrafficPolicySettings, TunnelProtocol,
} from 'cdk8s-mesh';

/** Takes an endpoint out that keeps failing; every field of outlierDetection. */
const EJECTING = OutlierDetection.of({
  consecutive5xxErrors: 7,
  consecutiveGatewayErrors: 5,
  consecutiveLocalOriginFailures: 3,
  splitExternalLocalOriginErrors: true,
  outlierDetectionHttpErrorCodes: [502, 503, 504],
  interval: Duration.seconds(10),
  baseEjectionTime: Duration.seconds(30),
  maxEjectionPercent: 50,
  minHealthPercent: 30,
});

/** What a host is given of connections and requests; every field of connectionPool.tcp, and of connectionPool.http but useClientProtocol. */
const LIMITED = ConnectionPool.of({
  tcp: {
    maxConnections: 200,
    connectTimeout: Duration.millis(500),
    idleTimeout: Duration.hours(1),
    maxConnectionDuration: Duration.hours(12),
    tcpKeepalive: { probes: 3, time: Duration.minutes(10), interval: Duration.seconds(75) },
  },
  http: {
    http1MaxPendingRequests: 100,
    http2MaxRequests: 1000,
    maxRequestsPerConnection: 500,
    maxRetries: 10,
    idleTimeout: Duration.minutes(15),
    maxConcurrentStreams: 100,
    http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) },
    h2UpgradePolicy: H2UpgradePolicy.UPGRADE,
  },
});

const CERTIFICATES = '/etc/partner-certs';

/**
 * loadBalancer, connectionPool, outlierDetection and tls, which the traffic policy of a host, of a subset and of a port take alike: one entry for each way
 * of choosing an endpoint, and for each way of beginning TLS.
 */
export const SETTINGS: { readonly [name: string]: TrafficPolicySettings } = {
  // loadBalancer.simple: LEAST_REQUEST, warmup, localityLbSetting.enabled, distribute
  'least-request': {
    loadBalancer: LoadBalancer.leastRequest({
      warmup: { duration: Duration.minutes(2), minimumPercent: 20, aggression: 1.5 },
      locality: { enabled: true, distribute: [{ clients: 'eu-west/*', shares: { 'eu-west/*': 80, 'eu-north/*': 20 } }] },
    }),
    connectionPool: LIMITED,
    outlierDetection: EJECTING,
    // tls.mode: DISABLE
    tls: ClientTls.disable(),
  },
  // loadBalancer.simple: ROUND_ROBIN, localityLbSetting.failover, failoverPriority
  'round-robin': {
    loadBalancer: LoadBalancer.roundRobin({
      locality: { failover: [{ region: 'eu-west', fallback: 'eu-north' }], failoverPriority: ['topology.istio.io/network'] },
    }),
    // Without outlierDetection nothing would fail over.
    outlierDetection: EJECTING,
    // connectionPool.http.h2UpgradePolicy: DO_NOT_UPGRADE, useClientProtocol
    connectionPool: ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE, useClientProtocol: true } }),
    // tls.mode: SIMPLE, sni, caCertificates, caCrl, subjectAltNames
    tls: ClientTls.simple({
      sni: 'partners.example.net',
      caCertificates: `${CERTIFICATES}/ca.pem`,
      caCrl: `${CERTIFICATES}/revoked.pem`,
      subjectAltNames: ['partners.example.net'],
    }),
  },
  // loadBalancer.simple: RANDOM, zoneAwareLbSetting
  'random': {
    loadBalancer: LoadBalancer.random({
      zoneAware: {
        enabled: true, failover: [{ region: 'eu-west', fallback: 'eu-north' }], failoverPriority: ['topology.istio.io/network'], minClusterSize: 6,
      },
    }),
    outlierDetection: EJECTING,
    // connectionPool.http.h2UpgradePolicy: DEFAULT
    connectionPool: ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.DEFAULT } }),
    // tls.mode: SIMPLE, insecureSkipVerify
    tls: ClientTls.simple({ sni: 'sandbox.partners.example.net', insecureSkipVerify: true }),
  },
  // loadBalancer.simple: PASSTHROUGH
  'passthrough': { loadBalancer: LoadBalancer.passthrough() },
  // loadBalancer.consistentHash.httpCookie, ringHash
  'cookie': {
    loadBalancer: LoadBalancer.consistentHash(
      ConsistentHashKey.cookie('shop-session', { ttl: Duration.hours(1), path: '/', attributes: [{ name: 'SameSite', value: 'Lax' }, { name: 'Secure' }] }),
      { algorithm: HashAlgorithm.ringHash(4096) },
    ),
    // tls.mode: MUTUAL, clientCertificate, privateKey
    tls: ClientTls.mutual({
      clientCertificate: `${CERTIFICATES}/tls.crt`,
      privateKey: `${CERTIFICATES}/tls.key`,
      caCertificates: `${CERTIFICATES}/ca.pem`,
      subjectAltNames: ['partners.example.net'],
    }),
  },
  // loadBalancer.consistentHash.httpHeaderName, maglev
  'header': {
    loadBalancer: LoadBalancer.consistentHash(ConsistentHashKey.header('x-user-id'), { algorithm: HashAlgorithm.maglev(65537) }),
    // tls.mode: MUTUAL, credentialName
    tls: ClientTls.mutual({ credentialName: 'partner-client', sni: 'partners.example.net', subjectAltNames: ['partners.example.net'] }),
  },
  // loadBalancer.consistentHash.httpQueryParameterName
  'query-parameter': {
    loadBalancer: LoadBalancer.consistentHash(ConsistentHashKey.queryParameter('basket')),
    // tls.mode: ISTIO_MUTUAL
    tls: ClientTls.istioMutual({ sni: 'partners.example.net', subjectAltNames: ['spiffe://partners.example.net/ns/trade/sa/frontend'] }),
  },
  // loadBalancer.consistentHash.useSourceIp
  'source-ip': { loadBalancer: LoadBalancer.consistentHash(ConsistentHashKey.sourceIp()) },
};

/** What the traffic policy of a host and of a subset take, but not that of a port. */
export const OF_HOSTS: { readonly [name: string]: TrafficPolicy } = {
  // proxyProtocol.version: V1, retryBudget
  'proxy-protocol-v1': {
    proxyProtocol: ProxyProtocolVersion.V1,
    retryBudget: { percent: 25, minRetryConcurrency: 5, budgetInterval: Duration.seconds(10) },
  },
  // proxyProtocol.version: V2
  'proxy-protocol-v2': { proxyProtocol: ProxyProtocolVersion.V2 },
  // tunnel.protocol, targetHost, targetPort
  'tunnel': { tunnel: { protocol: TunnelProtocol.CONNECT, targetHost: 'ledger.example.net', targetPort: 443 } },
};
