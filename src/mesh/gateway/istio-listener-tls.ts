import { GatewayBodyProps } from './gateway-body';
import { GatewayTls } from './gateway-tls';
import { FrontendTls } from '../../gateway-api/frontend-validation';
import { checkCipherSuites } from '../../istio/server-tls-checks';
import { TlsVersion } from '../../istio/tls-version';
import { IstioListenerOption } from '../../semantics/keys';

/** How a Gateway of Gateway API whose proxy is Istio's checks certificates of clients. */
export function istioFrontendTls({ name, tls }: GatewayBodyProps): FrontendTls | undefined {
  const authority = tls.clientCertificates?.authority;
  if (authority !== undefined && authority.kind !== 'ConfigMap' && authority.kind !== 'Secret') {
    throw new Error(`authority of the clients of gateway '${name}' must be a ConfigMap or a Secret, got ${authority.kind} '${authority.name}': ` +
      'Istio takes nothing else');
  }
  return frontendTls(tls);
}

/** How a Gateway of Gateway API checks certificates of clients. */
export function frontendTls({ clientCertificates }: GatewayTls): FrontendTls | undefined {
  return clientCertificates && { validation: { caCertificates: [clientCertificates.authority] } };
}

/** What Istio reads of the listeners of a Gateway; what it cannot be told there is refused. */
export function listenerTlsOptions({ name, tls }: GatewayBodyProps): { [key: string]: string } | undefined {
  const { minVersion, maxVersion, cipherSuites, clientCertificates } = tls;
  // What Istio does anyway need not be said.
  const usual = { minVersion: TlsVersion.V1_2, maxVersion: TlsVersion.V1_3 };
  const untold = Object.entries({ minVersion, maxVersion })
    .find(([field, value]) => value !== undefined && value !== usual[field as keyof typeof usual]);
  if (untold !== undefined) {
    throw new Error(`${untold[0]} of gateway '${name}' cannot be told to Istio by a Gateway of Gateway API, got ${untold[1]}: it has no field for it; ` +
      'use GatewayForm.selfManaged() with GatewayBinding.ISTIO_GATEWAY');
  }
  checkCipherSuites(cipherSuites ?? []);
  const options = {
    ...cipherSuites && { [IstioListenerOption.TLS_CIPHER_SUITES]: cipherSuites.join(',') },
    // Without, Istio would let in who shows no certificate, and who shows a wrong one.
    ...clientCertificates?.mandatory === false && { [IstioListenerOption.TLS_TERMINATE_MODE]: 'OPTIONAL_MUTUAL' },
  };
  return Object.keys(options).length === 0 ? undefined : options;
}
