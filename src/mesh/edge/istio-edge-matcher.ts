import { Lazy } from 'cdk8s';
import { EnvoyFilterSettings } from './istio-edge-filter';

/** A condition on requests, as xds.type.matcher.v3 has it. */
export type EnvoyPredicate = { readonly [field: string]: unknown };

const HEADER = 'type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput';
const MATCHED = 'type.googleapis.com/envoy.extensions.common.matching.v3.ExtensionWithMatcher';
const SKIP = 'type.googleapis.com/envoy.extensions.filters.common.matcher.action.v3.SkipFilter';

/** A header whose whole value a pattern matches. */
export function headerMatches(header: string, regex: string): EnvoyPredicate {
  return {
    single_predicate: {
      input: { name: `request-${header.replace(':', '')}`, typed_config: { '@type': HEADER, 'header_name': header } },
      value_match: { safe_regex: { google_re2: {}, regex } },
    },
  };
}

/** All of them, at least one: Envoy takes lists of two and more only. */
export function allOf(predicates: readonly EnvoyPredicate[]): EnvoyPredicate {
  return predicates.length === 1 ? predicates[0] : { and_matcher: { predicate: predicates } };
}

/** One of them, at least one. */
export function anyOf(predicates: readonly EnvoyPredicate[]): EnvoyPredicate {
  return predicates.length === 1 ? predicates[0] : { or_matcher: { predicate: predicates } };
}

export function not(predicate: EnvoyPredicate): EnvoyPredicate {
  return { not_matcher: predicate };
}

/** An HTTP filter, by the name of its kind. */
export interface NamedFilter {
  readonly name: string;
  readonly typed_config: EnvoyFilterSettings;
}

/** An HTTP filter that does not run for requests of which a predicate holds, which is asked when all hosts are known. */
export function skippedWhere(predicate: () => EnvoyPredicate, filter: NamedFilter): EnvoyFilterSettings {
  const produce = () => [{ predicate: predicate(), on_match: { action: { name: 'skip', typed_config: { '@type': SKIP } } } }];
  return { '@type': MATCHED, 'extension_config': filter, 'xds_matcher': { matcher_list: { matchers: Lazy.any({ produce }) } } };
}
