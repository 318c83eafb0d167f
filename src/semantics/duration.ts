import { Duration } from 'cdk8s';

const UNITS: [string, number][] = [['h', 3600000], ['m', 60000], ['s', 1000], ['ms', 1]];
const FORM = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;

/** A duration as Gateway API (GEP-2257) and Go write it: `1h30m`, `500ms`, and `0s` for none. */
export function formatDuration(duration: Duration, what = 'duration'): string {
  const milliseconds = duration.toMilliseconds({ integral: false });
  if (!Number.isInteger(milliseconds) || milliseconds >= 100000 * UNITS[0][1]) {
    throw new Error(`${what} must be in whole milliseconds and below 100000h, got ${describeDuration(duration)}`);
  }
  return describeDuration(duration);
}

/** Any duration as Gateway API writes it, for messages: `1h30m`, and `0.5ms` where that would be refused. */
export function describeDuration(duration: Duration): string {
  let rest = duration.toMilliseconds({ integral: false });
  const parts = UNITS.map(([unit, size]) => {
    const count = unit === 'ms' ? rest : Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return parts.join('') || '0s';
}

/** The duration that a text of Gateway API (GEP-2257) stands for; its parts, in any order, are added up. */
export function parseDuration(text: string, what = 'duration'): Duration {
  if (!FORM.test(text)) {
    throw new Error(`${what} must be one to four numbers of at most five digits, each with h, m, s or ms, got '${text}'`);
  }
  const sizes = new Map(UNITS);
  const parts = [...text.matchAll(/(\d+)(h|ms|m|s)/g)];
  return Duration.millis(parts.reduce((sum, [, count, unit]) => sum + Number(count) * sizes.get(unit)!, 0));
}
