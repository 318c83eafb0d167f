import { IstioHttpMatch } from './istio-http-match';
import { StringMatch } from './string-match';
import { GrpcMethodMatch, GrpcMethodMatchType } from '../gateway-api/grpc-method-match';
import { GrpcRouteMatch } from '../gateway-api/grpc-route-match';
import { HttpHeaderMatch } from '../gateway-api/http-header-match';
import { HttpPathMatch, HttpPathMatchType } from '../gateway-api/http-path-match';
import { HttpQueryParamMatch } from '../gateway-api/http-query-param-match';
import { HttpRouteMatch } from '../gateway-api/http-route-match';
import { prefixElements } from '../semantics/path';

/** What a match of Gateway API is in a VirtualService: several matches where one cannot say it. */
export function istioMatches({ path, headers, queryParams, method }: HttpRouteMatch): IstioHttpMatch[] {
  const rest = {
    method: method && StringMatch.exact(method),
    // Istio compares with lower case names only.
    headers: headers && byName(headers, name => name.toLowerCase()),
    queryParams: queryParams && byName(queryParams, name => name),
  };
  return uris(path).map(uri => ({ ...rest, uri }));
}

/** What a match of gRPC calls is in a VirtualService, where a call is a request for `/<service>/<method>`. */
export function istioCallMatches({ method: call, headers }: GrpcRouteMatch): IstioHttpMatch[] {
  return [{ uri: call && callUri(call), headers: headers && byName(headers, name => name.toLowerCase()) }];
}

function callUri({ type, service, method }: GrpcMethodMatch): StringMatch {
  if (type === GrpcMethodMatchType.EXACT && service !== undefined) {
    return method === undefined ? StringMatch.prefix(`/${service}/`) : StringMatch.exact(`/${service}/${method}`);
  }
  return StringMatch.regex(`/${service ?? '[^/]+'}/${method ?? '[^/]+'}`);
}

/** `/api` of Gateway API is `/api` itself and what is below it; Istio's prefix goes by characters and would take `/apix` too. */
function uris(path: HttpPathMatch | undefined): (StringMatch | undefined)[] {
  switch (path?.type) {
    case HttpPathMatchType.EXACT: return [StringMatch.exact(path.value)];
    case HttpPathMatchType.REGULAR_EXPRESSION: return [StringMatch.regex(path.value)];
    case HttpPathMatchType.PATH_PREFIX: {
      const elements = prefixElements(path.value);
      return elements === '' ? [undefined] : [StringMatch.exact(elements), StringMatch.prefix(`${elements}/`)];
    }
    default: return [undefined];
  }
}

function byName(matches: (HttpHeaderMatch | HttpQueryParamMatch)[], key: (name: string) => string): { [name: string]: StringMatch } {
  return Object.fromEntries(matches.map(({ type, name, value }) =>
    [key(name), type === 'Exact' ? StringMatch.exact(value) : StringMatch.regex(value)]));
}
