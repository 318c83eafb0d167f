import { ControlPlane } from './control-plane';
import { IstioLabel } from '../../semantics/keys';
import { MemberNamespace, MemberProvisioned } from '../mesh-members';

/** What a step of an upgrade does with gateways and waypoints that Istio provisions. */
interface ProvisionedStep {
  /** What changes in the app, because they say the old revision themselves. */
  readonly changes: string[];
  /** What the new control plane makes anew, which restarts their pods. */
  readonly rolls: string[];
  readonly commands: string[];
}

/** What the mesh had, what is installed beside, and what the mesh says at last. */
interface ControlPlanes {
  readonly from: ControlPlane;
  readonly to: ControlPlane;
  readonly promoted: ControlPlane;
}

/** Those that ask for no revision have that of their namespace, as soon as it says one. */
export function provisionedInCanaries(
  members: readonly MemberProvisioned[], namespaces: readonly MemberNamespace[], to: ControlPlane,
): ProvisionedStep {
  const followers = members.filter(member => isInCanary(member, namespaces));
  return {
    changes: [],
    rolls: followers.map(member => remade(member, to, `its namespace says ${IstioLabel.REV}=${to.revisionName}`)),
    commands: followers.map(watchCommand),
  };
}

/** All others follow the mesh: by the tag for which they ask, or by the label that the app gives them. */
export function provisionedAtLast(
  members: readonly MemberProvisioned[], canaries: readonly MemberNamespace[], { from, to, promoted }: ControlPlanes,
): ProvisionedStep {
  const wanted = promoted.revisionName;
  const moves = from.revisionName !== wanted;
  const rest = members.filter(member => !isInCanary(member, canaries));
  const old = [from.revisionName, from.installedRevision].filter(name => name !== undefined && (moves || name !== wanted));
  const behind = rest.filter(({ pinned, revision }) => pinned && old.includes(revision));
  const followers = rest.filter(member => moves ? !member.pinned : member.revision === wanted);
  const why = moves ? `its label becomes ${IstioLabel.REV}=${wanted}` : `tag '${promoted.tagName}' points to it`;
  return {
    changes: behind.map(member =>
      `revision '${member.revision}' of ${gatewayText(member)}, which says it itself: leave it out, or pass '${wanted ?? to.installedRevision}'`),
    rolls: [...followers.map(member => remade(member, to, why)), ofOtherApps(promoted, moves)],
    commands: [...followers, ...behind].map(watchCommand),
  };
}

function isInCanary({ revision, namespace }: MemberProvisioned, namespaces: readonly MemberNamespace[]): boolean {
  return revision === undefined && namespaces.some(({ name, enrolled }) => enrolled && name === namespace);
}

function remade(member: MemberProvisioned, { channel, installedRevision }: ControlPlane, why: string): string {
  const maker = channel === undefined ? `istiod of revision ${installedRevision}` : `the provider's channel ${channel}`;
  return `Deployment ${member.namespace}/${member.deployment} of ${gatewayText(member)}, which ${maker} makes anew as soon as ${why}`;
}

/** What is not known here. */
function ofOtherApps({ tagName, revisionName }: ControlPlane, moves: boolean): string {
  const others = 'gateways and waypoints of other apps';
  return moves ? `${others} where their namespace says the revision; those that say it themselves need the label ${IstioLabel.REV}=${revisionName}` :
    `${others} that ask for ${revisionName === undefined ? 'no revision' : `tag '${tagName}'`}`;
}

function gatewayText({ namespace, gateway }: MemberProvisioned): string {
  return `Gateway ${namespace}/${gateway}`;
}

function watchCommand({ namespace, deployment }: MemberProvisioned): string {
  return `kubectl rollout status deployment/${deployment} --namespace ${namespace}`;
}
