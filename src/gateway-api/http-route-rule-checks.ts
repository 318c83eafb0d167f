import { HttpPathMatchType } from './http-path-match';
import { HttpRouteFilter } from './http-route-filter';
import { HttpRouteMatch } from './http-route-match';
import type { HttpRouteRetry, HttpRouteRule, HttpRouteTimeouts } from './http-route-rule';
import { formatDuration } from '../semantics/duration';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { checkDnsSubdomain } from '../semantics/names';
import { checkWeight, checkWeights } from '../semantics/weight';

const MAX_FILTERS = 16;
const MAX_BACKENDS = 16;

/** The filters of which a list may have several. */
const REPEATABLE = ['RequestMirror', 'ExtensionRef', 'ExternalAuth'];

/** Refuses a rule that the API server would refuse, or that could not work. */
export function checkRule({ name, matches, filters = [], backends = [], timeouts, retry }: HttpRouteRule): void {
  if (name !== undefined) {
    checkDnsSubdomain(name, 'name');
  }
  checkAtMost(MAX_BACKENDS, backends.length, 'backends',
    'a second rule for the same requests would never get one, so put several backends behind one Service');
  checkFilters(filters, 'filters', matches);
  if (backends.length > 0 && filters.some(filter => filter._type === 'RequestRedirect')) {
    throw new Error(`a rule with a redirect must have no backends, got ${backends.length}: remove the backends, or the redirect`);
  }
  backends.forEach((backend, n) => checkFilters(backend.filters ?? [], `filters of backend ${n + 1}`, matches));
  checkWeights(backends.map(({ weight = 1 }, n) => checkWeight(weight, `weight of backend ${n + 1}`)), 'backends');
  checkTimeouts(timeouts);
  checkRetry(retry);
}

/** Before 1.7 a retry had at least one attempt. */
export function checkRetryAttempts({ retry }: HttpRouteRule, bundle: GatewayApiBundle): void {
  if (retry?.attempts === 0 && bundle !== GatewayApiBundle.V1_7) {
    throw new Error(`attempts of a retry must be at least 1 before Gateway API 1.7, got 0 with ${bundle}: leave retry out`);
  }
}

function checkFilters(filters: readonly HttpRouteFilter[], what: string, matches: readonly HttpRouteMatch[] | undefined): void {
  checkAtMost(MAX_FILTERS, filters.length, what, 'use fewer of them');
  const types = filters.map(filter => filter._type);
  if (types.includes('RequestRedirect') && types.includes('URLRewrite')) {
    throw new Error(`${what} must not have a redirect and a rewrite, got both: remove one of them`);
  }
  checkUnique(types.filter(type => !REPEATABLE.includes(type)), `types of the ${what}`, type => type, 'join them into one');
  if (filters.some(filter => filter._needsPrefixMatch) && !isOnePrefix(matches)) {
    const got = matches!.map(match => match.path?.type ?? HttpPathMatchType.PATH_PREFIX).join(', ') || 'none';
    throw new Error(`replacePrefixMatch needs a rule with exactly one match, by path prefix, got ${got}: write one rule for each prefix`);
  }
}

/** No matches at all, and a match without a path, mean the prefix `/`. */
function isOnePrefix(matches: readonly HttpRouteMatch[] | undefined): boolean {
  const isPrefix = ({ path }: HttpRouteMatch) => (path?.type ?? HttpPathMatchType.PATH_PREFIX) === HttpPathMatchType.PATH_PREFIX;
  return matches === undefined || (matches.length === 1 && isPrefix(matches[0]));
}

function checkTimeouts({ request, backendRequest }: HttpRouteTimeouts = {}): void {
  const whole = request && formatDuration(request, 'request timeout');
  const each = backendRequest && formatDuration(backendRequest, 'backend request timeout');
  if (request && backendRequest && request.toMilliseconds() !== 0 && backendRequest.toMilliseconds() > request.toMilliseconds()) {
    throw new Error(`backend request timeout must be at most the request timeout of ${whole}, got ${each}`);
  }
}

function checkRetry({ attempts = 1, codes = [], backoff }: HttpRouteRetry = {}): void {
  if (!Number.isInteger(attempts) || attempts < 0) {
    throw new Error(`attempts of a retry must be a whole number from 0, which is off, got ${attempts}`);
  }
  const wrong = codes.find(code => !Number.isInteger(code) || code < 400 || code > 599);
  if (wrong !== undefined) {
    throw new Error(`codes of a retry must be between 400 and 599, got ${wrong}`);
  }
  checkUnique(codes, 'codes of a retry');
  if (backoff) {
    formatDuration(backoff, 'backoff of a retry');
  }
}
