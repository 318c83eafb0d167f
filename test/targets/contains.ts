import { parse } from 'yaml';

/** Where an object differs from what a target says of it; empty when the target holds. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (expected === '<absent>') {
    return actual === undefined ? [] : [`${path}: must not exist, got ${JSON.stringify(actual)}`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) {
      return [`${path}: expected a list of ${expected.length}, got ${JSON.stringify(actual)}`];
    }
    return expected.flatMap((element, i) => differences(element, actual[i], `${path}[${i}]`));
  }
  if (expected !== null && typeof expected === 'object') {
    if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) {
      return [`${path}: expected a map, got ${JSON.stringify(actual)}`];
    }
    if (Object.keys(expected).length === 0) {
      return Object.keys(actual).length === 0 ? [] : [`${path}: must be empty, got ${JSON.stringify(actual)}`];
    }
    const annotations = /(^|\.)annotations$/.test(path);
    return Object.entries(expected).flatMap(([key, value]) => {
      const given = (actual as Record<string, unknown>)[key];
      return annotations ? annotationDifferences(value, given, `${path}.${key}`) : differences(value, given, `${path}.${key}`);
    });
  }
  return Object.is(expected, actual) ? [] : [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
}

function annotationDifferences(expected: unknown, actual: unknown, path: string): string[] {
  if (typeof expected !== 'string' || typeof actual !== 'string' || expected === '<absent>') {
    return differences(expected, actual, path);
  }
  const parsed = parse(expected);
  return parsed !== null && typeof parsed === 'object' ? differences(parsed, parse(actual), path) : differences(expected, actual, path);
}

/** The smallest set of differences to any object of the same identity. */
export function missing(expected: any, objects: any[]): string[] {
  const { apiVersion, kind, metadata } = expected;
  const candidates = objects.filter(object => object.apiVersion === apiVersion && object.kind === kind &&
    object.metadata.namespace === metadata.namespace && (metadata.name === undefined || object.metadata.name === metadata.name));
  const id = `${kind} ${metadata.namespace ?? ''}/${metadata.name ?? '*'}`;
  if (candidates.length === 0) {
    return [`${id}: there is none`];
  }
  return candidates.map(candidate => differences(expected, candidate).map(difference => `${id}${difference}`))
    .reduce((best, some) => some.length < best.length ? some : best);
}
