import type { DestinationRuleSpecTrafficPolicyTls } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Options of TLS in which only the server proves who it is. */
export interface SimpleTlsOptions {
  /**
   * The server name that the client asks for.
   *
   * @default - the host of the request, where Istio knows it
   */
  readonly sni?: string;

  /**
   * The file with the certificates of the authorities to trust; not together with credentialName.
   *
   * @default - those of the operating system
   */
  readonly caCertificates?: string;

  /**
   * The file with the certificates that were revoked; not together with credentialName.
   *
   * @default - none
   */
  readonly caCrl?: string;

  /**
   * The Secret (or `configmap://namespace/name`) with the certificates, in place of files; for gateways, and for rules with a workload selector.
   *
   * @default - files
   */
  readonly credentialName?: string;

  /**
   * Names of which the server's certificate must have one.
   *
   * @default - not checked, or the host where Istio checks it by itself
   */
  readonly subjectAltNames?: string[];

  /**
   * Whether any certificate will do: with it, nothing tells the server from someone else. Not together with caCertificates or subjectAltNames.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** Options of TLS in which both sides prove who they are: credentialName, or both files. */
export interface MutualTlsOptions extends SimpleTlsOptions {
  /**
   * The file with the client's certificate.
   *
   * @default - from credentialName
   */
  readonly clientCertificate?: string;

  /**
   * The file with the client's private key.
   *
   * @default - from credentialName
   */
  readonly privateKey?: string;
}

/** Options of TLS with the certificates of the mesh. */
export interface IstioMutualTlsOptions {
  /**
   * The server name that the client asks for.
   *
   * @default - the one by which sidecars know the Service
   */
  readonly sni?: string;

  /**
   * Identities of which the server must have one, such as `spiffe://cluster.local/ns/shop/sa/backend`.
   *
   * @default - those of the service accounts that Istio finds for the host
   */
  readonly subjectAltNames?: string[];
}

const CONFIG_MAP = /^configmap:\/\/([^/]+)\/[^/]+$/;

/**
 * Whether and how the client of a host begins TLS.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export class ClientTls {
  /** None: bytes are sent as they are. */
  public static disable(): ClientTls {
    return new ClientTls({ mode: 'DISABLE' });
  }

  /**
   * TLS in which only the server proves who it is.
   *
   * @throws when credentialName and files are mixed, credentialName is a malformed one of a ConfigMap, or insecureSkipVerify and what it would skip
   */
  public static simple(options: SimpleTlsOptions = {}): ClientTls {
    const { credentialName, insecureSkipVerify } = options;
    if (insecureSkipVerify && credentialName !== undefined) {
      throw new Error(`insecureSkipVerify excludes credentialName, got '${credentialName}': there is nothing to verify with it`);
    }
    return new ClientTls({ mode: 'SIMPLE', ...checkTls(options) });
  }

  /**
   * TLS in which both sides prove who they are.
   *
   * @throws when there is neither credentialName nor both files, when they are mixed, or insecureSkipVerify and what it would skip
   */
  public static mutual(options: MutualTlsOptions): ClientTls {
    const { credentialName, clientCertificate, privateKey } = options;
    if (!credentialName && !(clientCertificate && privateKey)) {
      const given = clientCertificate ? 'clientCertificate alone' : privateKey ? 'privateKey alone' : 'none';
      throw new Error(`mutual TLS needs clientCertificate and privateKey, or credentialName, got ${given}: pass both, or the name of a Secret`);
    }
    return new ClientTls({ mode: 'MUTUAL', ...checkTls(options) });
  }

  /** Mutual TLS with the certificates that Istio gives to every workload. */
  public static istioMutual(options: IstioMutualTlsOptions = {}): ClientTls {
    return new ClientTls({ mode: 'ISTIO_MUTUAL', sni: options.sni, subjectAltNames: options.subjectAltNames });
  }

  private constructor(private readonly spec: Manifest<DestinationRuleSpecTrafficPolicyTls>) {}

  /**
   * The namespace of the ConfigMap with the certificates, when they are in one.
   *
   * @internal
   */
  public _configMapNamespace(): string | undefined {
    return CONFIG_MAP.exec(this.spec.credentialName ?? '')?.[1];
  }

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpecTrafficPolicyTls> {
    return this.spec;
  }
}

function checkTls(options: MutualTlsOptions): Omit<Manifest<DestinationRuleSpecTrafficPolicyTls>, 'mode'> {
  const { sni, caCertificates, caCrl, clientCertificate, privateKey, credentialName, subjectAltNames, insecureSkipVerify } = options;
  const given = (values: { [name: string]: unknown }) => Object.keys(values).filter(name => values[name] !== undefined);
  if (credentialName?.startsWith('configmap:') && !CONFIG_MAP.test(credentialName)) {
    throw new Error(`credentialName of a ConfigMap must be written configmap://namespace/name, got '${credentialName}'`);
  }
  const files = given({ caCertificates, caCrl, clientCertificate, privateKey });
  if (credentialName !== undefined && files.length > 0) {
    throw new Error(`certificates come from credentialName or from files, got credentialName '${credentialName}' and ${files.join(', ')}: ` +
      'a Secret has all of them as tls.crt, tls.key, ca.crt and ca.crl');
  }
  const skipped = given({ caCertificates, subjectAltNames });
  if (insecureSkipVerify && skipped.length > 0) {
    throw new Error(`insecureSkipVerify excludes what it would skip, got ${skipped.join(' and ')}: leave one of them out`);
  }
  return { sni, caCertificates, caCrl, clientCertificate, privateKey, credentialName, subjectAltNames, insecureSkipVerify };
}
