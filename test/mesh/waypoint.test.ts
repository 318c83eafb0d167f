import { App, Chart, Testing } from 'cdk8s';
import { DataPlane, IstioMesh, MeshNamespace, Waypoint } from '../../src';

test('a waypoint of a namespace', () => {
  const chart = new Chart(new App(), 'test');
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT });
  const namespace = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  new Waypoint(chart, 'Waypoint', { namespace }).serve(namespace);
  expect(Testing.synth(chart).find(({ kind }) => kind === 'Namespace').metadata.labels['istio.io/use-waypoint']).toBe('waypoint');
});
