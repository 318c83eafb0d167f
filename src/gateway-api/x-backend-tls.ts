import { BackendTlsValidation } from './backend-tls-validation';
import { validationToKube } from './backend-tls-validation-spec';
import { Certificate } from './certificate';
import type { XBackendSpecTls } from '../imports/gateway.networking.x-k8s.io';
import { Manifest } from '../semantics/manifest';

/**
 * Whether gateways speak TLS to an XBackend.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-4894/
 */
export class XBackendTls {
  /** No TLS. */
  public static none(): XBackendTls {
    return new XBackendTls('None');
  }

  /** TLS in which the backend shows its certificate. */
  public static serverOnly(validation: BackendTlsValidation): XBackendTls {
    return new XBackendTls('ServerOnly', validation);
  }

  /** TLS in which both show a certificate. */
  public static clientAndServer(validation: BackendTlsValidation, clientCertificate: Certificate): XBackendTls {
    return new XBackendTls('ClientAndServer', validation, clientCertificate);
  }

  private constructor(
    private readonly mode: 'None' | 'ServerOnly' | 'ClientAndServer',
    private readonly validation?: BackendTlsValidation,
    /** @internal */
    public readonly _clientCertificate?: Certificate,
  ) {}

  /** @internal */
  public get _enabled(): boolean {
    return this.mode !== 'None';
  }

  /** @internal */
  public _toKube(ownNamespace?: string): Manifest<XBackendSpecTls> {
    return {
      mode: this.mode,
      clientCertificateRef: this._clientCertificate?._toKube(ownNamespace),
      validation: this.validation && validationToKube(this.validation, ownNamespace),
    };
  }
}
