import { ServiceAccount } from 'cdk8s-plus-28';
import { checkPrincipal, checkTrustDomain } from './authorization-values';
import { PolicyPlace } from './policy-place';
import { checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/** In which trust domain a workload is. */
export interface IstioIdentityOptions {
  /**
   * The trust domain; `*` for any.
   *
   * @default - that of the declared mesh, or `cluster.local`, by which sidecars mean the mesh's own
   */
  readonly trustDomain?: string;
}

/**
 * Who a workload is, as its certificate says: `<trust domain>/ns/<namespace>/sa/<service account>`.
 *
 * @see https://istio.io/latest/docs/concepts/security/#istio-identity
 */
export class IstioIdentity {
  /** Any identity: whoever connects with mTLS. */
  public static readonly ANY = IstioIdentity.of('*');

  /**
   * The workloads of a service account of this app. Without a namespace it is in that of the policy.
   *
   * @throws when the trust domain has a `/`
   */
  public static serviceAccount(account: ServiceAccount, options: IstioIdentityOptions = {}): IstioIdentity {
    return IstioIdentity.make(account.metadata.namespace, account.name, options);
  }

  /**
   * The workloads of a service account that is in the cluster already.
   *
   * @param namespace the namespace of the service account
   * @param name its name
   * @throws when a name breaks DNS rules, or the trust domain has a `/`
   */
  public static serviceAccountName(namespace: string, name: string, options: IstioIdentityOptions = {}): IstioIdentity {
    checkDnsLabel(namespace, 'namespace of the service account');
    return IstioIdentity.make(namespace, checkDnsSubdomain(name, 'name of the service account'), options);
  }

  /**
   * Identities by text: exact, or with `*` first or last, such as `cluster.local/ns/shop/*`.
   *
   * @throws when the text is empty, starts with `spiffe://`, or has a `*` elsewhere
   */
  public static of(principal: string): IstioIdentity {
    checkPrincipal(principal, 'identity');
    return new IstioIdentity(() => principal);
  }

  private static make(namespace: string | undefined, name: string, { trustDomain }: IstioIdentityOptions): IstioIdentity {
    if (trustDomain !== undefined) {
      checkTrustDomain(trustDomain, 'trust domain');
    }
    return new IstioIdentity(policy => {
      const own = namespace ?? policy.namespace;
      if (own === undefined) {
        throw new Error(`identity of service account '${name}' needs a namespace: set metadata.namespace of the service account or of the policy`);
      }
      return `${trustDomain ?? policy.trustDomain}/ns/${own}/sa/${name}`;
    });
  }

  private constructor(
    /**
     * The identity as a policy writes it.
     *
     * @internal
     */
    public readonly _in: (policy: PolicyPlace) => string,
  ) {}
}
