/** How many letters must be put, dropped, replaced or swapped with their neighbour to make one word of another; at most `limit` + 1. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

/** The one of several names that somebody meant, or undefined when none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  if (name.length > 100) {
    return undefined;
  }
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const folded = candidate.toLowerCase();
    const steps = folded === name.toLowerCase() ? 0 : distance(name.toLowerCase(), folded, least);
    if (steps < least) {
      best = candidate;
      least = steps;
    }
  }
  return best;
}
