import { BackendConfig, IBackend } from './backend';
import { HttpRouteFilter } from './http-route-filter';
import { HttpRouteMatch } from './http-route-match';
import { HttpRouteRule } from './http-route-rule';
import { weightedRef } from './rule-backends';
import type { HttpRouteSpecRules, HttpRouteSpecRulesMatches } from '../imports/gateway.networking.k8s.io';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';

const EVERY_REQUEST = [HttpRouteMatch.of({})];

/** The matches of a rule, as they are written. */
export function httpMatchesSpec({ matches = EVERY_REQUEST }: HttpRouteRule): Manifest<HttpRouteSpecRulesMatches>[] {
  return matches.map(match => match._toKube());
}

/** What the API server would put in is written here, because it replaces lists as a whole and tools that compare would see a difference. */
export function httpRuleSpec(
  { name, filters, backends, timeouts, retry, sessionPersistence }: HttpRouteRule,
  matches: Manifest<HttpRouteSpecRulesMatches>[],
  backendRef: (backend: IBackend) => BackendConfig,
): Manifest<HttpRouteSpecRules> {
  const filtersSpec = (list: HttpRouteFilter[]) => list.map(filter => filter._toKube(backendRef));
  return {
    name,
    matches,
    filters: filters && filtersSpec(filters),
    backendRefs: backends?.map(({ backend, weight = 1, filters: own }) => weightedRef(backendRef(backend), weight, own && filtersSpec(own))),
    timeouts: timeouts && {
      request: timeouts.request && formatDuration(timeouts.request),
      backendRequest: timeouts.backendRequest && formatDuration(timeouts.backendRequest),
    },
    retry: retry && {
      attempts: retry.attempts ?? 1,
      codes: retry.codes,
      backoff: retry.backoff && formatDuration(retry.backoff),
    },
    sessionPersistence: sessionPersistence?._toKube(),
  };
}
