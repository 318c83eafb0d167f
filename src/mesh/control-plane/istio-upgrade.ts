import { ControlPlane } from './control-plane';
import { DataPlane } from '../../istio/data-plane';
import { IstioVersion } from '../../semantics/istio-version';
import { checkUnique } from '../../semantics/lists';
import { checkDnsLabel } from '../../semantics/names';

/**
 * An upgrade of the control plane that is under way: both run, and some namespaces are moved already. The mesh's `version` stays the older one of the two meanwhile.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export interface IstioUpgrade {
  /** The control plane that is to take over: by its revision, until it is promoted. */
  readonly to: ControlPlane;

  /**
   * The namespaces that use it already, by name. Gateways have a canary of their own.
   *
   * @default - none: it is installed only
   */
  readonly canaries?: string[];

  /**
   * Whether it has taken over: the mesh's tag points to it, or all namespaces have its label, and what the mesh had before is still installed, because proxies use it until
   * their pods restart. When all have, pass it as `controlPlane`, and leave the upgrade out.
   *
   * @default false
   */
  readonly promoted?: boolean;

  /**
   * The release of it, for the charts.
   *
   * @default - that of the mesh
   */
  readonly version?: IstioVersion;
}

/** What of a mesh decides which control plane a namespace has. */
export interface UpgradingMesh {
  readonly dataPlane: DataPlane;
  readonly controlPlane: ControlPlane;
  readonly upgrade?: IstioUpgrade;
}

/** Refuses an upgrade that leads nowhere. */
export function checkUpgrade({ dataPlane, controlPlane, upgrade }: UpgradingMesh): void {
  if (upgrade === undefined) {
    return;
  }
  const { to, canaries = [] } = upgrade;
  if (to.revisionName === controlPlane.revisionName || to.installedRevision === controlPlane.installedRevision) {
    throw new Error(`an upgrade must lead to another control plane, got ${to._text} for both: pass the new revision in 'to'`);
  }
  if (to.tagName !== undefined && to.channel === undefined) {
    throw new Error(`an upgrade must lead to a revision, got ${to._text}: pass ControlPlane.revision('${to.installedRevision ?? '1-31'}'), and move the tag when it is done`);
  }
  if (dataPlane === DataPlane.AMBIENT && canaries.length > 0) {
    throw new Error(`namespaces of an ambient mesh have the proxies of their nodes, which no label chooses, got canaries ${canaries.join(', ')}: leave them out`);
  }
  canaries.forEach(name => checkDnsLabel(name, 'canary of an upgrade'));
  checkUnique(canaries, 'canaries of an upgrade');
}

/** The control plane of a namespace. */
export function controlPlaneOf({ controlPlane, upgrade }: UpgradingMesh, namespace: string): ControlPlane {
  return upgrade?.canaries?.includes(namespace) && !upgrade.promoted ? upgrade.to : controlPlane;
}

/** What a mesh says once the new control plane is promoted: a tag stays, and points to the new revision. */
export function promotedPlane({ tagName, revisionName }: ControlPlane, to: ControlPlane): ControlPlane {
  if (tagName === undefined || to.channel !== undefined) {
    return to;
  }
  return revisionName === undefined ? ControlPlane.defaultTag(to.installedRevision) : ControlPlane.tag(tagName, to.installedRevision!);
}
