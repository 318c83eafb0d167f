import { Chart, Testing } from 'cdk8s';
import {
  Backend, Gateway, GatewayApi, GatewayApiChannel, GatewayClass, ListenerSet, PolicyTargetRef, XBackend, XTelemetryAttribute,
  XTelemetryParentBasedSampling, XTelemetryPolicy, XTelemetryTracing, XTelemetryTracingOptions,
} from '../../src';

function chartIn(namespace?: string): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test', { namespace });
}

const provider = { backend: Backend.serviceName('collector', { port: 4317 }) };
const edge = PolicyTargetRef.gateway(Gateway.fromGatewayName('edge'));
const policyWith = (tracing: XTelemetryTracing, targets = [edge]) =>
  new XTelemetryPolicy(chartIn('edge'), 'Policy', { metadata: { name: 'p' }, targets, tracing });
const tracingWith = (options: Partial<XTelemetryTracingOptions>) => policyWith(XTelemetryTracing.enabled({ provider, ...options }))._toKube().tracing;

test('every field', () => {
  // GIVEN
  const chart = chartIn('edge');

  // WHEN
  const policy = new XTelemetryPolicy(chart, 'Policy', {
    metadata: { name: 'edge-tracing' },
    targets: [edge],
    tracing: XTelemetryTracing.enabled({
      provider: { backend: Backend.serviceName('collector', { port: 4317 }), headers: { 'X-Tenant': 'shop' } },
      samplingRate: { numerator: 1, denominator: 1000 },
      parentBasedSampling: XTelemetryParentBasedSampling.enabled({ numerator: 50 }),
      serviceName: 'edge',
      spanName: 'GET /cart',
      attributes: [
        XTelemetryAttribute.header('tenant', 'X-Tenant'),
        XTelemetryAttribute.literal('region', 'eu'),
        XTelemetryAttribute.attribute('route', 'http.route'),
      ],
    }),
  }).addTarget(PolicyTargetRef.gateway(Gateway.fromGatewayName('inner')));

  // THEN
  expect(policy.namespace).toBe('edge');
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.x-k8s.io/v1alpha1',
    kind: 'XTelemetryPolicy',
    metadata: { name: 'edge-tracing', namespace: 'edge' },
    spec: {
      targetRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' },
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'inner' },
      ],
      tracing: {
        mode: 'Enabled',
        provider: {
          backendRef: { group: '', kind: 'Service', name: 'collector', port: 4317 },
          headers: [{ name: 'X-Tenant', value: 'shop' }],
        },
        samplingRate: { numerator: 1, denominator: 1000 },
        parentBasedSampling: { mode: 'Enabled', samplingRate: { numerator: 50, denominator: 100 } },
        serviceName: 'edge',
        spanName: 'GET /cart',
        attributes: [
          { name: 'tenant', sourceType: 'Header', headerName: 'X-Tenant' },
          { name: 'region', sourceType: 'Literal', literalValue: 'eu' },
          { name: 'route', sourceType: 'Attribute', attributeKey: 'http.route' },
        ],
      },
    },
  }]);
});

test('a provider is enough', () => {
  expect(tracingWith({})).toEqual({ mode: 'Enabled', provider: { backendRef: { group: '', kind: 'Service', name: 'collector', port: 4317 } } });
});

test('other modes', () => {
  expect(policyWith(XTelemetryTracing.disabled())._toKube().tracing).toEqual({ mode: 'Disabled' });
  expect(policyWith(XTelemetryTracing.implementationDefault())._toKube().tracing).toEqual({ mode: 'ImplementationDefault' });
});

test('modes of parent-based sampling', () => {
  const modeOf = (parentBasedSampling: XTelemetryParentBasedSampling) => tracingWith({ parentBasedSampling })?.parentBasedSampling;
  expect(modeOf(XTelemetryParentBasedSampling.enabled())).toEqual({ mode: 'Enabled' });
  expect(modeOf(XTelemetryParentBasedSampling.disabled())).toEqual({ mode: 'Disabled' });
  expect(modeOf(XTelemetryParentBasedSampling.implementationDefault())).toEqual({ mode: 'ImplementationDefault' });
});

