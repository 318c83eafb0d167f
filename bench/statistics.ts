/** The middle of the values, or the mean of the middle two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The exponent k of `time = c * size^k` that fits best: the slope of the least squares line through the logarithms. */
export function growth(points: { readonly size: number; readonly time: number }[]): number {
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map(({ time }) => Math.log(time));
  const [x, y] = [xs, ys].map(values => values.reduce((sum, value) => sum + value) / values.length);
  return xs.reduce((sum, xi, i) => sum + (xi - x) * (ys[i] - y), 0) / xs.reduce((sum, xi) => sum + (xi - x) ** 2, 0);
}

/** Two digits are what rounds agree on. */
export function rounded(value: number): number {
  return Number(value.toFixed(2));
}
