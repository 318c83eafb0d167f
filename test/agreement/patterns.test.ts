import * as fc from 'fast-check';
import { disagreements } from './agreement';
import { cook } from './cook';
import { RECIPE } from './recipe';
import { KubeObject } from '../examples/kube-object';

const RUNS = 500;
/** So many of the recipes have to be what patterns take. */
const TAKEN = 0.6;

/** What a cluster with a mesh has beside an app. */
const GIVEN: KubeObject[] = [
  ...['istio-system', 'linkerd'].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  // What Envoy Gateway makes is named as its settings say.
  ...['edge', 'public-1'].map(namespace => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'edge', namespace } })),
];

test('whatever is asked of patterns, all that they make agrees', () => {
  let taken = 0;
  fc.assert(fc.property(RECIPE, recipe => {
    let objects: KubeObject[];
    try {
      objects = cook(recipe);
    } catch {
      // What patterns refuse makes nothing.
      return;
    }
    taken++;
    expect(disagreements(objects, GIVEN)).toEqual([]);
  }), { numRuns: RUNS, seed: 7 });
  expect(taken).toBeGreaterThan(TAKEN * RUNS);
}, 120_000);