test('a collector in another namespace brings its grant', () => {
  // GIVEN
  const chart = chartIn('edge');

  // WHEN
  const backend = Backend.serviceName('collector', { port: 4317, namespace: 'monitoring' });
  new XTelemetryPolicy(chart, 'Policy', { targets: [edge], tracing: XTelemetryTracing.enabled({ provider: { backend } }) });

  // THEN
  const [policy, grant] = Testing.synth(chart);
  expect(policy.spec.tracing.provider.backendRef).toEqual({ group: '', kind: 'Service', name: 'collector', namespace: 'monitoring', port: 4317 });
  expect(grant).toMatchObject({
    kind: 'ReferenceGrant',
    metadata: { namespace: 'monitoring' },
    spec: {
      from: [{ group: 'gateway.networking.x-k8s.io', kind: 'XTelemetryPolicy', namespace: 'edge' }],
      to: [{ group: '', kind: 'Service', name: 'collector' }],
    },
  });
});

test('a collector of the same namespace brings none, and its namespace is not written', () => {
  const chart = chartIn('edge');
  const backend = Backend.serviceName('collector', { port: 4317, namespace: 'edge' });
  new XTelemetryPolicy(chart, 'Policy', { targets: [edge], tracing: XTelemetryTracing.enabled({ provider: { backend } }) });
  expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['XTelemetryPolicy']);
  expect(Testing.synth(chart)[0].spec.tracing.provider.backendRef).toEqual({ group: '', kind: 'Service', name: 'collector', port: 4317 });
});

test('an XBackend as collector has no port', () => {
  expect(tracingWith({ provider: { backend: XBackend.fromXBackendName('collector') } })?.provider)
    .toEqual({ backendRef: { group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'collector' } });
});

test('headers of a provider', () => {
  const headers = (values: { [name: string]: string }) => () => tracingWith({ provider: { ...provider, headers: values } });
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`h${n}`, 'v']));
  expect(headers(many(16))).not.toThrow();
  expect(headers(many(17))).toThrow('headers of a telemetry provider must be at most 16, got 17: leave some out');
  expect(headers({ 'a b': 'v' })).toThrow('header of a telemetry provider must be 1 to 256 letters');
  expect(headers({ a: 'v ' })).toThrow('value of header \'a\' of a telemetry provider must be printable ASCII');
  expect(headers({ 'X-A': 'v', 'x-a': 'w' })).toThrow('headers of a telemetry provider must differ from each other, got \'x-a\' twice');
});

test('shares are shares of a whole', () => {
  expect(() => tracingWith({ samplingRate: { numerator: 101 } }))
    .toThrow('samplingRate of tracing must be whole numbers between 0/1 and 1/1, got 101/100');
  expect(() => XTelemetryParentBasedSampling.enabled({ numerator: -1 }))
    .toThrow('samplingRate of parentBasedSampling must be whole numbers between 0/1 and 1/1, got -1/100');
});

test('names of the service and of spans', () => {
  expect(tracingWith({ serviceName: 'x'.repeat(253), spanName: 'x'.repeat(256) })).toMatchObject({ mode: 'Enabled' });
  expect(() => tracingWith({ serviceName: 'a b' })).toThrow('serviceName of tracing must be 1 to 253 letters, digits or characters of _.:/-, got \'a b\'');
  expect(() => tracingWith({ serviceName: '' })).toThrow('serviceName of tracing must be 1 to 253');
  expect(() => tracingWith({ serviceName: 'x'.repeat(254) })).toThrow('serviceName of tracing must be 1 to 253');
  expect(() => tracingWith({ spanName: 'a  b' }))
    .toThrow('spanName of tracing must be 1 to 256 letters, digits or characters of _.:/-, with single blanks inside, got \'a  b\'');
  expect(() => tracingWith({ spanName: 'x'.repeat(257) })).toThrow('spanName of tracing must be 1 to 256');
});

