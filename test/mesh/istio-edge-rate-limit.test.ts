import { CERTIFICATE, Door, OWN, PROVISIONED, ROUTES } from './istio-edge-gateway';
import {
  ClientAddress, EdgeRateLimit, GatewayHost, HttpMethod, HttpPathMatch, IstioVersion, MeshedGatewayProps, RateLimitKey, RateLimitUnit,
} from '../../src';

const MINUTE: EdgeRateLimit = { requests: 5, per: RateLimitUnit.MINUTE };
const authority = (regex: string) => ({ name: ':authority', string_match: { safe_regex: { regex } } });
const SHOP = authority('(?i)shop\\.example\\.com(:[0-9]+)?');

function limited(limits: EdgeRateLimit[], props: Partial<MeshedGatewayProps> = {}) {
  const door = new Door(OWN, props);
  door.gateway.edge.limitRate({ limits });
  return door.filter();
}

const conditions = (limit: Partial<EdgeRateLimit>) =>
  limited([{ ...MINUTE, ...limit }]).rate_limits[0].actions[0].header_value_match.headers.slice(1);

describe('the filter', () => {
  test.each([
    ['provisioned', PROVISIONED, { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'door' }] }],
    ['self-managed', OWN, { workloadSelector: { labels: { app: 'door', istio: 'door' } } }],
    ['self-managed with routes', ROUTES, { workloadSelector: { labels: { app: 'door', istio: 'door' } } }],
  ])('of a %s gateway is before the router, and bound to nothing else', (_, form, bound) => {
    const door = new Door(form);
    door.gateway.edge.limitRate({ limits: [MINUTE] });
    const [{ metadata, spec }] = door.all('EnvoyFilter');
    expect([metadata.namespace, metadata.name, metadata.labels['app.kubernetes.io/managed-by']]).toEqual(['edge', 'door-rate-limit', 'cdk8s-mesh']);
    expect(spec).toEqual({ ...bound, priority: 200, configPatches: [expect.objectContaining({ applyTo: 'HTTP_FILTER' })] });
    expect(spec.configPatches[0].match).toEqual({
      context: 'GATEWAY',
      listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } } } },
    });
    expect(spec.configPatches[0].patch).toEqual({ operation: 'INSERT_BEFORE', value: expect.objectContaining({ name: 'door-rate-limit' }) });
  });

  test('counts what a limit is about, and lets everything else pass', () => {
    expect(limited([MINUTE])).toEqual({
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
      'stat_prefix': 'door-rate-limit',
      'filter_enabled': { default_value: { numerator: 100, denominator: 'HUNDRED' } },
      'filter_enforced': { default_value: { numerator: 100, denominator: 'HUNDRED' } },
      'token_bucket': { max_tokens: 4294967295, tokens_per_fill: 4294967295, fill_interval: '1s' },
      'always_consume_default_token_bucket': false,
      'max_dynamic_descriptors': 10000,
      'rate_limited_as_resource_exhausted': true,
      'rate_limits': [{ actions: [{ header_value_match: { descriptor_key: 'limit', descriptor_value: 'shop.example.com/1', headers: [SHOP] } }] }],
      'descriptors': [{
        entries: [{ key: 'limit', value: 'shop.example.com/1' }],
        token_bucket: { max_tokens: 5, tokens_per_fill: 5, fill_interval: '60s' },
      }],
    });
  });

  test.each([[RateLimitUnit.SECOND, '1s'], [RateLimitUnit.MINUTE, '60s'], [RateLimitUnit.HOUR, '3600s'], [RateLimitUnit.DAY, '86400s']])('fills per %s', (per, interval) => {
    expect(limited([{ requests: 1, per }]).descriptors[0].token_bucket.fill_interval).toBe(interval);
  });
});

describe('hosts', () => {
  const rulesOf = (door: Door) => door.filter().descriptors.map(({ entries }: any) => entries[0].value);

  test('count by themselves: all that see requests, also those that are added later', () => {
    const door = new Door(OWN, { hosts: [GatewayHost.http('plain.example.com'), GatewayHost.passthrough('secure.example.com'), GatewayHost.tcp(5432)] });
    door.gateway.edge.limitRate({ limits: [MINUTE, { requests: 100, per: RateLimitUnit.HOUR }] });
    door.gateway.addHost(GatewayHost.https('later.example.com', CERTIFICATE));
    expect(rulesOf(door)).toEqual(['plain.example.com/1', 'plain.example.com/2', 'later.example.com/1', 'later.example.com/2']);
  });

  test('that are named are the only ones, each once', () => {
    const door = new Door();
    door.gateway.addHost(GatewayHost.http('plain.example.com'));
    door.gateway.edge.limitRate({ hosts: ['plain.example.com', 'plain.example.com'], limits: [MINUTE] });
    expect(door.all('EnvoyFilter')[0].metadata.name).toBe('door-rate-limit-plain-example-com');
    expect(rulesOf(door)).toEqual(['plain.example.com/1']);
  });

  test('under a wildcard leave out those that are more precise', () => {
    const door = new Door();
    door.gateway.addHost(GatewayHost.https('*.example.com', CERTIFICATE));
    door.gateway.edge.limitRate({ hosts: ['*.example.com'], limits: [MINUTE] });
    expect(door.filter().rate_limits[0].actions[0].header_value_match.headers).toEqual([
      authority('(?i).+\\.example\\.com(:[0-9]+)?'), { ...SHOP, invert_match: true },
    ]);
  });
});

