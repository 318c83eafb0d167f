import * as fc from 'fast-check';
import { disagreements } from './agreement';
import { cook } from './cook';
import { GIVEN } from './given';
import { RECIPE } from './recipe';
import { KubeObject } from '../examples/kube-object';

const RUNS = 500;
/** So many of the recipes have to be what patterns take. */
const TAKEN = 0.6;

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
