import { ScrapeSecret, ScrapeText } from './scrape-secret';

/** A version of TLS. */
export enum ScrapeTlsVersion {
  /** TLS 1.0, which is broken. */
  TLS10 = 'TLS10',
  /** TLS 1.1, which is broken. */
  TLS11 = 'TLS11',
  /** TLS 1.2. */
  TLS12 = 'TLS12',
  /** TLS 1.3. */
  TLS13 = 'TLS13',
}

/** The certificate by which Prometheus says who it is, and its key. */
export interface ScrapeClientCertificate {
  /** The certificate. */
  readonly certificate: ScrapeText;

  /** The private key. */
  readonly key: ScrapeSecret;
}

/** How Prometheus speaks TLS to a target. */
export interface ScrapeTls {
  /**
   * The authority that signed the target's certificate.
   *
   * @default - those that the container of Prometheus trusts
   */
  readonly ca?: ScrapeText;

  /**
   * What Prometheus presents.
   *
   * @default - nothing
   */
  readonly clientCertificate?: ScrapeClientCertificate;

  /**
   * The name that must be in the target's certificate.
   *
   * @default - the address of the target
   */
  readonly serverName?: string;

  /**
   * Whether any certificate of the target will do, which lets anybody between answer.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;

  /**
   * The lowest version; since Prometheus 2.35.
   *
   * @default - that of Prometheus, 1.2
   */
  readonly minVersion?: ScrapeTlsVersion;

  /**
   * The highest version; since Prometheus 2.41.
   *
   * @default - the newest
   */
  readonly maxVersion?: ScrapeTlsVersion;
}

/** The certificate and key by which Prometheus says who it is, as files. */
export interface ScrapeClientCertificateFiles {
  /** Path of the certificate in the container of Prometheus. */
  readonly certFile: string;

  /** Path of the private key in the container of Prometheus. */
  readonly keyFile: string;
}

/** How Prometheus speaks TLS to a target of a ServiceMonitor, which may use files in the container of Prometheus. */
export interface ServiceScrapeTls extends ScrapeTls {
  /**
   * Path of the authority's certificate in the container of Prometheus, instead of `ca`.
   *
   * @default - none
   */
  readonly caFile?: string;

  /**
   * What Prometheus presents, as files, instead of `clientCertificate`.
   *
   * @default - none
   */
  readonly clientCertificateFiles?: ScrapeClientCertificateFiles;
}
