import { Report } from '../validation/report';

/** A list of findings; what a finding lacks is null. */
export function formatJson({ findings }: Report): string {
  const items = findings.map(({ file, line, apiVersion, kind, namespace, name, path, rule, message }) =>
    ({ file: file ?? null, line: line ?? null, apiVersion, kind, namespace: namespace ?? null, name, path, rule, message }));
  return `${JSON.stringify(items, undefined, 2)}\n`;
}
