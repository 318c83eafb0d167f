/** The names of labels that every Prometheus takes. */
export const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Refuses names of labels that Prometheus does not take. */
export function checkLabels(labels: { [name: string]: string } | undefined, what: string): { [name: string]: string } | undefined {
  const bad = Object.keys(labels ?? {}).find(name => !LABEL.test(name));
  if (bad !== undefined) {
    throw new Error(`${what} must have names of letters, digits and _, got '${bad}'`);
  }
  return labels;
}
