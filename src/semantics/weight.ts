/** The largest weight of a Gateway API backend. */
export const MAX_WEIGHT = 1000000;

/** Refuses a weight outside 0 to 1000000. */
export function checkWeight(weight: number, what = 'weight'): number {
  if (!Number.isInteger(weight) || weight < 0 || weight > MAX_WEIGHT) {
    throw new Error(`${what} must be between 0 and ${MAX_WEIGHT}, got ${weight}`);
  }
  return weight;
}

/** Refuses a set of weights by which no request goes anywhere. */
export function checkWeights(weights: number[], what: string): void {
  if (weights.length > 0 && weights.every(weight => weight === 0)) {
    throw new Error(`${what} must have a weight above 0 for at least one destination, got ${weights.join(', ')}: every request would fail, raise one of them`);
  }
}

/** The share of the requests that each weight means, in the same order: 0.7 and 0.3 of 70 and 30; 0 for each when all weights are 0. */
export function shares(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map(weight => sum === 0 ? 0 : weight / sum);
}
