import { Makers } from '../makers';

/** What strings and numbers mean in the configuration of a mesh. */
export const MESH_MAKERS: Makers = {
  'ControlPlane.revision.revision': ['stable', '1-31-0'],
  'rootNamespace': ['istio-system', 'mesh-root'],
};
