import { covers, isWildcard } from '../../semantics/hostname';
import { GatewayHost } from '../gateway/gateway-host';

/** What a client asks for, with which patterns are compared as a whole. */
export const AUTHORITY = ':authority';

/**
 * Patterns of the authority of requests for a host: also with a port, and in capitals.
 *
 * They read what clients ask for, and so depend on none of the names that istiod gives to its routes.
 */
export interface HostPatterns {
  readonly pattern: string;
  /** Those of other hosts of the gateway that are more precise. */
  readonly others: readonly string[];
}

/** How requests for a host are told from those for the others of the gateway. */
export function hostPatterns(hostname: string, all: readonly GatewayHost[]): HostPatterns {
  const others = all.filter(other => isWildcard(hostname) && other.hostname !== hostname && covers(hostname, other.hostname));
  return { pattern: patternOf(hostname), others: others.map(other => patternOf(other.hostname)) };
}

/** A text as a pattern that matches just it. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function patternOf(hostname: string): string {
  return `(?i)${literal(hostname).replace(/^\\\*/, '.+')}(:[0-9]+)?`;
}
