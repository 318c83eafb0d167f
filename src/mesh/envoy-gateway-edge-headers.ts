import { Duration } from 'cdk8s';
import { EdgeHeaderOptions } from './edge-headers';
import type { ClientTraffic } from '../envoy-gateway/client-traffic-policy';
import { describeDuration } from '../semantics/duration';
import { checkHeaderName, checkPlainHeaderValue, headerKey } from '../semantics/header';
import { checkAtMost, checkUnique } from '../semantics/lists';

const MAX_HEADERS = 64;
const HSTS = 'strict-transport-security';
/** What tells of the software behind. */
const TELLING = ['server', 'x-powered-by'];

/** What Envoy Gateway does to headers. */
export function envoyGatewayHeaders(gateway: string, options: EdgeHeaderOptions): NonNullable<ClientTraffic['headers']> {
  const { removeFromRequests = [], removeFromResponses, addToResponses = {}, strictTransportSecurity } = options;
  const onlyHttps = strictTransportSecurity === undefined ? [] : [[HSTS, seconds(gateway, strictTransportSecurity)] as const];
  const added = [...Object.entries(addToResponses), ...onlyHttps];
  const names = added.map(([name]) => headerKey(name));
  checkNames(removeFromRequests, `removeFromRequests of gateway '${gateway}'`);
  removeFromRequests.forEach(name => checkOwn(gateway, name));
  checkNames(removeFromResponses ?? [], `removeFromResponses of gateway '${gateway}'`);
  checkNames(added.map(([name]) => name), `addToResponses of gateway '${gateway}'`);
  const both = removeFromResponses?.find(name => names.includes(headerKey(name)));
  if (both !== undefined) {
    throw new Error(`header '${both}' of gateway '${gateway}' is in removeFromResponses and added: name it in one place`);
  }
  const remove = removeFromResponses ?? TELLING.filter(name => !names.includes(name));
  const set = added.map(([name, value]) => ({ name, value: literal(gateway, name, value) }));
  return {
    earlyRequestHeaders: listed({ remove: removeFromRequests }),
    lateResponseHeaders: listed({ remove, set }),
  };
}

function checkNames(names: readonly string[], what: string): void {
  checkAtMost(MAX_HEADERS, names.length, `headers in ${what}`, 'Envoy Gateway takes no more');
  names.forEach(name => checkHeaderName(name, `header in ${what}`));
  checkUnique(names, `headers in ${what}`, headerKey);
}

/** Requests need it, and no gateway can be found without. */
function checkOwn(gateway: string, name: string): void {
  if (headerKey(name) === 'host') {
    throw new Error(`removeFromRequests of gateway '${gateway}' must leave '${name}' alone: without it the gateway finds no host`);
  }
}

/** What Envoy would fill in is written as it is. */
function literal(gateway: string, name: string, value: string): string {
  return checkPlainHeaderValue(value, `value of header '${name}' of gateway '${gateway}'`).replace(/%/g, '%%');
}

function seconds(gateway: string, duration: Duration): string {
  const milliseconds = duration.toMilliseconds({ integral: false });
  if (milliseconds % 1000 !== 0) {
    throw new Error(`strictTransportSecurity of gateway '${gateway}' must be whole seconds, got ${describeDuration(duration)}`);
  }
  return `max-age=${milliseconds / 1000}`;
}

/** Without lists that are empty, which Envoy Gateway refuses; `undefined` where all are. */
function listed<T extends { readonly [list: string]: readonly unknown[] }>(lists: T): Partial<T> | undefined {
  const there = Object.entries(lists).filter(([, list]) => list.length > 0);
  return there.length === 0 ? undefined : Object.fromEntries(there) as Partial<T>;
}
