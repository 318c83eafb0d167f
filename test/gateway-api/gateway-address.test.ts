import { GatewayAddress, GatewayRoutability } from '../../src';

test.each([
  [GatewayAddress.ipAddress('10.1.2.3'), { type: 'IPAddress', value: '10.1.2.3' }],
  [GatewayAddress.ipAddress('2001:db8::1'), { type: 'IPAddress', value: '2001:db8::1' }],
  [GatewayAddress.ipAddress(), { type: 'IPAddress' }],
  [GatewayAddress.hostname('*.edge.example.com'), { type: 'Hostname', value: '*.edge.example.com' }],
  [GatewayAddress.hostname(), { type: 'Hostname' }],
  [GatewayAddress.of('example.com/pool', 'blue'), { type: 'example.com/pool', value: 'blue' }],
  [GatewayAddress.of('NamedAddress', 'static'), { type: 'NamedAddress', value: 'static' }],
  [GatewayAddress.of('example.com/a/b'), { type: 'example.com/a/b' }],
])('an address: %#', (address, spec) => {
  expect(address).toMatchObject(spec);
  expect(address._toKube()).toEqual(spec);
});

test('from where an address can be reached', () => {
  const routability = GatewayRoutability.of('example.com/campus/north');
  expect(GatewayAddress.ipAddress('10.1.2.3', { routability: GatewayRoutability.CLUSTER })._toKube())
    .toEqual({ type: 'IPAddress', value: '10.1.2.3', routability: 'Cluster' });
  expect(GatewayAddress.hostname(undefined, { routability })._toKube()).toEqual({ type: 'Hostname', routability: 'example.com/campus/north' });
  expect(GatewayAddress.of('example.com/pool', 'blue', { routability })._toKube().routability).toBe('example.com/campus/north');
});

test('values are of their type', () => {
  expect(() => GatewayAddress.ipAddress('edge.example.com')).toThrow('address of type IPAddress must be an IP address');
  expect(() => GatewayAddress.ipAddress('')).toThrow('address of type IPAddress must be an IP address');
  expect(() => GatewayAddress.ipAddress('fe80::1%eth0'))
    .toThrow('address of type IPAddress must have no zone, got \'fe80::1%eth0\': leave out what starts with \'%\'');
  expect(() => GatewayAddress.hostname('Edge')).toThrow('address of type Hostname must be a lower case DNS name');
  expect(() => GatewayAddress.of('example.com/pool', 'a'.repeat(254))).toThrow('address of type example.com/pool must have at most 253 characters, got 254');
});

test.each(['IPAddress', 'Hostname', 'example.com', 'example.com/', 'example.com/a b', `example.com/${'a'.repeat(242)}`])('types have a domain: %s', type => {
  expect(() => GatewayAddress.of(type)).toThrow('type of an address must be a domain and a path such as example.com/pool, at most 253 characters, ' +
    `got '${type}': or use GatewayAddress.ipAddress or GatewayAddress.hostname`);
});

test('the domain of a type is one', () => {
  expect(() => GatewayAddress.of('Example/pool')).toThrow('domain of the address type must be a DNS subdomain');
});

test.each(['Cluster', 'campus', 'example.com/', `example.com/${'a'.repeat(242)}`])('words of an implementation have a domain: %s', name => {
  expect(() => GatewayRoutability.of(name)).toThrow('routability must be a domain, a slash and a word such as example.com/campus, at most 253 characters, ' +
    `got '${name}': or use GatewayRoutability.CLUSTER`);
});

test('the domain of a word is the implementation\'s own', () => {
  expect(() => GatewayRoutability.of('Example/campus')).toThrow('domain of the routability must be a DNS subdomain');
  expect(() => GatewayRoutability.of('k8s.io/x')).toThrow('domain of the routability must be outside k8s.io, got \'k8s.io\': use one of your implementation');
  expect(() => GatewayRoutability.of('x.k8s.io/x')).toThrow('domain of the routability must be outside k8s.io, got \'x.k8s.io\'');
  expect(GatewayRoutability.of('notk8s.io/x').name).toBe('notk8s.io/x');
});
