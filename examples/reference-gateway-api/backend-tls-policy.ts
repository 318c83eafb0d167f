import { Chart } from 'cdk8s';
import { BackendTlsPolicy, BackendTrust, CaCertificate, PolicyTargetRef, SubjectAltName } from 'cdk8s-mesh';

export function backendTlsPolicies(chart: Chart): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  new BackendTlsPolicy(chart, 'CaCertificateRefs', {
    metadata: metadata('ca-certificate-refs'),
    // targetRefs[].group, kind, name, sectionName
    targets: [PolicyTargetRef.serviceName('checkout', { port: 'grpc' }), PolicyTargetRef.serviceName('web', { port: 'https' })],
    validation: {
      // validation.hostname
      hostname: 'checkout.shop.internal',
      // validation.caCertificateRefs[].group, kind, name
      trust: BackendTrust.certificates(CaCertificate.configMapName('shop-ca'), CaCertificate.clusterTrustBundle('example.com:mesh:ca')),
      subjectAltNames: [
        // validation.subjectAltNames[].type: Hostname, hostname
        SubjectAltName.hostname('checkout.shop.internal'),
        // validation.subjectAltNames[].type: URI, uri
        SubjectAltName.uri('spiffe://cluster.local/ns/shop/sa/checkout'),
      ],
    },
    // options
    options: { 'example.com/minimum-version': 'TLSv1.3' },
  });

  // validation.wellKnownCACertificates: System
  new BackendTlsPolicy(chart, 'WellKnownSystem', {
    metadata: metadata('well-known-system'),
    targets: [PolicyTargetRef.serviceName('payments-proxy')],
    validation: { hostname: 'api.payments.example.com', trust: BackendTrust.system() },
  });

  // validation.wellKnownCACertificates of an implementation's own
  new BackendTlsPolicy(chart, 'WellKnownCustom', {
    metadata: metadata('well-known-custom'),
    targets: [PolicyTargetRef.serviceName('ledger')],
    validation: { hostname: 'ledger.example.com', trust: BackendTrust.wellKnown('example.com/corporate') },
  });
}
