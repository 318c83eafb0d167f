import { Duration } from 'cdk8s';
import { CERTIFICATE, Door, OWN, PROVISIONED } from './istio-edge-gateway';
import { EdgeHeaderOptions, GatewayHost, HttpCorsMethod, HttpCorsOptions } from '../../src';

const hosts = [GatewayHost.https('shop.example.com', CERTIFICATE), GatewayHost.http('plain.example.com')];
const door = () => new Door(OWN, { hosts });
const patches = (of: Door) => of.all('EnvoyFilter')[0].spec.configPatches;

describe('origins', () => {
  const policy: HttpCorsOptions = {
    allowOrigins: ['https://www.example.com', 'https://*.apps.example.com:8443', 'http://*'],
    allowMethods: [HttpCorsMethod.PUT],
    allowHeaders: ['x-a', 'x-b'],
    exposeHeaders: ['x-c'],
    allowCredentials: true,
    maxAge: Duration.minutes(10),
  };
  const settings = (of: Door) => patches(of)[1].patch.value.typed_per_filter_config['door-cors'];

  test('are answered by the first filter, for all hosts', () => {
    const of = new Door(PROVISIONED);
    of.gateway.edge.allowOrigins({ policy });

    expect(of.all('EnvoyFilter')[0]).toMatchObject({ metadata: { name: 'door-cors', namespace: 'edge' }, spec: { priority: 300, targetRefs: [{ name: 'door' }] } });
    expect(patches(of)).toEqual([
      {
        applyTo: 'HTTP_FILTER',
        match: { context: 'GATEWAY', listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } } },
        patch: {
          operation: 'INSERT_FIRST', value: { name: 'door-cors', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors' } },
        },
      },
      {
        applyTo: 'ROUTE_CONFIGURATION',
        match: { context: 'GATEWAY' },
        patch: {
          operation: 'MERGE',
          value: {
            typed_per_filter_config: {
              'door-cors': {
                '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy',
                'allow_origin_string_match': [
                  { safe_regex: { regex: 'https://www\\.example\\.com' } },
                  { safe_regex: { regex: 'https://[-a-zA-Z0-9.]+\\.apps\\.example\\.com:8443' } },
                  { safe_regex: { regex: 'http://[-a-zA-Z0-9.]+' } },
                ],
                'allow_methods': 'PUT',
                'allow_headers': 'x-a, x-b',
                'expose_headers': 'x-c',
                'max_age': '600',
                'allow_credentials': true,
                'forward_not_matching_preflights': false,
              },
            },
          },
        },
      },
    ]);
  });

  test('are answered at some hosts', () => {
    const of = door();
    of.gateway.edge.allowOrigins({ hosts: ['shop.example.com', 'plain.example.com'], policy });

    expect(of.all('EnvoyFilter')[0].spec.workloadSelector.labels).toBeDefined();
    expect(patches(of).slice(1).map(({ applyTo, match }: any) => [applyTo, match.routeConfiguration])).toEqual([
      ['VIRTUAL_HOST', { vhost: { name: 'shop.example.com:443' } }], ['VIRTUAL_HOST', { vhost: { name: 'plain.example.com:80' } }],
    ]);
  });

  test('may be any, and nothing more may be said', () => {
    const of = door();
    of.gateway.edge.allowOrigins({ policy: { allowOrigins: ['*'] } });

    expect(settings(of)).toEqual({
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy',
      'allow_origin_string_match': [{ safe_regex: { regex: '[a-zA-Z][-+.a-zA-Z0-9]*://[^/?#]+' } }],
      'max_age': '5',
      'allow_credentials': false,
      'forward_not_matching_preflights': false,
    });
  });

  test('with credentials get all methods by their names', () => {
    const of = door();
    of.gateway.edge.allowOrigins({ policy: { allowOrigins: ['https://a.example.com'], allowMethods: [HttpCorsMethod.ALL], allowCredentials: true } });

    expect(settings(of).allow_methods).toBe('GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH');
  });

  test.each<[string, HttpCorsOptions, string]>([
    ['none', {}, "CORS of gateway 'door' needs at least one origin, got none: pass allowOrigins"],
    ['any header with credentials', { allowOrigins: ['*'], allowHeaders: ['*'], allowCredentials: true },
      "allowHeaders of CORS of gateway 'door' must be named beside allowCredentials, got '*', which browsers then take for the name of a header"],
    ['what is none', { allowOrigins: ['example.com'] }, 'allowOrigins of CORS must be'],
  ])('are not %s', (_, options, message) => {
    expect(() => door().gateway.edge.allowOrigins({ policy: options })).toThrow(message);
  });

  test('are not for a wildcard', () => {
    const { edge } = new Door(OWN, { hosts: [GatewayHost.http('*.example.com')] }).gateway;

    expect(() => edge.allowOrigins({ hosts: ['*.example.com'], policy })).toThrow("gateway 'door' cannot allow origins at host '*.example.com'");
  });
});

