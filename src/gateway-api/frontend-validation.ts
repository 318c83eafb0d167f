import { CaCertificate } from './ca-certificate';

/** What happens to clients without a valid certificate. */
export enum FrontendValidationMode {
  /** Their connection is refused. */
  ALLOW_VALID_ONLY = 'AllowValidOnly',
  /** Their connection is accepted nonetheless; the Gateway says so in its status. */
  ALLOW_INSECURE_FALLBACK = 'AllowInsecureFallback',
}

/** How the certificates of clients are checked. */
export interface FrontendValidation {
  /** The authorities that sign the certificates of clients, 1 to 16. */
  readonly caCertificates: CaCertificate[];

  /**
   * What happens to clients without a valid certificate.
   *
   * @default FrontendValidationMode.ALLOW_VALID_ONLY
   */
  readonly mode?: FrontendValidationMode;
}

/** How the HTTPS listeners of one port check the certificates of clients. */
export interface FrontendPort {
  /** The port of at least one HTTPS listener, 1 to 65535. */
  readonly port: number;

  /**
   * How the certificates of clients are checked.
   *
   * @default - they are not asked for, whatever holds for other ports
   */
  readonly validation?: FrontendValidation;
}

/** How the HTTPS listeners of a Gateway meet their clients. */
export interface FrontendTls {
  /**
   * How the certificates of clients are checked, on ports of which nothing else is said.
   *
   * @default - they are not asked for
   */
  readonly validation?: FrontendValidation;

  /**
   * Ports that have their own way, at most 64.
   *
   * @default - none
   */
  readonly ports?: FrontendPort[];
}
