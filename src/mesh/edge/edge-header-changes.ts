import { EdgeHeaderOptions } from './edge-headers';
import { EdgeScope } from './edge-hosts';
import { EdgeGateway } from './gateway-edge-enforcement';
import { describeDuration } from '../../semantics/duration';
import { checkHeaderName, checkHeaderValue, headerKey } from '../../semantics/header';
import { checkUnique } from '../../semantics/lists';
import { GatewayHostProtocol } from '../gateway/gateway-host';

/** What is done to headers, by their names in lower case. */
export interface HeaderChanges {
  readonly removedFromRequests: string[];
  readonly removedFromResponses: string[];
  readonly added: [string, string][];
  /** The value of the header that has browsers speak HTTPS only; it goes out over HTTPS. */
  readonly strictTransport?: string;
}

const TELLING = ['server', 'x-powered-by'];
const STRICT_TRANSPORT = 'strict-transport-security';

/** Refuses what is no header, or none that a gateway could take away or write. */
export function headerChanges({ name, hosts }: EdgeGateway, scope: EdgeScope, options: EdgeHeaderOptions): HeaderChanges {
  const { removeFromRequests = [], removeFromResponses = TELLING, addToResponses = {}, strictTransportSecurity } = options;
  const named = (what: string, names: string[]) => {
    names.forEach(each => checkHeaderName(each, `${what} of gateway '${name}'`));
    checkUnique(names, `${what} of gateway '${name}'`, headerKey);
    return names.map(headerKey);
  };
  const removedFromRequests = named('removeFromRequests', removeFromRequests);
  if (removedFromRequests.includes('host')) {
    throw new Error(`removeFromRequests of gateway '${name}' must leave 'host' alone, got it: no request is without`);
  }
  named('addToResponses', Object.keys(addToResponses));
  Object.entries(addToResponses).forEach(([header, value]) => checkHeaderValue(value, `value of '${header}' in addToResponses of gateway '${name}'`));
  const changes = {
    removedFromRequests,
    removedFromResponses: named('removeFromResponses', removeFromResponses),
    added: Object.entries(addToResponses).map(([header, value]): [string, string] => [headerKey(header), value]),
  };
  if (strictTransportSecurity === undefined) {
    if (Object.values(changes).every(each => each.length === 0)) {
      throw new Error(`headers of gateway '${name}' must be changed somehow, got nothing: leave cleanHeaders out`);
    }
    return changes;
  }
  const plain = hosts().find(({ hostname, protocol }) => scope.hosts?.includes(hostname) && protocol === GatewayHostProtocol.HTTP);
  if (plain !== undefined) {
    throw new Error(`strictTransportSecurity of gateway '${name}' is for hosts with HTTPS, got '${plain.hostname}': name others, or serve it with GatewayHost.https`);
  }
  const seconds = strictTransportSecurity.toMilliseconds({ integral: false }) / 1000;
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new Error(`strictTransportSecurity of gateway '${name}' must be whole seconds, at least 1, got ${describeDuration(strictTransportSecurity)}`);
  }
  if (changes.added.some(([header]) => header === STRICT_TRANSPORT)) {
    throw new Error(`addToResponses of gateway '${name}' must leave '${STRICT_TRANSPORT}' to strictTransportSecurity, got both: leave one of them out`);
  }
  return { ...changes, strictTransport: `max-age=${seconds}` };
}

/** What is added to responses. */
export function addedOver(encrypted: boolean, { added, strictTransport }: HeaderChanges): [string, string][] {
  return [...added, ...encrypted && strictTransport !== undefined ? [[STRICT_TRANSPORT, strictTransport] as [string, string]] : []];
}
