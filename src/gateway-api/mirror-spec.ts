import { MirrorFraction, MirrorOptions } from './mirror';

/** The share of a mirror, which HTTPRoute and GRPCRoute write alike. */
export function mirrorShare({ percent, fraction }: MirrorOptions) {
  if (percent !== undefined && fraction !== undefined) {
    throw new Error(`a mirror takes percent or fraction, got both ${percent} and ${fraction.numerator}/${fraction.denominator ?? 100}: pass one`);
  }
  if (percent !== undefined && (!Number.isInteger(percent) || percent < 0 || percent > 100)) {
    throw new Error(`percent of a mirror must be between 0 and 100, got ${percent}`);
  }
  return { percent, fraction: fraction && checkFraction(fraction) };
}

function checkFraction({ numerator, denominator = 100 }: MirrorFraction) {
  if (![numerator, denominator].every(Number.isInteger) || numerator < 0 || denominator < 1 || numerator > denominator) {
    throw new Error(`fraction of a mirror must be whole numbers between 0/1 and 1/1, got ${numerator}/${denominator}`);
  }
  return { numerator, denominator };
}
