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
    checkDnsSubdomain(name, 'name');
  }
  checkAtMost(MAX_BACKENDS, backends.length, 'backends',
    'a second rule for the same calls would never get one, so put several backends behind one Service');
  checkFilters(filters, 'filters');
  backends.forEach((backend, n) => checkFilters(backend.filters ?? [], `filters of backend ${n + 1}`));
  checkWeights(backends.map(({ weight = 1 }, n) => checkWeight(weight, `weight of backend ${n + 1}`)), 'backends');
}

function checkFilters(filters: readonly GrpcRouteFilter[], what: string): void {
  checkAtMost(MAX_FILTERS, filters.length, what, 'use fewer of them');
  checkUnique(filters.map(filter => filter._type).filter(type => !REPEATABLE.includes(type)), `types of the ${what}`, type => type, 'join them into one');
}
