import { Chart } from 'cdk8s';
import { impossible, otherwise, Rows, throws } from './row';
import {
  CaptureMode, ConnectionPool, IstioProtocol, OutboundTrafficMode, ServerTls, Sidecar, SidecarEgressListener, SidecarIngressListener,
  WorkloadSelector,
} from '../../../src';

const outboundTrafficMode = OutboundTrafficMode.REGISTRY_ONLY;
const FILES = { serverCertificate: '/a.pem', privateKey: '/a.key' };
const HTTP = IstioProtocol.HTTP;

const ingress = (...listeners: SidecarIngressListener[]) => (chart: Chart) => new Sidecar(chart, 'A', { outboundTrafficMode, ingress: listeners });
const egress = (...listeners: SidecarEgressListener[]) => (chart: Chart) => new Sidecar(chart, 'A', { outboundTrafficMode, egress: listeners });
const secured = (tls: ServerTls, protocol = IstioProtocol.HTTPS) =>
  ingress({ port: { number: 443, protocol }, defaultEndpoint: '127.0.0.1:8080', tls });

/** Rules of Sidecars. */
export const SIDECAR: Rows = {
  'a Sidecar says something': impossible('`SidecarProps.outboundTrafficMode` is not optional',
    'new Sidecar(chart, "A", { workloadSelector: WorkloadSelector.labels({ app: "a" }) })'),
  'a selector of a Sidecar selects some workloads': throws(() => WorkloadSelector.labels({}),
    'a workload selector needs at least one label, got none: leave the selector out to mean every workload'),
  'what goes to a proxy is allowed': impossible('`SidecarProps` has no proxy for what goes out, which is deprecated',
    'new Sidecar(chart, "A", { outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY, egressProxy: { host: "a.example.com", port: 80 } })'),
  'what goes to a proxy goes to a port': impossible('`SidecarProps` has no proxy for what goes out, which is deprecated',
    'new Sidecar(chart, "A", { outboundTrafficMode: OutboundTrafficMode.ALLOW_ANY, egressProxy: { host: "a.example.com" } })'),
  'connections of a Sidecar have limits that say something': throws(() => ConnectionPool.of({}),
    'a connection pool must have tcp or http, got neither: pass one, or leave the pool out'),
  'ports of ingress listeners are unique': throws(
    ingress(
      { port: { number: 80, protocol: HTTP }, defaultEndpoint: '127.0.0.1:8080' },
      { port: { number: 80, protocol: HTTP }, defaultEndpoint: '127.0.0.1:8081' }),
    'ingress listeners must have a port of their own, got 80 twice'),
  'the default endpoint is of the workload': throws(ingress({ port: { number: 80, protocol: HTTP }, defaultEndpoint: '10.0.0.1:8080' }),
    'default endpoint of ingress listener of port 80 must be 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or unix://, got ' +
    '\'10.0.0.1:8080\''),
  'the port of the default endpoint is a number': throws(ingress({ port: { number: 80, protocol: HTTP }, defaultEndpoint: '127.0.0.1:http' }),
    'default endpoint of ingress listener of port 80 must be 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or unix://, got ' +
    '\'127.0.0.1:http\''),
  'an ingress listener has no targetPort': impossible('`SidecarPort` has a number and no target port',
    'new Sidecar(chart, "A", { outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY, ' +
    'ingress: [{ port: { number: 80, targetPort: 8080, protocol: IstioProtocol.HTTP } }] })'),
  'tls of an ingress listener is for HTTPS and TLS': throws(secured(ServerTls.simple(FILES), HTTP),
    'ingress listener of port 443 takes no tls because it speaks HTTP: use protocol HTTPS or TLS'),
  'limits of requests are for ingress listeners of HTTP': throws(
    ingress({ port: { number: 9000, protocol: IstioProtocol.TCP }, connectionPool: ConnectionPool.of({ http: { http2MaxRequests: 1 } }) }),
    'connectionPool of ingress listener of port 9000 must have no http part because the port speaks TCP: it would do nothing'),
  'an ingress listener binds to an address': throws(ingress({ port: { number: 80, protocol: HTTP }, bind: 'nowhere' }),
    'bind of ingress listener of port 80 must be an IP address such as 10.1.2.3 or 2001:db8::1, got \'nowhere\''),
  'TLS of an ingress listener is SIMPLE or MUTUAL': throws(secured(ServerTls.istioMutual()),
    'tls of ingress listener of port 443 must be ServerTls.simple or ServerTls.mutual, got ISTIO_MUTUAL'),
  'certificates of an ingress listener are files': throws(secured(ServerTls.simple({ credentialName: 'a' })),
    'tls of ingress listener of port 443 must have serverCertificate and privateKey: a sidecar takes neither Secrets, nor two ' +
    'certificates, nor subjectAltNames'),
  'certificates of an ingress listener are no two Secrets': throws(secured(ServerTls.simple({ credentialNames: ['a', 'b'] })),
    'tls of ingress listener of port 443 must have serverCertificate and privateKey: a sidecar takes neither Secrets, nor two ' +
    'certificates, nor subjectAltNames'),
  'certificates of an ingress listener are no pairs of files': throws(secured(ServerTls.simple({ tlsCertificates: [FILES] })),
    'tls of ingress listener of port 443 must have serverCertificate and privateKey: a sidecar takes neither Secrets, nor two ' +
    'certificates, nor subjectAltNames'),
  'clients of an ingress listener have any name': throws(secured(ServerTls.mutual({ ...FILES, caCertificates: '/ca.pem', subjectAltNames: ['b'] })),
    'tls of ingress listener of port 443 must have serverCertificate and privateKey: a sidecar takes neither Secrets, nor two ' +
    'certificates, nor subjectAltNames'),
  'an ingress listener does not redirect': impossible('`SidecarIngressListener.tls` is a `ServerTls`, which has no redirect',
    'ServerTls.simple({ serverCertificate: "/a.pem", privateKey: "/a.key", httpsRedirect: true })'),
  'an egress listener has hosts': throws(egress({ hosts: [] }),
    'egress listener without a port needs at least one host, got none: pass hosts such as \'./*\', or \'~/*\' for nothing'),
  'one egress listener is for every port': throws(egress({ hosts: ['./*'] }, { hosts: ['infra/*'] }),
    'a Sidecar takes one egress listener without a port, got two: call addEgressHosts for more hosts'),
  'the egress listener for every port is the last': otherwise('`Sidecar` writes it last, wherever it stands in `SidecarProps.egress`',
    egress({ hosts: ['./*'] }, { hosts: ['infra/*'], port: { number: 9000, name: 'tcp', protocol: IstioProtocol.TCP } }),
    {
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      egress: [{ hosts: ['infra/*'], port: { number: 9000, name: 'tcp', protocol: 'TCP' } }, { hosts: ['./*'] }],
    }),
  'a socket is an egress listener without capture': throws(
    egress({ bind: 'unix:///a', captureMode: CaptureMode.IPTABLES, port: { number: 0, protocol: HTTP }, hosts: ['./*'] }),
    'egress listener of port 0 binds to a Unix domain socket: captureMode must be DEFAULT or NONE, got IPTABLES'),
  'an egress listener binds to an address or a socket': throws(egress({ bind: 'nowhere', port: { number: 9000, protocol: HTTP }, hosts: ['./*'] }),
    'bind of egress listener of port 9000 must be an IP address such as 10.1.2.3 or 2001:db8::1, got \'nowhere\''),
  'ports of egress listeners are unique': throws(
    egress({ port: { number: 9000, protocol: HTTP }, hosts: ['./*'] }, { port: { number: 9000, protocol: HTTP }, hosts: ['infra/*'] }),
    'egress listeners must have a port of their own, got 9000 twice: put the hosts into one listener'),
  'sockets of egress listeners are unique': throws(
    egress(
      { bind: 'unix:///a', port: { number: 0, protocol: HTTP }, hosts: ['./*'] },
      { bind: 'unix:///a', port: { number: 0, protocol: HTTP }, hosts: ['infra/*'] }),
    'egress listeners must have a socket of their own, got \'unix:///a\' twice'),
  'an egress listener without a socket has a port': throws(egress({ port: { number: 0, protocol: HTTP }, hosts: ['./*'] }),
    'port of egress listener of port 0 must be between 1 and 65535, got 0'),
  'an egress listener has no targetPort': impossible('`SidecarPort` has a number and no target port',
    'new Sidecar(chart, "A", { outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY, ' +
    'egress: [{ hosts: ["./*"], port: { number: 80, targetPort: 8080, protocol: IstioProtocol.HTTP } }] })'),
  'a host of an egress listener stands once': throws(egress({ hosts: ['./*', './*'] }),
    'host \'./*\' of a Sidecar is imported by \'./*\' already: leave it out'),
  'every host stands alone': throws(egress({ hosts: ['*/*', './a.example.com'] }),
    'host \'./a.example.com\' of a Sidecar is imported by \'*/*\' already: leave it out'),
};
