import { writtenByNginx } from './nginx-request-headers';
import { ExtensionProvider } from '../../istio/extension-provider';
import type { EnvoyExtAuthzHttpOptions } from '../../istio/extension-provider-ext-authz';
import { cannotEnforce } from '../edge/gateway-edge-enforcement';

/** An authorizer over HTTP in nginx's words; headers are in lower case. */
export interface HttpAuthorizer {
  /** Its host and port. */
  readonly address: string;
  readonly pathPrefix?: string;
  readonly timeout: string;
  /** The headers of the request that it sees. */
  readonly checked: string[];
  /** Headers that are written for it. */
  readonly additional: [string, string][];
  readonly toUpstream: string[];
  readonly toClientOnAllow: string[];
  readonly toClientOnDeny: string[];
  /** Whether it may send clients elsewhere. */
  readonly redirects: boolean;
  readonly statusOnError?: number;
}

type Settings = Omit<EnvoyExtAuthzHttpOptions, 'service' | 'timeout' | 'statusOnError'> & {
  readonly service: string;
  readonly port: number;
  readonly timeout: string;
  readonly statusOnError?: string;
};

/** What OAuth2 Proxy tells of a user: nginx copies headers by whole names. */
const KNOWN: { readonly [pattern: string]: string[] } = {
  'x-auth-request-*': ['user', 'groups', 'email', 'preferred-username', 'access-token'].map(what => `x-auth-request-${what}`),
};
/** In the words of Envoy, with which values for authorizers are written. */
const OF_REQUESTS: { readonly [word: string]: string } = { '%REQ(:authority)%': '$host', '%REQ(:path)%': '$request_uri', '%REQ(:method)%': '$request_method' };
const WHAT = 'have an authorizer decide';
const INSTEAD = 'use GatewayForm.selfManaged()';

/** Refuses what nginx cannot ask, or cannot do with the answer. */
export function httpAuthorizer(gateway: string, provider: ExtensionProvider): HttpAuthorizer {
  const refuse = (why: string, instead = INSTEAD): never => cannotEnforce(gateway, WHAT, why, instead);
  const settings = provider._toKube();
  const http = (settings?.envoyExtAuthzHttp ?? refuse(settings === undefined
    ? `nginx reads no mesh configuration, in which '${provider.name}' is declared` : `nginx asks over HTTP only, and '${provider.name}' is none of that`,
  'pass ExtensionProvider.envoyExtAuthzHttp(...)')) as Settings;
  if (http.failOpen) {
    refuse('nginx lets nothing pass while it cannot ask');
  }
  if (http.includeRequestBodyInCheck !== undefined) {
    refuse('nginx shows it no bodies');
  }
  const headers = (what: string, names: string[] = []) => names.map(each => each.toLowerCase()).flatMap(each => KNOWN[each] ?? [each]).map(each => {
    if (!/^[-a-z0-9]+$/.test(each)) {
      refuse(`nginx copies headers with letters, digits and dashes by their whole names, got '${each}' in ${what}`, 'name each of them');
    }
    return each;
  });
  const toUpstream = headers('headersToUpstreamOnAllow', http.headersToUpstreamOnAllow);
  const own = toUpstream.find(writtenByNginx);
  if (own !== undefined) {
    refuse(`nginx writes '${own}' itself, got it in headersToUpstreamOnAllow`, 'leave it out');
  }
  const onDeny = headers('headersToDownstreamOnDeny', http.headersToDownstreamOnDeny);
  return {
    address: `${http.service.replace(/^.*\//, '')}:${http.port}`,
    pathPrefix: http.pathPrefix === undefined ? undefined : plain(http.pathPrefix, refuse),
    timeout: `${milliseconds(http.timeout)}ms`,
    checked: headers('includeRequestHeadersInCheck', http.includeRequestHeadersInCheck),
    additional: Object.entries(http.includeAdditionalHeadersInCheck ?? {}).map(([name, value]) => [name.toLowerCase(), translated(value, refuse)]),
    toUpstream,
    toClientOnAllow: headers('headersToDownstreamOnAllow', http.headersToDownstreamOnAllow),
    // The body of a refusal is nginx's own, which itself passes on what a client is asked to show.
    toClientOnDeny: onDeny.filter(each => !['content-type', 'content-length', 'location', 'www-authenticate'].includes(each)),
    redirects: http.headersToDownstreamOnDeny === undefined || onDeny.includes('location'),
    statusOnError: http.statusOnError === undefined ? undefined : Number(http.statusOnError),
  };
}

function translated(value: string, refuse: (why: string) => never): string {
  const [first, ...others] = plain(value, refuse).split(/(%[^%]*%)/);
  return [first, ...others.map(part => !part.startsWith('%') ? part : part === '%%' ? '%' : OF_REQUESTS[part] ??
    refuse(`nginx has no word for '${part}' in includeAdditionalHeadersInCheck`))].join('');
}

/** A text without variables of nginx. */
function plain(value: string, refuse: (why: string) => never): string {
  return value.includes('$') ? refuse(`nginx takes '$' for the beginning of a variable, got '${value}'`) : value;
}

/** Of a duration as Istio writes it, such as `1m30s`. */
function milliseconds(duration: string): number {
  const units: { readonly [unit: string]: number } = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
  return [...duration.matchAll(/(\d+)(h|ms|m|s)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
}
