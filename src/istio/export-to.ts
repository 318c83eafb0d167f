import { checkDnsLabel } from '../semantics/names';

/**
 * Refuses namespaces that an Istio object cannot be exported to.
 *
 * @param hidden whether `~` (visible to nobody) may be said, which is so for a ServiceEntry only
 * @param namespace the object's own, when it is known: `.` says the same
 */
export function checkExportTo(exportTo: string[] | undefined, { hidden, namespace }: { hidden: boolean; namespace?: string }): void {
  const seen = new Set<string>();
  for (const entry of exportTo ?? []) {
    const target = entry === '.' ? namespace ?? '.' : entry;
    if (seen.has(target)) {
      throw new Error(`exportTo must name each namespace once, got '${entry}' again in ${exportTo!.join(', ')}`);
    }
    seen.add(target);
    if (entry === '~' && !hidden) {
      throw new Error('exportTo takes \'~\' on a ServiceEntry only: use \'.\' for the namespace of the object');
    }
    if (['*', '~'].includes(entry) && exportTo!.length > 1) {
      throw new Error(`exportTo must have '${entry}' alone, got ${exportTo!.join(', ')}`);
    }
    if (!['.', '*', '~'].includes(entry)) {
      checkDnsLabel(entry, 'namespace in exportTo');
    }
  }
}
