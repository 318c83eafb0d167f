import { Duration } from 'cdk8s';
import { NotWritable, required, word } from './not-writable';
import { backend, Json } from './references';
import { HeaderModifier, HttpCorsMethod, HttpPathModifier, HttpRedirectScheme, HttpRouteFilter, MirrorOptions } from '../../../src';

/** The filter that a manifest shows. */
export function httpFilter(filter: Json): HttpRouteFilter {
  switch (filter.type) {
    case 'RequestHeaderModifier': return HttpRouteFilter.requestHeaders(headers(required(filter.requestHeaderModifier, 'requestHeaderModifier')));
    case 'ResponseHeaderModifier': return HttpRouteFilter.responseHeaders(headers(required(filter.responseHeaderModifier, 'responseHeaderModifier')));
    case 'RequestMirror': return HttpRouteFilter.mirror(mirror(required(filter.requestMirror, 'requestMirror')));
    case 'ExtensionRef': return HttpRouteFilter.extension(required(filter.extensionRef, 'extensionRef'));
    case 'RequestRedirect': return redirect(required(filter.requestRedirect, 'requestRedirect'));
    case 'URLRewrite': {
      const { hostname, path } = required<Json>(filter.urlRewrite, 'urlRewrite');
      return HttpRouteFilter.rewrite({ hostname, path: path && pathModifier(path) });
    }
    case 'CORS': {
      const { maxAge, allowMethods, ...cors } = required<Json>(filter.cors, 'cors');
      return HttpRouteFilter.cors({
        ...cors,
        allowMethods: allowMethods?.map((method: string) => word(HttpCorsMethod, method, 'allowMethods')),
        maxAge: maxAge && Duration.seconds(maxAge),
      });
    }
    default: throw new NotWritable(`no filter of type ${filter.type}`);
  }
}

export function mirror({ backendRef, percent, fraction }: Json): MirrorOptions {
  return { backend: backend(required(backendRef, 'backendRef')), percent, fraction };
}

/** A map has each name once, and that is what the types take. */
export function headers({ set, add, remove }: Json): HeaderModifier {
  const map = (list?: Json[]) => list && Object.fromEntries(list.map(({ name, value }) => [name, value]));
  return { set: map(set), add: map(add), remove };
}

function redirect({ scheme, hostname, port, statusCode, path }: Json): HttpRouteFilter {
  return HttpRouteFilter.redirect({
    scheme: word(HttpRedirectScheme, scheme, 'scheme'), hostname, port, statusCode, path: path && pathModifier(path),
  });
}

function pathModifier({ type, replaceFullPath, replacePrefixMatch }: Json): HttpPathModifier {
  return type === 'ReplaceFullPath' ? HttpPathModifier.replaceFullPath(required(replaceFullPath, 'replaceFullPath'))
    : HttpPathModifier.replacePrefixMatch(required(replacePrefixMatch, 'replacePrefixMatch'));
}
