import { Duration } from 'cdk8s';
import { formatDuration } from '../semantics/duration';

const UNITS: [string, number][] = [['h', 3600000], ['m', 60000], ['s', 1000], ['ms', 1]];

/** A duration as Linkerd's annotations have it: one whole number with one unit. `1m30s`, which others take, it refuses. */
export function formatLinkerdDuration(duration: Duration, what: string): string {
  if (formatDuration(duration, what) === '0s') {
    throw new Error(`${what} must be at least 1ms, got 0s: leave it out for the default`);
  }
  const milliseconds = duration.toMilliseconds();
  const [unit, size] = UNITS.find(([, each]) => milliseconds % each === 0)!;
  return `${milliseconds / size}${unit}`;
}
