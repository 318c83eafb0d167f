import { Duration } from 'cdk8s';

const UNITS: [string, number][] = [['h', 3600000], ['m', 60000], ['s', 1000], ['ms', 1]];

/** A duration as Gateway API (GEP-2257) and Go write it: `1h30m`, `500ms`, and `0s` for none. */
export function formatDuration(duration: Duration, what = 'duration'): string {
  let rest = duration.toMilliseconds({ integral: false });
  if (!Number.isInteger(rest) || rest >= 100000 * UNITS[0][1]) {
    throw new Error(`${what} must be in whole milliseconds and below 100000 hours, got ${duration.toHumanString()}`);
  }
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return parts.join('') || '0s';
}
