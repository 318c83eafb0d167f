import { Duration, Size } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { door, Door } from './envoy-gateway-door';
import {
  AccessLogFormat, Certificate, ClientAddress, EdgeRateLimit, ExtensionProvider, GatewayHost, HttpMethod, HttpPathMatch, MeshNamespace,
  MeshWorkload, ProviderService, RateLimitKey, RateLimitUnit, TlsVersion, TrafficExtensionFilter,
  WasmFailStrategy, WasmModule, WasmOptions, WasmPullPolicy, WasmType, WasmVariable,
} from '../../src';

const per = RateLimitUnit.MINUTE;
const ANY = { type: 'PathPrefix', value: '/' };
const RATE_LIMIT = ProviderService.serviceName('envoy-ratelimit', 'envoy-gateway-system', 8081);
const XFF = { xForwardedFor: { numTrustedHops: 1 } };

describe('limitRate of Envoy Gateway', () => {
  test('counts each limit, also one without conditions, and paths whatever their query', () => {
    const { edge, all } = new Door();

    edge.limitRate({
      limits: [
        { requests: 100, per },
        { requests: 5, per: RateLimitUnit.HOUR, path: HttpPathMatch.exact('/a.b'), method: HttpMethod.POST, headers: { 'x-plan': 'free' } },
        { requests: 6, per: RateLimitUnit.DAY, path: HttpPathMatch.prefix('/files') },
        { requests: 7, per: RateLimitUnit.SECOND, path: HttpPathMatch.regex('/[a-z]+') },
      ],
    });

    expect(all('BackendTrafficPolicy')).toEqual({
      door: {
        targetRefs: [door()],
        rateLimit: {
          local: {
            rules: [
              { clientSelectors: [{ path: ANY }], limit: { requests: 100, unit: 'Minute' }, xRateLimitHeaders: 'Off' },
              {
                clientSelectors: [{
                  path: { type: 'RegularExpression', value: '(?:/a\\.b)(?:\\?.*)?' }, methods: [{ value: 'POST' }], headers: [{ name: 'x-plan', value: 'free' }],
                }],
                limit: { requests: 5, unit: 'Hour' },
                xRateLimitHeaders: 'Off',
              },
              { clientSelectors: [{ path: { type: 'PathPrefix', value: '/files' } }], limit: { requests: 6, unit: 'Day' }, xRateLimitHeaders: 'Off' },
              { clientSelectors: [{ path: { type: 'RegularExpression', value: '(?:/[a-z]+)(?:\\?.*)?' } }], limit: { requests: 7, unit: 'Second' }, xRateLimitHeaders: 'Off' },
            ],
          },
        },
      },
    });
  });

  test('counts for each address of both families, and each value of a header', () => {
    const { edge, all } = new Door();

    edge.limitRate({ hosts: ['shop.example.com'], limits: [{ requests: 1, per, each: RateLimitKey.ADDRESS }, { requests: 2, per, each: RateLimitKey.header('X-Key') }] });

    expect(all('BackendTrafficPolicy')['door-shop-example-com']).toEqual({
      targetRefs: [door('https'), door('http')],
      rateLimit: {
        local: {
          rules: [
            { clientSelectors: [{ path: ANY, sourceCIDR: { type: 'Distinct', value: '0.0.0.0/0' } }], limit: { requests: 1, unit: 'Minute' }, xRateLimitHeaders: 'Off' },
            { clientSelectors: [{ path: ANY, sourceCIDR: { type: 'Distinct', value: '::/0' } }], limit: { requests: 1, unit: 'Minute' }, xRateLimitHeaders: 'Off' },
            { clientSelectors: [{ path: ANY, headers: [{ type: 'Distinct', name: 'x-key' }] }], limit: { requests: 2, unit: 'Minute' }, xRateLimitHeaders: 'Off' },
          ],
        },
      },
    });
  });

  test.each<[string, EdgeRateLimit[], string]>([
    ['none', [], "gateway 'door' needs at least one rate limit, got none: pass limits"],
    ['17', Array.from({ length: 17 }, (_, i) => ({ requests: 1, per, headers: { a: `${i}` } })),
      "rules for the rate limits of gateway 'door', of which one for each address needs two must be at most 16, got 17: have fewer limits"],
    ['a long value', [{ requests: 1, per, headers: { a: 'x'.repeat(1025) } }],
      "characters of the value of header 'a' of a rate limit must be at most 1024, got 1025: Envoy Gateway takes no more"],
    ['a long path', [{ requests: 1, per, path: HttpPathMatch.regex('x'.repeat(1024)) }],
      'characters of the expression for the path of a rate limit must be at most 1024, got 1037: Envoy Gateway takes no more'],
  ])('refuses %s', (_, limits, message) => {
    expect(() => new Door().edge.limitRate({ limits })).toThrow(message);
  });
});

