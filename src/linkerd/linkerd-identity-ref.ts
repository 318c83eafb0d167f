import { Namespace, ServiceAccount } from 'cdk8s-plus-28';
import { refFrom, serviceAccountNameRef, serviceAccountRef } from './service-account-ref';
import type { MeshTlsAuthenticationSpecIdentityRefs } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';

/** Where a service account is that is only named. */
export interface LinkerdServiceAccountNameOptions {
  /**
   * The namespace of the service account.
   *
   * @default - that of the object that refers to it
   */
  readonly namespace?: string;
}

/** Clients of the mesh by what they run as, whatever the trust domain of the mesh. */
export class LinkerdIdentityRef {
  /** The workloads of a service account of this app. */
  public static serviceAccount(account: ServiceAccount): LinkerdIdentityRef {
    return new LinkerdIdentityRef(serviceAccountRef(account));
  }

  /**
   * The workloads of a service account that is in the cluster already.
   *
   * @throws when a name breaks DNS rules
   */
  public static serviceAccountName(name: string, options: LinkerdServiceAccountNameOptions = {}): LinkerdIdentityRef {
    return new LinkerdIdentityRef(serviceAccountNameRef(name, options.namespace));
  }

  /** Every meshed workload of a namespace of this app. */
  public static namespace(namespace: Namespace): LinkerdIdentityRef {
    return LinkerdIdentityRef.namespaceName(namespace.name);
  }

  /**
   * Every meshed workload of a namespace.
   *
   * @throws when the name breaks DNS rules
   */
  public static namespaceName(name: string): LinkerdIdentityRef {
    // A Namespace is in no namespace, and with one the webhook refuses it.
    return new LinkerdIdentityRef({ kind: 'Namespace', name: checkDnsLabel(name, 'name of the namespace') });
  }

  private constructor(private readonly ref: Manifest<MeshTlsAuthenticationSpecIdentityRefs>) {}

  /** @internal */
  public _toKube(ownNamespace: string | undefined): Manifest<MeshTlsAuthenticationSpecIdentityRefs> {
    return refFrom(ownNamespace, this.ref);
  }
}
