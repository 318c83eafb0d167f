/** A share of requests. */
export interface Fraction {
  /** At least 0, and at most the denominator. */
  readonly numerator: number;

  /**
   * At least 1.
   *
   * @default 100
   */
  readonly denominator?: number;
}
