import { MatchRivalry } from './route-split';
import { excludeEachOther } from '../semantics/header';
import { narrowerPath, PathRange, prefixElements } from '../semantics/path';
import { compareRanks, HttpMatch, httpRank } from '../semantics/precedence';

/** How matches of HTTPRoutes compete. */
export const HTTP_RIVALRY: MatchRivalry<HttpMatch> = {
  kind: 'HTTPRoute',
  every: {},
  tie: (a, b) => {
    if (differ(a.method, b.method) || excludeEachOther(a.headers, b.headers) || excludeEachOther(a.queryParams, b.queryParams, name => name)) {
      return undefined;
    }
    const [pathA, pathB] = [pathOf(a), pathOf(b)];
    const regex = [pathA, pathB].find(({ type }) => type === 'RegularExpression');
    if (regex !== undefined) {
      return `the regular expression '${regex.value}' has no certain rank, and may match any path`;
    }
    const isTie = narrowerPath(pathA, pathB) !== undefined && compareRanks(httpRank({ ...a, path: pathA }), httpRank({ ...b, path: pathB })) === 0;
    return isTie ? `some request matches both by ${describe(b)}` : undefined;
  },
};

/** Implementations do not agree whether the slash at the end of a prefix counts. */
function pathOf({ path: { type = 'PathPrefix', value = '/' } = {} }: HttpMatch): PathRange {
  return { type, value: type === 'PathPrefix' ? prefixElements(value) : value };
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function describe({ path: { type = 'PathPrefix', value = '/' } = {}, method, headers = [], queryParams = [] }: HttpMatch): string {
  return [
    type === 'Exact' ? `path '${value}'` : `path prefix '${value}'`,
    ...method === undefined ? [] : [`method ${method}`],
    ...headers.length === 0 ? [] : [count(headers.length, 'header')],
    ...queryParams.length === 0 ? [] : [count(queryParams.length, 'query parameter')],
  ].join(', ');
}

function count(n: number, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what}s`;
}
