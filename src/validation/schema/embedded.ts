import { Failure } from './failure';
import { JsonObject, shown } from './json';
import { FindingRule } from '../finding';
import { checkEmbeddedMetadata } from '../metadata/metadata';
import { Problem } from '../problem';

/** Problems with the whole path from a value on, as failures at that value. */
export function failuresOf(problems: readonly Problem[]): Failure[] {
  return problems.map(({ path, rule, message }) => new Failure(rule, false, () => message, ...[...path].reverse()));
}

/** A resource in another one: it says what it is, and its metadata is as metadata must be. */
export function checkEmbedded(resource: JsonObject, found: Failure[]): void {
  checkWord(resource, 'apiVersion', 'a version or a group and a version, such as apps/v1', text => text.split('/').length <= 2, found);
  checkWord(resource, 'kind', 'a kind, such as ConfigMap', text => /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/i.test(text), found);
  found.push(...failuresOf(checkEmbeddedMetadata(resource.metadata, ['metadata'])));
}

function checkWord(resource: JsonObject, name: string, about: string, fits: (text: string) => boolean, found: Failure[]): void {
  const value = resource[name] ?? undefined;
  if (value === undefined) {
    found.push(new Failure(FindingRule.METADATA, true, () => `is required, got none: write ${about}`, name));
  } else if (typeof value !== 'string' || value === '' || !fits(value)) {
    found.push(new Failure(FindingRule.METADATA, false, () => `must be ${about}, got ${shown(value)}`, name));
  }
}
