import { App } from 'cdk8s';
import { OTHER } from './names';
import { IstioMesh } from '../../../src';

/** The providers that clusters have by other means, by the names that programs use. */
const OF_CLUSTER = ['corporate', 'legacy'].map(name => ({ name, envoyExtAuthzGrpc: { service: `authorizer.${OTHER}.svc.cluster.local`, port: 9000 } }));

/** The MeshConfig of the mesh that an app declares, with what its cluster has beside; that alone, where it declares none. */
export function meshConfigOf(app: App): object {
  const mesh = app.node.findAll().find((construct): construct is IstioMesh => construct instanceof IstioMesh);
  const { extensionProviders = [], ...config } = mesh?.meshConfig ?? {};
  return { ...config, extensionProviders: [...extensionProviders, ...OF_CLUSTER] };
}
