import { Duration, Size } from 'cdk8s';
import { Backend, ExternalAuth, HttpCorsMethod, HttpPathModifier, HttpRedirectScheme, HttpRouteFilter } from 'cdk8s-mesh';

const shadow = Backend.serviceName('shadow', { port: 8080, namespace: 'testing' });

/** rules[].filters[] and rules[].backendRefs[].filters[] of HTTPRoutes, by the name of the rule that shows them. */
export const HTTP_FILTERS: { [rule: string]: HttpRouteFilter } = {
  // filters[].requestHeaderModifier.set[], add[], remove[]
  'request-header-modifier': HttpRouteFilter.requestHeaders({
    set: { 'x-tenant': 'shop' },
    add: { 'x-forwarded-by': 'edge' },
    remove: ['x-debug'],
  }),

  // filters[].responseHeaderModifier.set[], add[], remove[]
  'response-header-modifier': HttpRouteFilter.responseHeaders({
    set: { 'strict-transport-security': 'max-age=31536000' },
    add: { vary: 'accept-language' },
    remove: ['server'],
  }),

  // filters[].requestMirror.backendRef, percent
  'request-mirror-percent': HttpRouteFilter.mirror({ backend: shadow, percent: 10 }),

  // filters[].requestMirror.fraction.numerator, denominator
  'request-mirror-fraction': HttpRouteFilter.mirror({ backend: shadow, fraction: { numerator: 1, denominator: 1000 } }),

  // filters[].requestRedirect.scheme: https, hostname, port, path.replaceFullPath, statusCode: 301
  'request-redirect-301': HttpRouteFilter.redirect({
    scheme: HttpRedirectScheme.HTTPS,
    hostname: 'www.example.com',
    port: 8443,
    path: HttpPathModifier.replaceFullPath('/moved'),
    statusCode: 301,
  }),

  // filters[].requestRedirect.scheme: http, statusCode: 302
  'request-redirect-302': HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTP, hostname: 'printers.example.com', statusCode: 302 }),

  // filters[].requestRedirect.statusCode: 303
  'request-redirect-303': HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/thanks'), statusCode: 303 }),

  // filters[].requestRedirect.path.replacePrefixMatch, statusCode: 307
  'request-redirect-307': HttpRouteFilter.redirect({ path: HttpPathModifier.replacePrefixMatch('/maintenance'), statusCode: 307 }),

  // filters[].requestRedirect.statusCode: 308
  'request-redirect-308': HttpRouteFilter.redirect({ hostname: 'shop.example.com', statusCode: 308 }),

  // filters[].urlRewrite.hostname, path.replaceFullPath
  'url-rewrite-full-path': HttpRouteFilter.rewrite({ hostname: 'catalogue.internal', path: HttpPathModifier.replaceFullPath('/index.html') }),

  // filters[].urlRewrite.path.replacePrefixMatch
  'url-rewrite-prefix-match': HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/v2') }),

  // filters[].cors.allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge
  'cors': HttpRouteFilter.cors({
    allowOrigins: ['https://www.example.com', 'https://*.partners.example.com:8443'],
    allowMethods: [
      HttpCorsMethod.GET, HttpCorsMethod.HEAD, HttpCorsMethod.POST, HttpCorsMethod.PUT, HttpCorsMethod.DELETE, HttpCorsMethod.CONNECT,
      HttpCorsMethod.OPTIONS, HttpCorsMethod.TRACE, HttpCorsMethod.PATCH,
    ],
    allowHeaders: ['authorization', 'content-type'],
    exposeHeaders: ['x-request-id'],
    allowCredentials: true,
    maxAge: Duration.hours(1),
  }),

  // filters[].cors.allowMethods: *
  'cors-every-method': HttpRouteFilter.cors({ allowOrigins: ['*'], allowMethods: [HttpCorsMethod.ALL], allowHeaders: ['*'], exposeHeaders: ['*'] }),

  // filters[].externalAuth.protocol: GRPC, backendRef, grpc.allowedHeaders, forwardBody.maxSize
  'external-auth-grpc': HttpRouteFilter.externalAuth(ExternalAuth.grpc({
    backend: Backend.serviceName('authorizer', { port: 9191, namespace: 'auth' }),
    allowedHeaders: ['authorization', 'x-request-id'],
    maxBodySize: Size.kibibytes(32),
  })),

  // filters[].externalAuth.protocol: HTTP, http.path, http.allowedHeaders, http.allowedResponseHeaders
  'external-auth-http': HttpRouteFilter.externalAuth(ExternalAuth.http({
    backend: Backend.serviceName('sessions', { port: 8080, namespace: 'auth' }),
    path: '/verify',
    allowedHeaders: ['cookie'],
    allowedResponseHeaders: ['x-user-id'],
  })),

  // filters[].extensionRef.group, kind, name
  'extension-ref': HttpRouteFilter.extension({ group: 'example.com', kind: 'RateLimit', name: 'a-hundred-a-second' }),
};
