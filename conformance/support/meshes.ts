import { MeshKind, Unwritable } from './scene';
import { ControlPlane, DataPlane, GatewayApi, GatewayApiBundle, GatewayApiChannel, IstioMesh, LinkerdMesh, ManagedChannel } from '../../src';

export const SIDECAR: MeshKind = {
  id: 'sidecar',
  title: 'Istio, sidecars',
  declare: (chart, props) => new IstioMesh(chart, 'Mesh', props),
  addCluster: (mesh, name, options) => mesh.addPrimary(name, options),
  nextRevision: '1-31',
  upgrade: { controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'] } },
};

export const AMBIENT: MeshKind = {
  id: 'ambient',
  title: 'Istio, ambient',
  declare: (chart, props) => new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT, ...props }),
  addCluster: (mesh, name, options) => mesh.addPrimary(name, { dataPlane: DataPlane.AMBIENT, ...options }),
  nextRevision: '1-31',
  upgrade: { controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31') } },
};

export const MANAGED: MeshKind = {
  id: 'managed',
  title: 'managed (ASM)',
  declare: (chart, props) => new IstioMesh(chart, 'Mesh', { controlPlane: ControlPlane.managed(ManagedChannel.REGULAR), ...props }),
  addCluster: (mesh, name, options) => mesh.addPrimary(name, { controlPlane: ControlPlane.managed(ManagedChannel.REGULAR), ...options }),
  nextRevision: ManagedChannel.RAPID,
  upgrade: { upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID), canaries: ['shop'] } },
};

export const LINKERD: MeshKind = {
  id: 'linkerd',
  title: 'Linkerd',
  declare: (chart, props) => {
    if (props !== undefined) {
      throw new Unwritable('a LinkerdMesh has no such setting: its chart has all that is not said here');
    }
    return new LinkerdMesh(chart, 'Mesh');
  },
  nextRevision: '1-31',
  addCluster: () => {
    throw new Unwritable('a MultiClusterMesh is one of Istio; clusters of Linkerd are joined by its own command, which makes Links: share Services by SharedService');
  },
};

/** Where the definitions are those of which Linkerd reads all routes. */
export const LINKERD_EXPERIMENTAL: MeshKind = {
  ...LINKERD,
  id: 'linkerd-experimental',
  prepare: chart => void GatewayApi.declare(chart, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL }),
};

/** The meshes that Mesh knows. */
export const MESHES: readonly MeshKind[] = [SIDECAR, AMBIENT, MANAGED, LINKERD];
