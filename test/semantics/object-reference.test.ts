import { checkObjectReference } from '../../src/semantics/object-reference';

test('a reference that can name an object is handed back', () => {
  const service = { group: '', kind: 'Service', name: 'backend', namespace: 'shop', port: 8080 };
  expect(checkObjectReference(service, 'the backend')).toBe(service);

  const host = { group: 'networking.istio.io', kind: 'Hostname', name: 'api.example.com' };
  expect(checkObjectReference(host, 'the backend')).toBe(host);
});

test.each([
  [{ group: 'Example' }, 'group of the backend must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'Example\''],
  [{ kind: '' }, 'kind of the backend must be letters, digits and inner dashes, at most 63 characters, got \'\''],
  [{ kind: 'my kind' }, 'kind of the backend must be letters, digits and inner dashes, at most 63 characters, got \'my kind\''],
  [{ kind: 'K'.repeat(64) }, `kind of the backend must be letters, digits and inner dashes, at most 63 characters, got '${'K'.repeat(64)}'`],
  [{ name: '' }, 'name of the backend must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'\''],
  [{ namespace: 'a.b' }, 'namespace of the backend must be a DNS label (lower case letters, digits and inner dashes), got \'a.b\''],
  [{ port: 0 }, 'port of the backend must be between 1 and 65535, got 0'],
])('a reference with %j is refused', (wrong, message) => {
  expect(() => checkObjectReference({ group: '', kind: 'Service', name: 'backend', ...wrong }, 'the backend')).toThrow(message);
});
