import { GatewayApiBundle } from '../../src/semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { IstioVersion } from '../../src/semantics/istio-version';
import { checkForRelease } from '../../src/validation/release';

const GROUP = 'gateway.networking.k8s.io';

/** What is found in an object, as path, rule and message. */
function found(apiVersion: string, kind: string, spec: object, bundle: string, channel = GatewayApiChannel.STANDARD): string[] | undefined {
  const object = { apiVersion, kind, metadata: { name: 'a' }, spec };
  return checkForRelease(object as never, { bundle: bundle as GatewayApiBundle, channel })
    ?.map(({ path, rule, message }) => `${path.join('.')} [${rule}] ${message}`);
}

test('a field that the release lacks', () => {
  const spec = { rules: [{}, { retry: {} }] };
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.6')).toEqual(['spec.rules.1.retry [version] is not in Gateway API 1.6 standard, which would drop it in silence: ' +
    'it is in the standard channel since 1.7, in the experimental channel since 1.2; leave it out, or validate for the release that the cluster has']);
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.7')).toEqual([]);
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.2', GatewayApiChannel.EXPERIMENTAL)).toEqual([]);
});

test('a field that the channel never had is found once, and what else is wrong too', () => {
  const spec = { hostnames: [42], rules: [{ sessionPersistence: { type: 'Cookie' } }] };
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.6')).toEqual([
    expect.stringMatching(/^spec\.rules\.0\.sessionPersistence \[version\] .* it is in the experimental channel only, since 1\.1;/),
    'spec.hostnames.0 [schema] must be a text, got 42',
  ]);
  // Of the pinned release the schemas say all.
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.7')).toEqual([expect.stringContaining('[unknown-field]'), expect.stringContaining('[schema]')]);
});

test('a word that the release lacks', () => {
  const spec = { rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 308 } }] }] };
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.4')).toEqual([
    expect.stringMatching(/^spec\.rules\.0\.filters\.0\.requestRedirect\.statusCode \[version\] is not in Gateway API 1\.4 standard, which refuses it: it is in both channels since 1\.5;/),
  ]);
});

test('a word of an open set passes, as in the API server', () => {
  const spec = { rules: [{ backendRefs: [{ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'a' }] }] };
  expect(found(`${GROUP}/v1`, 'HTTPRoute', spec, '1.5')).toEqual([]);
});

test('a kind that the release lacks', () => {
  expect(found(`${GROUP}/v1`, 'TLSRoute', { anything: 1 }, '1.4')).toEqual([
    'kind [version] TLSRoute is not in Gateway API 1.4 standard: it is in the standard channel since 1.5, in the experimental channel since 1.0; ' +
    'leave it out, or validate for the release that the cluster has',
  ]);
});

test('a version of a kind that the release lacks', () => {
  const spec = { from: [{ group: '', kind: 'Gateway', namespace: 'a' }], to: [{ group: '', kind: 'Secret' }] };
  expect(found(`${GROUP}/v1`, 'ReferenceGrant', spec, '1.4')).toEqual([
    `apiVersion [version] must be ${GROUP}/v1beta1 for a ReferenceGrant in Gateway API 1.4 standard, got '${GROUP}/v1', which is served since 1.5`,
  ]);
  expect(found(`${GROUP}/v1beta1`, 'ReferenceGrant', spec, '1.4')).toEqual([]);
  expect(found(`${GROUP}/v2`, 'ReferenceGrant', spec, '1.4')).toEqual([
    `apiVersion [version] must be ${GROUP}/v1beta1 for a ReferenceGrant in Gateway API 1.4 standard, got '${GROUP}/v2'`,
  ]);
});

test('a kind that later releases dropped is known, and nobody can judge it', () => {
  expect(found('gateway.networking.x-k8s.io/v1alpha1', 'XListenerSet', {}, '1.4', GatewayApiChannel.EXPERIMENTAL)).toBeUndefined();
  expect(found('gateway.networking.x-k8s.io/v1alpha1', 'XListenerSet', {}, '1.5', GatewayApiChannel.EXPERIMENTAL))
    .toEqual([expect.stringMatching(/^kind \[unknown-kind\] must be a kind of gateway\.networking\.x-k8s\.io: .*, got 'XListenerSet'/)]);
});

