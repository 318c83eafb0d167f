import { Construct } from 'constructs';
import { httpFilter } from './http-filters';
import { NotWritable, required, word } from './not-writable';
import { duration, Json, parents, weighted } from './references';
import { sessionPersistence } from './session-persistence';
import {
  HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRoute, HttpRouteMatch, HttpRouteRule,
} from '../../../src';

/** Writes an HTTPRoute with constructs. */
export function httpRoute(scope: Construct, id: string, { metadata, spec }: Json): void {
  new HttpRoute(scope, id, {
    metadata,
    parents: parents(scope, metadata, spec),
    hostnames: spec.hostnames,
    rules: (spec.rules ?? [{}]).map(rule),
  });
}

function rule({ name, matches, filters, backendRefs, timeouts, retry, sessionPersistence: session }: Json): HttpRouteRule {
  return {
    name,
    matches: matches?.map(match),
    filters: filters?.map(httpFilter),
    backends: backendRefs?.map((ref: Json) => ({ ...weighted(ref), filters: ref.filters?.map(httpFilter) })),
    timeouts: timeouts && { request: duration(timeouts.request), backendRequest: duration(timeouts.backendRequest) },
    retry: retry && { attempts: retry.attempts, codes: retry.codes, backoff: duration(retry.backoff) },
    sessionPersistence: session && sessionPersistence(session),
  };
}

function match({ path, headers, queryParams, method }: Json): HttpRouteMatch {
  return HttpRouteMatch.of({
    path: path && pathMatch(path),
    headers: headers?.map(({ type, name, value }: Json) =>
      HttpHeaderMatch[type === 'RegularExpression' ? 'regex' : 'exact'](required(name, 'name'), required(value, 'value'))),
    queryParams: queryParams?.map(({ type, name, value }: Json) =>
      HttpQueryParamMatch[type === 'RegularExpression' ? 'regex' : 'exact'](required(name, 'name'), required(value, 'value'))),
    method: word(HttpMethod, method, 'method'),
  });
}

function pathMatch({ type = 'PathPrefix', value = '/' }: Json): HttpPathMatch {
  switch (type) {
    case 'Exact': return HttpPathMatch.exact(value);
    case 'PathPrefix': return HttpPathMatch.prefix(value);
    case 'RegularExpression': return HttpPathMatch.regex(value);
    default: throw new NotWritable(`no path match of type ${type}`);
  }
}
