import { IstioMesh } from '../istio-mesh';
import { Mesh } from '../mesh';

/** Whether the provider of the cluster runs the control plane. */
export function isManaged({ controlPlane }: IstioMesh): boolean {
  return controlPlane.channel !== undefined;
}

/** The mesh, when its control plane is in the cluster, so that others can be let in to it. */
export function requireOwnControlPlane(mesh: Mesh, what: string, instead: string): IstioMesh {
  mesh._requireIstio(what, 'there a LinkerdExternalWorkload and a Service that selects it join what runs elsewhere');
  const istio = mesh as IstioMesh;
  if (isManaged(istio)) {
    throw new Error(`${what} needs a control plane in the cluster, got '${istio.controlPlane.revisionName}', which is managed: ${instead}`);
  }
  return istio;
}
