import { BackendTrust } from './backend-trust';
import { SubjectAltName } from './subject-alt-name';

/** How the certificate of a backend is judged. */
export interface BackendTlsValidation {
  /** The host that the backend is asked for, and that its certificate must be for unless there are `subjectAltNames`. */
  readonly hostname: string;

  /** Whose signature the certificate must have. */
  readonly trust: BackendTrust;

  /**
   * The names that the certificate may have instead, at most 5: one of them must be in it, and the hostname need not be.
   *
   * @default - the hostname must be in the certificate
   */
  readonly subjectAltNames?: SubjectAltName[];
}
