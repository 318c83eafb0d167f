import { Backend, ExternalAuth, ListenerFilter } from '../../src';

const CONFIG = { group: '', kind: 'Service', name: 'auth', port: 9000 };

test('external authorization', () => {
  const backend = Backend.serviceName('auth', { port: 9000 });
  const filter = ListenerFilter.externalAuth(ExternalAuth.http({ backend, path: '/check' }));
  expect(filter._backend).toBe(backend);
  expect(filter._toKube(() => CONFIG)).toEqual({
    type: 'ExternalAuth', externalAuth: { protocol: 'HTTP', http: { path: '/check' }, backendRef: CONFIG },
  });
});

test('a filter of the implementation', () => {
  const filter = ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'edge' });
  expect(filter._backend).toBeUndefined();
  expect(filter._toKube(() => CONFIG)).toEqual({ type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Waf', name: 'edge' } });
  expect(() => ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: '' })).toThrow('name of the listener filter\'s extension must be a DNS subdomain');
});
