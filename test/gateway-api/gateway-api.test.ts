import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayApiOptions, GatewayController } from '../../src';

const declare = (options: GatewayApiOptions) => GatewayApi.declare(new App(), options);
const REMEDY = 'leave it out, or declare what the clusters run with GatewayApi.declare';

test('without a declaration it is 1.7 of the standard channel', () => {
  const api = GatewayApi._of(new Chart(new App(), 'c'));
  expect([api.bundle, api.channel, api.mesh]).toEqual(['1.7', 'standard', undefined]);
});

test('what is declared for an app holds for all in it', () => {
  // GIVEN
  const app = new App();

  // WHEN
  const declared = GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.EXPERIMENTAL, mesh: GatewayController.ISTIO });

  // THEN
  const api = GatewayApi._of(new Construct(new Chart(app, 'c'), 'x'));
  expect(api).toBe(declared);
  expect([api.bundle, api.channel, api.mesh]).toEqual(['1.4', 'experimental', GatewayController.ISTIO]);
});

test('charts for several clusters each declare their own', () => {
  const app = new App();
  GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_6 });
  const old = new Chart(app, 'old');
  GatewayApi.declare(old, { bundle: GatewayApiBundle.V1_3 });
  expect(GatewayApi._of(new Construct(old, 'x')).bundle).toBe('1.3');
  expect(GatewayApi._of(new Chart(app, 'other')).bundle).toBe('1.6');
});

test('it is too late once there is something', () => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  new Construct(chart, 'Web');
  expect(() => GatewayApi.declare(app, {})).toThrow(
    "the Gateway API must be declared before 'the app' has children, got 1, the first is 'shop': declare it right after the app, or chart, is made");
  expect(() => GatewayApi.declare(chart, {})).toThrow("before 'shop' has children, got 1, the first is 'Web'");
});

test.each<[string, GatewayApiOptions, string]>([
  ['HTTPRoute', {}, 'gateway.networking.k8s.io/v1'],
  ['TLSRoute', { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.EXPERIMENTAL }, 'gateway.networking.k8s.io/v1alpha3'],
  ['ReferenceGrant', { bundle: GatewayApiBundle.V1_4 }, 'gateway.networking.k8s.io/v1beta1'],
  ['XMesh', { channel: GatewayApiChannel.EXPERIMENTAL }, 'gateway.networking.x-k8s.io/v1alpha1'],
])('the apiVersion of %s in %j', (kind, options, expected) => {
  expect(declare(options)._apiVersion(kind)).toBe(expected);
});

test.each<[string, GatewayApiOptions, string]>([
  ['TLSRoute', { bundle: GatewayApiBundle.V1_4 },
    'TLSRoute is not in Gateway API 1.4 standard: it is in the standard channel since 1.5, in the experimental channel since 1.0'],
  ['XMesh', {}, 'XMesh is not in Gateway API 1.7 standard: it is in the experimental channel only, since 1.4'],
])('%s is in no apiVersion of %j', (kind, options, message) => {
  expect(() => declare(options)._apiVersion(kind)).toThrow(`${message}; ${REMEDY}`);
});

