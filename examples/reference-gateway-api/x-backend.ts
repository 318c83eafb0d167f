import { Chart } from 'cdk8s';
import { SESSIONS } from './session-persistence';
import { BackendTrust, CaCertificate, Certificate, SubjectAltName, XBackend, XBackendEndpoints, XBackendProtocol, XBackendTls } from 'cdk8s-mesh';

export function xBackends(chart: Chart): XBackend {
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const pods = XBackendEndpoints.endpointSelector({ app: 'web' });
  const overTls = XBackendTls.serverOnly({ hostname: 'web.shop.internal', trust: BackendTrust.system() });

  // type: ExternalHostname, externalHostname.hostname, port.number
  const external = new XBackend(chart, 'ExternalHostname', {
    metadata: metadata('external-hostname'),
    endpoints: XBackendEndpoints.externalHostname('api.payments.example.com'),
    port: 443,
    protocol: XBackendProtocol.HTTP2,
    // tls.mode: ServerOnly, validation.hostname, wellKnownCACertificates
    tls: XBackendTls.serverOnly({ hostname: 'api.payments.example.com', trust: BackendTrust.system() }),
  });

  // type: EndpointSelector, endpointSelector.matchLabels, sessionPersistence
  for (const [name, sessionPersistence] of Object.entries(SESSIONS)) {
    new XBackend(chart, name, {
      metadata: metadata(name),
      endpoints: XBackendEndpoints.endpointSelector({ 'app': 'basket', 'example.com/tier': 'stateful' }, { sessionPersistence }),
      port: 8080,
    });
  }

  // protocol, all of its words
  for (const protocol of Object.values(XBackendProtocol)) {
    const name = `protocol-${protocol.toLowerCase()}`;
    const needsTls = protocol === XBackendProtocol.HTTP2 || protocol === XBackendProtocol.WSS;
    new XBackend(chart, name, { metadata: metadata(name), endpoints: pods, port: 8080, protocol, tls: needsTls ? overTls : undefined });
  }

  // tls.mode: None
  new XBackend(chart, 'TlsNone', { metadata: metadata('tls-none'), endpoints: pods, port: 8080, tls: XBackendTls.none() });

  // tls.mode: ClientAndServer
  new XBackend(chart, 'TlsClientAndServer', {
    metadata: metadata('tls-client-and-server'),
    endpoints: pods,
    port: 8443,
    tls: XBackendTls.clientAndServer({
      // tls.validation.hostname
      hostname: 'web.shop.internal',
      // tls.validation.caCertificateRefs[].group, kind, name
      trust: BackendTrust.certificates(CaCertificate.configMapName('shop-ca')),
      // tls.validation.subjectAltNames[].type: Hostname and URI, hostname, uri
      subjectAltNames: [SubjectAltName.hostname('web.shop.internal'), SubjectAltName.uri('spiffe://cluster.local/ns/shop/sa/web')],
    },
    // tls.clientCertificateRef.group, kind, name, namespace
    Certificate.fromSecretName('edge-client', { namespace: 'certificates' })),
  });

  return external;
}