describe('limitRateBy of Envoy Gateway', () => {
  test('has routes of a host count together, and each host by itself, now and later', () => {
    const { edge, all, gateway } = new Door({ hosts: [GatewayHost.http('plain.example.com'), GatewayHost.passthrough('secure.example.com')] });

    edge.limitRateBy(RATE_LIMIT, { limits: [{ requests: 9, per }], failOpen: true }).limitRate({ limits: [{ requests: 3, per }] });
    gateway.addHost(GatewayHost.https('later.example.com', Certificate.fromSecretName('tls')));
    gateway.addHost(GatewayHost.tcp(5432));

    const local = { rules: [{ clientSelectors: [{ path: ANY }], limit: { requests: 3, unit: 'Minute' }, xRateLimitHeaders: 'Off' }] };
    const global = { rules: [{ clientSelectors: [{ path: ANY }], limit: { requests: 9, unit: 'Minute' }, shared: true, xRateLimitHeaders: 'Off' }] };
    expect(all('BackendTrafficPolicy')).toEqual({
      'door': { targetRefs: [door()], rateLimit: { local } },
      'door-plain-example-com': { targetRefs: [door('http')], rateLimit: { global, local } },
      'door-later-example-com': { targetRefs: [door('https'), door('http-later-example-com')], rateLimit: { global, local } },
    });
  });

  test.each([
    [ProviderService.serviceName('limits', 'edge', 8081), true, "gateway 'door' cannot ask limits.edge.svc.cluster.local:8081 for rates: " +
      "Envoy Gateway asks the service of its own installation; pass ProviderService.serviceName('envoy-ratelimit', 'envoy-gateway-system', 8081)"],
    [ProviderService.serviceName('envoy-ratelimit', 'edge', 80), true, 'cannot ask envoy-ratelimit.edge.svc.cluster.local:80 for rates'],
    [ProviderService.host('limits.example.com', 8081), true, 'cannot ask limits.example.com:8081 for rates'],
    [RATE_LIMIT, undefined, "gateway 'door' cannot refuse requests while the rate limit service cannot be asked: " +
      'that is said for all gateways, by rateLimit.failClosed of the installation; pass failOpen: true, and say it there'],
  ])('refuses what the installation does not do (%#)', (service, failOpen, message) => {
    expect(() => new Door().edge.limitRateBy(service, { limits: [{ requests: 1, per }], failOpen })).toThrow(message);
  });
});

test('the rate limit service of Envoy Gateway is no workload of the app', () => {
  const { chart, edge, gateway } = new Door();
  const workload = new Deployment(chart, 'Limits', { metadata: { name: 'limits', namespace: 'edge' }, containers: [{ image: 'registry.example.com/limits:1' }] });
  const limiter = new MeshWorkload(chart, 'Limiter', { namespace: gateway.namespace as MeshNamespace, workload });

  expect(() => edge.limitRateBy(RATE_LIMIT, { limits: [{ requests: 1, per }], failOpen: true, limiter })).toThrow(
    "gateway 'door' cannot have 'limits' let it ask for rates: the service of its installation is no workload of yours; leave limiter out");
});

describe('limitBody of Envoy Gateway', () => {
  test('of one host, and of all others', () => {
    const { edge, all } = new Door();

    edge.limitBody(Size.mebibytes(1), { hosts: ['shop.example.com'] }).limitBody(Size.kibibytes(1), { hosts: ['admin.example.com'] });

    expect(all('BackendTrafficPolicy')).toEqual({
      'door-shop-example-com': { targetRefs: [door('https'), door('http')], requestBuffer: { limit: '1048576' } },
      'door-admin-example-com': { targetRefs: [door('https-admin-example-com'), door('http-admin-example-com')], requestBuffer: { limit: '1024' } },
    });
  });

  test.each([[Size.kibibytes(0), 0], [Size.gibibytes(4), 4294967296]])('refuses %s', (size, bytes) => {
    expect(() => new Door().edge.limitBody(size)).toThrow(`limit of bodies of gateway 'door' in bytes must be between 1 and 4294967295, got ${bytes}`);
  });
});

