import { UpgradePlan } from './upgrade-plan';
import { MeshMembers } from '../mesh-members';

/** How a mesh of Linkerd is upgraded: in place, because it has no revisions. */
export function linkerdUpgradePlan({ rootNamespace, _members }: { readonly rootNamespace: string; readonly _members: MeshMembers }): UpgradePlan {
  const namespaces = _members.namespaces.filter(({ enrolled, workloads }) => enrolled || workloads().length > 0);
  const step = { changes: [], relabelled: [], restarts: [], rolls: [] };
  return UpgradePlan._of('Upgrade of Linkerd', [
    {
      ...step,
      title: 'Upgrade the definitions and the control plane in place',
      commands: [
        `helm upgrade linkerd-crds linkerd-edge/linkerd-crds --namespace ${rootNamespace}`,
        `helm upgrade linkerd-control-plane linkerd-edge/linkerd-control-plane --namespace ${rootNamespace} --reuse-values --wait`,
        'linkerd check',
      ],
      rolls: [`the Deployments of ${rootNamespace}`],
      done: 'linkerd check finds no fault; proxies of the release before keep working',
    },
    {
      ...step,
      title: 'Restart what is in the mesh, namespace by namespace',
      restarts: namespaces.flatMap(({ name, enrolled, workloads }) => [
        ...new Set(workloads().map(workload => `${workload.kind} ${name}/${workload.name}`)),
        ...enrolled ? [`all other pods of namespace ${name}`] : [],
      ]),
      commands: [
        ...namespaces.map(({ name }) => `kubectl rollout restart deployment,statefulset,daemonset --namespace ${name}`),
        'linkerd check --proxy',
      ],
      done: 'linkerd check --proxy finds no old proxy',
    },
  ]);
}
