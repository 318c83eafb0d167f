import { Chart, Testing } from 'cdk8s';
import { Protocol, Service } from 'cdk8s-plus-28';
import {
  Backend, CanaryVersion, ExternalAuth, Gateway, GatewayApi, GatewayApiChannel, GatewayClass, GatewayController, GrpcRoute, HttpRoute, Listener,
  ListenerFilter, RouteParent, TcpRoute, TlsRoute, UdpRoute,
} from '../../src';

function service(...ports: number[]) {
  return new Service(Testing.chart(), 'Backend', {
    metadata: { name: 'backend', namespace: 'shop' },
    ports: ports.map(port => ({ port, name: `p${port}` })),
  });
}
const config = (backend: Backend) => backend.bind(Testing.chart());

test('the only port of a Service is its default', () => {
  expect(config(Backend.service(service(8080)))).toEqual({ group: '', kind: 'Service', name: 'backend', namespace: 'shop', port: 8080 });
});

test('one port of several is named', () => {
  expect(config(Backend.service(service(80, 8080), { port: 8080 })).port).toBe(8080);
});

test('a Service without namespace is in that of the route', () => {
  const near = new Service(new Chart(Testing.app(), 'test'), 'Backend', { ports: [{ port: 80 }] });
  expect(config(Backend.service(near)).namespace).toBeUndefined();
});

test('the port must be one of the Service', () => {
  expect(() => Backend.service(service(80, 8080))).toThrow('service \'backend\' has no single port: it has 80/TCP, 8080/TCP; pass port');
  expect(() => Backend.service(service(80, 8080), { port: 443 })).toThrow('service \'backend\' has no port 443: it has 80/TCP, 8080/TCP');
  const empty = new Service(Testing.chart(), 'Empty', { metadata: { name: 'empty' } });
  expect(() => Backend.service(empty)).toThrow('service \'empty\' has no single port: it has none so far; pass port');
  expect(() => Backend.service(empty, { port: 80 })).toThrow('service \'empty\' has no port 80: it has none so far');
});

test('a Service of the cluster is named', () => {
  expect(config(Backend.serviceName('search', { port: 80 }))).toEqual({ group: '', kind: 'Service', name: 'search', port: 80 });
  expect(config(Backend.serviceName('search', { port: 80, namespace: 'search' })).namespace).toBe('search');
});

test('a host of Istio\'s registry', () => {
  expect(config(Backend.istioHostname('api.example.com', { port: 443 })))
    .toEqual({ group: 'networking.istio.io', kind: 'Hostname', name: 'api.example.com', port: 443 });
  expect(() => Backend.istioHostname('*.example.com', { port: 443 }))
    .toThrow('hostname must name one host, got \'*.example.com\': wildcards are not allowed here');
});

test('any other object', () => {
  const bucket = { group: 'example.com', kind: 'Bucket', name: 'assets', namespace: 'storage' };
  expect(config(Backend.of(bucket))).toEqual(bucket);
  expect(config(Backend.of({ group: '', kind: 'Bucket', name: 'assets' })).port).toBeUndefined();
});

test('what Kubernetes would not take is refused', () => {
  expect(() => Backend.serviceName('Search', { port: 80 })).toThrow('name of the backend must be a DNS subdomain');
  expect(() => Backend.serviceName('search', { port: 0 })).toThrow('port of the backend must be between 1 and 65535, got 0');
  expect(() => Backend.serviceName('search', { port: 80, namespace: 'a.b' })).toThrow('namespace of the backend must be a DNS label');
  expect(() => Backend.of({ group: '', kind: 'Service', name: 'search' })).toThrow('backend Service \'search\' needs a port: pass port');
});

test('an XBackend says its port itself', () => {
  const reference = { group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'assets' };
  expect(config(Backend.of(reference))).toEqual(reference);
  expect(() => Backend.of({ ...reference, port: 80 }))
    .toThrow("backend XBackend 'assets' must have no port, got 80: the XBackend itself says it, leave port out");
  expect(config(Backend.of({ ...reference, group: 'example.com', port: 80 })).port).toBe(80);
});

