import { TlsVersion } from './tls-version';
import { Certificate } from '../gateway-api/certificate';

/** What every server that ends TLS has. */
export interface ServerTlsOptions {
  /**
   * The oldest TLS version that clients may use.
   *
   * @default - TLS 1.2; below that, cipherSuites must be given
   */
  readonly minProtocolVersion?: TlsVersion;

  /**
   * The newest TLS version that clients may use.
   *
   * @default - TLS 1.3
   */
  readonly maxProtocolVersion?: TlsVersion;

  /**
   * The cipher suites for TLS up to 1.2, by OpenSSL name, each once.
   *
   * @default - those of Envoy
   */
  readonly cipherSuites?: string[];
}

/** Files of one certificate in the gateway's container. */
export interface ServerCertificateFiles {
  /** The path of the certificate. */
  readonly serverCertificate: string;

  /** The path of its private key. */
  readonly privateKey: string;
}

/** Options of TLS without client certificates. Exactly one source of certificates must be given. */
export interface SimpleServerTlsOptions extends ServerTlsOptions {
  /**
   * The certificate, or an RSA and an ECDSA one; their Secrets are in the namespace of the gateway's pods.
   *
   * @default - another source
   */
  readonly certificates?: Certificate[];

  /**
   * The name of the Secret in the namespace of the gateway's pods.
   *
   * @default - another source
   */
  readonly credentialName?: string;

  /**
   * The names of one or two Secrets in the namespace of the gateway's pods.
   *
   * @default - another source
   */
  readonly credentialNames?: string[];

  /**
   * The path of the certificate in the container; goes with `privateKey`.
   *
   * @default - another source
   */
  readonly serverCertificate?: string;

  /**
   * The path of the private key in the container; goes with `serverCertificate`.
   *
   * @default - another source
   */
  readonly privateKey?: string;

  /**
   * One or two certificates by their paths in the container.
   *
   * @default - another source
   */
  readonly tlsCertificates?: ServerCertificateFiles[];
}

/** Options of TLS that asks for client certificates. */
export interface MutualServerTlsOptions extends SimpleServerTlsOptions {
  /**
   * The path of the certificates that sign clients' certificates; must be given with certificates in files, and only then.
   *
   * @default - `ca.crt` of the first Secret, or of the Secret `<name>-cacert`
   */
  readonly caCertificates?: string;

  /**
   * Another source of the certificates that sign clients' certificates, only where those of the server are in Secrets.
   *
   * `<name>-cacert` is the Secret of that name, or `<name>`; `configmap://<namespace>/<name>` is a ConfigMap. Istio 1.28 and later.
   *
   * @default - the server's Secret
   */
  readonly caCertCredentialName?: string;

  /**
   * The path of the revocation list; only with certificates in files, a Secret has its own.
   *
   * @default - no list
   */
  readonly caCrl?: string;

  /**
   * The alternative names of which the client's certificate must have one.
   *
   * @default - any
   */
  readonly subjectAltNames?: string[];

  /**
   * Base64 SHA-256 hashes of public keys: the client's certificate must match one, or one of `verifyCertificateHash`. Not with certificates in files.
   *
   * @default - any key
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Hexadecimal SHA-256 hashes of certificates, plain or with colons: the client's must match one, or one of `verifyCertificateSpki`.
   * Not with certificates in files.
   *
   * @default - any certificate
   */
  readonly verifyCertificateHash?: string[];

  /**
   * Whether a client whose certificate is refused gets through all the same, so that the workload may judge it (its header
   * `x-forwarded-client-cert` has it). Istio 1.31 and later.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** Options of mTLS of the mesh. Versions and cipher suites are those of the mesh. */
export interface IstioMutualServerTlsOptions {
  /**
   * The identities (`spiffe://...`) of which the client must have one.
   *
   * @default - any of the mesh
   */
  readonly subjectAltNames?: string[];
}
