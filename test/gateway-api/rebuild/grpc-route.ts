import { Construct } from 'constructs';
import { headers, mirror } from './http-filters';
import { NotWritable, required } from './not-writable';
import { Json, parents, weighted } from './references';
import { sessionPersistence } from './session-persistence';
import { GrpcMethodMatch, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch, GrpcRouteRule, HttpHeaderMatch } from '../../../src';

/** Writes a GRPCRoute with constructs. */
export function grpcRoute(scope: Construct, id: string, { metadata, spec }: Json): void {
  new GrpcRoute(scope, id, { metadata, parents: parents(scope, metadata, spec), hostnames: spec.hostnames, rules: (spec.rules ?? [{}]).map(rule) });
}

function rule({ name, matches, filters, backendRefs, sessionPersistence: session }: Json): GrpcRouteRule {
  return {
    name,
    matches: matches?.map(match),
    filters: filters?.map(filter),
    backends: backendRefs?.map((ref: Json) => ({ ...weighted(ref), filters: ref.filters?.map(filter) })),
    sessionPersistence: session && sessionPersistence(session),
  };
}

function match({ method, headers: conditions }: Json): GrpcRouteMatch {
  return GrpcRouteMatch.of({
    method: method && methodMatch(method),
    headers: conditions?.map(({ type, name, value }: Json) =>
      HttpHeaderMatch[type === 'RegularExpression' ? 'regex' : 'exact'](required(name, 'name'), required(value, 'value'))),
  });
}

function methodMatch({ type = 'Exact', service, method }: Json): GrpcMethodMatch {
  switch (type) {
    case 'Exact': return GrpcMethodMatch.exact({ service, method });
    case 'RegularExpression': return GrpcMethodMatch.regex({ service, method });
    default: throw new NotWritable(`no method match of type ${type}`);
  }
}

function filter(spec: Json): GrpcRouteFilter {
  switch (spec.type) {
    case 'RequestHeaderModifier': return GrpcRouteFilter.requestHeaders(headers(required(spec.requestHeaderModifier, 'requestHeaderModifier')));
    case 'ResponseHeaderModifier': return GrpcRouteFilter.responseHeaders(headers(required(spec.responseHeaderModifier, 'responseHeaderModifier')));
    case 'RequestMirror': return GrpcRouteFilter.mirror(mirror(required(spec.requestMirror, 'requestMirror')));
    case 'ExtensionRef': return GrpcRouteFilter.extension(required(spec.extensionRef, 'extensionRef'));
    default: throw new NotWritable(`no filter of type ${spec.type}`);
  }
}
