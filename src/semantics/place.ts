/** Where in a spec something stands: `spec.rules[0].retry`. */
export function formatPlace(at: string, place: readonly (string | number)[]): string {
  const inside = place.map(step => typeof step === 'number' ? `[${step}]` : `.${step}`).join('');
  return `spec${at === '' ? '' : `.${at}`}${inside}`;
}

/** Runs a step, and says in front of what it throws where it stood: `rule 2 of HTTPRoute 'web': ...`. */
export function within<T>(place: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`);
  }
}

/** A rule as messages name it: `rule 'pay'`, or `rule 2` where it has no name. */
export function formatRule(index: number, name: string | undefined): string {
  return name === undefined ? `rule ${index + 1}` : `rule '${name}'`;
}
