import type { VirtualServiceSpecHttpMatch, VirtualServiceSpecHttpMatchUri } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

type Match = Manifest<VirtualServiceSpecHttpMatch>;
type Text = Manifest<VirtualServiceSpecHttpMatchUri>;
type Texts = { readonly [name: string]: Text } | undefined;

/** Whether every request that the second match is for is one that the first is for. Where it cannot be told, it is not. */
export function coversHttpMatch(first: Match, second: Match): boolean {
  return coversUri(first, second) &&
    coversText(first.method, second.method) && coversText(first.scheme, second.scheme) && coversText(first.authority, second.authority) &&
    coversAll(first.headers, second.headers) && coversAll(first.queryParams, second.queryParams) &&
    // What must not be there counts the other way round.
    isWithin(first.withoutHeaders, second.withoutHeaders, (one, other) => coversText(other, one)) &&
    coversClients(first, second);
}

/** What matches of any kind say of clients and listeners. */
interface Clients {
  readonly port?: number;
  readonly gateways?: readonly string[];
  readonly sourceLabels?: { readonly [key: string]: string };
  readonly sourceNamespace?: string;
}

/** Whether clients and listeners of the second match are some of those of the first. */
export function coversClients(first: Clients, second: Clients): boolean {
  return (first.port === undefined || first.port === second.port) &&
    (first.sourceNamespace === undefined || first.sourceNamespace === second.sourceNamespace) &&
    (!first.gateways?.length || (second.gateways?.length ? second.gateways.every(gateway => first.gateways!.includes(gateway)) : false)) &&
    isWithin(first.sourceLabels, second.sourceLabels, (one, other) => one === other);
}

function coversUri({ uri: first, ignoreUriCase: anyCase }: Match, { uri: second, ignoreUriCase: secondAnyCase }: Match): boolean {
  // Every path begins with a slash.
  if (first === undefined || first.prefix === '' || first.prefix === '/' || first.regex === '.*') {
    return true;
  }
  if (second === undefined || (secondAnyCase && !anyCase)) {
    return false;
  }
  return anyCase ? second.regex === undefined && coversText(lowerCase(first), lowerCase(second)) : coversText(first, second);
}

function lowerCase({ exact, prefix, regex }: Text): Text {
  return { exact: exact?.toLowerCase(), prefix: prefix?.toLowerCase(), regex };
}

function coversText(first: Text | undefined, second: Text | undefined): boolean {
  if (first === undefined) {
    return true;
  }
  if (second === undefined) {
    return false;
  }
  const { exact, prefix, regex } = first;
  if (exact !== undefined) {
    return exact === second.exact;
  }
  if (prefix !== undefined) {
    return (second.exact ?? second.prefix)?.startsWith(prefix) ?? false;
  }
  return regex === undefined || regex === '.*' || regex === second.regex;
}

function coversAll(first: Texts, second: Texts): boolean {
  return isWithin(first, second, coversText);
}

/** Whether each entry of the first has one of the second that fits it. */
function isWithin<T>(first: { readonly [key: string]: T } | undefined, second: { readonly [key: string]: T } | undefined,
  fits: (one: T, other: T) => boolean): boolean {
  for (const key in first) {
    if (second === undefined || !Object.hasOwn(second, key) || !fits(first[key], second[key])) {
      return false;
    }
  }
  return true;
}
