import { infrastructureSpec } from '../../src/gateway-api/gateway-infrastructure-spec';

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, '']));

test('with everything said', () => {
  expect(infrastructureSpec({
    labels: { 'example.com/team': 'platform', 'empty': '' },
    annotations: { 'example.com/note': 'any text: {}' },
    parameters: { group: 'example.com', kind: 'ProxySettings', name: 'edge' },
  })).toEqual({
    labels: { 'example.com/team': 'platform', 'empty': '' },
    annotations: { 'example.com/note': 'any text: {}' },
    parametersRef: { group: 'example.com', kind: 'ProxySettings', name: 'edge' },
  });
});

test('what is empty stays', () => {
  expect(infrastructureSpec({ labels: {}, annotations: {} })).toEqual({ labels: {}, annotations: {} });
});

test('limits', () => {
  expect(() => infrastructureSpec({ labels: many(9) })).toThrow('labels of the infrastructure must be at most 8, got 9: leave some out');
  expect(() => infrastructureSpec({ annotations: many(17) })).toThrow('annotations of the infrastructure must be at most 16, got 17: leave some out');
  expect(() => infrastructureSpec({ annotations: { note: 'x'.repeat(4097) } }))
    .toThrow('characters of annotation \'note\' of the infrastructure must be at most 4096, got 4097: shorten it');
});

test('keys and values are those of Kubernetes', () => {
  expect(() => infrastructureSpec({ labels: { 'a b': 'x' } })).toThrow('label of the infrastructure must be a name of at most 63 letters');
  expect(() => infrastructureSpec({ labels: { 'Example/a': 'x' } })).toThrow('domain of label of the infrastructure must be a DNS subdomain');
  expect(() => infrastructureSpec({ labels: { team: 'a b' } })).toThrow('label \'team\' of the infrastructure must be at most 63 letters, digits and inner -_., got \'a b\'');
  expect(() => infrastructureSpec({ annotations: { 'a/b/c': 'x' } })).toThrow('domain of annotation of the infrastructure must be a DNS subdomain');
});

test('parameters name an object', () => {
  expect(() => infrastructureSpec({ parameters: { group: '', kind: 'ConfigMap', name: 'Edge' } }))
    .toThrow('name of the infrastructure\'s parameters must be a DNS subdomain');
});
