const MAX = 2 ** 31 - 1;

/** Refuses what is no share of a whole, without a denominator in percent; `what` names it in the message. */
export function checkFraction({ numerator, denominator = 100 }: { numerator: number; denominator?: number }, what: string) {
  if (![numerator, denominator].every(Number.isInteger) || numerator < 0 || denominator < 1 || numerator > denominator || denominator > MAX) {
    throw new Error(`${what} must be whole numbers between 0/1 and 1/1, got ${numerator}/${denominator}`);
  }
  return { numerator, denominator };
}
