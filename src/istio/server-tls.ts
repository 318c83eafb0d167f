import { checkCipherSuites, checkFingerprints, checkVersions } from './server-tls-checks';
import { TlsVersion } from './tls-version';
import { Certificate } from '../gateway-api/certificate';
import type { GatewaySpecServersTls } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

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

  /**
   * The path of the certificates that sign clients' certificates.
   *
   * @default - `caCertificates` beside the list
   */
  readonly caCertificates?: string;
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
   * The path of the certificates that sign clients' certificates; must be given with certificates in files.
   *
   * @default - `ca.crt` of the Secret, or the Secret `<name>-cacert`
   */
  readonly caCertificates?: string;

  /**
   * The Secret or ConfigMap with the certificates that sign clients' certificates; goes before what the Secret of the server has.
   *
   * @default - those of the server's Secret
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
   * Base64 SHA-256 hashes of public keys: the client's certificate must match one, or one of `verifyCertificateHash`.
   *
   * @default - any key
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Hexadecimal SHA-256 hashes of certificates, plain or with colons: the client's must match one, or one of `verifyCertificateSpki`.
   *
   * @default - any certificate
   */
  readonly verifyCertificateHash?: string[];
}

/** Options of TLS that takes a client certificate where there is one. */
export interface OptionalMutualServerTlsOptions extends MutualServerTlsOptions {
  /**
   * Whether a client whose certificate is refused gets through all the same, so that the workload may judge it. Needs Istio 1.31.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** Options of mTLS of the mesh. */
export interface IstioMutualServerTlsOptions extends ServerTlsOptions {
  /**
   * The identities (`spiffe://...`) of which the client must have one.
   *
   * @default - any of the mesh
   */
  readonly subjectAltNames?: string[];
}

type Tls = Manifest<GatewaySpecServersTls>;

const FILES = 'serverCertificate with privateKey';

/**
 * What a server does with TLS. The mode is always written: left out, Istio takes it for PASSTHROUGH.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export class ServerTls {
  /**
   * TLS that ends at the gateway; clients show no certificate.
   *
   * @throws when there is not exactly one source of certificates, or versions and cipher suites do not fit
   */
  public static simple(options: SimpleServerTlsOptions): ServerTls {
    return new ServerTls({ mode: 'SIMPLE', ...source('simple', options), ...common(options) });
  }

  /**
   * TLS that ends at the gateway; clients must show a certificate.
   *
   * @throws when there is not exactly one source of certificates, or no CA certificates, or what is given does not fit together
   */
  public static mutual(options: MutualServerTlsOptions): ServerTls {
    return new ServerTls({ mode: 'MUTUAL', ...client('mutual', options), ...common(options) });
  }

  /**
   * TLS that ends at the gateway; a certificate that a client shows is verified, but it need not show one.
   *
   * @throws when there is not exactly one source of certificates, or no CA certificates, or what is given does not fit together
   */
  public static optionalMutual(options: OptionalMutualServerTlsOptions): ServerTls {
    const { insecureSkipVerify } = options;
    return new ServerTls({ mode: 'OPTIONAL_MUTUAL', ...client('optionalMutual', options), ...common(options), insecureSkipVerify });
  }

  /**
   * mTLS of the mesh: certificates are those that Istio gives to the gateway and to its clients.
   *
   * @throws when versions and cipher suites do not fit
   */
  public static istioMutual(options: IstioMutualServerTlsOptions = {}): ServerTls {
    return new ServerTls({ mode: 'ISTIO_MUTUAL', subjectAltNames: options.subjectAltNames, ...common(options) });
  }

  /** TLS that is passed on as it is: a VirtualService tells by server name where to. */
  public static passthrough(): ServerTls {
    return new ServerTls({ mode: 'PASSTHROUGH' });
  }

  /** mTLS between networks that is passed on as it is: the server name itself says where to. */
  public static autoPassthrough(): ServerTls {
    return new ServerTls({ mode: 'AUTO_PASSTHROUGH' });
  }

  private constructor(private readonly spec: Tls) {}

