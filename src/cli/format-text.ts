import { Finding } from '../validation/finding';
import { Report } from '../validation/report';
import { count, formatFinding } from '../validation/report-text';

/** A line for each finding, file by file, and a line that sums up. */
export function formatText({ findings, objects, unchecked }: Report): string {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const file = finding.file ?? '';
    const group = files.get(file) ?? [];
    group.push(finding);
    files.set(file, group);
  }
  const groups = [...files.values()].map(group =>
    `${group.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)).map(formatFinding).join('\n')}\n\n`);
  const where = files.size > 0 ? ` in ${count(files.size, 'file')}` : '';
  const skipped = unchecked.size > 0 ? `; ${formatUnchecked(unchecked)}` : '';
  return `${groups.join('')}${count(findings.length, 'finding')}${where}, ${count(objects, 'object')}${skipped}\n`;
}

/** The objects that nobody judged. */
export function formatUnchecked(unchecked: ReadonlyMap<string, number>): string {
  return `not checked, as their schema is not known: ${[...unchecked].map(([kind, number]) => `${number} ${kind}`).join(', ')}`;
}
