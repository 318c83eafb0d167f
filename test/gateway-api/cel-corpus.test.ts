import { isAccepted } from './rebuild/normal';
import { isWritable } from './rebuild/rebuild';
import { Json } from './rebuild/references';
import { wholeChart, write } from './rebuild/write';
import { readCorpus } from '../../conformance/corpora/corpus';

const REJECTED = readCorpus('gateway-api-cel').map(({ name, object }) => ({ name, object: ofRelease17(object as Json) }))
  .filter(({ object }) => !isAccepted(object));

/** In 1.7 `sessionPersistence` has a `cookie` or a `header` instead of `sessionName` and `cookieConfig`; and a path that replaces another begins with a slash. */
function ofRelease17(object: Json): Json {
  const text = JSON.stringify(object).replace(/"(replaceFullPath|replacePrefixMatch)":"([^/"][^"]*)"/g, '"$1":"/$2"');
  return JSON.parse(text, (key, value) => {
    if (key !== 'sessionPersistence') {
      return value;
    }
    const { type = 'Cookie', sessionName, cookieConfig, ...rest } = value;
    return { type, ...rest, ...type === 'Cookie' ? { cookie: { name: sessionName, ...cookieConfig } } : { header: { name: sessionName } } };
  });
}

/** Cases by why the types do not even let one write them. */
const EXCLUDED: { readonly [why: string]: readonly string[] } = {
  'requestHeaderModifier is required by the types': [
    'TestGRPCRouteFilter: invalid GRPCRouteFilterRequestHeaderModifier type filter with non-matching field',
    'TestGRPCRouteFilter: invalid GRPCRouteFilterRequestHeaderModifier type filter with empty value field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterRequestHeaderModifier type filter with non-matching field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterRequestHeaderModifier type filter with empty value field',
  ],
  'responseHeaderModifier is required by the types': [
    'TestGRPCRouteFilter: invalid GRPCRouteFilterResponseHeaderModifier type filter with non-matching field',
    'TestGRPCRouteFilter: invalid GRPCRouteFilterResponseHeaderModifier type filter with empty value field',
  ],
  'requestMirror is required by the types': [
    'TestGRPCRouteFilter: invalid GRPCRouteFilterRequestMirror type filter with non-matching field',
    'TestGRPCRouteFilter: invalid GRPCRouteFilterRequestMirror type filter with empty value field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterRequestMirror type filter with non-matching field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterRequestMirror type filter with empty value field',
  ],
  'extensionRef is required by the types': [
    'TestGRPCRouteFilter: invalid GRPCRouteFilterExtensionRef type filter with non-matching field',
    'TestGRPCRouteFilter: invalid GRPCRouteFilterExtensionRef type filter with empty value field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterExtensionRef type filter with non-matching field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterExtensionRef type filter with empty value field',
  ],
  'requestRedirect is required by the types': [
    'TestHTTPRouteFilter: invalid HTTPRouteFilterRequestRedirect type filter with non-matching field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterRequestRedirect type filter with empty value field',
  ],
  'cors is required by the types': [
    'TestHTTPRouteFilter: invalid HTTPCORSFilter type filter with non-matching field',
    'TestHTTPRouteFilter: invalid HTTPCORSFilter type filter with empty value field',
  ],
  'urlRewrite is required by the types': [
    'TestHTTPRouteFilter: invalid HTTPRouteFilterURLRewrite type filter with non-matching field',
    'TestHTTPRouteFilter: invalid HTTPRouteFilterURLRewrite type filter with empty value field',
  ],
  'allowMethods has no word \'BAZINGA\'': [
    'TestHTTPRouteCORS: Using an invalid HTTP method should be denied',
  ],
};