test('attributes', () => {
  expect(() => XTelemetryAttribute.literal('a b', 'v')).toThrow('name of an attribute must be 1 to 256 letters, digits or characters of _.:/-, got \'a b\'');
  expect(() => XTelemetryAttribute.literal('a', '')).toThrow('value of attribute \'a\' must have 1 to 1024 characters, got 0');
  expect(() => XTelemetryAttribute.literal('a', 'x'.repeat(1025))).toThrow('value of attribute \'a\' must have 1 to 1024 characters, got 1025');
  expect(() => XTelemetryAttribute.header('a', 'X Y')).toThrow('header of attribute \'a\' must be 1 to 256 letters');
  expect(() => XTelemetryAttribute.attribute('a', 'HTTP')).toThrow(
    'key of attribute \'a\' must be 1 to 256 lower case letters, digits or characters of _.-, got \'HTTP\'');
  expect(() => tracingWith({ attributes: [XTelemetryAttribute.literal('a', '1'), XTelemetryAttribute.literal('a', '2')] }))
    .toThrow('names of attributes must differ from each other, got \'a\' twice');
});

test('targets are whole Gateways', () => {
  const attach = (...targets: PolicyTargetRef[]) => () => policyWith(XTelemetryTracing.disabled(), targets);
  expect(attach(PolicyTargetRef.of({ group: 'example.com', kind: 'Proxy', name: 'p' }))).not.toThrow();
  expect(attach(PolicyTargetRef.gateway(Gateway.fromGatewayName('edge'), { listener: 'http' })))
    .toThrow("XTelemetryPolicy 'p' takes whole objects as targets, got Gateway 'edge' section 'http': leave the section out");
  expect(attach(PolicyTargetRef.serviceName('cart')))
    .toThrow("XTelemetryPolicy 'p' cannot be attached to Service 'cart': its targets are Gateways, use PolicyTargetRef.gateway");
  expect(attach(PolicyTargetRef.httpRoute({ name: 'web' })))
    .toThrow("XTelemetryPolicy 'p' cannot be attached to HTTPRoute 'web': its targets are Gateways, use PolicyTargetRef.gateway");
  expect(attach(edge, edge)).toThrow('XTelemetryPolicy \'p\' has target Gateway \'edge\' twice: leave one out');
});

describe('a Gateway whose controller is known not to read such policies', () => {
  const gateway = Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO });
  const attach = (target: PolicyTargetRef, unreadFields?: string[]) => () => {
    const app = Testing.app();
    GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL, unreadFields });
    new XTelemetryPolicy(new Chart(app, 'test'), 'Policy', { targets: [target], tracing: XTelemetryTracing.disabled() });
  };

  test.each([
    ['Gateway', PolicyTargetRef.gateway(gateway)],
    ['ListenerSet', PolicyTargetRef.listenerSet(ListenerSet.fromListenerSetName('team', { gateway }))],
  ])('is refused: %s', (_, target) => {
    expect(attach(target)).toThrow(/^Istio 1\.31 does not read XTelemetryPolicy.*: it is ignored in silence/);
  });

  test('is taken when that is known', () => {
    expect(attach(PolicyTargetRef.gateway(gateway), ['XTelemetryPolicy'])).not.toThrow();
    expect(attach(PolicyTargetRef.gateway(Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.CILIUM })))).not.toThrow();
  });
});

test('a policy of the cluster is named', () => {
  expect(XTelemetryPolicy.fromXTelemetryPolicyName('p', { namespace: 'edge' })).toEqual({ name: 'p', namespace: 'edge' });
  expect(() => XTelemetryPolicy.fromXTelemetryPolicyName('P')).toThrow('name of the XTelemetryPolicy must be a DNS subdomain');
});

test('the standard channel has no XTelemetryPolicy', () => {
  expect(() => new XTelemetryPolicy(Testing.chart(), 'Policy', { tracing: XTelemetryTracing.disabled() })).toThrow('XTelemetryPolicy');
});
