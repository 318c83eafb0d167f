import { Duration, Testing } from 'cdk8s';
import {
  Backend, Gateway, HttpCorsMethod, HttpCorsOptions, HttpPathModifier, HttpRedirectOptions, HttpRedirectScheme, HttpRoute, HttpRouteFilter,
  RouteParent,
} from '../../src';

const backend = Backend.serviceName('copy', { port: 80 });
const BACKEND_REF = { group: '', kind: 'Service', name: 'copy', port: 80 };

function written(filter: HttpRouteFilter) {
  const chart = Testing.chart();
  new HttpRoute(chart, 'Route', { parents: [RouteParent.gateway(Gateway.fromGatewayName('edge'))], rules: [{ filters: [filter] }] });
  return Testing.synth(chart)[0].spec.rules[0].filters[0];
}

test('headers of the request and of the response', () => {
  const modifier = { set: { 'x-a': '1', 'x-b': '2' }, add: { 'x-c': '3' }, remove: ['x-d'] };
  const spec = { set: [{ name: 'x-a', value: '1' }, { name: 'x-b', value: '2' }], add: [{ name: 'x-c', value: '3' }], remove: ['x-d'] };
  expect(written(HttpRouteFilter.requestHeaders(modifier))).toEqual({ type: 'RequestHeaderModifier', requestHeaderModifier: spec });
  expect(written(HttpRouteFilter.responseHeaders(modifier))).toEqual({ type: 'ResponseHeaderModifier', responseHeaderModifier: spec });
  expect(written(HttpRouteFilter.responseHeaders({ remove: ['server'] })).responseHeaderModifier).toEqual({ remove: ['server'] });
});

test('header modifiers that say nothing, too much or the impossible', () => {
  expect(() => HttpRouteFilter.requestHeaders({})).toThrow('a header modifier needs a header to set, add or remove, got none: leave the filter out');
  expect(() => HttpRouteFilter.responseHeaders({ set: {}, remove: [] })).toThrow('a header modifier needs a header');
  expect(() => HttpRouteFilter.requestHeaders({ set: { 'X-A': '1' }, remove: ['x-a'] }))
    .toThrow('header names of a modifier must differ from each other, got \'x-a\' twice');
  expect(() => HttpRouteFilter.requestHeaders({ set: { 'x a': '1' } })).toThrow('header name must be 1 to 256 letters');
  expect(() => HttpRouteFilter.requestHeaders({ add: { 'x-a': 'a\nb' } })).toThrow('value of header \'x-a\' must have no line breaks and no NUL, got "a\\nb"');
  const names = Array.from({ length: 17 }, (_, i) => `x-${i}`);
  const many = Object.fromEntries(names.map(name => [name, '1']));
  expect(() => HttpRouteFilter.requestHeaders({ set: many })).toThrow('headers that a modifier sets must be at most 16, got 17: use fewer of them');
  expect(() => HttpRouteFilter.requestHeaders({ add: many })).toThrow('headers that a modifier adds must be at most 16, got 17: use fewer of them');
  expect(() => HttpRouteFilter.requestHeaders({ remove: names })).toThrow('headers that a modifier removes must be at most 16, got 17: use fewer of them');
});

test('a redirect', () => {
  const path = HttpPathModifier.replaceFullPath('/new');
  expect(written(HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, hostname: 'shop.example.com', port: 8443, statusCode: 301, path }))).toEqual({
    type: 'RequestRedirect',
    requestRedirect: {
      scheme: 'https',
      hostname: 'shop.example.com',
      port: 8443,
      statusCode: 301,
      path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
    },
  });
});

test.each<[HttpRedirectOptions, object]>([
  [{ scheme: HttpRedirectScheme.HTTP }, { scheme: 'http', statusCode: 302 }],
  [{ hostname: 'a.com' }, { hostname: 'a.com', statusCode: 302 }],
  [{ port: 8080, statusCode: 308 }, { port: 8080, statusCode: 308 }],
  [{ statusCode: 303 }, { statusCode: 303 }],
])('a redirect may say one thing only, and its status is written: %j', (options, spec) => {
  expect(written(HttpRouteFilter.redirect(options)).requestRedirect).toEqual(spec);
});

