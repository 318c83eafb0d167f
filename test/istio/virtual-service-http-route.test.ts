import { Duration, Testing } from 'cdk8s';
import {
  Destination, HttpFault, HttpRetries, IIstioGateway, IstioCorsPolicy, IstioDirectResponse, IstioHost, IstioHttpMatch, IstioHttpRedirect,
  IstioHttpRewrite, StringMatch, VirtualService, VirtualServiceGateway, VirtualServiceHttpRoute,
} from '../../src';

const edge: IIstioGateway = { name: 'gateway', namespace: 'edge' };
const destination = Destination.host(IstioHost.serviceName('backend', 'shop'));
const destinations = [{ destination }];
const host = { host: 'backend.shop.svc.cluster.local' };

const written = (route: VirtualServiceHttpRoute, gateways = [edge, VirtualServiceGateway.MESH]) => {
  const chart = Testing.chart();
  new VirtualService(chart, 'Shop', { metadata: { namespace: 'shop' }, hosts: [IstioHost.of('shop.example.com')], gateways, httpRoutes: [route] });
  return Testing.synth(chart)[0].spec.http[0];
};
const matched = (match: IstioHttpMatch, gateways = [edge]) => written({ matches: [match], destinations }, gateways).match[0];

test('a route writes every field', () => {
  expect(written({
    name: 'api',
    matches: [{ uri: StringMatch.prefix('/api/') }, {}],
    destinations: [
      { destination, weight: 0 },
      { destination, weight: 90, headers: { request: { set: { 'x-a': '1' }, add: { 'x-b': '2' }, remove: ['x-c'] } } },
    ],
    rewrite: IstioHttpRewrite.uri('/'),
    timeout: Duration.seconds(2),
    retries: HttpRetries.attempts(2),
    mirrors: [{ destination, percentage: 0 }, { destination }],
    cors: IstioCorsPolicy.of({ allowOrigins: [StringMatch.exact('https://a.com')] }),
    headers: { request: { set: { ':authority': 'a.com' } }, response: { set: { 'x-d': '3' }, add: { 'x-e': '4' }, remove: ['server'] } },
  })).toEqual({
    name: 'api',
    match: [{ uri: { prefix: '/api/' } }, {}],
    route: [
      { destination: host, weight: 0 },
      { destination: host, weight: 90, headers: { request: { set: { 'x-a': '1' }, add: { 'x-b': '2' }, remove: ['x-c'] } } },
    ],
    rewrite: { uri: '/' },
    timeout: '2s',
    retries: { attempts: 2 },
    mirrors: [{ destination: host, percentage: { value: 0 } }, { destination: host }],
    corsPolicy: { allowOrigins: [{ exact: 'https://a.com' }] },
    headers: { request: { set: { ':authority': 'a.com' } }, response: { set: { 'x-d': '3' }, add: { 'x-e': '4' }, remove: ['server'] } },
  });
});

test('a match writes every field', () => {
  expect(matched({
    name: 'm',
    uri: StringMatch.exact('/a'),
    scheme: StringMatch.exact('https'),
    method: StringMatch.exact('GET'),
    authority: StringMatch.regex('.*\\.com'),
    headers: { canary: StringMatch.exact('true'), cookie: StringMatch.present() },
    withoutHeaders: { 'x-a': StringMatch.present() },
    queryParams: { q: StringMatch.prefix('a') },
    port: 443,
    gateways: [edge],
    sourceLabels: { 'app': 'web', 'app.kubernetes.io/name': '' },
    sourceNamespace: 'web',
    ignoreUriCase: true,
    statPrefix: 'stat',
  })).toEqual({
    name: 'm',
    uri: { exact: '/a' },
    scheme: { exact: 'https' },
    method: { exact: 'GET' },
    authority: { regex: '.*\\.com' },
    headers: { canary: { exact: 'true' }, cookie: {} },
    withoutHeaders: { 'x-a': {} },
    queryParams: { q: { prefix: 'a' } },
    port: 443,
    gateways: ['edge/gateway'],
    sourceLabels: { 'app': 'web', 'app.kubernetes.io/name': '' },
    sourceNamespace: 'web',
    ignoreUriCase: true,
    statPrefix: 'stat',
  });
});