describe('conditions', () => {
  test.each([
    [HttpPathMatch.exact('/log.in'), '/log\\.in(\\?.*)?'],
    [HttpPathMatch.prefix('/api/'), '/api([/?].*)?'],
    [HttpPathMatch.prefix('/'), '([/?].*)?'],
    [HttpPathMatch.regex('/a|/b'), '(?:/a|/b)(\\?.*)?'],
  ])('of a path know its query: %j', (path, regex) => {
    expect(conditions({ path })).toEqual([{ name: ':path', string_match: { safe_regex: { regex } } }]);
  });

  test('of the method and of headers', () => {
    expect(conditions({ method: HttpMethod.POST, headers: { 'X-Plan': 'free' } })).toEqual([
      { name: ':method', string_match: { exact: 'POST' } }, { name: 'x-plan', string_match: { exact: 'free' } },
    ]);
  });

  test('each address and each value count by themselves', () => {
    const config = limited(
      [{ ...MINUTE, each: RateLimitKey.ADDRESS }, { ...MINUTE, each: RateLimitKey.header('X-Api-Key') }], { clientAddress: ClientAddress.PEER });
    expect(config.rate_limits.map(({ actions }: any) => actions[1])).toEqual([
      { remote_address: {} }, { request_headers: { header_name: 'x-api-key', descriptor_key: 'x-api-key' } },
    ]);
    expect(config.descriptors.map(({ entries }: any) => entries)).toEqual([
      [{ key: 'limit', value: 'shop.example.com/1' }, { key: 'remote_address' }], [{ key: 'limit', value: 'shop.example.com/2' }, { key: 'x-api-key' }],
    ]);
  });
});

describe('what no limit can be', () => {
  test.each<[string, EdgeRateLimit[], string]>([
    ['no limit', [], "gateway 'door' needs at least one rate limit, got none: pass limits"],
    ['no request', [{ ...MINUTE, requests: 0 }], 'requests of a rate limit must be a whole number from 1 to 4294967295, got 0'],
    ['a part of one', [{ ...MINUTE, requests: 1.5 }], 'requests of a rate limit must be a whole number from 1 to 4294967295, got 1.5'],
    ['too many', [{ ...MINUTE, requests: 4294967296 }], 'requests of a rate limit must be a whole number from 1 to 4294967295, got 4294967296'],
    ['no header', [{ ...MINUTE, headers: {} }], 'headers of a rate limit must name at least one, got none: leave them out'],
    ['a name that is none', [{ ...MINUTE, headers: { 'x plan': 'a' } }], "header of a rate limit must be 1 to 256 letters, digits or characters of !#$%&'*+-.^_`|~, got 'x plan'"],
    ['no value', [{ ...MINUTE, headers: { 'x-plan': '' } }], "value of header 'x-plan' of a rate limit must have 1 to 4096 characters, got 0"],
    ['a header twice', [{ ...MINUTE, headers: { 'x-plan': 'a', 'X-Plan': 'b' } }], "headers of a rate limit must differ from each other, got 'x-plan' twice: leave one out"],
    ['the host', [{ ...MINUTE, headers: { Host: 'a.example.com' } }], "headers of a rate limit must leave 'Host' alone, got 'a.example.com': name the host in hosts"],
    [
      'one value of each', [{ ...MINUTE, headers: { 'X-Plan': 'a' }, each: RateLimitKey.header('x-plan') }],
      "a rate limit for each value of header 'X-Plan' must not name a value of it, got 'a': leave each or the header out",
    ],
    [
      'an address that nobody knows', [{ ...MINUTE, each: RateLimitKey.ADDRESS }],
      "gateway 'door' has a rate limit for each address, but does not know the addresses of its clients: pass clientAddress to it",
    ],
    ['a limit twice', [MINUTE, { ...MINUTE, requests: 6 }], "rate limits must differ from each other, got 'per Minute' twice: keep the lower one"],
    [
      'a limit with conditions twice',
      [1, 2].map(requests => ({
        requests, per: RateLimitUnit.DAY, path: HttpPathMatch.exact('/a'), method: HttpMethod.GET, headers: { a: 'b' }, each: RateLimitKey.header('c'),
      })),
      "rate limits must differ from each other, got 'per Day, Exact /a, GET, a: b, each c' twice: keep the lower one",
    ],
    ['no RE2', [{ ...MINUTE, path: HttpPathMatch.regex('/(?=a)') }], "path of a rate limit must be an RE2 pattern, got '(?=' in '/(?=a)': RE2 has neither lookarounds nor backreferences"],
  ])('%s', (_, limits, message) => {
    expect(() => limited(limits)).toThrow(message);
  });

  test('a header that is none', () => {
    expect(() => RateLimitKey.header(':path')).toThrow('header of a rate limit must be 1 to 256 letters');
  });

  test('of proxies that are too old', () => {
    const { gateway } = new Door(OWN, {}, { version: IstioVersion.V1_25 });
    expect(() => gateway.edge.limitRate({ limits: [MINUTE] })).toThrow(
      "gateway 'door' cannot limit rates: proxies of Istio 1.25 do not know how, those since 1.26 do; upgrade the mesh");
  });

  test('addresses twice', () => {
    const each = RateLimitKey.ADDRESS;
    expect(() => limited([{ ...MINUTE, each }, { ...MINUTE, each }], { clientAddress: ClientAddress.PEER }))
      .toThrow("got 'per Minute, each address' twice");
  });
});
