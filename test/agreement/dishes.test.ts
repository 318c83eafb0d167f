import { disagreements } from './agreement';
import { cook } from './cook';
import { DISHES } from './dishes';
import { Recipe } from './recipe';

const PLAIN: Recipe = {
  mesh: 'default',
  clusters: 'one',
  authority: 'none',
  upgrade: 'none',
  namespaces: { shop: 'shop-1', edge: 'edge', egress: 'egress' },
  gateway: null,
  web: { port: 80, targetPort: 8080, portName: 'http', versions: 1, subsets: false },
  canary: null,
  calls: [],
  http: false,
  close: false,
  waypoint: false,
  egress: null,
  eastWest: false,
  machine: 'none',
  dishes: [],
  dice: 0,
};
const MESHES = ['default', 'revision', 'managed', 'ambient', 'linkerd'] as const;
const PLATES = Object.entries(DISHES).flatMap(([dish, { meshes = MESHES }]) => meshes.map(mesh => [dish, mesh as Recipe['mesh']] as const));

// Else a dish that is always refused would look like one that agrees.
test.each(PLATES)('%s, in the mesh %s, is made, and agrees', (dish, mesh) => {
  for (const dice of [0, 70_000, 140_000, 210_000]) {
    const { clusters } = cook({ ...PLAIN, mesh, waypoint: true, dishes: [dish], dice });
    expect(clusters.flatMap(({ objects, given }) => disagreements(objects, given))).toEqual([]);
  }
});
