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
  return power >= -4 && power < 6 ? String(value) : `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** With so many digits after the point; what lies in the middle goes to the even digit. */
export function fixedDigits(value: number, precision: number): string {
  if (Math.abs(value) >= 1e21) {
    return `${BigInt(value)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`;
  }
  const digits = Math.min(precision, 70);
  const rounded = value.toFixed(digits);
  const exact = value.toFixed(digits + 30);
  const middle = exact.endsWith(`5${'0'.repeat(29)}`) && /[13579]$/.test(rounded);
  // JavaScript rounds the middle away from zero: an odd last digit is one too many.
  return (middle ? exact.slice(0, -30).replace(/\.$/, '') : rounded) + '0'.repeat(precision - digits);
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
