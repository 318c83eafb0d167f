import { Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Backend } from '../../src';

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
  expect(() => Backend.service(service(80, 8080))).toThrow('service \'backend\' has no single port: it has 80, 8080; pass port');
  expect(() => Backend.service(service(80, 8080), { port: 443 })).toThrow('service \'backend\' has no port 443: it has 80, 8080');
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
