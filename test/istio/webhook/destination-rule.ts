import { Chart, Duration } from 'cdk8s';
import { impossible, Rows, throws } from './row';
import {
  ClientTls, ConnectionPool, ConsistentHashKey, DestinationRule, H2UpgradePolicy, HashAlgorithm, HttpConnectionPool, IstioHost, LoadBalancer,
  OutlierDetection, ProxyProtocolVersion, SubsetProps, TrafficPolicy, WorkloadSelector,
} from '../../../src';

const host = IstioHost.of('a.example.com');
const second = Duration.seconds(1);
const labels = { version: 'v1' };
const cookie = (name: string, ...attributes: string[]) => () =>
  ConsistentHashKey.cookie(name, { ttl: second, attributes: attributes.map(attribute => ({ name: attribute })) });
const maglev = (size: number) => () => LoadBalancer.consistentHash(ConsistentHashKey.sourceIp(), { algorithm: HashAlgorithm.maglev(size) });

const policy = (trafficPolicy: TrafficPolicy) => (chart: Chart) => new DestinationRule(chart, 'A', { host, trafficPolicy });
const subsets = (...all: SubsetProps[]) => (chart: Chart) => new DestinationRule(chart, 'A', { host, subsets: all });
const http = (pool: HttpConnectionPool) => () => ConnectionPool.of({ http: pool });

