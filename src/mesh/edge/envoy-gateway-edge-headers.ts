import { addedOver, HeaderChanges } from './edge-header-changes';
import type { ClientTraffic } from '../../envoy-gateway/client-traffic-policy';
import { checkPlainHeaderValue } from '../../semantics/header';
import { checkAtMost } from '../../semantics/lists';

const MAX_HEADERS = 64;

/**
 * What Envoy Gateway does to headers; nothing where there is nothing to do.
 *
 * @param encrypted whether it is for HTTPS
 */
export function envoyGatewayHeaders(gateway: string, changes: HeaderChanges, encrypted: boolean): ClientTraffic {
  const { removedFromRequests, removedFromResponses } = changes;
  const set = addedOver(encrypted, changes).map(([name, value]) => ({ name, value: literal(gateway, name, value) }));
  const added = set.map(({ name }) => name);
  const late = listed(gateway, { remove: removedFromResponses.filter(name => !added.includes(name)), set });
  const early = listed(gateway, { remove: removedFromRequests });
  return early ?? late ? { headers: { ...early && { earlyRequestHeaders: early }, ...late && { lateResponseHeaders: late } } } : {};
}

/** What Envoy would fill in is written as it is. */
function literal(gateway: string, name: string, value: string): string {
  return checkPlainHeaderValue(value, `value of '${name}' in addToResponses of gateway '${gateway}'`).replace(/%/g, '%%');
}

/** Without lists that are empty, which Envoy Gateway refuses; `undefined` where all are. */
function listed<T extends { readonly [list: string]: readonly unknown[] }>(gateway: string, lists: T): Partial<T> | undefined {
  const there = Object.entries(lists).filter(([, list]) => list.length > 0);
  there.forEach(([, list]) => checkAtMost(MAX_HEADERS, list.length, `headers that gateway '${gateway}' changes`, 'Envoy Gateway takes no more'));
  return there.length === 0 ? undefined : Object.fromEntries(there) as Partial<T>;
}
