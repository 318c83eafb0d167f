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
const inMesh = [VirtualServiceGateway.MESH];
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
    ignoreUriCase: true,
    statPrefix: 'stat',
  });
  const sources = { sourceLabels: { 'app': 'web', 'app.kubernetes.io/name': '' }, sourceNamespace: 'web' };
  expect(matched(sources, inMesh)).toEqual(sources);
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

test('a fault for some requests leaves the others their timeout and retries', () => {
  expect(written({ destinations, fault: HttpFault.abort(500, 1), timeout: Duration.seconds(1), retries: HttpRetries.none() })).toMatchObject(
    { fault: { abort: { httpStatus: 500, percentage: { value: 1 } } }, timeout: '1s', retries: { attempts: 0 } });
});

test('redirects and direct responses have nothing on the way to a destination', () => {
  const redirect = IstioHttpRedirect.to({ uri: '/' });
  expect(() => written({ redirect, timeout: Duration.seconds(1) })).toThrow('an HTTP route has a redirect, so Istio ignores its timeout: leave it out');
  expect(() => written({ redirect, retries: HttpRetries.none() })).toThrow('an HTTP route has a redirect, so Istio ignores its retries: leave it out');
  expect(() => written({ directResponse: IstioDirectResponse.status(200), mirrors: [{ destination }] })).toThrow(
    'an HTTP route has a directResponse, so Istio ignores its mirrors: leave it out');
  expect(written({ redirect, headers: { response: { set: { 'x-a': '1' } } }, cors: IstioCorsPolicy.of({ allowOrigins: [StringMatch.exact('a')] }) }))
    .toMatchObject({ headers: { response: { set: { 'x-a': '1' } } }, corsPolicy: {} });
});

test('one attempt does not last longer than all of them', () => {
  const retries = HttpRetries.attempts(2, { perTryTimeout: Duration.seconds(2) });
  expect(written({ destinations, retries, timeout: Duration.seconds(2) })).toMatchObject({ timeout: '2s', retries: { perTryTimeout: '2s' } });
  expect(() => written({ destinations, retries, timeout: Duration.millis(1500) })).toThrow(
    'perTryTimeout of an HTTP route must not be above its timeout, which ends all attempts, got 2 seconds and 1 second 500 millis');
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
  expect(headers({ add: { ':path': '/' } })).toThrow('header \':path\' is a part of every request or answer, which header operations cannot change: use rewrite, or leave it out');
  expect(headers({}, { add: { 'a b': '/' } })).toThrow('header must be the name of an HTTP header, got \'a b\'');
});

test('values of headers are what Envoy can write', () => {
  const header = (value: string) => () => written({ destinations: [{ destination, headers: { response: { add: { 'x-a': value } } } }] });
  for (const value of ['', 'a\tb', '100%%', '%HOSTNAME%', 'from %DOWNSTREAM_REMOTE_ADDRESS% on', '%REQ(:path)%', '%START_TIME(%Y)%',
    '%UPSTREAM_METADATA([ "a", "b" ] ) %', '%%%PROTOCOL%']) {
    expect(header(value)).not.toThrow();
  }
  for (const value of ['100%', '%HOSTNAME', '%%%', '%REQ(:path%', '%REQ()%', '%REQ(a)x%', '%M(["a" "b"])%']) {
    expect(header(value)).toThrow(
      `value of header 'x-a' must have variables such as %HOSTNAME% or %REQ(:path)%, and %% for a percent sign, got '${value}'`);
  }
  expect(header('a\nb')).toThrow('value of header \'x-a\' must have no control characters, got "a\\nb"');
  const all = { set: { 'x-a': '%' } };
  expect(() => written({ destinations, headers: { request: all } })).toThrow('value of header \'x-a\' must have variables');
  expect(() => written({ destinations, headers: { response: all } })).toThrow('value of header \'x-a\' must have variables');
  expect(() => written({ destinations, headers: { request: { add: { 'x-a': '%' } } } })).toThrow('value of header \'x-a\' must have variables');
});

test('the authority is set in one place', () => {
  const inner = [{ destination, headers: { request: { set: { ':authority': 'c' } } } }];
  expect(written({ destinations: inner }).route[0].headers.request.set).toEqual({ ':authority': 'c' });
  expect(() => written({ destinations: inner, rewrite: IstioHttpRewrite.authority('b') })).toThrow(
    'an HTTP route must set the authority in one place, got rewrite and :authority of a destination, which Istio ignores');
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
  expect(() => matched({ sourceNamespace: 'a.b' }, inMesh)).toThrow('sourceNamespace must be a DNS label');
  expect(() => matched({ sourceLabels: { app: 'a b' } }, inMesh)).toThrow('sourceLabels must be Kubernetes labels');
  expect(() => matched({ sourceLabels: { '': 'a' } }, inMesh)).toThrow('got \': a\'');
  expect(() => matched({ sourceLabels: { 'A_/app': 'a' } }, inMesh)).toThrow('prefix of a label of sourceLabels must be a DNS subdomain');
});

test('the pod of a client is known to sidecars only', () => {
  expect(() => matched({ sourceLabels: { app: 'web' } })).toThrow('sourceLabels of a match is about sidecars, but the VirtualService is for edge/gateway only: ' +
    'leave it out, or write a VirtualService for the mesh');
  expect(() => matched({ sourceNamespace: 'web' })).toThrow('sourceNamespace of a match is about sidecars');
  const both = [edge, VirtualServiceGateway.MESH];
  expect(matched({ sourceNamespace: 'web' }, both)).toEqual({ sourceNamespace: 'web' });
  expect(() => matched({ sourceNamespace: 'web', gateways: inMesh }, both)).toThrow(
    'Istio ignores sourceNamespace in a match that names gateways: leave the gateways out');
  expect(() => matched({ sourceLabels: { app: 'web' }, gateways: inMesh }, both)).toThrow('Istio ignores sourceLabels in a match that names gateways');
});

