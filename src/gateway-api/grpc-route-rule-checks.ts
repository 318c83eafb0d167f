import { GrpcRouteFilter } from './grpc-route-filter';
import type { GrpcRouteRule } from './grpc-route-rule';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { checkDnsSubdomain } from '../semantics/names';
import { checkWeight, checkWeights } from '../semantics/weight';

const MAX_FILTERS = 16;
const MAX_BACKENDS = 16;

/** The filters of which a list may have several. */
const REPEATABLE = ['RequestMirror', 'ExtensionRef'];

/** Refuses a rule that the API server would refuse, or that could not work. */
export function checkRule({ name, filters = [], backends = [] }: GrpcRouteRule): void {
  if (name !== undefined) {
    checkDnsSubdomain(name, 'name of a rule');
  }
  checkAtMost(MAX_BACKENDS, backends.length, 'backends of a rule',
    'a second rule for the same calls would never get one, so put several backends behind one Service');
  checkFilters(filters);
  backends.forEach(backend => checkFilters(backend.filters ?? []));
  checkWeights(backends.map(({ weight = 1 }) => checkWeight(weight, 'weight of a backend')), 'backends of a rule');
}

function checkFilters(filters: readonly GrpcRouteFilter[]): void {
  checkAtMost(MAX_FILTERS, filters.length, 'filters of a rule or backend', 'use fewer of them');
  checkUnique(filters.map(filter => filter._type).filter(type => !REPEATABLE.includes(type)), 'filters of a rule or backend');
}
