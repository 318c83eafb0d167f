import { ControlPlane } from './control-plane';
import { controlPlaneOf, IstioUpgrade, promotedPlane, UpgradingMesh } from './istio-upgrade';
import { UpgradePlan, UpgradeStep } from './upgrade-plan';
import { provisionedAtLast, provisionedInCanaries } from './upgrade-provisioned';
import { DataPlane } from '../../istio/data-plane';
import { namespaceLabels } from '../enrolment/istio-namespace-enrolment';
import { MemberNamespace, MeshMembers } from '../mesh-members';

/** A mesh whose control plane is upgraded. */
interface PlannedMesh extends UpgradingMesh {
  readonly rootNamespace: string;
  readonly _members: MeshMembers;
  readonly _former?: ControlPlane;
}

/** What an upgrade knows of itself. */
interface Planning {
  readonly mesh: PlannedMesh;
  readonly upgrade: IstioUpgrade;
  readonly from: ControlPlane;
  /** What the mesh says now. */
  readonly current: ControlPlane;
  readonly to: ControlPlane;
  /** What the mesh says once the new control plane is promoted. */
  readonly promoted: ControlPlane;
  readonly ambient: boolean;
}

/** How the upgrade that a mesh declares goes on to its end. */
export function istioUpgradePlan(upgrading: PlannedMesh): UpgradePlan {
  const { dataPlane, rootNamespace, _members, upgrade, controlPlane: current, _former: from = current } = upgrading;
  if (upgrade === undefined) {
    throw new Error(`the mesh declares no upgrade of ${from._text}: pass upgrade: { to: ControlPlane.revision('...') } to it`);
  }
  const { to } = upgrade;
  // The plan stays as it is when its third step is done.
  const mesh = { dataPlane, rootNamespace, _members, controlPlane: from, upgrade: { ...upgrade, promoted: false } };
  const unknown = (upgrade.canaries ?? []).find(name => !mesh._members.namespaces.some(namespace => namespace.name === name));
  if (unknown !== undefined) {
    throw new Error(`canary '${unknown}' of the upgrade is no namespace of this mesh: it has ${mesh._members.namespaces.map(({ name }) => name).join(', ') || 'none'}`);
  }
  const planning = { mesh, upgrade, from, current, to, promoted: promotedPlane(from, to), ambient: mesh.dataPlane === DataPlane.AMBIENT };
  return UpgradePlan._of(`Upgrade from ${from._text} to ${to._text}`, [
    install(planning),
    ...planning.ambient ? [] : [tryOut(planning)],
    promote(planning),
    ...planning.ambient ? [nodes(planning)] : [],
    remove(planning),
  ]);
}

function install({ mesh, to }: Planning): UpgradeStep {
  const { rootNamespace, _members: { delivery } } = mesh;
  const revision = to.installedRevision!;
  const step = { relabelled: [], restarts: [], rolls: [] };
  return to.channel !== undefined ? {
    ...step,
    title: `Have the provider run channel ${revision} beside`,
    changes: [`upgrade: { to: ${sourceOf(to)} } of the mesh`],
    commands: ['kubectl get controlplanerevisions --namespace istio-system'],
    done: `the cluster has channel ${revision}, reconciled`,
  } : {
    ...step,
    title: `Install revision ${revision} beside`,
    changes: [`upgrade: { to: ${sourceOf(to)} } of the mesh`, ...delivery ? [] : [`helmValues with revision: '${revision}'`]],
    commands: delivery ? [delivery.wait('istio-base'), delivery.wait(`istiod-${revision}`)] : [
      `helm upgrade istio-base istio/base --namespace ${rootNamespace} --reuse-values`,
      `helm install istiod-${revision} istio/istiod --namespace ${rootNamespace} --values istiod-${revision}.values.yaml --wait`,
    ],
    done: `the Deployment istiod-${revision} in ${rootNamespace} is available`,
  };
}

