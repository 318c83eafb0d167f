import { IstioLabel } from '../../semantics/keys';
import { IMeshNamespace } from '../mesh-client';

/** Keys by which a namespace joins a mesh; at most one of them may stand on it. */
export const NAMESPACE_ENROLMENT_KEYS = [IstioLabel.INJECTION, IstioLabel.REV, IstioLabel.DATAPLANE_MODE];

/** Lets the mesh know the namespace, for when its control plane changes. */
export function joinMesh({ name, labels, mesh, _policies }: IMeshNamespace, enrolled: boolean, owned: boolean): void {
  const workloads = () => {
    const all = [...mesh._members.workloadsOf(name)];
    _policies.eachWorkload(workload => all.push(workload));
    return all;
  };
  mesh._members.namespaces.push({ name, labels, enrolled, owned, workloads });
}
