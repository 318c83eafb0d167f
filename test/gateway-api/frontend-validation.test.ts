import { CaCertificate, FrontendTls, FrontendValidationMode } from '../../src';
import { frontendCaCertificates, frontendTlsSpec } from '../../src/gateway-api/frontend-validation-spec';

const ca = CaCertificate.configMapName('clients-ca');
const far = CaCertificate.configMapName('far-ca', { namespace: 'pki' });
const REF = { group: '', kind: 'ConfigMap', name: 'clients-ca' };

test('with everything said', () => {
  // GIVEN
  const frontend: FrontendTls = {
    validation: { caCertificates: [ca], mode: FrontendValidationMode.ALLOW_VALID_ONLY },
    ports: [
      { port: 8443, validation: { caCertificates: [ca, far], mode: FrontendValidationMode.ALLOW_INSECURE_FALLBACK } },
      { port: 9443 },
    ],
  };

  // THEN
  expect(frontendTlsSpec(frontend, 'edge')).toEqual({
    default: { validation: { caCertificateRefs: [REF], mode: 'AllowValidOnly' } },
    perPort: [
      {
        port: 8443,
        tls: {
          validation: {
            caCertificateRefs: [REF, { group: '', kind: 'ConfigMap', name: 'far-ca', namespace: 'pki' }],
            mode: 'AllowInsecureFallback',
          },
        },
      },
      { port: 9443, tls: {} },
    ],
  });
  expect(frontendCaCertificates(frontend)).toEqual([ca, ca, far]);
});

test('the part that holds for other ports is there although nothing is said', () => {
  expect(frontendTlsSpec({ ports: [{ port: 8443, validation: { caCertificates: [far] } }] }, 'pki')).toEqual({
    default: {},
    perPort: [{ port: 8443, tls: { validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'far-ca' }], mode: 'AllowValidOnly' } } }],
  });
  expect(frontendTlsSpec({})).toEqual({ default: {} });
  expect(frontendCaCertificates({})).toEqual([]);
});

test('authorities are 1 to 16', () => {
  expect(() => frontendTlsSpec({ validation: { caCertificates: [] } }))
    .toThrow('caCertificates of frontendTls must be at least one, got none: pass one, or leave validation out');
  expect(() => frontendTlsSpec({ validation: { caCertificates: Array(17).fill(ca) } }))
    .toThrow('caCertificates of frontendTls must be at most 16, got 17: put several into one ConfigMap');
  expect(() => frontendTlsSpec({ ports: [{ port: 8443, validation: { caCertificates: [] } }] }))
    .toThrow('caCertificates of port 8443 of frontendTls must be at least one, got none: pass one, or leave validation out');
});

test('ports are ports, each once', () => {
  expect(() => frontendTlsSpec({ ports: [{ port: 8443 }, { port: 8443 }] })).toThrow('ports of frontendTls must differ from each other, got \'8443\' twice');
  expect(() => frontendTlsSpec({ ports: [{ port: 70000 }] })).toThrow('port of frontendTls must be between 1 and 65535, got 70000');
  expect(() => frontendTlsSpec({ ports: Array.from({ length: 65 }, (_, i) => ({ port: i + 1 })) }))
    .toThrow('ports of frontendTls must be at most 64, got 65: leave some out');
});
