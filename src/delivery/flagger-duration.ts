import { Duration } from 'cdk8s';

/** Durations here are whole minutes or seconds; definitions take no others. */
export function flaggerDuration(duration: Duration, what: string): string {
  const milliseconds = duration.toMilliseconds();
  if (milliseconds < 1000 || milliseconds % 1000 !== 0) {
    throw new Error(`${what} must be a whole number of seconds from 1, got ${milliseconds} ms`);
  }
  return milliseconds % 60000 === 0 ? `${milliseconds / 60000}m` : `${milliseconds / 1000}s`;
}
