import { Chart, Duration } from 'cdk8s';
import { allowed, impossible, Rows, throws } from './row';
import {
  Destination, HttpFault, HttpRetries, IstioCorsPolicy, IstioDirectResponse, IstioHost, IstioHttpMatch, IstioHttpRedirect, IstioHttpRewrite,
  StringMatch, VirtualService, VirtualServiceHttpRoute,
} from '../../../src';

const host = IstioHost.of('a.example.com');
const destinations = [{ destination: Destination.host(host) }];
const allowOrigins = [StringMatch.exact('https://a.example.com')];

const http = (route: VirtualServiceHttpRoute) => (chart: Chart) => new VirtualService(chart, 'A', { hosts: [host], httpRoutes: [route] });
const match = (matched: IstioHttpMatch) => http({ matches: [matched], destinations });
const answer = (letters: number) => (chart: Chart) => http({ directResponse: IstioDirectResponse.text(200, 'a'.repeat(letters)) })(chart);

/** Rules of VirtualServices: what a route matches, and what it does to requests and answers. */
export const VIRTUAL_SERVICE_REQUESTS: Rows = {
  'a redirect changes something': throws(() => IstioHttpRedirect.to({ code: 302 }),
    'a redirect must change something: pass uri, prefixRewrite, authority, port, derivePort or scheme'),
  'the scheme of a redirect is http or https': impossible(
    '`IstioHttpRedirectOptions.scheme` is one of `IstioRedirectScheme`, which has no other words',
    'IstioHttpRedirect.to({ scheme: "ftp" })'),
  'the code of a redirect is one': throws(() => IstioHttpRedirect.to({ uri: '/a', code: 200 }),
    'code of a redirect must be one of 301, 302, 303, 307, 308, got 200'),
  'a redirect changes the path or its prefix': throws(() => IstioHttpRedirect.to({ uri: '/a', prefixRewrite: '/b' }),
    'a redirect takes either uri or prefixRewrite, got \'/a\' and \'/b\''),
  'a redirect of a prefix matches by prefix': throws(
    http({ matches: [{ uri: StringMatch.exact('/a') }], redirect: IstioHttpRedirect.to({ prefixRewrite: '/b' }) }),
    'prefixRewrite needs prefix matches of uri, which not all matches of an HTTP route are: use uri in the redirect'),
  'a rewrite changes the path in one way': impossible(
    '`IstioHttpRewrite.uri` and `IstioHttpRewrite.uriRegex` are two factories, and `IstioHttpRewriteOptions` has no path',
    'IstioHttpRewrite.uri("/a", { uriRegexRewrite: { match: "a", rewrite: "b" } })'),
  'a rewrite by pattern has both parts': throws(() => IstioHttpRewrite.uriRegex('a', ''),
    'replacement of a rewrite must not be empty'),
  'the pattern of a rewrite is RE2': throws(() => IstioHttpRewrite.uriRegex('(?=a)', 'b'),
    'match of a rewrite must be an RE2 pattern, got \'(?=\' in \'(?=a)\': RE2 has neither lookarounds nor backreferences'),
  'a rewrite changes something': throws(() => IstioHttpRewrite.uri(''),
    'uri of a rewrite must not be empty'),
  'the status of a direct response is one': throws(() => IstioDirectResponse.status(99),
    'status of a direct response must be between 200 and 599, got 99'),
  'the body of a direct response is below 1 MiB': throws(answer(1048577),
    'body of a direct response must have at most 1048576 bytes, got 1048577: let a Service answer'),
  'the body of a direct response is small': allowed(
    'it works up to 1 MiB; the webhook only says that istiod copies the body to every proxy, which `IstioDirectResponse.text` says as well',
    answer(102401)),
  'a pattern has at most 1024 characters': throws(() => StringMatch.regex('a'.repeat(1025)),
    'regex must have at most 1024 characters, got 1025'),
  'a prefix of a header is not empty': throws(match({ headers: { x: StringMatch.prefix('') } }),
    'prefix of header \'x\' must not be empty: use StringMatch.present()'),
  'a pattern of a header is not empty': throws(() => StringMatch.regex(''),
    'regex must not be empty: \'.*\' takes anything'),
  'a prefix of a query parameter is not empty': throws(match({ queryParams: { x: StringMatch.prefix('') } }),
    'prefix of query parameter \'x\' must not be empty: use StringMatch.present()'),
  'a prefix of an authority is not empty': throws(match({ authority: StringMatch.prefix('') }),
    'prefix of authority must not be empty: use StringMatch.present()'),
  'a prefix of a header to be without is not empty': throws(match({ withoutHeaders: { x: StringMatch.prefix('') } }),
    'prefix of header \'x\' must not be empty: use StringMatch.present()'),
  'a pattern of a path is not empty': throws(() => StringMatch.regex(''),
    'regex must not be empty: \'.*\' takes anything'),
  'a pattern is RE2': throws(() => StringMatch.regex('(?!a)'),
    'regex must be an RE2 pattern, got \'(?!\' in \'(?!a)\': RE2 has neither lookarounds nor backreferences'),
  'a claim of a token is matched at gateways only': throws(match({ headers: { '@request.auth.claims.sub': StringMatch.exact('a') } }),
    'claim \'@request.auth.claims.sub\' can be matched on gateways only, but the VirtualService is for mesh as well: write another one'),
  'the name of a header to match is one': throws(match({ headers: { 'a b': StringMatch.exact('a') } }),
    'header of a match must be the name of an HTTP header, got \'a b\''),
  'labels of a client are labels': throws(match({ sourceLabels: { app: '?' } }),
    'sourceLabels must be Kubernetes labels (key and value of at most 63 letters, digits and inner -_.), got \'app: ?\''),
  'the namespace of a client is a DNS label': throws(match({ sourceNamespace: 'Shop_1' }),
    'sourceNamespace must be a DNS label (lower case letters, digits and inner dashes), got \'Shop_1\''),
  'a pseudo-header is not removed': throws(http({ destinations, headers: { request: { remove: [':path'] } } }),
    'header \':path\' is a part of every request or answer, which header operations cannot change: use rewrite, or leave it out'),
  'a pseudo-header is not set': throws(http({ destinations, headers: { response: { set: { ':status': '200' } } } }),
    'header \':status\' is a part of every request or answer, which header operations cannot change: use rewrite, or leave it out'),
  'the host is not removed': throws(http({ destinations, headers: { request: { remove: ['host'] } } }),
    'header \'host\' can only be set or added on requests'),
  'a header to set has a name': throws(http({ destinations, headers: { request: { set: { '': 'a' } } } }),
    'header must be the name of an HTTP header, got \'\''),
  'the value of a header is a format': throws(http({ destinations, headers: { request: { set: { x: '100%' } } } }),
    'value of header \'x\' must have variables such as %HOSTNAME% or %REQ(:path)%, and %% for a percent sign, got \'100%\''),
  'the authority is set in one place': throws(
    http({ destinations, rewrite: IstioHttpRewrite.authority('b.example.com'), headers: { request: { set: { ':authority': 'c.example.com' } } } }),
    'an HTTP route must set the authority in one place, got rewrite and :authority'),
  'the authority is set once': throws(
    http({ destinations, headers: { request: { set: { ':authority': 'b.example.com' }, add: { Host: 'c.example.com' } } } }),
    'an HTTP route must set the authority in one place, got :authority and Host'),
  'a header is not set to be the host of answers': throws(http({ destinations, headers: { response: { add: { Host: 'a' } } } }),
    'header \'Host\' can only be set or added on requests'),
  'attempts are not negative': throws(() => HttpRetries.attempts(-1),
    'attempts must be between 1 and 2147483647, got -1: use HttpRetries.none() not to try again'),
  'no attempts have no conditions': throws(() => HttpRetries.attempts(0, { retryOn: ['5xx'] }),
    'attempts must be between 1 and 2147483647, got 0: use HttpRetries.none() not to try again'),
  'no attempts have no timeout': throws(() => HttpRetries.attempts(0, { perTryTimeout: Duration.seconds(1) }),
    'attempts must be between 1 and 2147483647, got 0: use HttpRetries.none() not to try again'),
  'no attempts reach no other localities': throws(() => HttpRetries.attempts(0, { retryRemoteLocalities: true }),
    'attempts must be between 1 and 2147483647, got 0: use HttpRetries.none() not to try again'),
  'conditions of a retry are known': throws(() => HttpRetries.attempts(1, { retryOn: ['bad-weather'] }),
    'retryOn must be HTTP status codes or one of 5xx, gateway-error, reset, reset-before-request, connect-failure, retriable-4xx, ' +
    'refused-stream, retriable-status-codes, retriable-headers, envoy-ratelimited, http3-post-connect-failure, cancelled, ' +
    'deadline-exceeded, internal, resource-exhausted, unavailable, got \'bad-weather\''),
  'the status of an abort is one': throws(() => HttpFault.abort(99, 1),
    'status of a fault must be between 200 and 599, got 99'),
  'the gRPC status of an abort is known': impossible('`HttpFault.abortGrpc` takes one of `GrpcStatus`, which has no other words',
    'HttpFault.abortGrpc("TIRED", 1)'),
  'an abort by an HTTP/2 error is not supported': impossible('`HttpFault` has no factory for it', 'HttpFault.abortHttp2("CANCEL", 1)'),
  'an exponential delay is not supported': impossible('`HttpFault` has no factory for it', 'HttpFault.exponentialDelay(Duration.seconds(1), 1)'),
  'a fault is a delay or an abort': impossible('each factory of `HttpFault` makes a delay or an abort, and the constructor is private',
    'new HttpFault()'),
  'a percentage is at most 100': throws(() => HttpFault.delay(Duration.seconds(1), 101),
    'percentage of a fault must be 0, or between 0.0001 and 100, got 101'),
  'a percentage is 0 or one that counts': throws(() => HttpFault.delay(Duration.seconds(1), 0.00001),
    'percentage of a fault must be 0, or between 0.0001 and 100, got 0.00001'),
  'methods of a CORS policy are known': throws(() => IstioCorsPolicy.of({ allowOrigins, allowMethods: ['FETCH'] }),
    'allowMethods must be some of GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE, *, got \'FETCH\''),
  'maxAge is in whole seconds': throws(() => IstioCorsPolicy.of({ allowOrigins, maxAge: Duration.millis(1500) }),
    'maxAge must be in whole seconds, got 1 second 500 millis'),
  'headers that CORS allows have names': throws(() => IstioCorsPolicy.of({ allowOrigins, allowHeaders: ['a b'] }),
    'allowHeaders must be the name of an HTTP header, got \'a b\''),
  'headers that CORS exposes have names': throws(() => IstioCorsPolicy.of({ allowOrigins, exposeHeaders: ['a b'] }),
    'exposeHeaders must be the name of an HTTP header, got \'a b\''),
  'a pattern of an origin is RE2': throws(() => IstioCorsPolicy.of({ allowOrigins: [StringMatch.regex('(?=a)')] }),
    'regex must be an RE2 pattern, got \'(?=\' in \'(?=a)\': RE2 has neither lookarounds nor backreferences'),
};
