/** Where in a spec something stands: `spec.rules[0].retry`. */
export function formatPlace(at: string, place: readonly (string | number)[]): string {
  const inside = place.map(step => typeof step === 'number' ? `[${step}]` : `.${step}`).join('');
  return `spec${at === '' ? '' : `.${at}`}${inside}`;
}
