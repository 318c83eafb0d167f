import { IstioHttpRedirect, IstioRedirectPort, IstioRedirectScheme } from '../../src';

test('a redirect writes what changes', () => {
  expect(IstioHttpRedirect.to({ uri: '/new', authority: 'new.example.com', port: 8443, scheme: IstioRedirectScheme.HTTPS, code: 308 })._toKube())
    .toEqual({ uri: '/new', authority: 'new.example.com', port: 8443, scheme: 'https', redirectCode: 308 });
  expect(IstioHttpRedirect.to({ prefixRewrite: '/b/', derivePort: IstioRedirectPort.FROM_REQUEST_PORT })._toKube())
    .toEqual({ prefixRewrite: '/b/', derivePort: 'FROM_REQUEST_PORT' });
});

test('something must change', () => {
  expect(() => IstioHttpRedirect.to({ code: 301 })).toThrow(
    'a redirect must change something: pass uri, prefixRewrite, authority, port, derivePort or scheme');
  expect(() => IstioHttpRedirect.to({ uri: '' })).toThrow('a redirect must change something');
});

test('one thing is said once', () => {
  expect(() => IstioHttpRedirect.to({ uri: '/a', prefixRewrite: '/b' })).toThrow('a redirect takes either uri or prefixRewrite, got \'/a\' and \'/b\'');
  expect(() => IstioHttpRedirect.to({ port: 80, derivePort: IstioRedirectPort.FROM_PROTOCOL_DEFAULT }))
    .toThrow('a redirect takes either port or derivePort, got 80 and FROM_PROTOCOL_DEFAULT');
});

test('code and port are ones that Envoy has', () => {
  expect(() => IstioHttpRedirect.to({ uri: '/a', code: 304 })).toThrow('code of a redirect must be one of 301, 302, 303, 307, 308, got 304');
  expect(() => IstioHttpRedirect.to({ port: 0 })).toThrow('port of a redirect must be between 1 and 65535, got 0');
});