function tryOut({ mesh, upgrade, to }: Planning): UpgradeStep {
  const namespaces = mesh._members.namespaces.filter(({ name }) => upgrade.canaries?.includes(name));
  const names = namespaces.map(({ name }) => `'${name}'`).join(', ');
  const provisioned = provisionedInCanaries(mesh._members.provisioned, namespaces, to);
  return {
    title: 'Try it in canary namespaces',
    changes: [
      `upgrade: { to: ${sourceOf(to)}, canaries: [${names || '...'}] } of the mesh`,
      `the canary of each self-managed gateway: GatewayCanary.replicas('${to.revisionName}', weight)`,
    ],
    relabelled: labelsOf(namespaces.filter(({ enrolled }) => enrolled), mesh.dataPlane, to),
    restarts: namespaces.filter(({ enrolled }) => enrolled).flatMap(podsOf),
    rolls: [...namespaces.filter(({ enrolled }) => !enrolled).flatMap(workloadsOf), ...provisioned.rolls],
    commands: [
      ...labelForOthers(namespaces, to),
      ...namespaces.filter(({ enrolled }) => enrolled).map(restartCommand),
      ...provisioned.commands,
      'istioctl proxy-status',
    ],
    done: `the proxies of ${names || 'the canaries'} are connected to revision ${to.installedRevision}, and serve as before`,
  };
}

function promote(planning: Planning): UpgradeStep {
  const { mesh, from, current, to, promoted, ambient } = planning;
  const enrolledOnes = mesh._members.namespaces.filter(({ enrolled }) => enrolled);
  const moved = enrolledOnes.filter(({ name }) => controlPlaneOf(mesh, name) === from);
  const changed = promoted.revisionName !== from.revisionName;
  const relabelled = enrolledOnes.filter(({ name }) => controlPlaneOf(mesh, name).revisionName !== promoted.revisionName);
  const byThemselves = mesh._members.namespaces.filter(({ name, enrolled }) => !enrolled && controlPlaneOf(mesh, name) === from).flatMap(workloadsOf);
  const gateways = mesh._members.gateways.filter(({ revision }) => revision === current.revisionName)
    .map(({ namespace, kind, name }) => `${kind} ${namespace}/${name}`);
  const canaries = mesh._members.namespaces.filter(({ name }) => controlPlaneOf(mesh, name) !== from);
  const provisioned = provisionedAtLast(mesh._members.provisioned, canaries, planning);
  const followers = ambient ? [] : [...new Set([...byThemselves, ...gateways])];
  return {
    title: changed ? `Move the rest to ${promoted._text}` : `Promote: point tag '${promoted.tagName}' to revision '${to.installedRevision}'`,
    changes: [
      `upgrade: { to: ${sourceOf(to)}, promoted: true } of the mesh`,
      'GatewayCanary of weight 100, and then none, for each self-managed gateway',
      ...provisioned.changes,
    ],
    relabelled: ambient ? [] : labelsOf(relabelled, mesh.dataPlane, promoted),
    restarts: ambient ? [] : [...moved.flatMap(podsOf), ...changed ? [] : followers],
    rolls: [...changed ? followers : [], ...provisioned.rolls],
    commands: [
      ...changed ? [] : [mesh._members.delivery ? 'istioctl tag list' : `istioctl tag set ${promoted.tagName} --revision ${to.installedRevision} --overwrite`],
      ...ambient ? [] : [
        ...labelForOthers(relabelled, promoted),
        ...moved.map(restartCommand),
        ...changed ? [] : followers.map(restartOne),
      ],
      ...provisioned.commands,
    ],
    done: `istioctl proxy-status shows no ${ambient ? 'gateway or waypoint' : 'proxy'} on ${from.installedRevision ?? 'the old revision'}`,
  };
}