describe('cleanHeaders of Envoy Gateway', () => {
  test('is said beside what is said of clients, in one object', () => {
    const { edge, all } = new Door({ tls: { minVersion: TlsVersion.V1_3 } });

    edge.cleanHeaders({ removeFromRequests: ['x-user'], addToResponses: { 'x-share': '100%', 'server': 'shop' } });

    expect(all('ClientTrafficPolicy')).toEqual({
      door: {
        targetRefs: [door()],
        tls: { minVersion: '1.3' },
        clientIPDetection: XFF,
        headers: {
          earlyRequestHeaders: { remove: ['x-user'] },
          lateResponseHeaders: { remove: ['x-powered-by'], set: [{ name: 'x-share', value: '100%%' }, { name: 'server', value: 'shop' }] },
        },
      },
    });
  });

  test('of a host repeats what is said of all clients', () => {
    const { edge, all } = new Door();

    edge.cleanHeaders({ hosts: ['admin.example.com'] });

    expect(all('ClientTrafficPolicy')).toEqual({
      'door': { targetRefs: [door()], clientIPDetection: XFF },
      'door-admin-example-com': {
        targetRefs: [door('https-admin-example-com')], clientIPDetection: XFF, headers: { lateResponseHeaders: { remove: ['server', 'x-powered-by'] } },
      },
    });
  });

  test('says over HTTPS only that nothing else is spoken, also of hosts that come later', () => {
    const { edge, all, gateway } = new Door({ clientAddress: undefined, hosts: [GatewayHost.http('plain.example.com')] });

    edge.cleanHeaders({ removeFromResponses: [], strictTransportSecurity: Duration.days(1) });
    gateway.addHost(GatewayHost.https('later.example.com', Certificate.fromSecretName('tls')));

    expect(all('ClientTrafficPolicy')).toEqual({
      'door-later-example-com': {
        targetRefs: [door('https')], headers: { lateResponseHeaders: { set: [{ name: 'strict-transport-security', value: 'max-age=86400' }] } },
      },
    });
  });

  test('cannot tell plain hosts apart', () => {
    const { edge } = new Door({ hosts: [GatewayHost.http('plain.example.com')] });

    expect(() => edge.cleanHeaders({ hosts: ['plain.example.com'] })).toThrow("gateway 'door' cannot clean headers of host 'plain.example.com' alone: " +
      'for Envoy Gateway all that is plain HTTP on port 80 is one; leave hosts out, or use GatewayHost.https');
  });

  test.each([
    [{ addToResponses: { a: 'x  y' } }, "value of 'a' in addToResponses of gateway 'door' must be printable ASCII with single blanks inside only, got 'x  y'"],
    [{ removeFromRequests: Array.from({ length: 65 }, (_, i) => `x-${i}`) }, "headers that gateway 'door' changes must be at most 64, got 65: Envoy Gateway takes no more"],
  ])('refuses what Envoy Gateway would (%#)', (options, message) => {
    expect(() => new Door().edge.cleanHeaders(options)).toThrow(message);
  });
});

