import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayApiBundle } from '../../src/semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { nameUnread, Reader } from '../../src/semantics/gateway-api-readers';
import { GatewayController } from '../../src/semantics/gateway-controller';

const BUNDLE = 'ClusterTrustBundle';
const EXPERIMENTAL = { bundle: GatewayApiBundle.V1_7, channel: GatewayApiChannel.EXPERIMENTAL };

test('all that is not read is something of the Gateway API', () => {
  const paths = ['since', 'open-words'].flatMap(name => readFileSync(join(__dirname, '..', '..', 'crds', 'since', `gateway-api-${name}.tsv`), 'utf8').split('\n'))
    .map(line => line.split('\t').slice(0, 2).join(' ').replace(' (spec)', ''));
  expect(Reader.allUnread().filter(name => !paths.includes(name))).toEqual([]);
});

test.each([
  [GatewayController.ISTIO, 'Istio 1.31'],
  [GatewayController.ISTIO_WAYPOINT, 'Istio 1.31'],
  [GatewayController.ISTIO_EAST_WEST, 'Istio 1.31'],
  [GatewayController.ISTIO_REMOTE, 'Istio 1.31'],
  [GatewayController.ENVOY_GATEWAY, 'Envoy Gateway 1.9'],
  [GatewayController.LINKERD, 'Linkerd edge-26.8'],
  [GatewayController.of('linkerd.io/policy-controller'), 'Linkerd edge-26.8'],
  [GatewayController.NGINX, undefined],
])('a controller goes by its name: $name', (controller, name) => {
  expect(Reader.of(controller)?.name).toBe(name);
});

test.each<[GatewayController, string, object, string[]]>([
  // What istiod refuses the route for, or drops.
  [GatewayController.ISTIO, 'HTTPRoute',
    { useDefaultGateways: 'All', rules: [{ filters: [{ externalAuth: {} }, { extensionRef: {} }, { cors: {} }, { urlRewrite: {} }] }] },
    ['rules[].filters[].extensionRef', 'rules[].filters[].externalAuth', 'useDefaultGateways']],
  [GatewayController.ISTIO, 'HTTPRoute', { rules: [{ retry: { attempts: 3 }, timeouts: { backendRequest: '2s' } }] }, []],
  [GatewayController.ISTIO, 'HTTPRoute',
    { rules: [{ backendRefs: [{ filters: [{ requestMirror: {} }, { requestRedirect: {} }, { responseHeaderModifier: {} }] }] }] },
    ['rules[].backendRefs[].filters[].requestMirror', 'rules[].backendRefs[].filters[].requestRedirect']],
  [GatewayController.ISTIO, 'GRPCRoute', { rules: [{ filters: [{ requestMirror: {} }, { extensionRef: {} }] }] }, ['rules[].filters[].extensionRef']],
  [GatewayController.ISTIO, 'Gateway',
    { defaultScope: 'All', tls: { backend: {}, frontend: { default: { validation: { caCertificateRefs: [{ kind: 'ConfigMap' }, { kind: BUNDLE }] } } } } },
    ['defaultScope', 'tls.backend', 'tls.frontend.default.validation.caCertificateRefs[].kind=ClusterTrustBundle']],
  [GatewayController.ISTIO, 'ListenerSet', { listeners: [{ filters: {} }] }, ['listeners[].filters']],
  // What Envoy Gateway answers 500 for.
  [GatewayController.ENVOY_GATEWAY, 'HTTPRoute',
    { rules: [{ filters: [{ externalAuth: {} }, { extensionRef: {} }], backendRefs: [{ filters: [{ cors: {} }, { urlRewrite: {} }] }] }] },
    ['rules[].backendRefs[].filters[].cors', 'rules[].filters[].externalAuth']],
  [GatewayController.ENVOY_GATEWAY, 'Gateway', { tls: { backend: {}, frontend: { default: { validation: { caCertificateRefs: [{ kind: 'ClusterTrustBundle' }] } } } } }, []],
  [GatewayController.ENVOY_GATEWAY, 'UDPRoute', { rules: [{ name: 'a' }] }, []],
  // What Linkerd says of itself.
  [GatewayController.LINKERD, 'HTTPRoute', { rules: [{ timeouts: { request: '1s', backendRequest: '1s' }, filters: [{ requestRedirect: {} }, { urlRewrite: {} }] }] },
    ['rules[].filters[].urlRewrite', 'rules[].timeouts.backendRequest']],
  [GatewayController.LINKERD, 'TCPRoute', { rules: [{}] }, []],
])('%j of %s %j', ({ name }, kind, spec, expected) => {
  const met = Reader.of(GatewayController.of(name))!.gateOf(kind, EXPERIMENTAL)?.meet(spec) ?? [];
  expect(met.map(({ barrier }) => barrier.path).sort()).toEqual(expected);
});

test('a whole kind is named by the kind alone', () => {
  expect(nameUnread('UDPRoute', '')).toBe('UDPRoute');
});