/** Cases by what constructs say of them. */
const THROWN: { readonly [message: string]: readonly string[] } = {
  'BackendTLSPolicy \'foo\' has target Service \'example\' twice: leave one out': [
    'TestBackendTLSPolicyTargetRefs: invalid because duplicate target refs without section name',
  ],
  ['BackendTLSPolicy \'foo\' has Service \'example\' as a target both as a whole and with a section: leave the section out, or name ' +
    'one in each']: [
    'TestBackendTLSPolicyTargetRefs: invalid because duplicate target refs with only one section name',
  ],
  'BackendTLSPolicy \'foo\' has target Service \'example\' section \'foo\' twice: leave one out': [
    'TestBackendTLSPolicyTargetRefs: invalid because duplicate target refs with duplicate section names',
  ],
  "XBackendTrafficPolicy 'foo': interval of a retry budget must be between 1s and 1h, got 2h": [
    'TestBackendTrafficPolicyConfig: invalid BackendTrafficPolicyConfig budgetInterval too long',
  ],
  "XBackendTrafficPolicy 'foo': interval of a retry budget must be between 1s and 1h, got 1ms": [
    'TestBackendTrafficPolicyConfig: invalid BackendTrafficPolicyConfig budgetInterval too short',
  ],
  "XBackendTrafficPolicy 'foo': interval of a minRetryRate must be between 1ms and 1h, got 2h": [
    'TestBackendTrafficPolicyConfig: invalid BackendTrafficPolicyConfig minRetryRate interval',
  ],
  'a permanent session cookie needs an end, got none: pass absoluteTimeout, or use CookieLifetime.SESSION': [
    'TestBackendTrafficPolicyConfig: invalid BackendTrafficPolicyConfig permanent cookie',
  ],
  "Gateway 'foo': domain of label of the infrastructure must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Example.com'": [
    'TestGatewayInfrastructureLabels: invalid label key with invalid DNS prefix',
  ],
  ["Gateway 'foo': label of the infrastructure must be a name of at most 63 letters, digits and inner -_., optionally after a domain and a slash, got 'key~@@@'"]: [
    'TestGatewayInfrastructureLabels: invalid label key with invalid name',
  ],
  ["Gateway 'foo': domain of label of the infrastructure must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"]: [
    'TestGatewayInfrastructureLabels: invalid label key with DNS prefix too long',
  ],
  ["Gateway 'foo': label of the infrastructure must be a name of at most 63 letters, digits and inner -_., optionally after a domain and a slash, got 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"]: [
    'TestGatewayInfrastructureLabels: invalid label key with name too long',
  ],
  ["Gateway 'foo': label 'key' of the infrastructure must be at most 63 letters, digits and inner -_., got 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"]: [
    'TestGatewayInfrastructureLabels: invalid label value with too many characters',
  ],
  "Gateway 'foo': label 'key' of the infrastructure must be at most 63 letters, digits and inner -_., got 'v a l u e'": [
    'TestGatewayInfrastructureLabels: invalid label value with invalid characters',
  ],
  'a mirror takes percent or fraction, got both 42 and 83/1000: pass one': [
    'TestGRPCRequestMirrorFilterExperimental: GRPCRoute - Invalid because both percent and fraction are specified',
  ],
  'fraction of a mirror must be whole numbers between 0/1 and 1/1, got 1001/1000': [
    'TestGRPCRequestMirrorFilterExperimental: GRPCRoute - Invalid fraction - numerator greater than denominator',
  ],
  'fraction of a mirror must be whole numbers between 0/1 and 1/1, got 0/0': [
    'TestGRPCRequestMirrorFilterExperimental: GRPCRoute - Invalid fraction - denominator is 0',
  ],
  'fraction of a mirror must be whole numbers between 0/1 and 1/1, got -1/1000': [
    'TestGRPCRequestMirrorFilterExperimental: GRPCRoute - Invalid fraction - numerator is negative',
  ],
  "rule 1 of GRPCRoute 'foo': types of the filters must differ from each other, got 'RequestHeaderModifier' twice: join them into one": [
    'TestGRPCRouteRule: invalid because multiple filters are repeated',
  ],
  "rule 1 of HTTPRoute 'foo': types of the filters must differ from each other, got 'RequestHeaderModifier' twice: join them into one": [
    'TestHTTPRouteRule: invalid because repeated RequestHeaderModifier filter among mix of filters',
  ],
  ["rule 7 of GRPCRoute 'foo': rules of a GRPCRoute that tie must be at most 16 with 128 matches, got 7 with 140: rule 1, rule 2, " +
    "rule 3, rule 4, rule 5, rule 6, rule 7; the last ties with rule 1: some call matches both by service 'foo', method 'bar', 1 " +
    'header, so only the order of the rules decides, and it is kept within one object only; let the matches differ in path, method ' +
    'or exact values, or join rules that do the same']: [
    'TestGRPCRouteRule: too many matches and rules',
  ],
  ["rule 7 of HTTPRoute 'foo': rules of an HTTPRoute that tie must be at most 16 with 128 matches, got 7 with 140: rule 1, rule " +
    "2, rule 3, rule 4, rule 5, rule 6, rule 7; the last ties with rule 1: some request matches both by path prefix '/', so only " +
    'the order of the rules decides, and it is kept within one object only; let the matches differ in path, method or exact ' +
    'values, or join rules that do the same']: [
    'TestHTTPRouteRule: too many matches and rules',
  ],
  'a gRPC method match needs a service or a method, got none: leave the match out for every call': [
    'TestGRPCMethodMatch: invalid GRPCRoute missing service or method in GRPCMethodMatch field',
  ],
  'gRPC service of a match must not start with a dot, got \'.*\': write \'*\', calls are made to that': [
    'TestGRPCMethodMatch: GRPCRoute uses regex in service and method with undefined match type',
    'TestGRPCMethodMatch: GRPCRoute uses regex in service and method with match type Exact',
    'TestGRPCMethodMatch: GRPCRoute uses regex in service with match type Exact',
  ],
  'gRPC method of a match must be an identifier such as \'Pay\', got \'.*\': use GrpcMethodMatch.regex for a pattern': [
    'TestGRPCMethodMatch: GRPCRoute uses regex in method with undefined match type',
  ],
  ["Gateway 'example' is a parent of HTTPRoute 'foo' already, got it once more without a section and no port: each must name a section or a port of its own"]: [
    'TestHTTPRouteParentRefExperimental: invalid because duplicate parent refs without port or section name',
  ],
  ["Gateway 'example' is a parent of HTTPRoute 'foo' already, got it once more without a section and port 80: each must name a section or a port of its own"]: [
    'TestHTTPRouteParentRefExperimental: invalid because duplicate parent refs with only one port',
    'TestHTTPRouteParentRefExperimental: invalid because duplicate parent refs with duplicate ports',
  ],
  ["Gateway 'example' is a parent of HTTPRoute 'foo' already, got it once more with section 'foo' and port 80: each must name a section or a port of its own"]: [
    'TestHTTPRouteParentRefExperimental: invalid because duplicate parent refs with only one sectionName and port',
  ],
  ["Gateway 'example' is a parent of HTTPRoute 'foo' already, got it once more without a section and port 443: each must name a section or a port of its own"]: [
    'TestHTTPRouteParentRefExperimental: invalid ParentRefs with multiple mixed references to the same parent',
  ],
  ["Gateway 'example' is a parent of HTTPRoute 'foo' already, got it once more with section 'foo' and port 443: each must name a section or a port of its own"]: [
    'TestHTTPRouteParentRefExperimental: invalid because duplicate parent refs with first having sectionName and second having both sectionName and port',
  ],
  "rule 'name1' of HTTPRoute 'foo': rule name 'name1' is taken: names are unique in an HTTPRoute, pass another name": [
    'TestHTTPRouteRuleExperimental: invalid because multiple names are repeated',
    'TestHTTPRouteRuleExperimental: invalid because multiple names are repeated with others',
  ],
  "rule 1 of HTTPRoute 'foo': a rule with a redirect must have no backends, got 1: remove the backends, or the redirect": [
    'TestHTTPRouteRule: backendref with request redirect httpRoute filter',
  ],
  "rule 1 of HTTPRoute 'foo': replacePrefixMatch needs a rule with exactly one match, by path prefix, got PathPrefix, PathPrefix: write one rule for each prefix": [
    'TestHTTPRouteRule: invalid URLRewrite filter because too many path matches',
    'TestHTTPRouteRule: invalid RequestRedirect filter because too many path matches',
    'TestHTTPRouteRule: invalid URLRewrite filter (within backendRefs) because too many path matches',
    'TestHTTPRouteRule: invalid RequestRedirect filter (within backendRefs) because too many path matches',
  ],
  "rule 1 of HTTPRoute 'foo': replacePrefixMatch needs a rule with exactly one match, by path prefix, got RegularExpression: write one rule for each prefix": [
    'TestHTTPRouteRule: invalid URLRewrite filter because wrong path match type',
    'TestHTTPRouteRule: invalid RequestRedirect filter because path match has type RegularExpression',
    'TestHTTPRouteRule: invalid URLRewrite filter (within backendRefs) because path match has type RegularExpression',
    'TestHTTPRouteRule: invalid RequestRedirect filter (within backendRefs) because path match has type RegularExpression',
  ],
  "rule 1 of HTTPRoute 'foo': filters must not have a redirect and a rewrite, got both: remove one of them": [
    'TestHTTPRouteRule: rewrite and redirect filters combined (invalid)',
  ],
  "rule 1 of HTTPRoute 'foo': types of the filters must differ from each other, got 'URLRewrite' twice: join them into one": [
    'TestHTTPRouteRule: invalid because repeated URLRewrite filter',
  ],
  "rule 1 of HTTPRoute 'foo': types of the filters must differ from each other, got 'ResponseHeaderModifier' twice: join them into one": [
    'TestHTTPRouteRule: invalid because multiple filters are repeated',
  ],
  'allowOrigins of CORS must have \'*\' alone, got *, https://xpto.com': [
    'TestHTTPRouteCORS: Wildcard and other hosts on the same origin list should be denied',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'xpto.com\'': [
    'TestHTTPRouteCORS: An origin without the format scheme://host should be denied',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'https://xpto.com:notaport\'': [
    'TestHTTPRouteCORS: An origin with an invalid port should be denied',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'xpto/https://xpto.com\'': [
    'TestHTTPRouteCORS: An origin with a value before the scheme definition should be denied',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://www.example.com:111111\'': [
    'TestHTTPRouteCORS: invalid-origin-with-six-digit-port',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://www.example.com:\'': [
    'TestHTTPRouteCORS: invalid-origin-with-empty-port',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://www.example.com/cart\'': [
    'TestHTTPRouteCORS: invalid-origin-with-non-empty-path',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'spiffe://www.example.com\'': [
    'TestHTTPRouteCORS: invalid-origin-with-non-http-https-scheme',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://*bar.com\'': [
    'TestHTTPRouteCORS: invalid-origin-with-wildcard-as-label-prefix',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://bar*.com\'': [
    'TestHTTPRouteCORS: invalid-origin-with-wildcard-as-label-sufix',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://bar.*.com\'': [
    'TestHTTPRouteCORS: invalid-origin-with-wildcard-as-label',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://*bar\'': [
    'TestHTTPRouteCORS: invalid-origin-with-wildcard-as-hostname-prefix',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://bar*\'': [
    'TestHTTPRouteCORS: invalid-origin-with-wildcard-as-hostname-sufix',
  ],
  'allowOrigins of CORS must be \'*\' or like https://shop.example.com or https://*.example.com, got \'http://*.bar.*.dev\'': [
    'TestHTTPRouteCORS: invalid-origin-with-multiple-wildcards',
  ],
  'allowMethods of CORS must have \'*\' alone, got GET, *, POST': [
    'TestHTTPRouteCORS: Using wildcard and a valid method should be denied',
  ],
  'listener \'tls\' needs a certificate: pass certificates, or use Listener.tlsPassthrough': [
    'TestValidateListenerSet: tls config not set with tls protocol',
    'TestValidateListenerSet: tls config present but empty with tls protocol',
  ],
};

const by = (table: { readonly [what: string]: readonly string[] }) =>
  new Map(Object.entries(table).flatMap(([what, names]) => names.map(name => [name, what])));

describe('objects that the API server refuses', () => {
  const results = REJECTED.map(({ name, object }) => ({ name, object, said: write(wholeChart(), object) }));
  const excluded = by(EXCLUDED);
  const thrown = by(THROWN);

  test.each(results.map(({ name, said }) => [name, said] as const))('%s', (name, said) => {
    expect(said.message).toBe((said.excluded ? excluded : thrown).get(name));
  });

  test('all 84 are refused: 63 by an error, 21 by the types alone', () => {
    expect(results.every(({ object }) => isWritable(object))).toBe(true);
    expect(results.filter(({ said }) => said.message === undefined).map(({ name }) => name)).toEqual([]);
    expect({ all: results.length, excluded: excluded.size, thrown: thrown.size }).toEqual({ all: 84, excluded: 21, thrown: 63 });
  });
});