test.each<[string, unknown, GatewayApiOptions, string]>([
  ['', { rules: [{}, { retry: {} }] }, { bundle: GatewayApiBundle.V1_6 },
    'spec.rules[1].retry of HTTPRoute \'web\' is not in Gateway API 1.6 standard, which would drop it in silence: ' +
    'it is in the standard channel since 1.7, in the experimental channel since 1.2'],
  ['rules[]', { sessionPersistence: {} }, {},
    'spec.rules[].sessionPersistence of HTTPRoute \'web\' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the experimental channel only, since 1.1'],
  ['rules[2]', { filters: [{ requestRedirect: { statusCode: 307 } }] }, { bundle: GatewayApiBundle.V1_4 },
    "spec.rules[2].filters[0].requestRedirect.statusCode '307' of HTTPRoute 'web' is not in Gateway API 1.4 standard, which refuses it: it is in both channels since 1.5"],
  ['rules[2]', { filters: [{ cors: { allowCredentials: false } }] }, { bundle: GatewayApiBundle.V1_3, channel: GatewayApiChannel.EXPERIMENTAL },
    "spec.rules[2].filters[0].cors.allowCredentials 'false' of HTTPRoute 'web' is not in Gateway API 1.3 experimental, which refuses it: " +
    'it is in the standard channel since 1.5, in the experimental channel since 1.4'],
  ['', { rules: [{ backendRefs: [{ kind: 'XBackend' }] }] }, {},
    "spec.rules[0].backendRefs[0].kind 'XBackend' of HTTPRoute 'web' is not in Gateway API 1.7 standard, where nothing knows what it means: " +
    'it is in the experimental channel only, since 1.6'],
])('what a release lacks is refused: %s %j', (at, part, options, message) => {
  expect(() => declare(options)._check({ kind: 'HTTPRoute', name: 'web' }, at, part)).toThrow(`${message}; ${REMEDY}`);
});

test.each<[string, unknown, string]>([
  ['Gateway', { infrastructure: { annotations: { ...[...'123456789'] } } }, "spec.infrastructure.annotations of Gateway 'web' with more than 8 entries is not in Gateway API 1.5 standard, " +
    'which refuses it: it is in both channels since 1.6'],
  ['TLSRoute', { hostnames: Array(17).fill('a.com') }, "spec.hostnames of TLSRoute 'web' with more than 16 entries is not in Gateway API 1.5 standard, " +
    'which refuses it: it is in both channels since 1.6'],
])('a list of a %s that was shorter once is refused', (kind, spec, message) => {
  expect(() => declare({ bundle: GatewayApiBundle.V1_5 })._check({ kind, name: 'web' }, '', spec)).toThrow(`${message}; ${REMEDY}`);
});

test('a value that is not the only one there was is refused', () => {
  const spec = { validation: { wellKnownCACertificates: 'example.com/all' } };
  expect(() => declare({ bundle: GatewayApiBundle.V1_4 })._check({ kind: 'BackendTLSPolicy', name: 'web' }, '', spec))
    .toThrow("spec.validation.wellKnownCACertificates of BackendTLSPolicy 'web' other than 'System' is not in Gateway API 1.4 standard, " +
      `which refuses it: it is in both channels since 1.5; ${REMEDY}`);
});

test('what it has is not', () => {
  const rule = { retry: {}, filters: [{ type: 'CORS', cors: {} }] };
  expect(() => declare({})._check({ kind: 'HTTPRoute', name: 'web' }, 'rules[]', rule, GatewayController.ISTIO)).not.toThrow();
  expect(() => declare({ bundle: GatewayApiBundle.V1_3, channel: GatewayApiChannel.EXPERIMENTAL })._check({ kind: 'HTTPRoute', name: 'web' }, 'rules[]', rule)).not.toThrow();
});

