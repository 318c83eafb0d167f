import { Size } from 'cdk8s';
import { Backend, ExternalAuth, IBackend } from '../../src';

const backend = Backend.serviceName('auth', { port: 9000 });
const CONFIG = { group: '', kind: 'Service', name: 'auth', port: 9000 };
const names = (count: number) => Array.from({ length: count }, (_, i) => `x-${i}`);

/** As a route or a listener does it, which knows how it refers to the server. */
function render(auth: ExternalAuth) {
  return auth._toKube((given: IBackend) => {
    expect(given).toBe(backend);
    return CONFIG;
  });
}

test('a server that speaks gRPC', () => {
  expect(render(ExternalAuth.grpc({ backend }))).toEqual({ protocol: 'GRPC', grpc: {}, backendRef: CONFIG });
  expect(render(ExternalAuth.grpc({ backend, allowedHeaders: ['X-Tenant'], maxBodySize: Size.kibibytes(8) }))).toEqual({
    protocol: 'GRPC', grpc: { allowedHeaders: ['X-Tenant'] }, forwardBody: { maxSize: 8192 }, backendRef: CONFIG,
  });
});

test('a server that speaks HTTP', () => {
  expect(render(ExternalAuth.http({ backend }))).toEqual({ protocol: 'HTTP', http: {}, backendRef: CONFIG });
  expect(render(ExternalAuth.http({
    backend, path: '/check/%20', allowedHeaders: ['Cookie'], allowedResponseHeaders: ['X-User', 'X-Roles'], maxBodySize: Size.kibibytes(0),
  }))).toEqual({
    protocol: 'HTTP',
    http: { path: '/check/%20', allowedHeaders: ['Cookie'], allowedResponseHeaders: ['X-User', 'X-Roles'] },
    forwardBody: { maxSize: 0 },
    backendRef: CONFIG,
  });
});

test('the server is known', () => {
  expect(ExternalAuth.grpc({ backend })._backend).toBe(backend);
});

test.each(['', '/a b', '/a?b', '/%2', `/${'a'.repeat(1024)}`])('the path is one: %s', path => {
  expect(() => ExternalAuth.http({ backend, path }))
    .toThrow(`path of ExternalAuth.http must be characters of a URL path, at most 1024, got '${path}'`);
});

test('lists of headers have their limit, and say nothing twice', () => {
  expect(() => ExternalAuth.grpc({ backend, allowedHeaders: names(65) }))
    .toThrow('allowedHeaders of the external authorization must be at most 64, got 65: leave some out');
  expect(() => ExternalAuth.http({ backend, allowedResponseHeaders: ['X-User', 'x-user'] }))
    .toThrow('allowedResponseHeaders of the external authorization must differ from each other, got \'x-user\' twice');
  expect(() => ExternalAuth.http({ backend, allowedHeaders: ['a b'] }))
    .toThrow('allowedHeaders of the external authorization must be 1 to 256 letters, digits');
  expect(render(ExternalAuth.grpc({ backend, allowedHeaders: names(64) })).grpc!.allowedHeaders).toHaveLength(64);
});

test.each([
  [Size.kibibytes(64), '65536'],
  [Size.kibibytes(0.0001), '0.1024'],
])('the size of a body is whole bytes', (maxBodySize, got) => {
  expect(() => ExternalAuth.grpc({ backend, maxBodySize }))
    .toThrow(`maxBodySize of the external authorization must be whole bytes, at most 65535, got ${got}`);
});