test.each<[HttpRedirectOptions, string]>([
  [{}, 'a redirect needs a scheme, hostname, port, path or status code, got none: it would lead back to itself'],
  [{ port: 80, statusCode: 200 }, 'status code of a redirect must be one of 301, 302, 303, 307, 308, got 200'],
  [{ port: 0 }, 'port of a redirect must be between 1 and 65535, got 0'],
  [{ hostname: '*.a.com' }, 'hostname of a redirect must name one host, got \'*.a.com\': wildcards are not allowed here'],
])('a redirect that cannot be: %j', (options, message) => {
  expect(() => HttpRouteFilter.redirect(options)).toThrow(message);
});

test('a rewrite', () => {
  expect(written(HttpRouteFilter.rewrite({ hostname: 'in.example.com', path: HttpPathModifier.replacePrefixMatch('/new') }))).toEqual({
    type: 'URLRewrite',
    urlRewrite: { hostname: 'in.example.com', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } },
  });
  expect(written(HttpRouteFilter.rewrite({ hostname: 'in.example.com' })).urlRewrite).toEqual({ hostname: 'in.example.com' });
  expect(() => HttpRouteFilter.rewrite({})).toThrow('a rewrite needs a hostname or a path, got none: leave the filter out');
  expect(() => HttpRouteFilter.rewrite({ hostname: '*.a.com' })).toThrow('hostname of a rewrite must name one host');
});

test('replacements of paths', () => {
  expect(HttpPathModifier.replacePrefixMatch('')._toKube()).toEqual({ type: 'ReplacePrefixMatch', replacePrefixMatch: '' });
  expect(() => HttpPathModifier.replaceFullPath('')).toThrow('replacement of the full path must start with \'/\', got \'\'');
  expect(() => HttpPathModifier.replacePrefixMatch('new')).toThrow('replacement of a prefix must be empty or start with \'/\', got \'new\'');
  expect(() => HttpPathModifier.replaceFullPath('/' + 'x'.repeat(1024))).toThrow('replacement of a path must have at most 1024 characters, got 1025');
});

test('a mirror of all requests, of some percent, and of a fraction', () => {
  expect(written(HttpRouteFilter.mirror({ backend }))).toEqual({ type: 'RequestMirror', requestMirror: { backendRef: BACKEND_REF } });
  expect(written(HttpRouteFilter.mirror({ backend, percent: 0 })).requestMirror).toEqual({ backendRef: BACKEND_REF, percent: 0 });
  expect(written(HttpRouteFilter.mirror({ backend, fraction: { numerator: 1, denominator: 1000 } })).requestMirror)
    .toEqual({ backendRef: BACKEND_REF, fraction: { numerator: 1, denominator: 1000 } });
  expect(written(HttpRouteFilter.mirror({ backend, fraction: { numerator: 5 } })).requestMirror.fraction).toEqual({ numerator: 5, denominator: 100 });
});

test('shares of a mirror that cannot be', () => {
  expect(() => HttpRouteFilter.mirror({ backend, percent: 5, fraction: { numerator: 5 } }))
    .toThrow('a mirror takes percent or fraction, got both 5 and 5/100: pass one');
  expect(() => HttpRouteFilter.mirror({ backend, percent: 101 })).toThrow('percent of a mirror must be between 0 and 100, got 101');
  expect(() => HttpRouteFilter.mirror({ backend, percent: 0.5 })).toThrow('percent of a mirror must be between 0 and 100, got 0.5');
});

test.each([[101, 100], [-1, 100], [0, 0], [0.5, 1], [1, 1.5]])('%d/%d is no fraction of a mirror', (numerator, denominator) => {
  expect(() => HttpRouteFilter.mirror({ backend, fraction: { numerator, denominator } }))
    .toThrow(`fraction of a mirror must be whole numbers between 0/1 and 1/1, got ${numerator}/${denominator}`);
});

