import { EgressRule } from './egress-body';
import { HttpPathMatch } from '../../gateway-api/http-path-match';
import { HttpMethod, HttpRouteMatch } from '../../gateway-api/http-route-match';

/** Methods and paths as an HTTPRoute matches them: each method with each path. */
export function egressMatches(hostname: string, { methods, paths }: EgressRule): HttpRouteMatch[] | undefined {
  if ((methods ?? paths) === undefined) {
    return undefined;
  }
  const allMethods = methods?.map(method => methodOf(hostname, method)) ?? [undefined];
  const allPaths = paths?.map(path => pathOf(hostname, path)) ?? [undefined];
  return allMethods.flatMap(method => allPaths.map(path => HttpRouteMatch.of({ method, path })));
}

function methodOf(hostname: string, method: string): HttpMethod {
  const known = Object.values(HttpMethod).find(one => one === method);
  if (known === undefined) {
    throw new Error(`method of external host '${hostname}' must be one of ${Object.values(HttpMethod).join(', ')}, got '${method}'`);
  }
  return known;
}

function pathOf(hostname: string, path: string): HttpPathMatch {
  const [before, ...after] = path.split('*');
  if (after.length === 0 && !path.includes('{')) {
    return HttpPathMatch.exact(path);
  }
  if (after.length === 1 && after[0] === '' && !before.includes('{')) {
    return HttpPathMatch.regex(`${before.replace(/[.+?^${}()|[\]\\]/g, '\\$&')}.*`);
  }
  throw new Error(`path of external host '${hostname}' must be exact or prefix* in a route of Linkerd, got '${path}'`);
}