describe('ports have the transport of the route', () => {
  const parents = [RouteParent.gateway(Gateway.fromGatewayName('edge'))];
  const metadata = { name: 'names' };
  const udp = (backend: Backend) => new UdpRoute(Testing.chart(), 'Route', { metadata, parents, backends: [{ backend }] })._toKube().rules[0].backendRefs[0].port;
  const tcp = (backend: Backend) => new TcpRoute(Testing.chart(), 'Route', { metadata, parents, backends: [{ backend }] })._toKube().rules[0].backendRefs[0].port;
  const dns = (...ports: [number, Protocol?][]) => new Service(Testing.chart(), 'Dns', {
    metadata: { name: 'dns' }, ports: ports.map(([port, protocol]) => ({ name: `p${port}-${protocol}`, port, protocol })),
  });

  test('one number for both', () => {
    const backend = Backend.service(dns([53, Protocol.UDP], [53, Protocol.TCP]));
    expect([udp(backend), tcp(backend)]).toEqual([53, 53]);
  });

  test('the route\'s transport picks', () => {
    const backend = Backend.service(dns([53, Protocol.UDP], [9153]));
    expect([udp(backend), tcp(backend)]).toEqual([53, 9153]);
  });

  test('where one transport leaves it open, the other may still pick', () => {
    const backend = Backend.service(dns([53, Protocol.UDP], [53, Protocol.TCP], [9153, Protocol.TCP]));
    expect(udp(backend)).toBe(53);
    expect(() => tcp(backend)).toThrow("service 'dns' has no single TCP port for TCPRoute 'names': it has 53/UDP, 53/TCP, 9153/TCP; pass port");
  });

  test('what no transport can pick is refused at once', () => {
    expect(() => Backend.service(dns([53, Protocol.UDP], [54, Protocol.UDP], [80], [81])))
      .toThrow("service 'dns' has no single port: it has 53/UDP, 54/UDP, 80/TCP, 81/TCP; pass port");
    expect(() => Backend.service(dns([132, Protocol.SCTP]))).toThrow("service 'dns' has no single port: it has 132/SCTP; pass port");
  });

  test('datagrams go to no TCP port', () => {
    expect(() => udp(Backend.service(dns([53])))).toThrow(
      "service 'dns' has no UDP port for UDPRoute 'names': it has 53/TCP; declare one with protocol UDP, or use another Service");
    expect(() => udp(Backend.service(dns([53, Protocol.TCP], [54, Protocol.UDP]), { port: 53 }))).toThrow(
      "service 'dns' has no UDP port 53 for UDPRoute 'names': it has 53/TCP, 54/UDP; declare one with protocol UDP, or use another Service");
  });

  const lookups = Backend.service(dns([53, Protocol.UDP]));
  test.each<[string, () => unknown]>([
    ['TCPRoute', () => tcp(lookups)],
    ['TLSRoute', () => new TlsRoute(Testing.chart(), 'Route', { metadata, parents, hostnames: ['example.com'], backends: [{ backend: lookups }] })],
    ['HTTPRoute', () => new HttpRoute(Testing.chart(), 'Route', { metadata, parents, rules: [{ backends: [{ backend: lookups }] }] })],
    ['GRPCRoute', () => new GrpcRoute(Testing.chart(), 'Route', { metadata, parents, rules: [{ backends: [{ backend: lookups }] }] })],
    ['Gateway', () => {
      const chart = Testing.chart();
      GatewayApi.declare(chart, { channel: GatewayApiChannel.EXPERIMENTAL });
      new Gateway(chart, 'Gateway', {
        metadata,
        gatewayClass: GatewayClass.fromGatewayClassName('any', { controller: GatewayController.of('example.com/any') }),
        listeners: [Listener.http({ filters: [ListenerFilter.externalAuth(ExternalAuth.grpc({ backend: lookups }))] })],
      });
    }],
  ])('a %s sends to no UDP port', (kind, make) => {
    expect(make).toThrow(`service 'dns' has no TCP port for ${kind} 'names': it has 53/UDP; declare one with protocol TCP, or use another Service`);
  });

  test('a version of a canary has a TCP port, with the port of its pods', () => {
    expect(() => CanaryVersion.service(dns([53, Protocol.UDP]))).toThrow("service 'dns' has no TCP port: it has 53/UDP; declare one with protocol TCP, or use another Service");
    const web = new Service(Testing.chart(), 'Web', {
      ports: [{ name: 'h3', port: 443, targetPort: 8444, protocol: Protocol.UDP }, { name: 'https', port: 443, targetPort: 8443 }],
    });
    expect(CanaryVersion.service(web)).toMatchObject({ port: 443, targetPort: 8443 });
  });
});
