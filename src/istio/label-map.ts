import { checkDnsSubdomain } from '../semantics/names';
import { isKeyName, isLabelValue, keyParts } from '../semantics/qualified-name';

/** Refuses what Kubernetes does not take as labels; an empty value is one. */
export function checkLabels(labels: { [key: string]: string } | undefined, what: string): { [key: string]: string } | undefined {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const { name, prefix } = keyParts(key);
    if (!isKeyName(name) || !isLabelValue(value)) {
      throw new Error(`${what} must be Kubernetes labels (key and value of at most 63 letters, digits and inner -_.), got '${key}: ${value}'`);
    }
    if (prefix !== undefined) {
      checkDnsSubdomain(prefix, `prefix of a label of ${what}`);
    }
  }
  return labels;
}
