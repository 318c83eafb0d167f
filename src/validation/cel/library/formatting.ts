import { Duration, Timestamp } from '../value';

const SECOND = 1_000_000_000n;

/** A double as `string` writes it: Go's `%g`, with the fewest digits. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0' : '0';
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21) {
    return plainDouble(value);
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** A double without an exponent, whatever its size. */
export function plainDouble(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e');
  const [, sign, whole, fraction = ''] = /^(-?)(\d)(?:\.(\d+))?$/.exec(mantissa)!;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`.replace(/^(-?0)\.0$/, '$1');
  }
  const padded = digits.padEnd(point, '0');
  return sign + padded.slice(0, point) + (padded.length > point ? `.${padded.slice(point)}` : '');
}

/** In seconds, such as `1.5s`. */
export function formatDuration({ nanos }: Duration): string {
  const total = BigInt(nanos);
  const [whole, rest] = [absolute(total) / SECOND, absolute(total) % SECOND];
  return `${total < 0n ? '-' : ''}${whole}${decimals(rest)}s`;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function decimals(nanos: bigint): string {
  return nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
}

export function formatTimestamp({ nanos }: Timestamp): string {
  const rest = (nanos % SECOND + SECOND) % SECOND;
  const iso = new Date(Number((nanos - rest) / 1_000_000n)).toISOString();
  return `${iso.slice(0, 19)}${decimals(rest)}Z`;
}
