import { MeshCluster } from './mesh-cluster';
import { Mesh } from '../mesh';

/** The cluster that a mesh is of, where it is one of several. */
export function clusterOf(mesh: Mesh): MeshCluster | undefined {
  return mesh instanceof MeshCluster ? mesh : undefined;
}
