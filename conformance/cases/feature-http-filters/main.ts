import { App, Chart } from 'cdk8s';
import {
  Backend, Gateway, GatewayApi, GatewayClass, HttpPathModifier, HttpRedirectScheme, HttpRoute, HttpRouteFilter, HttpRouteMatch, Listener,
  RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Every filter of a rule and of a backend, but mirrors and CORS. */
const app = new App();
// Istio does not read them: here it is asked what it does instead.
GatewayApi.declare(app, {
  unreadFields: ['HTTPRoute rules[].backendRefs[].filters[].urlRewrite', 'HTTPRoute rules[].backendRefs[].filters[].requestRedirect'],
});
const chart = new Chart(app, 'feature-http-filters');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'headers', {
  metadata: { name: 'headers', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['headers.example.com'],
  rules: [
    {
      filters: [
        HttpRouteFilter.requestHeaders({ set: { 'X-Set': 'route' }, add: { 'x-add': 'route' }, remove: ['x-remove'] }),
        HttpRouteFilter.responseHeaders({ set: { 'x-set': 'route' }, add: { 'x-add': 'route' }, remove: ['content-type'] }),
      ],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'backend-headers', {
  metadata: { name: 'backend-headers', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['backend-headers.example.com'],
  rules: [
    {
      backends: [
        {
          backend: Backend.serviceName('web-v1', { port: 80 }),
          filters: [
            HttpRouteFilter.requestHeaders({ set: { 'X-Set': 'backend' }, remove: ['x-remove'] }),
            HttpRouteFilter.responseHeaders({ set: { 'x-set': 'backend' } }),
          ],
        },
      ],
    },
  ],
});
new HttpRoute(chart, 'redirects', {
  metadata: { name: 'redirects', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['redirects.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/scheme')],
      filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, statusCode: 301 })],
    },
    { matches: [HttpRouteMatch.pathPrefix('/hostname')], filters: [HttpRouteFilter.redirect({ hostname: 'new.example.org' })] },
    { matches: [HttpRouteMatch.pathPrefix('/port')], filters: [HttpRouteFilter.redirect({ port: 8083 })] },
    {
      matches: [HttpRouteMatch.pathPrefix('/scheme-and-port')],
      filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, port: 8443 })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/full-path')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/full') })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/prefix')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replacePrefixMatch('/new') })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/to-root')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replacePrefixMatch('/') })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/status-301')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/moved'), statusCode: 301 })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/status-302')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/moved'), statusCode: 302 })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/status-303')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/moved'), statusCode: 303 })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/status-307')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/moved'), statusCode: 307 })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/status-308')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/moved'), statusCode: 308 })],
    },
  ],
});
new HttpRoute(chart, 'rewrites', {
  metadata: { name: 'rewrites', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['rewrites.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/hostname')],
      filters: [HttpRouteFilter.rewrite({ hostname: 'internal.example.org' })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/prefix')],
      filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/new') })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/to-root')],
      filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/') })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/full')],
      filters: [HttpRouteFilter.rewrite({ hostname: 'internal.example.org', path: HttpPathModifier.replaceFullPath('/index.html') })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'backend-rewrite', {
  metadata: { name: 'backend-rewrite', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['backend-rewrite.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/old')],
      backends: [
        {
          backend: Backend.serviceName('web-v1', { port: 80 }),
          filters: [
            HttpRouteFilter.rewrite({ hostname: 'internal.example.org', path: HttpPathModifier.replacePrefixMatch('/new') }),
          ],
        },
      ],
    },
  ],
});
new HttpRoute(chart, 'backend-rewrite-host', {
  metadata: { name: 'backend-rewrite-host', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['backend-rewrite-host.example.com'],
  rules: [
    {
      backends: [
        { backend: Backend.serviceName('web-v1', { port: 80 }), filters: [HttpRouteFilter.rewrite({ hostname: 'internal.example.org' })] },
      ],
    },
  ],
});
new HttpRoute(chart, 'backend-redirect', {
  metadata: { name: 'backend-redirect', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['backend-redirect.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/')],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }), filters: [HttpRouteFilter.redirect({ hostname: 'new.example.org' })] }],
    },
  ],
});

app.synth();
