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
