import { GatewayBodyProps } from './gateway-body';
import { CaCertificate } from '../../gateway-api/ca-certificate';
import { Certificate } from '../../gateway-api/certificate';
import { ServerTls } from '../../istio/server-tls';
import { TlsVersion } from '../../istio/tls-version';

/** How a server of an Istio Gateway speaks TLS. */
export function istioServerTls({ name, namespace, tls }: GatewayBodyProps, certificates: Certificate[]): ServerTls {
  const { minVersion = TlsVersion.V1_2, maxVersion, cipherSuites, clientCertificates } = tls;
  const options = { certificates, minProtocolVersion: minVersion, maxProtocolVersion: maxVersion, cipherSuites };
  if (clientCertificates === undefined) {
    return ServerTls.simple(options);
  }
  const mutual = { ...options, caCertCredentialName: credentialName(`gateway '${name}'`, namespace.name, clientCertificates.authority) };
  return clientCertificates.mandatory ? ServerTls.mutual(mutual) : ServerTls.optionalMutual(mutual);
}

/** How an Istio Gateway names the certificates of an authority: of a Secret, it takes those that end in `-cacert` for that. */
function credentialName(gateway: string, gatewayNamespace: string, { kind, name, namespace = gatewayNamespace }: CaCertificate): string {
  if (kind === 'ConfigMap') {
    return `configmap://${namespace}/${name}`;
  }
  if (kind !== 'Secret' || namespace !== gatewayNamespace) {
    throw new Error(`authority of the clients of ${gateway} must be a ConfigMap, or a Secret of namespace '${gatewayNamespace}', got ${kind} '${name}' of ` +
      `'${namespace}': an Istio Gateway takes nothing else`);
  }
  return name.endsWith('-cacert') ? name : `${name}-cacert`;
}
