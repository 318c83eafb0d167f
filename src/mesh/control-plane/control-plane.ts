import { checkDnsLabel } from '../../semantics/names';

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
   * Whether the provider also restarts proxies to upgrade them. A MeshNamespace can say otherwise for itself.
   *
   * @default - what the provider does for the cluster
   */
  readonly managedDataPlane?: boolean;
}

const DEFAULT_TAG = 'default';

/**
 * Which of a cluster's Istio control planes injects and configures proxies.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export class ControlPlane {
  /**
   * The one that the tag `default` points to: namespaces have the label `istio-injection`.
   *
   * @param revision the revision that the tag points to; default: it is not known here, and the charts write no tag
   * @throws when the revision is not a DNS label
   */
  public static defaultTag(revision?: string): ControlPlane {
    return new ControlPlane({ tag: DEFAULT_TAG, revision });
  }

  /**
   * One by its revision, or by a revision tag that is made elsewhere: which revision it points to is not known here.
   *
   * @param revision the revision or tag, such as `1-31` or `stable`
   * @throws when it is not a DNS label
   */
  public static revision(revision: string): ControlPlane {
    return new ControlPlane({ label: revision, revision });
  }

  /**
   * One by a revision tag of this mesh: what is enrolled by it keeps its label when the tag moves to another revision.
   *
   * @param tag the tag, such as `stable`
   * @param revision the revision that it points to, such as `1-31`
   * @throws when one is not a DNS label, or both are the same
   * @see https://istio.io/latest/docs/setup/upgrade/canary/#stable-revision-labels
   */
  public static tag(tag: string, revision: string): ControlPlane {
    checkDnsLabel(tag, 'tag of a revision');
    if (tag === DEFAULT_TAG) {
      throw new Error(`the tag '${DEFAULT_TAG}' stands for the label istio-injection, got it with revision '${revision}': use ControlPlane.defaultTag('${revision}')`);
    }
    if (tag === revision) {
      throw new Error(`a tag must not be called as a revision, got '${tag}' for both: choose another tag`);
    }
    return new ControlPlane({ label: tag, tag, revision });
  }

  /**
   * One that Google runs for the cluster.
   *
   * @param channel the release channel
   */
  public static managed(channel: ManagedChannel, options: ManagedControlPlaneOptions = {}): ControlPlane {
    return new ControlPlane({ label: channel, revision: channel, channel, ...options });
  }

  /**
   * The revision or tag by which namespaces, pods and gateways are enrolled.
   *
   * @default - the default tag, by another label
   */
  public readonly revisionName?: string;

  /**
   * The tag, when it is enrolled by one that is known here.
   *
   * @default - none
   */
  public readonly tagName?: string;

  /**
   * The revision itself; where a tag is made elsewhere and taken for a revision, that tag.
   *
   * @default - it is not known
   */
  public readonly installedRevision?: string;

  /**
   * The channel of a managed control plane.
   *
   * @default - it is not managed
   */
  public readonly channel?: ManagedChannel;

  /**
   * Whether the provider restarts proxies.
   *
   * @default - what the provider does for the cluster
   */
  public readonly managedDataPlane?: boolean;

  private constructor(facts: { label?: string; tag?: string; revision?: string; channel?: ManagedChannel; managedDataPlane?: boolean }) {
    this.revisionName = facts.label;
    this.tagName = facts.tag;
    this.installedRevision = facts.revision === undefined ? undefined : checkDnsLabel(facts.revision, 'revision');
    this.channel = facts.channel;
    this.managedDataPlane = facts.managedDataPlane;
  }

  /**
   * What messages and plans call it.
   *
   * @internal
   */
  public get _text(): string {
    const { tagName, installedRevision } = this;
    return tagName === undefined ? `revision '${installedRevision}'` : `tag '${tagName}'${installedRevision ? ` of revision '${installedRevision}'` : ''}`;
  }
}
