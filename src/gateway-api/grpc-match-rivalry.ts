import { MatchRivalry } from './route-split';
import type { GrpcRouteSpecRulesMatches } from '../imports/gateway.networking.k8s.io';
import { excludeEachOther } from '../semantics/header';
import { Manifest } from '../semantics/manifest';
import { compareRanks, GrpcMatch, grpcRank } from '../semantics/precedence';

/** How matches of GRPCRoutes compete. */
export const GRPC_RIVALRY: MatchRivalry<Manifest<GrpcRouteSpecRulesMatches>> = {
  kind: 'GRPCRoute',
  every: {},
  tie: (a, b) => {
    if (excludeEachOther(a.headers, b.headers)) {
      return undefined;
    }
    const regex = [a, b].find(({ method }) => method?.type === 'RegularExpression');
    if (regex !== undefined) {
      return `the regular expression of ${describeNames(regex)} has no certain rank, and may match any call`;
    }
    const isTie = meet(a.method?.service, b.method?.service) && meet(a.method?.method, b.method?.method)
      && compareRanks(grpcRank(a), grpcRank(b)) === 0;
    return isTie ? `some call matches both by ${describe(b)}` : undefined;
  },
};

/** Whether one name can be both; none is every name. */
function meet(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function describe({ method, headers = [] }: GrpcMatch): string {
  const count = headers.length === 1 ? '1 header' : `${headers.length} headers`;
  return [
    ...method === undefined ? [] : [describeNames({ method })],
    ...headers.length > 0 || method === undefined ? [count] : [],
  ].join(', ');
}

function describeNames({ method: { service, method } = {} }: GrpcMatch): string {
  return [
    ...service === undefined ? [] : [`service '${service}'`],
    ...method === undefined ? [] : [`method '${method}'`],
  ].join(', ');
}