/** Rules of DestinationRules, but for those of localities. */
export const DESTINATION_RULE: Rows = {
  'a rule has a host': throws(() => IstioHost.of(''),
    'host must be a lower case DNS name, optionally starting with \'*.\', got \'\''),
  'a traffic policy says something': throws(policy({}),
    'a traffic policy must say at least one thing, got none: leave it out'),
  'a subset of a rule is a DNS label': throws(subsets({ name: 'V_1', labels }),
    'name of the subset must be a DNS label (lower case letters, digits and inner dashes), got \'V_1\''),
  'names of subsets are unique': throws(subsets({ name: 'v1', labels }, { name: 'v1', labels: { version: 'v2' } }),
    'subset \'v1\' is there already: names are unique in a destination rule'),
  'a tunnel has no PROXY protocol': throws(
    policy({ tunnel: { targetHost: 'b.example.com', targetPort: 443 }, proxyProtocol: ProxyProtocolVersion.V1 }),
    'a traffic policy takes either tunnel or proxyProtocol, got both'),
  'the protocol of a tunnel is CONNECT or POST': impossible('`TrafficTunnel.protocol` is one of `TunnelProtocol`, which has no other words',
    'new DestinationRule(chart, "A", { host: IstioHost.ANY, ' +
    'trafficPolicy: { tunnel: { protocol: "GET", targetHost: "b.example.com", targetPort: 443 } } })'),
  'a tunnel leads to a host': throws(policy({ tunnel: { targetHost: '', targetPort: 443 } }),
    'targetHost of a tunnel must be a lower case DNS name, optionally starting with \'*.\', got \'\''),
  'the host of a tunnel is one': throws(policy({ tunnel: { targetHost: 'a.example.123', targetPort: 443 } }),
    'targetHost of a tunnel must have labels of at most 63 characters, the last not all digits, got \'a.example.123\''),
  'a tunnel leads to a port': throws(policy({ tunnel: { targetHost: 'b.example.com', targetPort: 0 } }),
    'targetPort of a tunnel must be between 1 and 65535, got 0'),
  'settings of a port name the port': impossible('`PortTrafficPolicy.port` is not optional',
    'new DestinationRule(chart, "A", { host: IstioHost.ANY, trafficPolicy: { portLevelSettings: [{ loadBalancer: LoadBalancer.random() }] } })'),
  'settings of a port say something': throws(policy({ portLevelSettings: [{ port: 80 }] }),
    'portLevelSettings of port 80 must say at least one thing, got none: leave them out'),
  'a connection pool says something': throws(() => ConnectionPool.of({}),
    'a connection pool must have tcp or http, got neither: pass one, or leave the pool out'),
  'limits of a connection pool are not negative': throws(http({ http1MaxPendingRequests: -1 }),
    'http1MaxPendingRequests must be between 1 and 2147483647, got -1'),
  'connections are counted from 0': throws(() => ConnectionPool.of({ tcp: { maxConnections: -1 } }),
    'maxConnections must be between 1 and 2147483647, got -1'),
  'an upgrade to HTTP/2 and the client\'s protocol exclude each other': throws(
    http({ h2UpgradePolicy: H2UpgradePolicy.UPGRADE, useClientProtocol: true }),
    'a connection cannot be upgraded to HTTP/2 and keep the client\'s protocol, got UPGRADE and useClientProtocol: leave one of them out'),
  'keep-alive of HTTP/2 has interval and timeout': impossible('`Http2KeepAlive.timeout` is not optional',
    'ConnectionPool.of({ http: { http2KeepAlive: { interval: Duration.seconds(1) } } })'),
  'keep-alive of HTTP/2 has an interval': impossible('`Http2KeepAlive.interval` is not optional',
    'ConnectionPool.of({ http: { http2KeepAlive: { timeout: Duration.seconds(1) } } })'),
  'the table of Maglev has a prime size': throws(maglev(100),
    'tableSize of maglev must be a prime number below 5000011, got 100: 65537 is a common one'),
  'the table of Maglev has a size': throws(maglev(0),
    'tableSize of maglev must be a prime number below 5000011, got 0: 65537 is a common one'),
  'the table of Maglev is below 5000011': throws(maglev(5000081),
    'tableSize of maglev must be a prime number below 5000011, got 5000081: 65537 is a common one'),
  'the size of a ring is said in one place': impossible('`ConsistentHashOptions` has one algorithm, and a size for `HashAlgorithm.ringHash` only',
    'LoadBalancer.consistentHash(ConsistentHashKey.sourceIp(), { minimumRingSize: 1024, algorithm: HashAlgorithm.maglev(65537) })'),
  'the size of a ring is not said in the old way': impossible(
    '`ConsistentHashOptions` says it by `HashAlgorithm.ringHash` only, which is the new way',
    'LoadBalancer.consistentHash(ConsistentHashKey.sourceIp(), { minimumRingSize: 1024 })'),
  'a cookie has a name': throws(cookie(''),
    'cookie of a hash must have a name, got none'),
  'attributes of a cookie are named once': throws(cookie('a', 'Secure', 'Secure'),
    'attributes of cookie \'a\' must have unique names, got \'Secure\' again'),
  'an attribute of a cookie has a name': throws(cookie('a', ''),
    'attributes of cookie \'a\' must have names, got \'\' among them'),
  'the aggression of a warm-up is positive': throws(() => LoadBalancer.roundRobin({ warmup: { duration: second, aggression: 0 } }),
    'aggression of warmup must be above 0, got 0'),
  'local errors are counted apart before they eject': throws(() => OutlierDetection.of({ consecutiveLocalOriginFailures: 1 }),
    'consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors, got 1 without it'),
  'errors are not counted in the old way': impossible('`OutlierDetectionOptions` has the new ways only',
    'OutlierDetection.of({ consecutiveErrors: 1 })'),
  'at most 100 percent are ejected': throws(() => OutlierDetection.of({ maxEjectionPercent: 101 }),
    'maxEjectionPercent must be between 1 and 100, got 101'),
  'at most 100 percent are healthy': throws(() => OutlierDetection.of({ minHealthPercent: 101 }),
    'minHealthPercent must be between 0 and 100, got 101'),
  'MUTUAL has a client certificate': throws(() => ClientTls.mutual({ privateKey: '/a.key' }),
    'mutual TLS needs clientCertificate and privateKey, or credentialName, got privateKey alone: pass both, or the name of a Secret'),
  'MUTUAL has a private key': throws(() => ClientTls.mutual({ clientCertificate: '/a.pem' }),
    'mutual TLS needs clientCertificate and privateKey, or credentialName, got clientCertificate alone: pass both, or the name of a Secret'),
  'a client certificate comes from one source': throws(
    () => ClientTls.mutual({ credentialName: 'a', clientCertificate: '/a.pem', privateKey: '/a.key' }),
    'certificates come from credentialName or from files, got credentialName \'a\' and clientCertificate, privateKey: a Secret has all ' +
    'of them as tls.crt, tls.key, ca.crt and ca.crl'),
  'an authority is in the Secret of the client certificate': throws(() => ClientTls.mutual({ credentialName: 'a', caCertificates: '/ca.pem' }),
    'certificates come from credentialName or from files, got credentialName \'a\' and caCertificates: a Secret has all of them as ' +
    'tls.crt, tls.key, ca.crt and ca.crl'),
  'a revocation list is in the Secret of the client certificate': throws(() => ClientTls.mutual({ credentialName: 'a', caCrl: '/a.crl' }),
    'certificates come from credentialName or from files, got credentialName \'a\' and caCrl: a Secret has all of them as tls.crt, ' +
    'tls.key, ca.crt and ca.crl'),
  'what is not verified has no authority': throws(() => ClientTls.simple({ insecureSkipVerify: true, caCertificates: '/ca.pem' }),
    'insecureSkipVerify excludes what it would skip, got caCertificates: leave one of them out'),
  'what is not verified has no names': throws(() => ClientTls.simple({ insecureSkipVerify: true, subjectAltNames: ['a.example.com'] }),
    'insecureSkipVerify excludes what it would skip, got subjectAltNames: leave one of them out'),
  'what is not verified has no Secret of an authority': throws(() => ClientTls.simple({ insecureSkipVerify: true, credentialName: 'a' }),
    'insecureSkipVerify excludes credentialName, got \'a\': there is nothing to verify with it'),
  'what is not verified with a client certificate has no authority': throws(() =>
    ClientTls.mutual({ clientCertificate: '/a.pem', privateKey: '/a.key', insecureSkipVerify: true, caCertificates: '/ca.pem' }),
  'insecureSkipVerify excludes what it would skip, got caCertificates: leave one of them out'),
  'an authority in a ConfigMap is in the namespace of the rule': throws(policy({ tls: ClientTls.simple({ credentialName: 'configmap://infra/ca' }) }),
    'credentialName must name a ConfigMap in the namespace of the rule, \'shop\', got one in \'infra\''),
  'an authority in a ConfigMap has a name': throws(() => ClientTls.simple({ credentialName: 'configmap://' }),
    'credentialName of a ConfigMap must be written configmap://namespace/name, got \'configmap://\''),
  'a rule for some clients is for its own namespace': throws(chart =>
    new DestinationRule(chart, 'A', { host, workloadSelector: WorkloadSelector.labels({ app: 'a' }), exportTo: ['*'] }),
  'exportTo of a rule with a workloadSelector can only be its own namespace, got \'*\': use \'.\''),
  'a rule for some clients is for one namespace': throws(chart =>
    new DestinationRule(chart, 'A', { host, workloadSelector: WorkloadSelector.labels({ app: 'a' }), exportTo: ['.', 'infra'] }),
  'exportTo of a rule with a workloadSelector can only be its own namespace, got \'infra\': use \'.\''),
};
