import { CaCertificate } from './ca-certificate';
import type { BackendTlsPolicySpecValidation } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';

const MAX_CERTIFICATES = 8;
const WELL_KNOWN_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/;

type TrustSpec = Pick<Manifest<BackendTlsPolicySpecValidation>, 'caCertificateRefs' | 'wellKnownCACertificates'>;

/**
 * Whose signature makes the certificate of a backend a good one.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#backendtlspolicyvalidation
 */
export class BackendTrust {
  /** The authorities that the gateway's own system trusts: for backends with a public certificate. */
  public static system(): BackendTrust {
    return new BackendTrust([], 'System');
  }

  /**
   * A set of authorities that the implementation knows by name.
   *
   * @param name a domain, a slash and a name, such as `example.com/corporate`, at most 253 characters
   * @throws when the name is not of that form
   */
  public static wellKnown(name: string): BackendTrust {
    const [domain, ...rest] = name.split('/');
    if (name.length > 253 || !WELL_KNOWN_NAME.test(rest.join('/'))) {
      throw new Error(`well-known CA certificates must be a domain and a name such as example.com/corporate, got '${name}': ` +
        'for those of the system use BackendTrust.system');
    }
    checkDnsSubdomain(domain, 'domain of well-known CA certificates');
    return new BackendTrust([], name);
  }

  /**
   * The authorities of the given certificates. A single ConfigMap is what every implementation takes.
   *
   * @param certificates 1 to 8, in the namespace of whoever trusts them
   * @throws when there are none, or more than 8
   */
  public static certificates(...certificates: CaCertificate[]): BackendTrust {
    if (certificates.length < 1 || certificates.length > MAX_CERTIFICATES) {
      throw new Error(`CA certificates that a backend is trusted by must be 1 to ${MAX_CERTIFICATES}, got ${certificates.length}: ` +
        'for those of the system use BackendTrust.system');
    }
    return new BackendTrust(certificates);
  }

  private constructor(
    /** @internal */
    public readonly _certificates: CaCertificate[],
    private readonly wellKnown?: string,
  ) {}

  /** @internal */
  public _toKube(ownNamespace?: string): TrustSpec {
    if (this.wellKnown !== undefined) {
      return { wellKnownCACertificates: this.wellKnown };
    }
    return {
      caCertificateRefs: this._certificates.map(certificate => {
        const { group, kind, name, namespace } = certificate._toKube(ownNamespace);
        if (namespace !== undefined) {
          throw new Error(`CA certificate ${kind} '${name}' is in namespace '${namespace}', where a backend's trust cannot reach: ` +
            'copy it into the namespace of the policy or XBackend');
        }
        return { group, kind, name };
      }),
    };
  }
}
