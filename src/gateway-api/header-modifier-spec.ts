import { HeaderModifier } from './header-modifier';
import type { HttpRouteSpecRulesFiltersRequestHeaderModifier } from '../imports/gateway.networking.k8s.io';
import { checkHeaderName, checkHeaderValue, headerKey } from '../semantics/header';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

const MAX_HEADERS = 16;

/** The spec of a header modifier, which HTTPRoute and GRPCRoute write alike. */
export function headerModifierSpec({ set, add, remove }: HeaderModifier): Manifest<HttpRouteSpecRulesFiltersRequestHeaderModifier> {
  const names = [...Object.keys(set ?? {}), ...Object.keys(add ?? {}), ...remove ?? []];
  if (names.length === 0) {
    throw new Error('a header modifier needs a header to set, add or remove, got none: leave the filter out');
  }
  names.forEach(name => checkHeaderName(name));
  checkUnique(names, 'header names of a modifier', headerKey);
  checkAtMost(MAX_HEADERS, remove?.length ?? 0, 'headers that a modifier removes', 'use fewer of them');
  return {
    set: set && headers(set, 'sets'),
    add: add && headers(add, 'adds'),
    remove,
  };
}

function headers(values: { [name: string]: string }, what: string) {
  const entries = Object.entries(values);
  checkAtMost(MAX_HEADERS, entries.length, `headers that a modifier ${what}`, 'use fewer of them');
  return entries.map(([name, value]) => ({ name, value: checkHeaderValue(value, `value of header '${name}'`) }));
}