test('other things that a route can do', () => {
  expect(written({ redirect: IstioHttpRedirect.to({ uri: '/new' }) })).toEqual({ redirect: { uri: '/new' } });
  expect(written({ directResponse: IstioDirectResponse.status(404) })).toEqual({ directResponse: { status: 404 } });
  expect(written({ fault: HttpFault.abort(500, 1), destinations })).toEqual(
    { fault: { abort: { httpStatus: 500, percentage: { value: 1 } } }, route: [{ destination: host }] });
});

test('a route does exactly one thing', () => {
  expect(() => written({})).toThrow('an HTTP route must have exactly one of destinations, redirect, directResponse, delegate, got none');
  expect(() => written({ name: 'api', destinations, redirect: IstioHttpRedirect.to({ uri: '/' }) })).toThrow(
    'HTTP route \'api\' must have exactly one of destinations, redirect, directResponse, delegate, got destinations and redirect');
});

test('redirects and direct responses take neither fault nor rewrite', () => {
  expect(() => written({ redirect: IstioHttpRedirect.to({ uri: '/' }), fault: HttpFault.abort(500, 1) })).toThrow(
    'an HTTP route has a redirect, so it takes no fault');
  expect(() => written({ directResponse: IstioDirectResponse.status(200), rewrite: IstioHttpRewrite.uri('/') })).toThrow(
    'an HTTP route has a directResponse, so it takes no rewrite');
});

test('a fault leaves timeout and retries without effect', () => {
  const fault = HttpFault.abort(500, 1);
  expect(() => written({ destinations, fault, timeout: Duration.seconds(1) })).toThrow(
    'an HTTP route has a fault, so Istio ignores its timeout: leave one of them out');
  expect(() => written({ destinations, fault, retries: HttpRetries.none() })).toThrow('so Istio ignores its retries');
});

test('a timeout is at least 1ms', () => {
  expect(() => written({ destinations, timeout: Duration.seconds(0) })).toThrow('timeout of an HTTP route must be at least 1ms, got 0s');
});

test('several destinations each have a weight, and one of them is above 0', () => {
  expect(() => written({ destinations: [] })).toThrow('an HTTP route must have at least one destination, got none');
  expect(() => written({ destinations: [{ destination, weight: 1 }, { destination }] })).toThrow(
    'an HTTP route has 2 destinations, so each needs a weight, got 1 of them');
  expect(() => written({ destinations: [{ destination, weight: 0 }, { destination, weight: 0 }] })).toThrow(
    'an HTTP route must have a weight above 0 for at least one destination, got 0, 0');
  expect(() => written({ destinations: [{ destination, weight: -5 }] })).toThrow('weight in an HTTP route must be between 0 and 1000000, got -5');
});

test.each([-1, 101, NaN])('a mirror of %d percent is refused', percentage => {
  expect(() => written({ destinations, mirrors: [{ destination, percentage }] })).toThrow(
    `percentage of a mirror must be between 0 and 100, got ${percentage}`);
});

test('the prefix of a redirect needs a prefix that was matched', () => {
  const redirect = IstioHttpRedirect.to({ prefixRewrite: '/b/' });
  expect(written({ matches: [{ uri: StringMatch.prefix('/a/') }, { port: 80 }], redirect }).redirect).toEqual({ prefixRewrite: '/b/' });
  expect(() => written({ matches: [{ uri: StringMatch.exact('/a') }], redirect })).toThrow(
    'prefixRewrite needs prefix matches of uri, which not all matches of an HTTP route are: use uri in the redirect');
});