  /**
   * Refuses what a sidecar cannot do.
   *
   * @internal
   */
  public _checkSidecar(what: string): void {
    const { mode, credentialName, credentialNames, tlsCertificates, subjectAltNames } = this.spec;
    if (mode !== 'SIMPLE' && mode !== 'MUTUAL') {
      throw new Error(`tls of ${what} must be ServerTls.simple or ServerTls.mutual, got ${mode}`);
    }
    if ([credentialName, credentialNames, tlsCertificates, subjectAltNames].some(field => field !== undefined)) {
      throw new Error(`tls of ${what} must have serverCertificate and privateKey: a sidecar takes neither Secrets, nor two certificates, nor subjectAltNames`);
    }
  }

  /** @internal */
  public _toKube(): Tls {
    return this.spec;
  }
}

function common({ minProtocolVersion, maxProtocolVersion, cipherSuites }: ServerTlsOptions): Partial<Tls> {
  checkCipherSuites(cipherSuites ?? []);
  checkVersions(minProtocolVersion, maxProtocolVersion, cipherSuites);
  return { minProtocolVersion, maxProtocolVersion, cipherSuites };
}

function source(factory: string, options: SimpleServerTlsOptions): Partial<Tls> {
  const { certificates, credentialName, credentialNames, serverCertificate, privateKey, tlsCertificates } = options;
  const sources = { certificates, credentialName, credentialNames, [FILES]: serverCertificate ?? privateKey, tlsCertificates };
  const given = Object.entries(sources).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (given.length !== 1) {
    throw new Error(`ServerTls.${factory} needs one source of certificates, got ${given.join(' and ') || 'none'}: ` +
      `pass one of ${Object.keys(sources).join(', ')}`);
  }
  for (const list of [certificates, credentialNames, tlsCertificates]) {
    if (list !== undefined && (list.length < 1 || list.length > 2)) {
      throw new Error(`${given[0]} of ServerTls.${factory} must have one or two entries (RSA and ECDSA), got ${list.length}`);
    }
  }
  const files = tlsCertificates ?? (given[0] === FILES ? [{ serverCertificate, privateKey }] : []);
  if (files.some(file => !file.serverCertificate || !file.privateKey)) {
    throw new Error(`ServerTls.${factory} needs the path of a certificate and of its key: pass serverCertificate and privateKey together`);
  }
  const foreign = certificates?.find(({ kind }) => kind !== 'Secret');
  if (foreign !== undefined) {
    throw new Error(`certificates of ServerTls.${factory} must be Secrets, got ${foreign.kind} '${foreign.name}': Istio's own Gateway takes nothing else`);
  }
  const names = credentialNames ?? certificates?.map(({ name }) => name);
  const secrets = names ?? (credentialName === undefined ? [] : [credentialName]);
  if (secrets.includes('')) {
    throw new Error(`${given[0]} of ServerTls.${factory} must name a Secret, got an empty name`);
  }
  return {
    credentialName: credentialNames === undefined && secrets.length === 1 ? secrets[0] : undefined,
    credentialNames: credentialNames ?? (secrets.length === 2 ? secrets : undefined),
    serverCertificate,
    privateKey,
    tlsCertificates,
  };
}

function client(factory: string, options: MutualServerTlsOptions): Partial<Tls> {
  const server = source(factory, options);
  const { caCertificates, caCertCredentialName, caCrl, subjectAltNames, verifyCertificateSpki, verifyCertificateHash } = options;
  const secret = server.credentialName !== undefined || server.credentialNames !== undefined;
  if (!secret && !caCertificates) {
    throw new Error(`ServerTls.${factory} needs the certificates that sign clients' certificates: pass caCertificates beside the server's files`);
  }
  if (secret && caCrl !== undefined) {
    throw new Error(`ServerTls.${factory} takes caCrl with certificates in files only, got '${caCrl}': put the revocation list in the Secret`);
  }
  checkFingerprints(verifyCertificateSpki, verifyCertificateHash);
  return { ...server, caCertificates, caCertCredentialName, caCrl, subjectAltNames, verifyCertificateSpki, verifyCertificateHash };
}
