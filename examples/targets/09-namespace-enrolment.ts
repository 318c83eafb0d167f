import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ControlPlane, DataPlane, IstioMesh, LinkerdMesh, ManagedChannel, MeshNamespace, Waypoint } from 'cdk8s-mesh';

export function namespaceEnrolment(chart: Chart): void {
  // A scope has one Istio: what is for another one gets a scope of its own.
  const byDefaultTag = new Construct(chart, 'ByDefaultTag');
  new MeshNamespace(byDefaultTag, 'Namespace', { name: 'by-default-tag', mesh: new IstioMesh(byDefaultTag, 'Mesh') });

  const byRevision = new Construct(chart, 'ByRevision');
  new MeshNamespace(byRevision, 'Namespace', {
    name: 'by-revision',
    mesh: new IstioMesh(byRevision, 'Mesh', { controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) }),
  });

  const ambient = new Construct(chart, 'Ambient');
  const namespace = new MeshNamespace(ambient, 'Namespace', {
    name: 'ambient',
    mesh: new IstioMesh(ambient, 'Mesh', { dataPlane: DataPlane.AMBIENT }),
  });
  new Waypoint(ambient, 'Waypoint', { namespace }).serve(namespace);

  new MeshNamespace(chart, 'Linkerd', { name: 'linkerd', mesh: new LinkerdMesh(chart, 'LinkerdMesh', { rootNamespace: 'linkerd-control-plane' }) });
}