test('only the authority of a request can be written among names that are no headers', () => {
  const headers = (request: object, response = {}) => () => written({ destinations, headers: { request, response } });
  expect(headers({ set: { Host: 'a.com' } })).not.toThrow();
  expect(headers({ remove: ['Host'] })).toThrow('header \'Host\' can only be set or added on requests');
  expect(headers({}, { set: { ':authority': 'a' } })).toThrow('header \':authority\' can only be set or added on requests');
  expect(headers({ add: { ':path': '/' } })).toThrow('header must be the name of an HTTP header, got \':path\'');
  expect(headers({}, { add: { 'a b': '/' } })).toThrow('header must be the name of an HTTP header, got \'a b\'');
});

test('the authority is set in one place', () => {
  expect(() => written({ destinations, headers: { request: { set: { host: 'a' }, add: { ':authority': 'b' } } } })).toThrow(
    'an HTTP route must set the authority in one place, got host and :authority');
  expect(() => written({ destinations, rewrite: IstioHttpRewrite.authority('b'), headers: { request: { set: { host: 'a' } } } })).toThrow('got rewrite and host');
});

test('a prefix is empty for a path only', () => {
  expect(matched({ uri: StringMatch.prefix('') })).toEqual({ uri: { prefix: '' } });
  expect(() => matched({ method: StringMatch.prefix('') })).toThrow('prefix of method must not be empty: use StringMatch.present()');
  expect(() => matched({ headers: { 'x-a': StringMatch.prefix('') } })).toThrow('prefix of header \'x-a\' must not be empty');
  expect(() => matched({ queryParams: { q: StringMatch.prefix('') } })).toThrow('prefix of query parameter \'q\' must not be empty');
});

test('letter case is ignored in exact and prefix matches only', () => {
  expect(() => matched({ uri: StringMatch.regex('/a'), ignoreUriCase: true })).toThrow(
    'ignoreUriCase needs an exact or prefix match of uri: write (?i) into a regex');
  expect(() => matched({ ignoreUriCase: true })).toThrow('ignoreUriCase needs an exact or prefix match of uri');
});

test('headers of a match are headers', () => {
  expect(() => matched({ headers: { ':path': StringMatch.present() } })).toThrow('header of a match must be the name of an HTTP header, got \':path\'');
  expect(() => matched({ withoutHeaders: { method: StringMatch.present() } })).toThrow(
    'Istio ignores \'method\' in header matches: use the field method of the match');
});

test('claims of a token are matched on gateways only', () => {
  const headers = { '@request.auth.claims.group': StringMatch.exact('a'), '@request.auth.claims[a.b]': StringMatch.exact('c') };
  expect(matched({ headers }).headers).toEqual({ '@request.auth.claims.group': { exact: 'a' }, '@request.auth.claims[a.b]': { exact: 'c' } });
  expect(() => matched({ withoutHeaders: headers }, [edge, VirtualServiceGateway.MESH])).toThrow(
    'claim \'@request.auth.claims.group\' can be matched on gateways only, but the VirtualService is for mesh as well');
});

test('gateways of a match are some of the VirtualService', () => {
  expect(() => matched({ gateways: [VirtualServiceGateway.MESH] })).toThrow(
    'gateway \'mesh\' of a match must be one of the VirtualService, which has edge/gateway: add it to gateways');
});

test('ports, labels and namespaces are such', () => {
  expect(() => matched({ port: 0 })).toThrow('port of a match must be between 1 and 65535, got 0');
  expect(() => matched({ sourceNamespace: 'a.b' })).toThrow('sourceNamespace must be a DNS label');
  expect(() => matched({ sourceLabels: { app: 'a b' } })).toThrow('sourceLabels must be Kubernetes labels');
  expect(() => matched({ sourceLabels: { '': 'a' } })).toThrow('got \': a\'');
  expect(() => matched({ sourceLabels: { 'A_/app': 'a' } })).toThrow('prefix of a label of sourceLabels must be a DNS subdomain');
});