function nodes({ mesh, to }: Planning): UpgradeStep {
  const { rootNamespace, _members: { delivery } } = mesh;
  const values = (chart: string) => `helm upgrade ${chart === 'cni' ? 'istio-cni' : chart} istio/${chart} --namespace ${rootNamespace} --values ${chart}.values.yaml --wait`;
  return {
    title: 'Upgrade the proxies of the nodes in place',
    changes: delivery ? [] : [`helmValues of cni and ztunnel with revision: '${to.installedRevision}'`],
    relabelled: [],
    restarts: [],
    rolls: ['DaemonSets istio-cni-node and ztunnel, node by node: connections of a node end when its ztunnel does'],
    commands: delivery ? [delivery.wait('istio-cni'), delivery.wait('ztunnel')] : [values('cni'), values('ztunnel')],
    done: 'both DaemonSets are rolled out; no pod has to restart',
  };
}

function remove({ mesh, upgrade, from, to, promoted }: Planning): UpgradeStep {
  const { rootNamespace, _members: { delivery } } = mesh;
  const old = from.installedRevision;
  const version = upgrade.version && `version: IstioVersion.V${upgrade.version.replace('.', '_')} and `;
  const changes = [`${version ?? ''}controlPlane: ${sourceOf(promoted)} of the mesh, without upgrade`];
  const step = { title: `Remove what ran before ${to._text}`, changes, relabelled: [], restarts: [], rolls: [], done: 'no proxy misses it' };
  if (from.channel !== undefined) {
    return { ...step, commands: [], done: `no namespace and no pod asks for ${old} any more: the provider keeps the channel` };
  }
  const release = old === undefined ? 'istiod' : `istiod-${old}`;
  return { ...step, commands: delivery ? delivery.remove(release, old) : [`helm uninstall ${release} --namespace ${rootNamespace}`] };
}

function labelsOf(namespaces: readonly MemberNamespace[], dataPlane: DataPlane, { revisionName }: ControlPlane): string[] {
  const [[key, value]] = Object.entries(namespaceLabels(dataPlane, revisionName));
  return namespaces.map(({ name }) => `${name}: ${key}=${value}`);
}

/** Namespaces of other apps keep their label until somebody changes it. */
function labelForOthers(namespaces: readonly MemberNamespace[], { revisionName }: ControlPlane): string[] {
  return namespaces.filter(({ owned, enrolled }) => !owned && enrolled).map(({ name, labels }) => {
    const wanted = namespaceLabels(DataPlane.SIDECAR, revisionName);
    const gone = Object.keys({ ...namespaceLabels(DataPlane.SIDECAR, undefined), ...namespaceLabels(DataPlane.SIDECAR, 'any') })
      .filter(key => key in labels && !(key in wanted)).map(key => ` ${key}-`).join('');
    return `kubectl label namespace ${name}${Object.entries(wanted).map(([key, value]) => ` ${key}=${value}`).join('')}${gone} --overwrite`;
  });
}

function podsOf(namespace: MemberNamespace): string[] {
  return [...workloadsOf(namespace), `all other pods of namespace ${namespace.name}`];
}

function workloadsOf({ name, workloads }: MemberNamespace): string[] {
  return [...new Set(workloads().map(workload => `${workload.kind} ${name}/${workload.name}`))];
}

function restartCommand({ name }: MemberNamespace): string {
  return `kubectl rollout restart deployment,statefulset,daemonset --namespace ${name}`;
}

function restartOne(workload: string): string {
  const [, kind, namespace, name] = /^(\S+) (.*)\/(.*)$/.exec(workload)!;
  return `kubectl rollout restart ${kind.toLowerCase()}/${name} --namespace ${namespace}`;
}

/** A control plane as the app says it. */
function sourceOf({ tagName, revisionName, installedRevision, channel, managedDataPlane }: ControlPlane): string {
  if (channel !== undefined) {
    const word = { 'asm-managed': 'REGULAR', 'asm-managed-rapid': 'RAPID', 'asm-managed-stable': 'STABLE' }[channel];
    return `ControlPlane.managed(ManagedChannel.${word}${managedDataPlane === undefined ? '' : `, { managedDataPlane: ${managedDataPlane} }`})`;
  }
  if (tagName === undefined) {
    return `ControlPlane.revision('${installedRevision}')`;
  }
  return revisionName === undefined ? `ControlPlane.defaultTag('${installedRevision}')` : `ControlPlane.tag('${tagName}', '${installedRevision}')`;
}