describe('logAccess of Envoy Gateway', () => {
  const logs = ProviderService.serviceName('logs', 'logging', 9000);
  const backendRefs = [{ name: 'logs', namespace: 'logging', port: 9000 }];

  test.each([
    [undefined, { sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] }],
    [ExtensionProvider.envoyFileAccessLog('file', { path: '/var/log/a', logFormat: AccessLogFormat.text('%PROTOCOL%') }),
      { format: { type: 'Text', text: '%PROTOCOL%\n' }, sinks: [{ type: 'File', file: { path: '/var/log/a' } }] }],
    [ExtensionProvider.envoyFileAccessLog('file', { logFormat: AccessLogFormat.text('%PROTOCOL%\n') }),
      { format: { type: 'Text', text: '%PROTOCOL%\n' }, sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] }],
    [ExtensionProvider.envoyFileAccessLog('file', { logFormat: AccessLogFormat.labels({ code: '%RESPONSE_CODE%' }) }),
      { format: { type: 'JSON', json: { code: '%RESPONSE_CODE%' } }, sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] }],
    [ExtensionProvider.envoyFileAccessLog('file', { logFormat: AccessLogFormat.labels() }), { sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] }],
    [ExtensionProvider.envoyHttpAls('als', { service: logs, logName: 'edge', additionalRequestHeadersToLog: ['x-user'] }),
      { sinks: [{ type: 'ALS', als: { type: 'HTTP', logName: 'edge', backendRefs, http: { requestHeaders: ['x-user'] } } }] }],
    [ExtensionProvider.envoyHttpAls('als', { service: logs }), { sinks: [{ type: 'ALS', als: { type: 'HTTP', backendRefs } }] }],
    [ExtensionProvider.envoyTcpAls('als', { service: logs }), { sinks: [{ type: 'ALS', als: { type: 'TCP', backendRefs } }] }],
    [ExtensionProvider.envoyOtelAls('otel', { service: logs, logFormat: { text: '%PROTOCOL%', labels: { code: '%RESPONSE_CODE%' } } }),
      { format: { text: '%PROTOCOL%', json: { code: '%RESPONSE_CODE%' } }, sinks: [{ type: 'OpenTelemetry', openTelemetry: { backendRefs } }] }],
    [ExtensionProvider.envoyOtelAls('otel', { service: logs }), { sinks: [{ type: 'OpenTelemetry', openTelemetry: { backendRefs } }] }],
  ])('writes to where the provider says (%#)', (provider, setting) => {
    const { edge, all } = new Door();

    edge.logAccess({ provider, filter: 'response.code >= 400' });

    expect(all('EnvoyProxy').door).toEqual({
      mergeType: 'StrategicMerge', routingType: 'Service', telemetry: { accessLog: { settings: [{ matches: ['response.code >= 400'], ...setting }] } },
    });
  });

  test('brings the grant for a Service of another namespace', () => {
    const { edge, all } = new Door({ options: { envoyProxy: { telemetry: { metrics: { enableVirtualHostStats: true } } } } });

    edge.logAccess({ provider: ExtensionProvider.envoyTcpAls('als', { service: logs }) });

    expect(Object.values(all('ReferenceGrant'))).toEqual([{
      from: [{ group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', namespace: 'edge' }], to: [{ group: '', kind: 'Service', name: 'logs' }],
    }]);
    expect(Object.keys(all('EnvoyProxy').door.telemetry)).toEqual(['accessLog', 'metrics']);
  });

  test.each([
    [{ filter: '' }, "filter of the access log of gateway 'door' must not be empty: leave it out to log all requests"],
    [{ provider: ExtensionProvider.named('there') }, "gateway 'door' cannot log access by 'there': Envoy Gateway does not read the mesh configuration; " +
      'pass ExtensionProvider.envoyFileAccessLog, envoyHttpAls, envoyTcpAls or envoyOtelAls'],
    [{ provider: ExtensionProvider.googleCloud('google') }, "gateway 'door' cannot log access by 'google': stackdriver takes no access logs of Envoy Gateway; " +
      'pass ExtensionProvider.envoyFileAccessLog, envoyHttpAls, envoyTcpAls or envoyOtelAls'],
    [{ provider: ExtensionProvider.envoyFileAccessLog('file', { omitEmptyValues: true }) },
      "gateway 'door' cannot do what omitEmptyValues of 'file' says: an EnvoyProxy has no field for it; leave it out"],
    [{ provider: ExtensionProvider.envoyFileAccessLog('file', { logFormat: AccessLogFormat.labels({ a: { b: 'c' } }) }) },
      "gateway 'door' cannot log 'a' as 'file' says: in Envoy Gateway members of an entry are texts; write each as a text"],
    [{ provider: ExtensionProvider.envoyTcpAls('als', { service: logs, filterStateObjectsToLog: ['x'] }) }, "cannot do what filterStateObjectsToLog of 'als' says"],
    [{ provider: ExtensionProvider.envoyOtelAls('otel', { service: logs, logName: 'x' }) }, "cannot do what logName of 'otel' says"],
    [{ provider: ExtensionProvider.envoyTcpAls('als', { service: ProviderService.host('logs.example.com', 443) }) },
      "gateway 'door' cannot log access by 'als' at 'logs.example.com': Envoy Gateway refers to Services; pass ProviderService.service or serviceName"],
  ])('refuses what an EnvoyProxy cannot say (%#)', (options, message) => {
    expect(() => new Door().edge.logAccess(options)).toThrow(message);
  });

  test('leaves settings that are said already', () => {
    const parameters = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'ours' };

    expect(() => new Door({ options: { parameters } }).edge.logAccess()).toThrow(
      "gateway 'door' cannot log access: its settings are in EnvoyProxy 'ours'; say it there, in telemetry.accessLog");
    expect(() => new Door({ options: { envoyProxy: { telemetry: { accessLog: { disable: true } } } } }).edge.logAccess()).toThrow(
      "gateway 'door' cannot log access: telemetry.accessLog is in its envoyProxy already; say it there, or leave it out there");
  });
});

