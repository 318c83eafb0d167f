import { Finding } from './finding';

/** A finding in a line: where, what, and the rule. */
export function formatFinding(finding: Finding): string {
  const parts = [formatPlace(finding), formatObject(finding), finding.path, `${finding.message} [${finding.rule}]`];
  return parts.filter(part => part !== '').join(': ');
}

/** The file and line, or the construct. */
function formatPlace({ file, line, construct }: Finding): string {
  return file === undefined ? construct ?? '' : line === undefined ? file : `${file}:${line}`;
}

/** An object as people say it: `Gateway edge/public`. */
export function formatObject({ kind, namespace, name }: Finding): string {
  return kind === '' ? '' : `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name || '(no name)'}`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
