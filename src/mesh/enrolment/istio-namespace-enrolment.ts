import { DataPlane } from '../../istio/data-plane';
import { IstioLabel, ManagedMeshAnnotation } from '../../semantics/keys';
import { controlPlaneOf, UpgradingMesh } from '../control-plane/istio-upgrade';
import { Enrolment, NamespaceEnrolmentOptions } from '../mesh';

/** How a namespace joins a mesh of Istio: by one label, which says the control plane too. */
export function enrolIstioNamespace(mesh: UpgradingMesh, name: string, { managedDataPlane }: NamespaceEnrolmentOptions): Enrolment {
  const { revisionName, channel, managedDataPlane: usual } = controlPlaneOf(mesh, name);
  if (managedDataPlane !== undefined && channel === undefined) {
    throw new Error(`managedDataPlane of namespace '${name}' needs a managed control plane, got ${managedDataPlane}: leave it out, or pass ControlPlane.managed to the mesh`);
  }
  const managed = managedDataPlane ?? usual;
  return {
    labels: namespaceLabels(mesh.dataPlane, revisionName),
    annotations: managed === undefined ? {} : { [ManagedMeshAnnotation.PROXY]: JSON.stringify({ managed: String(managed) }) },
  };
}

/** The one label by which a namespace joins. */
export function namespaceLabels(dataPlane: DataPlane, revision: string | undefined): { [key: string]: string } {
  if (dataPlane === DataPlane.AMBIENT) {
    return { [IstioLabel.DATAPLANE_MODE]: 'ambient' };
  }
  return revision === undefined ? { [IstioLabel.INJECTION]: 'enabled' } : { [IstioLabel.REV]: revision };
}
