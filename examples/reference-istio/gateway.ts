import { Chart } from 'cdk8s';
import { Shop } from './shop';
import { Certificate, IstioGateway, IstioServer, ServerTls, TlsVersion } from 'cdk8s-mesh';

/** The gateways that routes are attached to. */
export interface Gateways {
  readonly ingress: IstioGateway;
  readonly egress: IstioGateway;
}

const CERTIFICATES = '/etc/istio/ingress-certs';

export function gateways(chart: Chart, { ingress, egress, eastWest }: Shop): Gateways {
  const metadata = (name: string) => ({ name, namespace: 'edge' });

  const front = new IstioGateway(chart, 'Ingress', {
    metadata: metadata('ingress'),
    // selector
    selector: ingress.selector,
    servers: [
      // servers[].hosts, name, port.number, name, protocol: HTTP, tls.httpsRedirect
      IstioServer.http({ hosts: ['shop.example.com', 'www.example.com'], name: 'http-redirect', serverName: 'redirect', httpsRedirect: true }),
      // servers[].tls.mode: SIMPLE, credentialName, minProtocolVersion, maxProtocolVersion, cipherSuites
      IstioServer.https({
        hosts: ['shop.example.com', 'events.example.com'],
        tls: ServerTls.simple({
          certificates: [Certificate.fromSecretName('shop-example-com')],
          minProtocolVersion: TlsVersion.V1_2,
          maxProtocolVersion: TlsVersion.V1_3,
          cipherSuites: ['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
        }),
      }),
      // servers[].tls.credentialNames: an RSA and an ECDSA certificate
      IstioServer.https({
        hosts: ['www.example.com'],
        tls: ServerTls.simple({
          certificates: [Certificate.fromSecretName('www-example-com-rsa'), Certificate.fromSecretName('www-example-com-ecdsa')],
          minProtocolVersion: TlsVersion.TLS_AUTO,
          maxProtocolVersion: TlsVersion.TLS_AUTO,
        }),
      }),
      // servers[].tls.mode: MUTUAL, caCertCredentialName, subjectAltNames, verifyCertificateSpki, verifyCertificateHash
      IstioServer.https({
        hosts: ['partners.example.com'],
        tls: ServerTls.mutual({
          certificates: [Certificate.fromSecretName('partners-example-com')],
          caCertCredentialName: 'partners-example-com-cacert',
          subjectAltNames: ['spiffe://partners.example.net/ns/trade/sa/frontend'],
          verifyCertificateSpki: ['NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A='],
          verifyCertificateHash: ['df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a'],
          minProtocolVersion: TlsVersion.V1_3,
        }),
      }),
      // servers[].tls.mode: OPTIONAL_MUTUAL, insecureSkipVerify
      IstioServer.https({
        hosts: ['account.example.com'],
        tls: ServerTls.optionalMutual({
          certificates: [Certificate.fromSecretName('account-example-com')],
          insecureSkipVerify: true,
          maxProtocolVersion: TlsVersion.V1_2,
        }),
      }),
      // servers[].tls.serverCertificate, privateKey, caCertificates, caCrl
      IstioServer.https({
        hosts: ['devices.example.com'],
        tls: ServerTls.mutual({
          serverCertificate: `${CERTIFICATES}/tls.crt`,
          privateKey: `${CERTIFICATES}/tls.key`,
          caCertificates: `${CERTIFICATES}/ca.crt`,
          caCrl: `${CERTIFICATES}/ca.crl`,
          minProtocolVersion: TlsVersion.V1_1,
          maxProtocolVersion: TlsVersion.V1_1,
          cipherSuites: ['ECDHE-RSA-AES128-SHA', 'AES128-SHA'],
        }),
      }),
      // servers[].tls.tlsCertificates[].serverCertificate, privateKey
      IstioServer.https({
        hosts: ['terminals.example.com'],
        tls: ServerTls.simple({
          tlsCertificates: [
            { serverCertificate: `${CERTIFICATES}/rsa.crt`, privateKey: `${CERTIFICATES}/rsa.key` },
            { serverCertificate: `${CERTIFICATES}/ecdsa.crt`, privateKey: `${CERTIFICATES}/ecdsa.key` },
          ],
          minProtocolVersion: TlsVersion.V1_0,
          maxProtocolVersion: TlsVersion.V1_0,
          cipherSuites: ['ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES128-SHA'],
        }),
      }),
      // servers[].port.protocol: TLS, tls.mode: PASSTHROUGH
      IstioServer.tls({ hosts: ['vault.example.com'], tls: ServerTls.passthrough() }),
      // servers[].port.protocol: TCP, bind, defaultEndpoint
      IstioServer.tcp({ hosts: ['mqtt.example.com'], port: 1883, bind: '0.0.0.0', defaultEndpoint: '127.0.0.1:1883' }),
    ],
  });

  const out = new IstioGateway(chart, 'Egress', {
    metadata: metadata('egress'),
    selector: egress.selector,
    servers: [
      // servers[].tls.mode: ISTIO_MUTUAL
      IstioServer.tls({ hosts: ['payments.example.net'], tls: ServerTls.istioMutual({ subjectAltNames: ['spiffe://cluster.local/ns/shop/sa/orders'] }) }),
      IstioServer.http({ hosts: ['*.partners.example.net'] }),
    ],
  });

  new IstioGateway(chart, 'EastWest', {
    metadata: metadata('east-west'),
    selector: eastWest.selector,
    // servers[].tls.mode: AUTO_PASSTHROUGH
    servers: [IstioServer.tls({ hosts: ['*.local'], port: 15443, tls: ServerTls.autoPassthrough() })],
  });

  return { ingress: front, egress: out };
}