test('CORS with everything said', () => {
  expect(written(HttpRouteFilter.cors({
    allowOrigins: ['https://shop.example.com', 'http://*.example.com:8080', 'https://*'],
    allowMethods: [HttpCorsMethod.GET, HttpCorsMethod.PUT],
    allowHeaders: ['content-type'],
    exposeHeaders: ['x-total'],
    allowCredentials: true,
    maxAge: Duration.hours(1),
  }))).toEqual({
    type: 'CORS',
    cors: {
      allowOrigins: ['https://shop.example.com', 'http://*.example.com:8080', 'https://*'],
      allowMethods: ['GET', 'PUT'],
      allowHeaders: ['content-type'],
      exposeHeaders: ['x-total'],
      allowCredentials: true,
      maxAge: 3600,
    },
  });
});

test('CORS by wildcards, and with the default age written', () => {
  expect(written(HttpRouteFilter.cors({ allowOrigins: ['*'], allowMethods: [HttpCorsMethod.ALL], allowHeaders: ['*'], exposeHeaders: ['*', 'x-a'] })).cors)
    .toEqual({ allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'], exposeHeaders: ['*', 'x-a'], maxAge: 5 });
});

test.each<[HttpCorsOptions, string]>([
  [{ allowOrigins: ['shop.example.com'] }, 'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'shop.example.com\''],
  [{ allowOrigins: ['https://a.*.com'] }, 'allowOrigins of CORS must be \'*\' or like'],
  [{ allowOrigins: ['https://a.com/'] }, 'allowOrigins of CORS must be \'*\' or like'],
  [{ allowOrigins: [`https://${'x'.repeat(250)}`] }, 'allowOrigins of CORS must be \'*\' or like'],
  [{ allowOrigins: ['*', 'https://a.com'] }, 'allowOrigins of CORS must have \'*\' alone, got *, https://a.com'],
  [{ allowOrigins: ['https://a.com', 'https://a.com'] }, 'allowOrigins of CORS must differ from each other, got \'https://a.com\' twice'],
  [{ allowOrigins: Array.from({ length: 65 }, (_, i) => `https://a${i}.com`) }, 'allowOrigins of CORS must be at most 64, got 65: use a wildcard'],
  [{ allowMethods: [HttpCorsMethod.ALL, HttpCorsMethod.GET] }, 'allowMethods of CORS must have \'*\' alone, got *, GET'],
  [{ allowMethods: [HttpCorsMethod.GET, HttpCorsMethod.GET] }, 'allowMethods of CORS must differ from each other, got \'GET\' twice'],
  [{ allowHeaders: ['*', 'x-a'] }, 'allowHeaders of CORS must have \'*\' alone, got *, x-a'],
  [{ allowHeaders: ['x a'] }, 'allowHeaders of CORS must be 1 to 256 letters, digits or characters of'],
  [{ exposeHeaders: ['x a'] }, 'exposeHeaders of CORS must be 1 to 256 letters, digits or characters of'],
  [{ exposeHeaders: ['x-a', 'x-a'] }, 'exposeHeaders of CORS must differ from each other, got \'x-a\' twice'],
  [{ exposeHeaders: ['*'], allowCredentials: true }, 'exposeHeaders of CORS must name the headers when credentials are allowed, got \'*\''],
  [{ maxAge: Duration.seconds(0) }, 'maxAge of CORS must be whole seconds from 1 to 2147483647, got 0s'],
  [{ maxAge: Duration.millis(1500) }, 'maxAge of CORS must be whole seconds from 1 to 2147483647, got 1s500ms'],
  [{ maxAge: Duration.seconds(2147483648) }, 'maxAge of CORS must be whole seconds from 1 to 2147483647, got '],
])('CORS that cannot be: %#', (options, message) => {
  expect(() => HttpRouteFilter.cors(options)).toThrow(message);
});

test('a filter of the implementation\'s own', () => {
  const extension = { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'direct-response' };
  expect(written(HttpRouteFilter.extension(extension))).toEqual({ type: 'ExtensionRef', extensionRef: extension });
  expect(() => HttpRouteFilter.extension({ ...extension, kind: 'a b' })).toThrow('kind of the extension must be letters, digits and inner dashes');
});