test('other kinds are none of its business', () => {
  expect(found('example.com/v1', 'HTTPRoute', {}, '1.4')).toBeUndefined();
  expect(found('networking.istio.io/v1', 'Gateway', { x: 1 }, '1.4')).toEqual([expect.stringContaining('[unknown-field]')]);
  expect(checkForRelease({ kind: 'Gateway' }, { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.STANDARD })).toMatchObject([{ path: ['apiVersion'] }]);
  expect(checkForRelease({ apiVersion: 'v1' }, { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.STANDARD })).toMatchObject([{ path: ['kind'] }]);
});

describe('Istio', () => {
  const inIstio = (istio: IstioVersion | undefined, apiVersion: string, kind: string, spec: object) =>
    checkForRelease({ apiVersion, kind, metadata: { name: 'a' }, spec } as never, { bundle: GatewayApiBundle.V1_7, channel: GatewayApiChannel.STANDARD, istio })
      ?.map(({ path, rule, message }) => `${path.join('.')} [${rule}] ${message}`);
  const RULE = { host: 'a.example.com', trafficPolicy: { retryBudget: { percent: 20, budgetInterval: '10s' } } };

  test('a field that the release lacks', () => {
    expect(inIstio(IstioVersion.V1_30, 'networking.istio.io/v1', 'DestinationRule', RULE)).toEqual([
      'spec.trafficPolicy.retryBudget.budgetInterval [version] is not in Istio 1.30, which would drop it in silence: it is there since 1.31; ' +
      'leave it out, or validate for the release that the cluster has',
    ]);
    expect(inIstio(IstioVersion.V1_31, 'networking.istio.io/v1', 'DestinationRule', RULE)).toEqual([]);
    expect(inIstio(undefined, 'networking.istio.io/v1', 'DestinationRule', RULE)).toEqual([]);
  });

  test('a word that the release lacks', () => {
    expect(inIstio(IstioVersion.V1_27, 'networking.istio.io/v1', 'ServiceEntry', { hosts: ['*.a.com'], resolution: 'DYNAMIC_DNS' })).toEqual([
      expect.stringMatching(/^spec\.resolution \[version\] is not in Istio 1\.27, which refuses it: it is there since 1\.28;/),
    ]);
  });

  test('a version of a kind that the release lacks, and a kind', () => {
    expect(inIstio(IstioVersion.V1_21, 'networking.istio.io/v1', 'Sidecar', { outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })).toEqual([
      "apiVersion [version] must be networking.istio.io/v1beta1 for a Sidecar in Istio 1.21, got 'networking.istio.io/v1', which is served since 1.22",
    ]);
    expect(inIstio(IstioVersion.V1_29, 'extensions.istio.io/v1alpha1', 'TrafficExtension', { lua: { inlineCode: 'x' } })).toEqual([
      'kind [version] TrafficExtension is not in Istio 1.29: it is there since 1.30; leave it out, or validate for the release that the cluster has',
    ]);
  });

  test('what later releases have, and what is wrong in all of them', () => {
    const tls = { mode: 'SIMPLE', caCrl: 3 };
    expect(inIstio(IstioVersion.V1_21, 'networking.istio.io/v1beta1', 'DestinationRule', { host: 'a', trafficPolicy: { tls, retryBudget: 7 } })).toEqual([
      expect.stringMatching(/^spec\.trafficPolicy\.retryBudget \[version\]/), expect.stringMatching(/^spec\.trafficPolicy\.tls\.caCrl \[version\]/),
    ]);
  });

  test('kinds of others', () => {
    expect(inIstio(IstioVersion.V1_20, 'gateway.networking.k8s.io/v1', 'Gateway', { gatewayClassName: 'a', listeners: [{ name: 'a', port: 80, protocol: 'HTTP' }] })).toEqual([]);
  });
});
