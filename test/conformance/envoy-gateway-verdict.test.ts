import { describeClusters, describeInfrastructure, describeListeners } from '../../conformance/envoy-gateway-listeners';
import { describeTranslation } from '../../conformance/envoy-gateway-verdict';

const condition = (type: string, status: string, reason: string) => ({ type, status, reason, message: `${reason}!`, lastTransitionTime: null });

test('conditions say why, and more where something is wrong', () => {
  const { status } = describeTranslation({
    gatewayClass: { kind: 'GatewayClass', metadata: { name: 'eg' }, status: { conditions: [condition('Accepted', 'True', 'Accepted')] } },
    gateways: [{
      kind: 'Gateway',
      metadata: { name: 'public', namespace: 'edge' },
      status: { listeners: [{ name: 'https', attachedRoutes: 2, conditions: [condition('ResolvedRefs', 'False', 'InvalidCertificateRef')] }] },
    }],
    httpRoutes: [{
      kind: 'HTTPRoute',
      metadata: { name: 'web', namespace: 'shop' },
      status: {
        parents: [
          { parentRef: { kind: 'Gateway', namespace: 'edge', name: 'public', sectionName: 'https' }, conditions: [condition('Accepted', 'True', 'Accepted')] },
          { parentRef: { name: 'other' }, conditions: [] },
        ],
      },
    }],
    backendTLSPolicies: [{
      kind: 'BackendTLSPolicy',
      metadata: { name: 'tls', namespace: 'shop' },
      status: { ancestors: [{ ancestorRef: { kind: 'Gateway', name: 'public' }, conditions: [condition('Accepted', 'False', 'Conflicted')] }] },
    }],
    services: [{ kind: 'Service', metadata: { name: 'web', namespace: 'shop' } }],
  }) as { status: object };

  expect(status).toEqual({
    'GatewayClass eg': { conditions: ['Accepted=True (Accepted)'] },
    'Gateway edge/public': { listeners: { https: { attachedRoutes: 2, conditions: ['ResolvedRefs=False (InvalidCertificateRef): InvalidCertificateRef!'] } } },
    'HTTPRoute shop/web': { parents: { 'Gateway edge/public https': ['Accepted=True (Accepted)'], 'Gateway other': [] } },
    'BackendTLSPolicy shop/tls': { parents: { 'Gateway public': ['Accepted=False (Conflicted): Conflicted!'] } },
  });
});

test('routes keep their order and lose their metadata; backends keep their weights and lose their addresses', () => {
  const backend = (name: string, weight: number) => ({
    loadBalancingWeight: weight,
    lbEndpoints: [{ endpoint: { address: { socketAddress: { address: '10.96.0.1', portValue: 80 } } } }],
    metadata: { filterMetadata: { 'envoy-gateway': { resources: [{ kind: 'Service', namespace: 'shop', name, sectionName: '80' }] } } },
  });
  const routes = [{ name: 'b', match: { path: '/b' }, metadata: {} }, { name: 'a', match: { prefix: '/' }, metadata: {} }];
  const verdict = describeTranslation({
    xds: {
      'edge/public': {
        configs: [
          { '@type': 'bootstrap' },
          { dynamicRouteConfigs: [{ routeConfig: { name: 'edge/public/http', virtualHosts: [{ name: 'v', domains: ['*'], routes }] } }] },
          { dynamicRouteConfigs: [{ routeConfig: { name: 'edge/public/empty' } }] },
          { dynamicEndpointConfigs: [{ endpointConfig: { clusterName: 'rule/0', endpoints: [backend('v1', 90), backend('v2', 10)] } }, { endpointConfig: { clusterName: 'none' } }] },
        ],
      },
    },
  });

  expect(verdict).toEqual({
    listeners: [],
    clusters: {},
    infrastructure: {},
    status: {},
    routes: {
      'edge/public/http': [{ domains: ['*'], routes: [{ name: 'b', match: { path: '/b' } }, { name: 'a', match: { prefix: '/' } }] }],
      'edge/public/empty': [],
    },
    backends: { 'rule/0': ['Service shop/v1:80 weighs 90', 'Service shop/v2:80 weighs 10'], 'none': [] },
  });
});

