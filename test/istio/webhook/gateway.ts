import { impossible, Rows, throws } from './row';
import { IstioGateway, IstioProtocol, IstioServer, ServerTls, TlsVersion, WorkloadSelector } from '../../../src';

const selector = WorkloadSelector.labels({ app: 'a' });
const hosts = ['*'];
const FILES = { serverCertificate: '/a.pem', privateKey: '/a.key' };

/** Rules of Gateways. */
export const GATEWAY: Rows = {
  'the name of a Gateway is a DNS label': throws(
    chart => new IstioGateway(chart, 'A', { metadata: { name: 'shop.edge' }, selector, servers: [IstioServer.http({ hosts })] }),
    'name of the Istio Gateway must be a DNS label (lower case letters, digits and inner dashes), got \'shop.edge\''),
  'a Gateway has a server': throws(chart => new IstioGateway(chart, 'A', { selector }),
    'an Istio Gateway needs at least one server: pass servers, or call addServer'),
  'a server has a host': throws(() => IstioServer.http({ hosts: [] }),
    'a server needs at least one host, got none: pass hosts, such as [\'*\'], to the one of protocol HTTP'),
  'the port of a server has a number': throws(() => IstioServer.http({ hosts, port: 0 }),
    'port of server \'http-any\' must be between 1 and 65535, got 0'),
  'the port of a server is at most 65535': throws(() => IstioServer.http({ hosts, port: 65536 }),
    'port of server \'http-any\' must be between 1 and 65535, got 65536'),
  'the port of a server has a name': throws(() => IstioServer.http({ hosts, name: '' }),
    'name of a server must not be empty: leave it out to have it made from protocol and host'),
  'the protocol of a server is known': impossible('`IstioProtocolServerOptions.protocol` is one of `IstioProtocol`, which has no other words',
    'IstioServer.of({ hosts: ["*"], port: 80, protocol: "GOPHER" })'),
  'names of ports are unique in a Gateway': throws(chart => new IstioGateway(chart, 'A', {
    selector,
    servers: [IstioServer.http({ hosts: ['a.example.com'], name: 'http' }), IstioServer.http({ hosts: ['b.example.com'], port: 81, name: 'http' })],
  }),
  'server name \'http\' is taken: port names are unique in an Istio Gateway, pass another name'),
  'a server for HTTPS has tls': throws(() => IstioServer.of({ hosts, port: 443, protocol: IstioProtocol.HTTPS }),
    'server \'https-any\' needs tls because it speaks HTTPS: pass ServerTls.simple or another, or use IstioServer.http'),
  'a server for TLS has tls': throws(() => IstioServer.of({ hosts, port: 443, protocol: IstioProtocol.TLS }),
    'server \'tls-any\' needs tls because it speaks TLS: pass ServerTls.simple or another, or use IstioServer.http'),
  'a server for HTTP has tls for a redirect only': throws(
    () => IstioServer.of({ hosts, protocol: IstioProtocol.HTTP, tls: ServerTls.simple({ credentialName: 'a' }) }),
    'server \'http-any\' takes no tls because it speaks HTTP: use protocol HTTPS or TLS'),
  'a server for TCP has no tls': throws(
    () => IstioServer.of({ hosts, port: 9000, protocol: IstioProtocol.TCP, tls: ServerTls.simple({ credentialName: 'a' }) }),
    'server \'tcp-any\' takes no tls because it speaks TCP: use protocol HTTPS or TLS'),
  'a redirect to HTTPS is for HTTP': throws(
    () => IstioServer.of({ hosts, protocol: IstioProtocol.HTTPS, tls: ServerTls.simple({ credentialName: 'a' }), httpsRedirect: true }),
    'server \'https-any\' cannot redirect to HTTPS because it speaks HTTPS: put httpsRedirect on the HTTP server'),
  'a server binds to an address or a socket': throws(() => IstioServer.http({ hosts, bind: 'nowhere' }),
    'bind of server \'http-any\' must be an IP address such as 10.1.2.3 or 2001:db8::1, got \'nowhere\''),
  'the port of a socket is 0': throws(() => IstioServer.http({ hosts, bind: 'unix:///a', port: 80 }),
    'port of server \'http-any\' must be 0 because it binds to a Unix domain socket, got 80'),
  'the path of a socket is absolute': throws(() => IstioServer.http({ hosts, bind: 'unix://a' }),
    'bind of server \'http-any\' must name a socket by absolute path (unix:///run/app.sock) or abstract name (unix://@app), got \'unix://a\''),
  'a server has no targetPort': impossible('`IstioServerOptions` has a port and no target port',
    'IstioServer.http({ hosts: ["*"], targetPort: 8080 })'),
  'SIMPLE has a certificate': throws(() => ServerTls.simple({}),
    'ServerTls.simple needs one source of certificates, got none: pass one of certificates, credentialName, credentialNames, ' +
    'serverCertificate with privateKey, tlsCertificates'),
  'SIMPLE has a key': throws(() => ServerTls.simple({ serverCertificate: '/a.pem' }),
    'ServerTls.simple needs the path of a certificate and of its key: pass serverCertificate and privateKey together'),
  'MUTUAL has a certificate': throws(() => ServerTls.mutual({}),
    'ServerTls.mutual needs one source of certificates, got none: pass one of certificates, credentialName, credentialNames, ' +
    'serverCertificate with privateKey, tlsCertificates'),
  'MUTUAL with files has those of the clients\' authority': throws(() => ServerTls.mutual(FILES),
    'ServerTls.mutual needs the certificates that sign clients\' certificates: pass caCertificates beside the server\'s files'),
  'OPTIONAL_MUTUAL with files has those of the clients\' authority': throws(() => ServerTls.optionalMutual(FILES),
    'ServerTls.optionalMutual needs the certificates that sign clients\' certificates: pass caCertificates beside the server\'s files'),
  'ISTIO_MUTUAL has no certificate': impossible('`IstioMutualServerTlsOptions` has no certificates',
    'ServerTls.istioMutual({ credentialName: "a" })'),
  'ISTIO_MUTUAL has no certificate in files': impossible('`IstioMutualServerTlsOptions` has no certificates',
    'ServerTls.istioMutual({ serverCertificate: "/a.pem", privateKey: "/a.key" })'),
  'ISTIO_MUTUAL has no authority of its own': impossible('`IstioMutualServerTlsOptions` has no certificates',
    'ServerTls.istioMutual({ caCertificates: "/ca.pem" })'),
  'ISTIO_MUTUAL has no pair of certificates': impossible('`IstioMutualServerTlsOptions` has no certificates',
    'ServerTls.istioMutual({ tlsCertificates: [{ serverCertificate: "/a.pem", privateKey: "/a.key" }] })'),
  'ISTIO_MUTUAL has no pair of Secrets': impossible('`IstioMutualServerTlsOptions` has no certificates',
    'ServerTls.istioMutual({ credentialNames: ["a", "b"] })'),
  'PASSTHROUGH has no certificate': impossible('`ServerTls.passthrough` takes nothing', 'ServerTls.passthrough({ credentialName: "a" })'),
  'AUTO_PASSTHROUGH has no certificate': impossible('`ServerTls.autoPassthrough` takes nothing',
    'ServerTls.autoPassthrough({ credentialName: "a" })'),
  'a certificate comes from one source': throws(() => ServerTls.simple({ credentialName: 'a', tlsCertificates: [FILES] }),
    'ServerTls.simple needs one source of certificates, got credentialName and tlsCertificates: pass one of certificates, ' +
    'credentialName, credentialNames, serverCertificate with privateKey, tlsCertificates'),
  'a revocation list is of client certificates': impossible('`SimpleServerTlsOptions` of `ServerTls.simple` has no revocation list',
    'ServerTls.simple({ serverCertificate: "/a.pem", privateKey: "/a.key", caCrl: "/a.crl" })'),
  'cipher suites are known': throws(() => ServerTls.simple({ credentialName: 'a', cipherSuites: ['ROT13'] }),
    'cipher suite must be one of ECDHE-ECDSA-AES128-GCM-SHA256, ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-ECDSA-CHACHA20-POLY1305, ' +
    'ECDHE-ECDSA-AES128-SHA, ECDHE-ECDSA-AES256-SHA, ECDHE-RSA-AES128-GCM-SHA256, ECDHE-RSA-AES256-GCM-SHA384, ' +
    'ECDHE-RSA-CHACHA20-POLY1305, ECDHE-RSA-AES128-SHA, ECDHE-RSA-AES256-SHA, AES128-GCM-SHA256, AES256-GCM-SHA384, AES128-SHA, ' +
    'AES256-SHA, DES-CBC3-SHA, ALL, got \'ROT13\''),
  'cipher suites are named once': throws(() => ServerTls.simple({ credentialName: 'a', cipherSuites: ['AES128-SHA', 'AES128-SHA'] }),
    'cipher suite \'AES128-SHA\' is given twice: name each once'),
  'TLS before 1.2 has its cipher suites named': throws(() => ServerTls.simple({ credentialName: 'a', minProtocolVersion: TlsVersion.V1_0 }),
    'minProtocolVersion TLSV1_0 needs cipherSuites: Envoy\'s own are for TLSV1_2 and above'),
};
