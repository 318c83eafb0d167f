import { Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Destination, IstioHost, Subset } from '../../src';

const service = (...ports: number[]) => IstioHost.service(new Service(Testing.chart(), 'Backend', {
  metadata: { name: 'backend', namespace: 'shop' },
  ports: ports.map(port => ({ port, name: `p${port}` })),
}));

test('the only port of a host is written', () => {
  expect(Destination.host(service(8080))._toKube()).toEqual({ host: 'backend.shop.svc.cluster.local', port: { number: 8080 } });
});

test('a port that is not known is left out', () => {
  const destination = Destination.host(IstioHost.serviceName('backend', 'shop'));
  expect(destination._toKube()).toEqual({ host: 'backend.shop.svc.cluster.local', subset: undefined, port: undefined });
  expect(destination.port).toBeUndefined();
});

test('a Service is a host, in short', () => {
  const backend = new Service(Testing.chart(), 'Backend', { metadata: { name: 'backend', namespace: 'shop' }, ports: [{ port: 80 }, { port: 81, name: 'b' }] });
  expect(Destination.service(backend, { port: 81 })._toKube()).toEqual({ host: 'backend.shop.svc.cluster.local', port: { number: 81 } });
  expect(() => Destination.service(backend)).toThrow('host \'backend.shop.svc.cluster.local\' has several ports: 80, 81; pass port');
  expect(() => Destination.service(new Service(Testing.chart(), 'Web', { ports: [{ port: 80 }] }))).toThrow('needs a namespace to have a host');
});

test('a subset is a host, a name and a port', () => {
  const destination = Destination.subset(Subset.named(service(80, 8080), 'v2'), { port: 80 });
  expect(destination._toKube()).toEqual({ host: 'backend.shop.svc.cluster.local', subset: 'v2', port: { number: 80 } });
  expect(destination.subsetName).toBe('v2');
});

test('several ports need a choice', () => {
  expect(() => Destination.host(service(80, 8080))).toThrow('host \'backend.shop.svc.cluster.local\' has several ports: 80, 8080; pass port');
});

test('a port must be one that the host has', () => {
  expect(() => Destination.host(service(80), { port: 81 })).toThrow('host \'backend.shop.svc.cluster.local\' has no port 81: it has 80');
  expect(() => Destination.host(IstioHost.of('example.com'), { port: 0 })).toThrow('port of host \'example.com\' must be between 1 and 65535, got 0');
});

test('every host is no destination', () => {
  expect(() => Destination.host(IstioHost.ANY)).toThrow('a destination must be one host, got \'*\': name it');
});

test('the name of a subset is a DNS label', () => {
  expect(() => Subset.named(IstioHost.of('example.com'), 'V2')).toThrow('name of the subset must be a DNS label');
});
