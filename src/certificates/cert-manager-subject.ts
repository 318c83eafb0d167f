/** Whom a certificate is about, as X.509 says it; the common name stands apart. */
export interface CertManagerSubject {
  /**
   * Organizations (O).
   *
   * @default - none
   */
  readonly organizations?: string[];

  /**
   * Parts of the organization (OU).
   *
   * @default - none
   */
  readonly organizationalUnits?: string[];

  /**
   * Countries (C), two letters each by custom.
   *
   * @default - none
   */
  readonly countries?: string[];

  /**
   * States or provinces (ST).
   *
   * @default - none
   */
  readonly provinces?: string[];

  /**
   * Cities (L).
   *
   * @default - none
   */
  readonly localities?: string[];

  /**
   * Street addresses.
   *
   * @default - none
   */
  readonly streetAddresses?: string[];

  /**
   * Postal codes.
   *
   * @default - none
   */
  readonly postalCodes?: string[];

  /**
   * Serial number of the subject, not of the certificate.
   *
   * @default - none
   */
  readonly serialNumber?: string;
}
