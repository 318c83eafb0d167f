import { GatewayHost } from './gateway-host';
import { covers, isWildcard } from '../semantics/hostname';

/** A HeaderMatcher of Envoy. */
export interface EnvoyHeaderMatcher {
  readonly name: string;
  readonly string_match: { readonly safe_regex: { readonly regex: string } } | { readonly exact: string };
  readonly invert_match?: boolean;
}

const AUTHORITY = ':authority';

/**
 * What holds for requests of a host, and of no other of the gateway that is more precise: also with a port, and in capitals.
 *
 * It reads what the client asks for, and so depends on none of the names that istiod gives to its routes.
 */
export function hostMatchers(hostname: string, all: readonly GatewayHost[]): EnvoyHeaderMatcher[] {
  const others = all.filter(other => other.hostname !== hostname && isWildcard(hostname) && covers(hostname, other.hostname));
  return [matcherOf(hostname), ...others.map(other => ({ ...matcherOf(other.hostname), invert_match: true }))];
}

/** The pattern of an authority, which Envoy compares as a whole. */
export function authorityPattern(hostname: string): string {
  return `(?i)${literal(hostname).replace(/^\\\*/, '.+')}(:[0-9]+)?`;
}

/** A text as a pattern that matches just it. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function matcherOf(hostname: string): EnvoyHeaderMatcher {
  return { name: AUTHORITY, string_match: { safe_regex: { regex: authorityPattern(hostname) } } };
}
