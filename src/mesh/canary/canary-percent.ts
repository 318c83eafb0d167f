/** Refuses what is no whole number of percent. */
export function checkPercent(percent: number, least: number, what: string): number {
  if (!Number.isInteger(percent) || percent < least || percent > 100) {
    throw new Error(`${what} must be between ${least} and 100 percent, got ${percent}`);
  }
  return percent;
}
