import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import {
  Certificate, ClientAddress, EdgeRateLimit, ExtensionProvider, GatewayEdge, GatewayForm, GatewayHost, HttpCorsMethod, HttpMethod, HttpPathMatch,
  IstioMesh, JwtRule, MeshedGateway, MeshedGatewayProps, MeshNamespace, NginxGatewayOptions, NginxUpstream, ProviderService, RateLimitKey,
  RateLimitUnit, TrafficExtensionFilter,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const certificate = Certificate.fromSecretName('tls');
const config = (): string => Testing.synth(chart).find(({ kind }) => kind === 'ConfigMap').data['nginx.conf'];
/** The blocks of a name, as text without indents. */
const blocks = (name: string) => [...config().matchAll(new RegExp(`^( *)${name} {\\n([\\s\\S]*?)\\n\\1}$`, 'gm'))].map(([, , inside]) => inside.replace(/^ +/gm, ''));
const server = (host: string) => blocks('server').filter(text => text.includes(`server_name ${host};`)).at(-1)!;

function make(props: Partial<MeshedGatewayProps> = {}, options: NginxGatewayOptions = {}): MeshedGateway {
  const mesh = new IstioMesh(chart, 'Mesh');
  const namespace = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
  const gateway = new MeshedGateway(chart, 'Gateway', {
    name: 'door',
    namespace,
    form: GatewayForm.nginx(options),
    hosts: [
      ...['shop.example.com', '*.apps.example.com'].map(host => GatewayHost.https(host, certificate)), GatewayHost.http('plain.example.com'),
    ],
    clientAddress: ClientAddress.PEER,
    ...props,
  });
  const upstream = NginxUpstream.serviceName(namespace, 'web', { port: 8080 });
  ['shop.example.com', 'a.apps.example.com', 'plain.example.com'].forEach(hostname => gateway.addNginxRoute({ hostname, upstream }));
  return gateway.addNginxRoute({ hostname: 'shop.example.com', path: HttpPathMatch.exact('/big'), upstream, maxBodySize: Size.mebibytes(5) });
}

describe('addresses', () => {
  test('are looked at before all else, also where port 80 redirects', () => {
    make().edge.allowOrigins({ policy: { allowOrigins: ['*'] } }).restrictAddresses({ allowed: ['10.0.0.0/8'], denied: ['10.1.0.0/16'] });

    expect(config()).toContain('geo $address_not_allowed_1 {\n    default 1;\n    10.0.0.0/8 0;\n  }\n  geo $address_denied_1 {\n    default 0;\n    10.1.0.0/16 1;\n  }');
    expect(config().match(/if \(\$address_not_allowed_1\) {\n\s+return 403;/g)).toHaveLength(7);
    expect(server('shop.example.com').indexOf('$address_denied_1')).toBeLessThan(server('shop.example.com').indexOf('preflight'));
  });

  test('are those of a host, and of what is below it', () => {
    make().edge.restrictAddresses({ hosts: ['*.apps.example.com'], denied: ['10.0.0.0/8'] });

    expect(server('a.apps.example.com')).toContain('if ($address_denied_0) {\nreturn 403;');
    expect(server('shop.example.com')).not.toContain('address');
  });

  test('may be told by proxies', () => {
    const { edge } = make({ clientAddress: undefined }, { trustedProxies: ['10.0.0.0/8'] });

    expect(() => edge.restrictAddresses({ allowed: ['203.0.113.0/24'] })).not.toThrow();
  });

  test('must be known', () => {
    expect(() => make({ clientAddress: undefined }).edge.restrictAddresses({ allowed: ['10.0.0.0/8'] })).toThrow("gateway 'door' cannot restrict addresses: nobody said " +
      'how it learns those of clients, and a load balancer in front would be taken for all of them; ' +
      'pass clientAddress to the gateway: ClientAddress.PEER or PROXY_PROTOCOL, or trustedProxies to GatewayForm.nginx');
  });

  test.each([
    [{}, "list of addresses of gateway 'door' needs allowed or denied, got none: pass at least one address or block"],
    [{ allowed: [] }, "allowed addresses of gateway 'door' must name at least one address or block, got none: leave it out"],
    [{ denied: ['10.0.0.0/8; return 200'] }, "denied addresses of gateway 'door' must be an IP address or a CIDR block"],
    [{ denied: ['10.0.0.1', '10.0.0.1'] }, "denied addresses of gateway 'door'"],
  ])('are addresses: %j', (options, message) => {
    expect(() => make().edge.restrictAddresses(options)).toThrow(message);
  });
});

describe('rates', () => {
  const limit = (more: Partial<EdgeRateLimit>, hosts?: string[]) =>
    make().edge.limitRate({ hosts, limits: [{ requests: 5, per: RateLimitUnit.SECOND, ...more }] });

  test('are those of everybody', () => {
    limit({}, ['shop.example.com']);

    expect(config()).toContain('limit_req_zone $server_name zone=limit_0_0:10m rate=5r/s;');
    expect(server('shop.example.com')).toContain('limit_req zone=limit_0_0 burst=4 nodelay;\nlimit_req_status 429;');
    expect(server('plain.example.com')).not.toContain('limit_req');
  });

  test.each<[string, Partial<EdgeRateLimit>, string]>([
    ['each address', { each: RateLimitKey.ADDRESS, per: RateLimitUnit.MINUTE }, 'limit_req_zone "$server_name $remote_addr" zone=limit_0_0:10m rate=5r/m;'],
    ['each value of a header', { each: RateLimitKey.header('X-Api-Key') }, '  map $http_x_api_key $limit_0_0_0 {\n    default "";\n    ~. "$server_name $http_x_api_key";\n  }\n  limit_req_zone $limit_0_0_0 zone=limit_0_0:10m rate=5r/s;'],
  ])('are those of %s', (_, more, line) => {
    limit(more);

    expect(config()).toContain(line);
  });

  test('are those of requests that meet all conditions', () => {
    limit({ method: HttpMethod.POST, headers: { 'x-kind': 'a.b$' }, path: HttpPathMatch.prefix('/log%20in'), each: RateLimitKey.ADDRESS });

    expect(blocks('map \\$request_method \\$limit_0_0_0')).toEqual(['default "";\n"~^POST\\\\z" "$server_name $remote_addr";']);
    expect(blocks('map \\$http_x_kind \\$limit_0_0_1')).toEqual(['default "";\n"~^a\\\\.b\\\\$\\\\z" $limit_0_0_0;']);
    expect(blocks('map \\$uri \\$limit_0_0_2')).toEqual(['default "";\n"~^/log in(/|\\\\z)" $limit_0_0_1;']);
    expect(config()).toContain('limit_req_zone $limit_0_0_2 zone=limit_0_0:10m rate=5r/s;');
  });

  test.each([[HttpPathMatch.exact('/a'), '"~^/a\\\\z" $server_name;'], [HttpPathMatch.prefix('/'), '~^ $server_name;']])('are those of a path', (path, line) => {
    limit({ path });

    expect(config()).toContain(line);
  });

  test('have no burst where one request is all', () => {
    limit({ requests: 1 });

    expect(config()).toMatch(/limit_req zone=limit_0_0;/);
  });

  test.each<[Partial<EdgeRateLimit>, string]>([
    [{ per: RateLimitUnit.HOUR }, "gateway 'door' cannot limit rates by the hour: nginx counts by second and by minute; use RateLimitUnit.MINUTE, or GatewayForm.selfManaged()"],
    [{ path: HttpPathMatch.regex('/a.*') }, "a rate limit of gateway 'door' must have an exact path or a prefix, got a regular expression: use HttpPathMatch.prefix"],
    [{ headers: { x$y: 'a' } }, "nginx reads headers with letters, digits and dashes in their names, got 'x$y': name another"],
    [{ requests: 0 }, 'requests of a rate limit must be a whole number'],
  ])('are refused: %#', (more, message) => {
    expect(() => limit(more)).toThrow(message);
  });
});

describe('origins', () => {
  const policy = {
    allowOrigins: ['https://www.example.com'],
    allowMethods: [HttpCorsMethod.PUT],
    allowHeaders: ['x-a'],
    exposeHeaders: ['x-b'],
    allowCredentials: true,
    maxAge: Duration.seconds(60),
  };

  test('are answered by nginx alone', () => {
    make().edge.allowOrigins({ hosts: ['shop.example.com'], policy });

    expect(blocks('map \\$http_origin \\$cors_0_origin')).toEqual(['default "";\n"~^(?:https://www\\\\.example\\\\.com)\\\\z" $http_origin;']);
    expect(blocks('map \\$request_method \\$cors_0_asked')).toEqual(['default "";\n"~^OPTIONS\\\\z" $http_access_control_request_method;']);
    expect(blocks('map \\$cors_0_allowed \\$cors_0_allowmethods')).toEqual(['default "";\n~. PUT;']);
    const text = server('shop.example.com');
    expect(text).toContain('if ($cors_0_preflight) {\nreturn 204;\n}');
    expect(text).toContain('proxy_hide_header Access-Control-Allow-Origin;');
    expect(text.match(/add_header .*/g)).toEqual([
      'add_header Access-Control-Allow-Origin $cors_0_origin always;', 'add_header Access-Control-Allow-Methods $cors_0_allowmethods always;',
      'add_header Access-Control-Allow-Headers $cors_0_allowheaders always;', 'add_header Access-Control-Max-Age $cors_0_maxage always;',
      'add_header Access-Control-Allow-Credentials $cors_0_allowcredentials always;', 'add_header Access-Control-Expose-Headers $cors_0_exposeheaders always;',
      'add_header Vary Origin always;',
    ]);
    expect(server('plain.example.com')).not.toContain('cors');
  });

  test('say no more than is said', () => {
    make().edge.allowOrigins({ policy: { allowOrigins: ['*'] } });

    expect(server('shop.example.com').match(/add_header .*/g)).toEqual([
      'add_header Access-Control-Allow-Origin $cors_0_origin always;', 'add_header Access-Control-Max-Age $cors_0_maxage always;', 'add_header Vary Origin always;',
    ]);
  });

  test('have no variables in their headers', () => {
    expect(() => make().edge.allowOrigins({ policy: { ...policy, exposeHeaders: ['x-$host'] } })).toThrow(
      "gateway 'door' cannot allow origins: nginx takes '$' for the beginning of a variable, got header 'x-$host'; name another header");
  });
});

describe('headers', () => {
  test('are changed, also where port 80 redirects', () => {
    make().edge.cleanHeaders({
      hosts: ['shop.example.com'], removeFromRequests: ['X-User', 'X-Real-Ip'], addToResponses: { 'x-price': '5$ ${host}' }, strictTransportSecurity: Duration.days(1),
    });

    const text = server('shop.example.com');
    expect(config()).toContain('geo $dollar_0 {\n    default $;\n  }');
    expect(text).toContain('proxy_hide_header server;\nproxy_hide_header x-powered-by;\nproxy_hide_header x-price;');
    expect(text).toContain('add_header x-price "5${dollar_0} ${dollar_0}{host}" always;\nadd_header strict-transport-security max-age=86400 always;');
    // All that nginx writes is said again beside what is taken away, and what it writes stays.
    expect(text).toContain('proxy_set_header X-Real-Ip $remote_addr;');
    expect(text.match(/proxy_set_header x-.*/g)).toEqual(['proxy_set_header x-user "";']);
    expect(blocks('server').find(each => each.includes('return 301 https://shop.example.com'))!.match(/add_header .*/g)).toEqual([
      'add_header x-price "5${dollar_0} ${dollar_0}{host}" always;',
    ]);
    expect(server('plain.example.com')).not.toMatch(/x-user|add_header|proxy_set_header/);
  });

  test('that tell what runs behind are taken away, and nothing is written that need not be', () => {
    make().edge.cleanHeaders();

    expect(server('plain.example.com')).toContain('proxy_hide_header server;');
    expect(config()).not.toContain('dollar');
  });
});

describe('bodies', () => {
  test('have a longest, whatever routes say', () => {
    make().edge.limitBody(Size.mebibytes(2), { hosts: ['shop.example.com'] });

    expect(server('shop.example.com').match(/client_max_body_size .*/g)).toEqual(['client_max_body_size 2048k;', 'client_max_body_size 2048k;']);
    expect(server('plain.example.com')).not.toContain('client_max_body_size');
  });

  test('may be longer than routes say', () => {
    make().edge.limitBody(Size.mebibytes(20));

    expect(server('shop.example.com').match(/client_max_body_size .*/g)).toEqual(['client_max_body_size 20480k;', 'client_max_body_size 5120k;']);
  });

  test('are not unlimited', () => {
    expect(() => make().edge.limitBody(Size.kibibytes(0))).toThrow(
      "longest body of gateway 'door' must be a whole number of at least 1 byte, got 0: nginx takes 0 for any");
  });
});

describe('logs', () => {
  test('are written where it is said', () => {
    const { edge } = make();
    expect(config()).toContain('  access_log off;');
    edge.logAccess({ provider: ExtensionProvider.ENVOY });

    expect(config()).toContain('access_log /dev/stdout requests;');
  });

  test.each<[string, (edge: GatewayEdge) => unknown]>([
    ["log access to 'own': nginx writes JSON to the output of its container; leave provider out",
      edge => edge.logAccess({ provider: ExtensionProvider.envoyFileAccessLog('own') })],
    ['choose what it logs: nginx does not know CEL; leave filter out, or use GatewayForm.selfManaged()', edge => edge.logAccess({ filter: 'response.code >= 400' })],
  ])('cannot be otherwise: %s', (message, call) => {
    expect(() => call(make().edge)).toThrow(`gateway 'door' cannot ${message}`);
  });
});

test.each<[string, (edge: GatewayEdge) => unknown]>([
  ['ask for tokens: stock nginx reads none; have an authorizer decide, or ask for them at the workloads with RequestAuthentication',
    edge => edge.requireJwt({ rules: [JwtRule.issuer('https://issuer.example.com')] })],
  ['limit rates together: stock nginx asks no rate limit service; use limitRate, which each pod counts for itself, or GatewayForm.selfManaged()',
    edge => edge.limitRateBy(ProviderService.serviceName('limiter', 'edge', 8081), { limits: [] })],
  ['run filters of your own: stock nginx has neither Wasm nor Lua; use GatewayForm.selfManaged()',
    edge => edge.extend(TrafficExtensionFilter.lua('function envoy_on_request(handle) end'))],
])('nginx cannot %s', (message, call) => {
  expect(() => call(make().edge)).toThrow(`gateway 'door' cannot ${message}`);
});