test('listeners say what they take and where it leads to', () => {
  const address = (portValue: number, protocol?: string) => ({ socketAddress: { address: '0.0.0.0', portValue, protocol } });
  const filter = (name: string, typedConfig: object) => ({ name: `envoy.filters.network.${name}`, typedConfig });
  const tls = {
    typedConfig: {
      requireClientCertificate: true,
      commonTlsContext: { tlsCertificateSdsSecretConfigs: [{ name: 'edge/shop-tls' }], validationContextSdsSecretConfig: { name: 'clients' } },
    },
  };
  const anybody = {
    typedConfig: {
      commonTlsContext: {
        tlsCertificateSdsSecretConfigs: [{ name: 'edge/shop-tls' }],
        combinedValidationContext: {
          defaultValidationContext: { trustChainVerification: 'ACCEPT_UNTRUSTED' }, validationContextSdsSecretConfig: { name: 'clients' },
        },
      },
    },
  };

  expect(describeListeners([
    { name: 'envoy-gateway-ready', address: address(19003) },
    { name: 'http', address: address(80), defaultFilterChain: { filters: [filter('rbac', {}), filter('http_connection_manager', { rds: { routeConfigName: 'edge/http' } })] } },
    {
      name: 'tls',
      address: address(443),
      filterChains: [
        { filterChainMatch: { serverNames: ['a.example.com'] }, filters: [filter('tcp_proxy', { cluster: 'a' })] },
        { filterChainMatch: { serverNames: ['b.example.com'] }, transportSocket: tls, filters: [filter('tcp_proxy', { cluster: 'b' })] },
        { filterChainMatch: { serverNames: ['c.example.com'] }, transportSocket: anybody, filters: [filter('tcp_proxy', { cluster: 'c' })] },
      ],
    },
    {
      name: 'dns',
      address: address(53, 'UDP'),
      listenerFilters: [{ name: 'udp_proxy', typedConfig: { matcher: { onNoMatch: { action: { typedConfig: { cluster: 'dns' } } } } } }],
    },
  ])).toEqual([
    'dns UDP:53 -> cluster dns',
    'http TCP:80 -> routes edge/http',
    'tls TCP:443 for a.example.com -> cluster a',
    'tls TCP:443 for b.example.com TLS with edge/shop-tls, client certificate required, by clients -> cluster b',
    'tls TCP:443 for c.example.com TLS with edge/shop-tls, client certificate asked for, by clients or anybody -> cluster c',
  ]);
});

test('clusters say how they are spoken to, where it is not plain HTTP/1.1', () => {
  const context = {
    combinedValidationContext: {
      validationContextSdsSecretConfig: { name: 'web/ca' }, defaultValidationContext: { matchTypedSubjectAltNames: [{ sanType: 'DNS', matcher: { exact: 'web' } }] },
    },
    tlsCertificateSdsSecretConfigs: [{ name: 'edge/client' }],
  };

  expect(describeClusters([
    { name: 'plain' },
    { name: 'h2c', typedExtensionProtocolOptions: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': { explicitHttpConfig: { http2ProtocolOptions: {} } } } },
    { name: 'tls', transportSocketMatches: [{ transportSocket: { typedConfig: { sni: 'web', commonTlsContext: context } } }] },
  ])).toEqual({ h2c: { protocol: 'HTTP/2' }, tls: { tls: [{ sni: 'web', names: ['DNS web'], authority: 'web/ca', certificates: ['edge/client'] }] } });
});

test('what is made for a Gateway is said where it is unusual', () => {
  const labels = { 'gateway.envoyproxy.io/owning-gateway-name': 'a' };

  expect(describeInfrastructure({
    'edge/a': { proxy: { metadata: { labels } } },
    'edge/b': { proxy: { metadata: { labels: { ...labels, team: 'edge' } }, addresses: ['203.0.113.1'] } },
  })).toEqual({ 'edge/b': { labels: { team: 'edge' }, addresses: ['203.0.113.1'] } });
});
