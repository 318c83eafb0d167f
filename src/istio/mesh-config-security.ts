import { Duration } from 'cdk8s';
import { ClientTls } from './client-tls';

/** Versions of TLS that a mesh can ask for. */
export enum MeshTlsVersion {
  /** Istio chooses. */
  TLS_AUTO = 'TLS_AUTO',
  /** TLS 1.2. */
  V1_2 = 'TLSV1_2',
  /** TLS 1.3. */
  V1_3 = 'TLSV1_3',
}

/** TLS between workloads of the mesh. */
export interface MeshMutualTls {
  /**
   * The oldest version that is taken.
   *
   * @default - TLS 1.2
   */
  readonly minProtocolVersion?: MeshTlsVersion;

  /**
   * The ciphers that are taken with TLS 1.2, in the words of BoringSSL.
   *
   * @default - Istio's own list
   */
  readonly cipherSuites?: string[];
}

/** TLS with all others. */
export interface MeshTlsDefaults extends MeshMutualTls {
  /**
   * The curves that are taken: P-256, P-384, P-521, X25519 or X25519MLKEM768.
   *
   * @default - Envoy's own list
   */
  readonly ecdhCurves?: string[];
}

/** For whom an authority is trusted. */
export interface MeshCaCertificateOptions {
  /**
   * The signers of Kubernetes that it is for.
   *
   * @default - all
   */
  readonly certSigners?: string[];

  /**
   * The trust domains that it is for.
   *
   * @default - those of the mesh
   */
  readonly trustDomains?: string[];
}

/**
 * An authority that workloads trust in addition, or several of them.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-CertificateData
 */
export class MeshCaCertificate {
  /**
   * By its certificates.
   *
   * @param certificates one or more certificates as PEM
   * @throws when it is no PEM
   */
  public static pem(certificates: string, options: MeshCaCertificateOptions = {}): MeshCaCertificate {
    if (!certificates.includes('-----BEGIN CERTIFICATE-----')) {
      throw new Error('an authority needs its certificates as PEM, got none: pass a text with -----BEGIN CERTIFICATE-----');
    }
    return new MeshCaCertificate({ pem: certificates, ...written(options) });
  }

  /**
   * By an address where the bundle of its trust domain is published as SPIFFE says.
   *
   * @param url an address with https
   * @throws when it is no such address
   */
  public static spiffeBundleUrl(url: string, options: MeshCaCertificateOptions = {}): MeshCaCertificate {
    if (!/^https:\/\/[^/]+/.test(url)) {
      throw new Error(`address of a SPIFFE bundle must start with https://, got '${url}'`);
    }
    return new MeshCaCertificate({ spiffeBundleUrl: url, ...written(options) });
  }

  private constructor(private readonly data: object) {}

  /** @internal */
  public _toKube(): object {
    return this.data;
  }
}

function written({ certSigners, trustDomains }: MeshCaCertificateOptions): object {
  return { certSigners, trustDomains };
}

/** An authority outside of the mesh that signs the certificates of workloads. */
export interface MeshCa {
  /** Where it is, as `host:port`. */
  readonly address: string;

  /**
   * How istiod begins TLS with it.
   *
   * @default - TLS with the authorities of the operating system
   */
  readonly tlsSettings?: ClientTls;

  /**
   * How long it may take, at least 1 ms.
   *
   * @default - 10 seconds
   */
  readonly requestTimeout?: Duration;

  /**
   * Whether istiod asks it, instead of the agents of the workloads.
   *
   * @default true
   */
  readonly istiodSide?: boolean;
}

/** Whom workloads trust, and how they prove who they are. */
export interface MeshSecuritySettings {
  /**
   * Other names of the trust domain: identities of theirs are the mesh's own.
   *
   * @default - none
   */
  readonly trustDomainAliases?: string[];

  /**
   * Whether clients use mutual TLS by themselves wherever a server takes it.
   *
   * @default true
   */
  readonly enableAutoMtls?: boolean;

  /**
   * TLS between workloads of the mesh.
   *
   * @default - TLS 1.2 and later
   */
  readonly meshMtls?: MeshMutualTls;

  /**
   * TLS with all others.
   *
   * @default - TLS 1.2 and later
   */
  readonly tlsDefaults?: MeshTlsDefaults;

  /**
   * Authorities that workloads trust in addition to that of istiod.
   *
   * @default - none
   */
  readonly caCertificates?: MeshCaCertificate[];

  /**
   * An authority outside of the mesh that signs the certificates of workloads.
   *
   * @default - istiod signs
   */
  readonly ca?: MeshCa;
}
