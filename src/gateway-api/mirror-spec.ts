import { MirrorOptions } from './mirror';
import { checkFraction } from '../semantics/fraction';

/** The share of a mirror, which HTTPRoute and GRPCRoute write alike. */
export function mirrorShare({ percent, fraction }: MirrorOptions) {
  if (percent !== undefined && fraction !== undefined) {
    throw new Error(`a mirror takes percent or fraction, got both ${percent} and ${fraction.numerator}/${fraction.denominator ?? 100}: pass one`);
  }
  if (percent !== undefined && (!Number.isInteger(percent) || percent < 0 || percent > 100)) {
    throw new Error(`percent of a mirror must be between 0 and 100, got ${percent}`);
  }
  return { percent, fraction: fraction && checkFraction(fraction, 'fraction of a mirror') };
}
