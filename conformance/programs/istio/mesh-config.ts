import { App } from 'cdk8s';
import { IstioMesh } from '../../../src';

/** The MeshConfig of the mesh that an app declares; an empty one, where it declares none. */
export function meshConfigOf(app: App): object {
  const mesh = app.node.findAll().find((construct): construct is IstioMesh => construct instanceof IstioMesh);
  return mesh?.meshConfig ?? {};
}
