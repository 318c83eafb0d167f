import type { BackendTlsPolicySpecValidationSubjectAltNames } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';

const URI = /^[^:/?#]+:\/\/[^/?#]*[^?#]*(\?[^#]*)?(#.*)?$/;
const MAX_URI = 253;

/**
 * A name that the certificate of a backend may have instead of the hostname.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#subjectaltname
 */
export class SubjectAltName {
  /**
   * A DNS name.
   *
   * @param hostname it may start with `*.`
   * @throws when it is no DNS name
   */
  public static hostname(hostname: string): SubjectAltName {
    return new SubjectAltName({ type: 'Hostname', hostname: checkHostname(hostname, 'subject alternative name') });
  }

  /**
   * A URI, such as the SPIFFE identity of a workload.
   *
   * @param uri with scheme and authority, such as `spiffe://cluster.local/ns/shop/sa/cart`, at most 253 characters
   * @throws when it is no such URI
   */
  public static uri(uri: string): SubjectAltName {
    if (!URI.test(uri) || uri.length > MAX_URI) {
      throw new Error(`subject alternative name must be a URI such as spiffe://cluster.local/ns/shop/sa/cart, at most ${MAX_URI} characters, got '${uri}'`);
    }
    return new SubjectAltName({ type: 'URI', uri });
  }

  private constructor(private readonly spec: Manifest<BackendTlsPolicySpecValidationSubjectAltNames>) {}

  /** @internal */
  public _toKube(): Manifest<BackendTlsPolicySpecValidationSubjectAltNames> {
    return this.spec;
  }
}
