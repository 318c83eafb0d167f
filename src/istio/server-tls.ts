import { checkCaCredential, checkCipherSuites, checkFingerprints, checkSecretNames, checkVersions } from './server-tls-checks';
import { IstioMutualServerTlsOptions, MutualServerTlsOptions, ServerTlsOptions, SimpleServerTlsOptions } from './server-tls-options';
import { Certificate } from '../gateway-api/certificate';
import type { GatewaySpecServersTls } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

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
    return new ServerTls({ mode: 'SIMPLE', ...source('simple', options), ...common(options) }, options.certificates);
  }

  /**
   * TLS that ends at the gateway; clients must show a certificate.
   *
   * @throws when there is not exactly one source of certificates, or no CA certificates, or what is given does not fit together
   */
  public static mutual(options: MutualServerTlsOptions): ServerTls {
    return new ServerTls({ mode: 'MUTUAL', ...client('mutual', options), ...common(options) }, options.certificates);
  }

  /**
   * TLS that ends at the gateway; a certificate that a client shows is verified, but it need not show one.
   *
   * @throws when there is not exactly one source of certificates, or no CA certificates, or what is given does not fit together
   */
  public static optionalMutual(options: MutualServerTlsOptions): ServerTls {
    return new ServerTls({ mode: 'OPTIONAL_MUTUAL', ...client('optionalMutual', options), ...common(options) }, options.certificates);
  }

  /** mTLS of the mesh: certificates are those that Istio gives to the gateway and to its clients. */
  public static istioMutual(options: IstioMutualServerTlsOptions = {}): ServerTls {
    return new ServerTls({ mode: 'ISTIO_MUTUAL', subjectAltNames: options.subjectAltNames });
  }

  /** TLS that is passed on as it is: a VirtualService tells by server name where to. */
  public static passthrough(): ServerTls {
    return new ServerTls({ mode: 'PASSTHROUGH' });
  }

  /** mTLS between networks that is passed on as it is: the server name itself says where to. */
  public static autoPassthrough(): ServerTls {
    return new ServerTls({ mode: 'AUTO_PASSTHROUGH' });
  }

  private constructor(
    private readonly spec: Tls,
    /** @internal */
    public readonly _certificates: readonly Certificate[] = [],
  ) {}

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
  checkSecretNames(secrets, `${given[0]} of ServerTls.${factory}`);
  return {
    credentialName: credentialNames === undefined && secrets.length === 1 ? secrets[0] : undefined,
    credentialNames: credentialNames ?? (secrets.length === 2 ? secrets : undefined),
    serverCertificate,
    privateKey,
    tlsCertificates: tlsCertificates?.map(file => ({ serverCertificate: file.serverCertificate, privateKey: file.privateKey })),
  };
}

function client(factory: string, options: MutualServerTlsOptions): Partial<Tls> {
  const server = source(factory, options);
  const { caCertificates, caCertCredentialName, caCrl, subjectAltNames, verifyCertificateSpki, verifyCertificateHash, insecureSkipVerify } = options;
  const secret = server.credentialName !== undefined || server.credentialNames !== undefined;
  if (!secret && !caCertificates) {
    throw new Error(`ServerTls.${factory} needs the certificates that sign clients' certificates: pass caCertificates beside the server's files`);
  }
  // Istio would leave each of these unread, and let clients in that they keep out.
  const unread = Object.entries(secret ? { caCertificates, caCrl } : { caCertCredentialName, verifyCertificateSpki, verifyCertificateHash })
    .find(([, value]) => value !== undefined);
  if (unread !== undefined) {
    throw new Error(`ServerTls.${factory} takes ${unread[0]} with certificates in ${secret ? 'files' : 'Secrets'} only, got '${unread[1]}': ` +
      (secret ? 'put ca.crt and ca.crl into the Secret' : 'put the certificates into Secrets, or leave it out'));
  }
  checkCaCredential(caCertCredentialName);
  checkFingerprints(verifyCertificateSpki, verifyCertificateHash);
  return {
    ...server,
    caCertificates,
    caCertCredentialName,
    caCrl,
    subjectAltNames,
    verifyCertificateSpki,
    verifyCertificateHash,
    insecureSkipVerify,
  };
}
