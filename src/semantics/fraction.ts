const MAX = 2 ** 31 - 1;

/** A share, as Gateway API writes it: without a denominator in percent. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator?: number;
}

/** Refuses what is no share of a whole; `what` names it in the message. */
export function checkFraction({ numerator, denominator = 100 }: Fraction, what: string): Required<Fraction> {
  if (![numerator, denominator].every(Number.isInteger) || numerator < 0 || denominator < 1 || numerator > denominator || denominator > MAX) {
    throw new Error(`${what} must be whole numbers between 0/1 and 1/1, got ${numerator}/${denominator}`);
  }
  return { numerator, denominator };
}