describe('extend of Envoy Gateway', () => {
  const lua = (name: string) => TrafficExtensionFilter.lua(`function envoy_on_request(handle) handle:logInfo("${name}") end`);
  const wasm = (options: Partial<WasmOptions> = {}) =>
    TrafficExtensionFilter.wasm({ module: WasmModule.oci('registry.example.com/check:1', { imagePullPolicy: WasmPullPolicy.ALWAYS }), ...options });

  test('runs scripts and then modules, each in their order', () => {
    const { edge, all } = new Door();

    edge.extend(lua('a')).extend(lua('b'))
      .extend(wasm({ pluginName: 'check', pluginConfig: { deny: true }, failStrategy: WasmFailStrategy.FAIL_OPEN, env: [WasmVariable.host('POD_NAME')] }))
      .extend(wasm({ module: WasmModule.http('https://example.com/check.wasm', { sha256: 'a'.repeat(64) }), failStrategy: WasmFailStrategy.FAIL_CLOSE }));

    expect(all('EnvoyExtensionPolicy')).toEqual({
      door: {
        targetRefs: [door()],
        lua: ['a', 'b'].map(name => ({ type: 'Inline', inline: `function envoy_on_request(handle) handle:logInfo("${name}") end` })),
        wasm: [
          {
            name: 'check',
            rootID: 'check',
            code: { type: 'Image', image: { url: 'registry.example.com/check:1' }, pullPolicy: 'Always' },
            config: { deny: true },
            failOpen: true,
            env: { hostKeys: ['POD_NAME'] },
          },
          { code: { type: 'HTTP', http: { url: 'https://example.com/check.wasm', sha256: 'a'.repeat(64) } } },
        ],
      },
    });
  });

  test.each([
    [() => wasm({ module: WasmModule.file('/check.wasm') }),
      "gateway 'door' cannot run the Wasm module file:///check.wasm: Envoy Gateway fetches modules by itself; use WasmModule.oci or WasmModule.http"],
    [() => wasm({ type: WasmType.NETWORK }), "gateway 'door' cannot run a Wasm module for connections: Envoy Gateway runs modules for HTTP only; use WasmType.HTTP"],
    [() => wasm({ failStrategy: WasmFailStrategy.FAIL_RELOAD }),
      "gateway 'door' cannot start a Wasm module again: Envoy Gateway has no word for it; use WasmFailStrategy.FAIL_CLOSE or FAIL_OPEN"],
    [() => wasm({ env: [WasmVariable.inline('MODE', 'x')] }), "gateway 'door' cannot give 'MODE' to a Wasm module: " +
      "Envoy Gateway lets modules see variables of the proxy only; set it by environment of the gateway, and pass WasmVariable.host('MODE')"],
  ])('refuses what Envoy Gateway does not do (%#)', (filter, message) => {
    expect(() => new Door().edge.extend(filter())).toThrow(message);
  });

  test('refuses scripts after modules, and more than 16 of each', () => {
    const many = (filter: () => TrafficExtensionFilter) => Array.from({ length: 17 }, filter).forEach(one => shared.extend(one));
    let shared = new Door().edge;

    expect(() => new Door().edge.extend(wasm()).extend(lua('a'))).toThrow(
      "gateway 'door' cannot run Lua after a Wasm module: Envoy Gateway runs Lua first; call extend for Lua before");
    expect(() => many(() => lua('a'))).toThrow("scripts of Lua of gateway 'door' must be at most 16, got 17: Envoy Gateway takes no more");
    shared = new Door().edge;
    expect(() => many(() => wasm())).toThrow("Wasm modules of gateway 'door' must be at most 16, got 17: Envoy Gateway takes no more");
  });
});

test('addresses are looked at before filters run, and bodies kept at the last, whatever is said first', () => {
  const { edge, all } = new Door();
  const filter = (name: string) => `envoy.filters.http.${name}`;

  edge.limitBody(Size.kibibytes(1), { hosts: ['shop.example.com'] }).limitBody(Size.kibibytes(2), { hosts: ['admin.example.com'] })
    .restrictAddresses({ denied: ['10.0.0.1'] });

  expect(all('EnvoyProxy').door.filterOrder).toEqual([
    ...['rbac', 'lua', 'wasm', 'local_ratelimit', 'ratelimit'].map(other => ({ name: filter('buffer'), after: filter(other) })),
    { name: filter('rbac'), before: filter('wasm') },
    { name: filter('rbac'), before: filter('lua') },
  ]);
});

test('addresses of clients that are peers are told by no policy', () => {
  const { edge, all } = new Door({ clientAddress: ClientAddress.PEER });

  edge.limitRate({ limits: [{ requests: 1, per, each: RateLimitKey.ADDRESS }] });

  expect(all('ClientTrafficPolicy')).toEqual({});
});