describe('a route that is never reached', () => {
  const both = [edge, VirtualServiceGateway.MESH];
  const add = (...matches: IstioHttpMatch[][]) => () => {
    const service = new VirtualService(Testing.chart(), 'Shop', { hosts: [IstioHost.of('shop.example.com')], gateways: both });
    matches.forEach(m => service.addHttpRoute({ matches: m, destinations }));
  };
  const x = (match: StringMatch): IstioHttpMatch => ({ headers: { 'x-a': match } });
  const { exact, prefix, regex, present } = StringMatch;

  test.each<[string, IstioHttpMatch, IstioHttpMatch]>([
    ['the same', { uri: exact('/a'), port: 80 }, { uri: exact('/a'), port: 80, name: 'other', statPrefix: 'x' }],
    ['a path below a prefix', { uri: prefix('/a') }, { uri: exact('/abc') }],
    ['a longer prefix', { uri: prefix('/a') }, { uri: prefix('/a/b'), method: exact('GET') }],
    ['anything after an empty prefix', { uri: prefix('') }, { uri: regex('/[a-z]+') }],
    ['anything after a slash', { uri: prefix('/') }, { port: 80 }],
    ['anything after a pattern for all', { uri: regex('.*') }, { uri: exact('/a') }],
    ['the same pattern', { uri: regex('/a.*') }, { uri: regex('/a.*'), method: exact('PUT') }],
    ['a path in another case', { uri: prefix('/A'), ignoreUriCase: true }, { uri: exact('/aB') }],
    ['both in any case', { uri: exact('/A'), ignoreUriCase: true }, { uri: exact('/a'), ignoreUriCase: true }],
    ['more conditions', {}, x(exact('1'))],
    ['a value where one has to be there', x(present()), x(exact('1'))],
    ['a value after a pattern for all', x(regex('.*')), x(prefix('1'))],
    ['a value of the prefix', x(prefix('1')), x(exact('12'))],
    ['a query parameter', { queryParams: { q: present() } }, { queryParams: { q: exact('1'), r: exact('2') } }],
    ['fewer exceptions before', { withoutHeaders: { 'x-a': exact('1') } }, { withoutHeaders: { 'x-a': present(), 'x-b': present() } }],
    ['some of the gateways', { gateways: both }, { gateways: [edge] }],
    ['more labels of the client', { sourceLabels: { app: 'web' } }, { sourceLabels: { app: 'web', version: 'v1' } }],
    ['the same client', { sourceNamespace: 'web' }, { sourceNamespace: 'web', authority: exact('a') }],
    ['the same scheme', { scheme: exact('http') }, { scheme: exact('http') }],
  ])('%s', (_, first, second) => {
    expect(add([first], [second])).toThrow(
      'an HTTP route is never reached, since http[0] before it takes all that it matches: add it earlier, or leave it out');
  });

  test.each<[string, IstioHttpMatch, IstioHttpMatch]>([
    ['a shorter prefix', { uri: prefix('/a/b') }, { uri: prefix('/a') }],
    ['a path in its case only', { uri: exact('/a') }, { uri: exact('/a'), ignoreUriCase: true }],
    ['a pattern after one in any case', { uri: prefix('/a'), ignoreUriCase: true }, { uri: regex('/a') }],
    ['a pattern after a path', { uri: exact('/a') }, { uri: regex('/a') }],
    ['any path', { uri: exact('/a') }, {}],
    ['another port', { port: 80 }, { port: 81 }],
    ['any method', { method: exact('GET') }, {}],
    ['another value', x(exact('1')), x(exact('2'))],
    ['another header', x(present()), { headers: { 'x-b': present() } }],
    ['more exceptions before', { withoutHeaders: { 'x-a': present() } }, { withoutHeaders: { 'x-a': exact('1') } }],
    ['an exception that is none later', { withoutHeaders: { 'x-a': present() } }, {}],
    ['all gateways', { gateways: [edge] }, {}],
    ['another gateway', { gateways: [edge] }, { gateways: inMesh }],
    ['other clients', { sourceLabels: { app: 'web' } }, { sourceLabels: { app: 'api' } }],
    ['another namespace', { sourceNamespace: 'web' }, { sourceNamespace: 'api' }],
  ])('is not one for %s', (_, first, second) => {
    expect(add([first], [second])).not.toThrow();
  });

  test('each of its matches counts, and each route before it', () => {
    expect(add([{ port: 80 }], [{ port: 81 }], [{ port: 80 }, { port: 81 }])).toThrow(
      'an HTTP route is never reached, since http[0] and http[1] before it take all that it matches');
    expect(add([{ port: 80 }], [{ port: 80 }, { port: 81 }])).not.toThrow();
  });

  test('a route that delegates may leave requests to others', () => {
    const service = new VirtualService(Testing.chart(), 'Shop', { hosts: [IstioHost.of('shop.example.com')] });
    service.addHttpRoute({ matches: [{ port: 80 }], delegate: { name: 'other' } });
    expect(() => service.addHttpRoute({ matches: [{ port: 80 }], destinations })).not.toThrow();
  });
});
