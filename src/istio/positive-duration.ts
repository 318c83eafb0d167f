import { Duration } from 'cdk8s';
import { formatDuration } from '../semantics/duration';

/** A duration where Istio's CRDs refuse less than a millisecond: nothing is switched off by 0 there. */
export function formatPositiveDuration(duration: Duration, what: string): string {
  const written = formatDuration(duration, what);
  if (written === '0s') {
    throw new Error(`${what} must be at least 1ms, got 0s: leave it out for the default`);
  }
  return written;
}
