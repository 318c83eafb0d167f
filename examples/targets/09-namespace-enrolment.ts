import { Chart } from 'cdk8s';
import { ControlPlane, DataPlane, IstioMesh, LinkerdMesh, ManagedChannel, MeshNamespace } from 'cdk8s-mesh';

export function namespaceEnrolment(chart: Chart): void {
  new MeshNamespace(chart, 'ByDefaultTag', { name: 'by-default-tag', mesh: new IstioMesh(chart, 'Default') });
  new MeshNamespace(chart, 'ByRevision', {
    name: 'by-revision',
    mesh: new IstioMesh(chart, 'Managed', { controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) }),
  });
  new MeshNamespace(chart, 'Ambient', {
    name: 'ambient',
    mesh: new IstioMesh(chart, 'AmbientMesh', { dataPlane: DataPlane.AMBIENT }),
    waypoint: 'waypoint',
  });
  new MeshNamespace(chart, 'Linkerd', { name: 'linkerd', mesh: new LinkerdMesh(chart, 'LinkerdMesh', { rootNamespace: 'linkerd-control-plane' }) });
}
