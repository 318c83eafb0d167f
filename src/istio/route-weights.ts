import { checkWeight, checkWeights } from '../semantics/weight';

/** Refuses destinations of a route whose shares are not said: to Istio, no weight among several is none of the traffic. */
export function checkRouteWeights(destinations: { readonly weight?: number }[], what: string): void {
  if (destinations.length === 0) {
    throw new Error(`${what} must have at least one destination, got none`);
  }
  const weights = destinations.flatMap(({ weight }) => weight === undefined ? [] : [checkWeight(weight, `weight in ${what}`)]);
  if (destinations.length > 1 && weights.length < destinations.length) {
    throw new Error(`${what} has ${destinations.length} destinations, so each needs a weight, got ${weights.length} of them`);
  }
  checkWeights(weights, what);
}
