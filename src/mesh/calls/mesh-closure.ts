import { Construct } from 'constructs';
import { Mesh } from '../mesh';

/** Properties of the closing of a mesh. */
export interface MeshClosureProps {
  /** The mesh. */
  readonly mesh: Mesh;
}

/**
 * Closes a whole mesh: everywhere, also in namespaces that nobody has thought of, what no policy allows is refused. What patterns of this app need is allowed,
 * such as what gateways take from outside, and send by their routes.
 *
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export class MeshClosure extends Construct {
  /**
   * @throws when the mesh is closed already, or is one of Linkerd, which is closed by its installation
   */
  constructor(scope: Construct, id: string, { mesh }: MeshClosureProps) {
    super(scope, id);
    if (mesh._closure.isClosed) {
      throw new Error(`the ${mesh.meshName} mesh is closed already: make one MeshClosure`);
    }
    mesh._closeMesh(this);
    mesh._closure.close();
  }
}
