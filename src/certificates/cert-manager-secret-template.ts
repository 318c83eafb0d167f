/** What the Secret of a certificate gets beside the certificate. */
export interface CertManagerSecretTemplate {
  /**
   * Labels; none of cert-manager's own.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations; none of cert-manager's own but `cert-manager.io/allow-direct-injection`.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