describe('a controller', () => {
  const EXPERIMENTAL = { channel: GatewayApiChannel.EXPERIMENTAL };
  const REWRITE_AT_BACKEND = { rules: [{ backendRefs: [{ filters: [{ urlRewrite: {} }] }] }] };

  test.each<[string, unknown, GatewayController, string]>([
    ['HTTPRoute', { rules: [{ sessionPersistence: { cookie: {} } }] }, GatewayController.ISTIO,
      "Istio 1.31 does not read spec.rules[0].sessionPersistence of HTTPRoute 'web': it is ignored in silence; " +
      "leave it out, or name 'HTTPRoute rules[].sessionPersistence' in unreadFields of GatewayApi.declare"],
    ['HTTPRoute', { rules: [{ sessionPersistence: { cookie: {} } }] }, GatewayController.ENVOY_GATEWAY,
      "Envoy Gateway 1.9 does not read spec.rules[0].sessionPersistence.cookie of HTTPRoute 'web': it was built with the types of Gateway API 1.6"],
    ['HTTPRoute', REWRITE_AT_BACKEND, GatewayController.ISTIO_WAYPOINT,
      "Istio 1.31 does not read spec.rules[0].backendRefs[0].filters[0].urlRewrite of HTTPRoute 'web': the whole route is refused"],
    ['HTTPRoute', { rules: [{ retry: {} }] }, GatewayController.LINKERD,
      "Linkerd edge-26.8 does not read spec.rules[0].retry of HTTPRoute 'web': it is ignored in silence: use the annotations retry.linkerd.io/* of the route"],
    ['HTTPRoute', { rules: [{ backendRefs: [{ kind: 'XBackend' }] }] }, GatewayController.ENVOY_GATEWAY,
      "Envoy Gateway 1.9 does not read spec.rules[0].backendRefs[0].kind 'XBackend' of HTTPRoute 'web': requests to the backend fail"],
    ['UDPRoute', {}, GatewayController.ISTIO, "Istio 1.31 does not read UDPRoute 'web': it is ignored in silence; leave it out, or name 'UDPRoute' in unreadFields"],
    ['Gateway', { addresses: [{ routability: 'Cluster' }] }, GatewayController.ISTIO,
      "Istio 1.31 does not read spec.addresses[0].routability of Gateway 'web': it was built with the types of Gateway API 1.6"],
  ])('leaves something of %s %j unread', (kind, spec, controller, message) => {
    expect(() => declare(EXPERIMENTAL)._check({ kind, name: 'web' }, '', spec, controller)).toThrow(message);
  });

  test('may know what another does not', () => {
    expect(() => declare(EXPERIMENTAL)._check({ kind: 'HTTPRoute', name: 'web' }, '', REWRITE_AT_BACKEND, GatewayController.ENVOY_GATEWAY)).not.toThrow();
  });

  test('of which nothing is known reads all', () => {
    expect(() => declare(EXPERIMENTAL)._check({ kind: 'UDPRoute', name: 'web' }, '', {}, GatewayController.CILIUM)).not.toThrow();
    expect(() => declare(EXPERIMENTAL)._check({ kind: 'UDPRoute', name: 'web' }, '', {})).not.toThrow();
  });

  test('that asks for one version only sees nothing where it is not served', () => {
    expect(() => declare({})._check({ kind: 'TLSRoute', name: 'web' }, '', {}, GatewayController.LINKERD)).toThrow(
      "Linkerd edge-26.8 does not read TLSRoute 'web': it asks for v1alpha2, which the standard channel of 1.7 does not serve; leave it out, or name 'TLSRoute'");
    expect(() => declare(EXPERIMENTAL)._check({ kind: 'TLSRoute', name: 'web' }, '', {}, GatewayController.LINKERD)).not.toThrow();
  });

  test('is no obstacle for what is named', () => {
    const api = declare({ ...EXPERIMENTAL, unreadFields: ['HTTPRoute rules[].backendRefs[].filters[].urlRewrite', 'UDPRoute'] });
    expect(() => api._check({ kind: 'HTTPRoute', name: 'web' }, '', REWRITE_AT_BACKEND, GatewayController.ISTIO)).not.toThrow();
    expect(() => api._check({ kind: 'UDPRoute', name: 'web' }, '', {}, GatewayController.ISTIO)).not.toThrow();
    expect(() => api._check({ kind: 'HTTPRoute', name: 'web' }, '', { rules: [{ sessionPersistence: {} }] }, GatewayController.ISTIO)).toThrow("sessionPersistence of HTTPRoute 'web'");
  });
});

test.each([
  ['ListenerSet listeners[].filter', "got 'ListenerSet listeners[].filter'; of ListenerSet that is 'ListenerSet listeners[].filters'"],
  ['Route rules', "got 'Route rules'; there is nothing of the kind: the kinds are GRPCRoute, Gateway, HTTPRoute, ListenerSet, TCPRoute, TLSRoute, UDPRoute"],
])('a field that is read is not to be named: %s', (field, message) => {
  expect(() => declare({ unreadFields: [field] })).toThrow(
    `unreadFields must name what a controller is known not to read, such as 'HTTPRoute rules[].sessionPersistence', ${message}`);
});
