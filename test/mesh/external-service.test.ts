import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { ExternalPort, ExternalProtocol, ExternalService, ExternalTls, ForwardProxy } from '../../src';

const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);

describe('an external service', () => {
  test.each([
    ['tls', ExternalService.tls('a.example.com'), ExternalProtocol.TLS, 443, 443, undefined],
    ['http', ExternalService.http('a.example.com'), ExternalProtocol.HTTP, 80, 80, undefined],
    ['originate', ExternalService.originate('a.example.com'), ExternalProtocol.HTTP_WITH_TLS_ORIGINATION, 80, 443, true],
    ['grpc', ExternalService.grpc('a.example.com'), ExternalProtocol.GRPC, 80, 80, undefined],
    ['originateGrpc', ExternalService.originateGrpc('a.example.com', { externalPort: 8443 }), ExternalProtocol.GRPC_WITH_TLS_ORIGINATION, 80, 8443, true],
    ['tcp', ExternalService.tcp('a.example.com', { port: 5432 }), ExternalProtocol.TCP, 5432, 5432, true],
  ])('of %s', (_, service, protocol, port, externalPort, identified) => {
    expect(service.ports.map(one => [one.protocol, one.port, one.hostPort])).toEqual([[protocol, port, externalPort]]);
    expect([service.hostname, service.hostnames, service.slug, service.identified]).toEqual(['a.example.com', ['a.example.com'], 'a-example-com', identified]);
  });

  test('with several hosts, several ports and a name of its own', () => {
    const service = ExternalService.of({ hostnames: ['a.example.com', 'b.example.com'], ports: [ExternalPort.http(), ExternalPort.tls()], name: 'ab', identified: false });
    expect([service.slug, service.hostnames, service.identified]).toEqual(['ab', ['a.example.com', 'b.example.com'], false]);
    expect(ExternalService.http('a.example.com', { moreHosts: ['b.example.com'] }).hostnames).toEqual(['a.example.com', 'b.example.com']);
  });

  test('of any host of a domain', () => {
    expect(ExternalService.tls('*.example.com').slug).toBe('wildcard-example-com');
  });

  test.each<[string, () => unknown, string]>([
    ['a host without a dot', () => ExternalService.tls('stripe'), "external host must be fully qualified, got 'stripe'"],
    ['no host', () => ExternalService.of({ hostnames: [], ports: [ExternalPort.tls()] }), 'an external service needs hosts and ports, got 0 hosts and 1 ports'],
    ['no port', () => ExternalService.of({ hostnames: ['a.example.com'], ports: [] }), 'an external service needs hosts and ports, got 1 hosts and 0 ports'],
    ['a host twice', () => ExternalService.tls('a.example.com', { moreHosts: ['a.example.com'] }), "external hosts must differ from each other, got 'a.example.com' twice"],
    ['a port twice', () => ExternalService.of({ hostnames: ['a.example.com'], ports: [ExternalPort.tls(), ExternalPort.http({ port: 443 })] }),
      "port 443 of external host 'a.example.com' is for TLS already, got HTTP: a port speaks one protocol"],
    ['TLS that is begun and passed through on one port', () => ExternalService.of({ hostnames: ['a.example.com'], ports: [ExternalPort.originate(), ExternalPort.tls()] }),
      "port 443 of external host 'a.example.com' is the one to which the mesh begins TLS for port 80, got it for TLS on port 443 as well: begin TLS from one port"],
    ['hosts that are looked up in two ways', () => ExternalService.tls('a.example.com', { moreHosts: ['*.example.com'] }),
      'external hosts a.example.com, *.example.com are looked up in two ways: a service has wildcards only, or none'],
    ['TLS that is begun to any host', () => ExternalService.originate('*.example.com'),
      "external host must be one host with HTTP with TLS origination, got '*.example.com': name the hosts one by one, or let applications begin TLS"],
    ['TCP to any host', () => ExternalService.tcp('*.example.com', { port: 1 }), "external host must be one host with TCP, got '*.example.com'"],
    ['any host through a proxy', () => ExternalService.tls('*.example.com', { proxy }), "external host must be one host through a forward proxy, got '*.example.com'"],
    ['TCP to several hosts', () => ExternalService.of({ hostnames: ['a.example.com', 'b.example.com'], ports: [ExternalPort.tcp({ port: 1 })] }),
      'external hosts a.example.com, b.example.com cannot be told apart by TCP: allow each by itself'],
    ['addresses of TLS', () => ExternalService.of({ hostnames: ['a.example.com'], ports: [ExternalPort.tls()], addresses: ['10.0.0.1'] }),
      "addresses of external host 'a.example.com' are those by which TCP is told apart, got them with TLS: leave addresses out"],
    ['no addresses', () => ExternalService.tcp('a.example.com', { port: 1, addresses: [] }),
      "addresses of external host 'a.example.com' are those by which TCP is told apart, got none: leave addresses out"],
    ['an address that is none', () => ExternalService.tcp('a.example.com', { port: 1, addresses: ['db'] }),
      "address of external host 'a.example.com' must be an IP address or a CIDR block such as 10.0.0.0/8, got 'db'"],
    ['clear text before TLS begins', () => ExternalService.of({ hostnames: ['a.example.com'], ports: [ExternalPort.originate()], identified: false }),
      "the way to external host 'a.example.com' would be clear text up to where TLS begins: leave identified: false out"],
    ['a name that is none', () => ExternalService.tls('a.example.com', { name: 'A' }), "name of external host 'a.example.com' must be a DNS label"],
    ['a gateway port that is none', () => ExternalService.tls('a.example.com', { gatewayPort: 0 }), "gateway port of 'a.example.com' must be between 1 and 65535, got 0"],
  ])('is refused with %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a forward proxy', () => {
  test('by name and by address', () => {
    expect([proxy.hostname, proxy.port, proxy.ipAddress]).toEqual(['proxy.corp.example.com', 3128, undefined]);
    const { hostname, ipAddress } = ForwardProxy.address('10.0.0.9', 8080);
    expect([hostname, ipAddress]).toEqual(['10-0-0-9.forward-proxy.internal', '10.0.0.9']);
  });

  test('that is none', () => {
    expect(() => ForwardProxy.host('proxy', 3128)).toThrow("host of a forward proxy must be one host, fully qualified, got 'proxy'");
    expect(() => ForwardProxy.address('proxy', 3128)).toThrow('address of a forward proxy must be an IP address');
    expect(() => ForwardProxy.host('proxy.example.com', 0)).toThrow("port of forward proxy 'proxy.example.com' must be between 1 and 65535, got 0");
  });
});

describe('TLS to an external host', () => {
  const secret = () => new Secret(new Chart(new App(), 'test'), 'Secret', { metadata: { name: 'ca', namespace: 'egress' } });
  const written = (tls: ExternalTls) => tls._clientTls('a.example.com')._toKube();

  test.each([
    ['by what systems trust', ExternalTls.systemTrust(), { mode: 'SIMPLE', sni: 'a.example.com' }, undefined],
    ['with names of its own', ExternalTls.systemTrust({ sni: 'b.example.com', subjectAltNames: ['c.example.com'] }),
      { mode: 'SIMPLE', sni: 'b.example.com', subjectAltNames: ['c.example.com'] }, undefined],
    ['by an own authority', ExternalTls.caSecret(secret()),
      { mode: 'SIMPLE', sni: 'a.example.com', subjectAltNames: ['a.example.com'], credentialName: 'ca' }, 'ca'],
    ['by an own authority, by name', ExternalTls.caSecretName('own'),
      { mode: 'SIMPLE', sni: 'a.example.com', subjectAltNames: ['a.example.com'], credentialName: 'own' }, 'own'],
    ['with a certificate of the client', ExternalTls.clientCertificate(secret(), { sni: 'b.example.com' }),
      { mode: 'MUTUAL', sni: 'b.example.com', subjectAltNames: ['b.example.com'], credentialName: 'ca' }, 'ca'],
    ['with a certificate of the client, by name', ExternalTls.clientCertificateName('client'),
      { mode: 'MUTUAL', sni: 'a.example.com', subjectAltNames: ['a.example.com'], credentialName: 'client' }, 'client'],
  ])('%s', (_, tls, expected, name) => {
    expect(written(tls)).toEqual(expected);
    expect(tls.secretName).toBe(name);
  });

  test('with a Secret where the gateway cannot read it', () => {
    expect(() => ExternalTls.caSecret(secret())._checkSecret('other')).toThrow("Secret 'ca' is in namespace 'egress', where the gateway in 'other' cannot read it: make it there");
    ExternalTls.caSecret(secret())._checkSecret('egress');
    expect(() => ExternalTls.caSecretName('A')).toThrow('name of the Secret must be a DNS subdomain');
    expect(() => ExternalTls.clientCertificateName('A')).toThrow('name of the Secret must be a DNS subdomain');
  });
});
