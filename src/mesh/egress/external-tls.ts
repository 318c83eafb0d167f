import { ISecret, Secret } from 'cdk8s-plus-28';
import { ClientTls } from '../../istio/client-tls';
import { checkDnsSubdomain } from '../../semantics/names';

/** What of TLS to an external host is not as usual. */
export interface ExternalTlsOptions {
  /**
   * The server name that is asked for.
   *
   * @default - the host
   */
  readonly sni?: string;

  /**
   * Names of which the host's certificate must have one.
   *
   * @default - the server name that is asked for
   */
  readonly subjectAltNames?: string[];
}

/** A Secret, as far as it is known. */
interface Credential {
  readonly name: string;
  readonly namespace?: string;
  readonly mutual: boolean;
}

/**
 * How the mesh proves who an external host is when it begins TLS to it, and perhaps who it is itself. There is no way to trust just anybody.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/
 */
export class ExternalTls {
  /** The host's certificate is signed by an authority that operating systems trust. */
  public static systemTrust(options: ExternalTlsOptions = {}): ExternalTls {
    return new ExternalTls(options);
  }

  /**
   * The host's certificate is signed by an authority of one's own.
   *
   * @param secret a Secret of the gateway's namespace, whose key `ca.crt` has the certificate of the authority
   */
  public static caSecret(secret: ISecret, options: ExternalTlsOptions = {}): ExternalTls {
    return new ExternalTls(options, credentialOf(secret, false));
  }

  /**
   * The host's certificate is signed by an authority of one's own.
   *
   * @param name the name of a Secret that is in the gateway's namespace already, whose key `ca.crt` has the certificate of the authority
   * @throws when the name breaks Kubernetes' rules
   */
  public static caSecretName(name: string, options: ExternalTlsOptions = {}): ExternalTls {
    return new ExternalTls(options, { name: checkDnsSubdomain(name, 'name of the Secret'), mutual: false });
  }

  /**
   * The host asks for a certificate of the client, which is one for all clients of the gateway: the host trusts the gateway to know them.
   *
   * @param secret a Secret of the gateway's namespace: `tls.crt` and `tls.key` are shown to the host, whose own certificate is signed by `ca.crt`
   */
  public static clientCertificate(secret: ISecret, options: ExternalTlsOptions = {}): ExternalTls {
    return new ExternalTls(options, credentialOf(secret, true));
  }

  /**
   * The host asks for a certificate of the client, which is one for all clients of the gateway.
   *
   * @param name the name of a Secret that is in the gateway's namespace already, with `tls.crt`, `tls.key`, and in `ca.crt` who signed the host's certificate
   * @throws when the name breaks Kubernetes' rules
   */
  public static clientCertificateName(name: string, options: ExternalTlsOptions = {}): ExternalTls {
    return new ExternalTls(options, { name: checkDnsSubdomain(name, 'name of the Secret'), mutual: true });
  }

  private constructor(private readonly options: ExternalTlsOptions, private readonly credential?: Credential) {}

  /**
   * The name of the Secret.
   *
   * @default - none is needed
   */
  public get secretName(): string | undefined {
    return this.credential?.name;
  }

  /**
   * Refuses a Secret that the proxy in this namespace cannot read.
   *
   * @internal
   */
  public _checkSecret(proxyNamespace: string): void {
    const { name, namespace } = this.credential ?? {};
    if (namespace !== undefined && namespace !== proxyNamespace) {
      throw new Error(`Secret '${name}' is in namespace '${namespace}', where the gateway in '${proxyNamespace}' cannot read it: make it there`);
    }
  }

  /** @internal */
  public _clientTls(host: string): ClientTls {
    const { sni = host, subjectAltNames } = this.options;
    const options = { sni, subjectAltNames: subjectAltNames ?? (this.credential && [sni]), credentialName: this.credential?.name };
    return this.credential?.mutual ? ClientTls.mutual(options) : ClientTls.simple(options);
  }
}

function credentialOf(secret: ISecret, mutual: boolean): Credential {
  return { name: secret.name, namespace: secret instanceof Secret ? secret.metadata.namespace : undefined, mutual };
}
