import { checkDnsLabel } from '../semantics/names';

/** Release channels of Google's managed Istio control plane. */
export enum ManagedChannel {
  /** The regular channel. */
  REGULAR = 'asm-managed',
  /** The rapid channel. */
  RAPID = 'asm-managed-rapid',
  /** The stable channel. */
  STABLE = 'asm-managed-stable',
}

/** Options of a managed control plane. */
export interface ManagedControlPlaneOptions {
  /**
   * Whether the provider also restarts proxies to upgrade them.
   *
   * @default - what the provider does for the cluster
   */
  readonly managedDataPlane?: boolean;
}

/**
 * Which of a cluster's Istio control planes injects and configures proxies.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export class ControlPlane {
  /** The one that the tag `default` points to. */
  public static defaultTag(): ControlPlane {
    return new ControlPlane();
  }

  /**
   * One by its revision, or by a revision tag that points to it.
   *
   * @param revision the revision or tag, such as `1-31` or `stable`
   * @throws when it is not a DNS label
   */
  public static revision(revision: string): ControlPlane {
    return new ControlPlane(checkDnsLabel(revision, 'revision'));
  }

  /** One that Google runs for the cluster. */
  public static managed(channel: ManagedChannel, options: ManagedControlPlaneOptions = {}): ControlPlane {
    return new ControlPlane(channel, options.managedDataPlane);
  }

  private constructor(
    /**
     * The revision or tag.
     *
     * @default - the default tag
     */
    public readonly revisionName?: string,
    /**
     * Whether the provider restarts proxies.
     *
     * @default - what the provider does for the cluster
     */
    public readonly managedDataPlane?: boolean,
  ) {}
}
