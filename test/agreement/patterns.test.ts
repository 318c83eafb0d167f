import * as fc from 'fast-check';
import { disagreements } from './agreement';
import { cook, Meal } from './cook';
import { GIVEN } from './given';
import { RECIPE } from './recipe';
import { planMistakes } from './upgrades';
import { World } from './world';

const RUNS = 500;
/** So many of the recipes have to be what patterns take. */
const TAKEN = 0.6;

test('whatever is asked of patterns, all that they make agrees', () => {
  let taken = 0;
  fc.assert(fc.property(RECIPE, recipe => {
    let meal: Meal;
    try {
      meal = cook(recipe);
    } catch {
      // What patterns refuse makes nothing.
      return;
    }
    taken++;
    const { clusters, plan } = meal;
    expect(clusters.flatMap(({ objects, given }) => disagreements(objects, given))).toEqual([]);
    expect(plan ? planMistakes(plan, new World(clusters[0].objects, GIVEN)) : []).toEqual([]);
  }), { numRuns: RUNS, seed: 7 });
  expect(taken).toBeGreaterThan(TAKEN * RUNS);
}, 120_000);
