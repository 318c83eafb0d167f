import { Chart } from 'cdk8s';
import { DataPlane, IstioMesh, MeshNamespace, Waypoint } from 'cdk8s-mesh';

export function waypoint(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT });
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
}
