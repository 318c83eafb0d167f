import type { HttpRouteSpecRules } from '../imports/gateway.networking.k8s.io';
import { checkPlainHeaderValue } from '../semantics/header';
import { Manifest } from '../semantics/manifest';
import { within } from '../semantics/place';

/** What of a rule has headers; parts of other kinds of routes have none of it. */
type Rule = Partial<Pick<Manifest<HttpRouteSpecRules>, 'matches' | 'filters' | 'backendRefs'>>;

/** Refuses header values that the experimental channel alone refuses: those of modifiers, and of HTTPRoutes' matches. */
export function checkWrittenHeaders(kind: string, place: string, part: unknown): void {
  const { matches = [], filters = [], backendRefs = [] } = part as Rule;
  const matched = kind === 'HTTPRoute' ? matches.flatMap(({ headers = [] }) => headers) : [];
  const modified = [...filters, ...backendRefs.flatMap(backend => backend.filters ?? [])]
    .flatMap(({ requestHeaderModifier, responseHeaderModifier }) => [requestHeaderModifier, responseHeaderModifier])
    .flatMap(modifier => [...modifier?.set ?? [], ...modifier?.add ?? []]);
  within(place, () => [...matched, ...modified].forEach(({ name, value }) => checkPlainHeaderValue(value, `value of header '${name}'`)));
}