describe('headers', () => {
  const MUTATION = 'type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation';
  const PASS = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', 'server_header_transformation': 'PASS_THROUGH',
  };
  const set = (key: string, value: string) => ({ append: { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } });
  const values = (of: Door) => patches(of).map(({ patch }: any) => patch.value);

  test('that tell what runs behind are taken away', () => {
    const of = door();
    of.gateway.edge.cleanHeaders();

    expect(of.all('EnvoyFilter')[0].spec.priority).toBe(310);
    expect(values(of)).toEqual([
      { typed_config: PASS },
      {
        name: 'door-headers',
        typed_config: { '@type': MUTATION, 'mutations': { request_mutations: [], response_mutations: [{ remove: 'server' }, { remove: 'x-powered-by' }] } },
      },
    ]);
  });

  test('are changed as is said, with HTTPS only over HTTPS', () => {
    const of = door();
    of.gateway.edge.cleanHeaders({
      removeFromRequests: ['X-User'], removeFromResponses: [], addToResponses: { 'X-Share': '50%' }, strictTransportSecurity: Duration.days(1),
    });

    expect(patches(of).map(({ match }: any) => match.listener.portNumber)).toEqual([443, 80]);
    expect(values(of).map(({ typed_config }: any) => typed_config.mutations)).toEqual([
      { request_mutations: [{ remove: 'x-user' }], response_mutations: [set('x-share', '50%%'), set('strict-transport-security', 'max-age=86400')] },
      { request_mutations: [{ remove: 'x-user' }], response_mutations: [set('x-share', '50%%')] },
    ]);
  });

  test('of some hosts are changed, and others tell no more than before', () => {
    const of = door();
    of.gateway.edge.cleanHeaders({ hosts: ['shop.example.com'], strictTransportSecurity: Duration.days(1) });

    expect(values(of)).toEqual([
      { typed_config: PASS },
      {
        name: 'door-headers-shop-example-com',
        typed_config: {
          '@type': MUTATION,
          'mutations': { response_mutations: [{ append: { header: { key: 'server', value: 'istio-envoy' }, append_action: 'OVERWRITE_IF_EXISTS' } }] },
        },
      },
      {
        typed_per_filter_config: {
          'door-headers-shop-example-com': {
            '@type': `${MUTATION}PerRoute`,
            'mutations': {
              request_mutations: [],
              response_mutations: [{ remove: 'server' }, { remove: 'x-powered-by' }, set('strict-transport-security', 'max-age=86400')],
            },
          },
        },
      },
    ]);
  });

  test('of a server stay where they are not named', () => {
    const of = door();
    of.gateway.edge.cleanHeaders({ hosts: ['plain.example.com'], removeFromResponses: ['x-powered-by'] });

    expect(values(of)[0]).toEqual({ name: 'door-headers-plain-example-com', typed_config: { '@type': MUTATION } });
  });

  test.each<[EdgeHeaderOptions, string]>([
    [{ removeFromRequests: ['x y'] }, "removeFromRequests of gateway 'door' must be 1 to 256 letters"],
    [{ removeFromResponses: ['x-a', 'X-A'] }, "removeFromResponses of gateway 'door'"],
    [{ removeFromRequests: ['Host'] }, "removeFromRequests of gateway 'door' must leave 'host' alone, got it: no request is without"],
    [{ addToResponses: { 'x:y': 'a' } }, "addToResponses of gateway 'door' must be 1 to 256 letters"],
    [{ addToResponses: { 'x-a': 'a\nb' } }, "value of 'x-a' in addToResponses of gateway 'door' must have no line breaks"],
    [{ removeFromResponses: [] }, "headers of gateway 'door' must be changed somehow, got nothing: leave cleanHeaders out"],
    [{ strictTransportSecurity: Duration.millis(1500) }, "strictTransportSecurity of gateway 'door' must be whole seconds, at least 1, got 1s500ms"],
    [{ strictTransportSecurity: Duration.seconds(0) }, "strictTransportSecurity of gateway 'door' must be whole seconds, at least 1, got"],
    [{ strictTransportSecurity: Duration.days(1), addToResponses: { 'Strict-Transport-Security': 'max-age=1' } },
      "addToResponses of gateway 'door' must leave 'strict-transport-security' to strictTransportSecurity, got both: leave one of them out"],
    [{ strictTransportSecurity: Duration.days(1), hosts: ['plain.example.com'] },
      "strictTransportSecurity of gateway 'door' is for hosts with HTTPS, got 'plain.example.com': name others, or serve it with GatewayHost.https"],
  ])('are refused: %j', (options, message) => {
    expect(() => door().gateway.edge.cleanHeaders(options)).toThrow(message);
  });
});
