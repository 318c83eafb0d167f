import { ServiceAccount } from 'cdk8s-plus-28';
import { LinkerdServiceAccountNameOptions } from './linkerd-identity-ref';
import { refFrom, ServiceAccountRef, serviceAccountNameRef, serviceAccountRef } from './service-account-ref';

/** A client with a limit of its own. */
export class LinkerdRateLimitClient {
  /** The workloads of a service account of this app. */
  public static serviceAccount(account: ServiceAccount): LinkerdRateLimitClient {
    return new LinkerdRateLimitClient(serviceAccountRef(account));
  }

  /**
   * The workloads of a service account that is in the cluster already.
   *
   * @throws when a name breaks DNS rules
   */
  public static serviceAccountName(name: string, options: LinkerdServiceAccountNameOptions = {}): LinkerdRateLimitClient {
    return new LinkerdRateLimitClient(serviceAccountNameRef(name, options.namespace));
  }

  private constructor(private readonly ref: ServiceAccountRef) {}

  /** @internal */
  public _toKube(ownNamespace: string | undefined): ServiceAccountRef {
    return refFrom(ownNamespace, this.ref);
  }
}

/** A limit for some clients, in place of that for each. */
export interface LinkerdRateLimitOverride {
  /** Requests a second that the clients have together, from 1 on, and at most the total. */
  readonly requestsPerSecond: number;

  /** The clients, at least one. */
  readonly clients: LinkerdRateLimitClient[];
}
