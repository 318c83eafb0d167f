import { EdgeRateLimit, RateLimitKey } from './edge-rate-limit';
import { EdgeGateway } from './gateway-edge-enforcement';
import { checkHeaderName, checkHeaderValue, headerKey } from '../../semantics/header';
import { checkUnique } from '../../semantics/lists';

/** What counters have room for. */
const MAX_REQUESTS = 2 ** 32 - 1;

/** Refuses limits that no form can count, whatever its proxy. */
export function checkRateLimits({ name, clientAddress }: EdgeGateway, limits: readonly EdgeRateLimit[]): void {
  if (limits.length === 0) {
    throw new Error(`gateway '${name}' needs at least one rate limit, got none: pass limits`);
  }
  limits.forEach(checkLimit);
  if (clientAddress === undefined && limits.some(({ each }) => each === RateLimitKey.ADDRESS)) {
    throw new Error(`gateway '${name}' has a rate limit for each address, but does not know the addresses of its clients: pass clientAddress to it`);
  }
  checkUnique(limits.map(conditionsOf), 'rate limits', undefined, 'keep the lower one');
}

function checkLimit({ requests, headers, each }: EdgeRateLimit): void {
  if (!Number.isInteger(requests) || requests < 1 || requests > MAX_REQUESTS) {
    throw new Error(`requests of a rate limit must be a whole number from 1 to ${MAX_REQUESTS}, got ${requests}`);
  }
  if (headers === undefined) {
    return;
  }
  const names = Object.keys(headers);
  if (names.length === 0) {
    throw new Error('headers of a rate limit must name at least one, got none: leave them out');
  }
  names.forEach(name => {
    checkHeaderName(name, 'header of a rate limit');
    checkHeaderValue(headers[name], `value of header '${name}' of a rate limit`);
    if (headerKey(name) === 'host') {
      throw new Error(`headers of a rate limit must leave '${name}' alone, got '${headers[name]}': name the host in hosts`);
    }
    if (headerKey(name) === each?._header) {
      throw new Error(`a rate limit for each value of header '${name}' must not name a value of it, got '${headers[name]}': leave each or the header out`);
    }
  });
  checkUnique(names.map(headerKey), 'headers of a rate limit');
}

/** Of two limits with the same conditions in the same time only the lower one would matter. */
function conditionsOf({ per, path, method, headers = {}, each }: EdgeRateLimit): string {
  const fixed = Object.entries(headers).map(([name, value]) => `${headerKey(name)}: ${value}`).sort();
  const keys = [path && `${path.type} ${path.value}`, method, ...fixed, each && `each ${each._header ?? 'address'}`];
  return [`per ${per}`, ...keys.filter(key => key !== undefined)].join(', ');
}
