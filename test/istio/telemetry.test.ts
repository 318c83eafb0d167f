import { App, Chart, Duration, Testing } from 'cdk8s';
import {
  ExtensionProvider, GatewayClass, IstioMesh, IstioMetric, IstioVersion, MetricsOverride, MetricTagOverride, PolicyTarget, Telemetry,
  TelemetryAccessLogging, TelemetryMetrics, TelemetryProps, TelemetryTracing, TelemetryTracingOptions, TracingTag, WorkloadMode, WorkloadSelector,
} from '../../src';

const otel = ExtensionProvider.named('otel');
const zipkin = ExtensionProvider.named('zipkin');

function spec(props?: TelemetryProps): unknown {
  const chart = Testing.chart();
  new Telemetry(chart, 'Telemetry', { metadata: { name: 'web', namespace: 'shop' }, ...props });
  return Testing.synth(chart)[0].spec;
}

function meshed(extensionProviders: ExtensionProvider[] = [otel], version?: IstioVersion): Chart {
  const chart = new Chart(new App(), 'chart');
  new IstioMesh(chart, 'Mesh', { extensionProviders, version });
  return chart;
}

const tracing = (options: TelemetryTracingOptions) => spec({ tracing: TelemetryTracing.to(zipkin, options) });

describe('what it is about', () => {
  test('the mesh: it is in its root namespace', () => {
    // GIVEN
    const chart = new Chart(new App(), 'chart');
    new IstioMesh(chart, 'Mesh', { rootNamespace: 'mesh-system', extensionProviders: [otel] });

    // WHEN
    Telemetry.forMesh(chart, 'Telemetry', { metadata: { name: 'mesh-default' }, accessLogging: [TelemetryAccessLogging.to([otel])] });

    // THEN
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { name: 'mesh-default', namespace: 'mesh-system' },
      spec: { accessLogging: [{ providers: [{ name: 'otel' }] }] },
    }]);
  });

  test('the mesh, where none is declared', () => {
    expect(Telemetry.forMesh(Testing.chart(), 'Telemetry').namespace).toBe('istio-system');
  });

  test('a namespace', () => {
    const chart = Testing.chart();
    const telemetry = Telemetry.forNamespace(chart, 'Telemetry', 'shop', { metadata: { name: 'default' }, metrics: [TelemetryMetrics.byDefault()] });
    expect([telemetry.name, telemetry.namespace, telemetry.resourceType]).toEqual(['default', 'shop', 'telemetries']);
    expect(Testing.synth(chart)[0].spec).toEqual({ metrics: [{}] });
  });

  test('workloads', () => {
    expect(spec({ selector: WorkloadSelector.labels({ app: 'web' }) })).toEqual({ selector: { matchLabels: { app: 'web' } } });
  });

  test('gateways, Services and ServiceEntries', () => {
    expect(spec({ targets: [PolicyTarget.gatewayName('waypoint'), PolicyTarget.serviceName('web')] })).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }, { group: '', kind: 'Service', name: 'web' }],
    });
  });

  test('an empty one stays', () => {
    expect(spec()).toEqual({});
  });

  test('before 1.22 it is v1alpha1, without targets', () => {
    const chart = meshed([otel], IstioVersion.V1_21);
    expect(new Telemetry(chart, 'Telemetry').apiVersion).toBe('telemetry.istio.io/v1alpha1');
    expect(() => new Telemetry(chart, 'Targets', { targets: [PolicyTarget.gatewayName('waypoint')] })).toThrow('spec.targetRefs of Telemetry');
  });

  test.each<[string, () => void, string]>([
    ['the mesh in another namespace', () => Telemetry.forMesh(meshed(), 'Telemetry', { metadata: { namespace: 'shop' } }),
      "a Telemetry for namespace 'istio-system' must be in it, got 'shop': leave the namespace out of the metadata"],
    ['a namespace that is the root of the mesh', () => Telemetry.forNamespace(meshed(), 'Telemetry', 'istio-system'),
      "a Telemetry for namespace 'istio-system' would hold for the whole mesh, whose root namespace it is: use Telemetry.forMesh"],
    ['a namespace in another', () => Telemetry.forNamespace(Testing.chart(), 'Telemetry', 'shop', { metadata: { namespace: 'web' } }),
      "a Telemetry for namespace 'shop' must be in it, got 'web': leave the namespace out of the metadata"],
    ['selector and targets', () => spec({ selector: WorkloadSelector.labels({ app: 'web' }), targets: [PolicyTarget.gatewayName('edge')] }),
      'Telemetry takes selector or targets, got both'],
    ['a GatewayClass', () => spec({ metadata: { name: 'web', namespace: 'istio-system' }, targets: [PolicyTarget.gatewayClass(GatewayClass.ISTIO_WAYPOINT)] }),
      "Telemetry 'web' cannot be attached to a GatewayClass, which istiod does not look for: use targets of each namespace, or forMesh"],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('access logging', () => {
  test('to providers, filtered, on one side', () => {
    const entry = TelemetryAccessLogging.to([otel, ExtensionProvider.ENVOY], { filter: 'response.code >= 400', mode: WorkloadMode.SERVER });
    expect(spec({ accessLogging: [entry] })).toEqual({
      accessLogging: [{ providers: [{ name: 'otel' }, { name: 'envoy' }], filter: { expression: 'response.code >= 400' }, match: { mode: 'SERVER' } }],
    });
  });

  test('to the default providers, where nothing is known of the mesh', () => {
    expect(spec({ accessLogging: [TelemetryAccessLogging.byDefault({ mode: WorkloadMode.CLIENT })] })).toEqual({
      accessLogging: [{ match: { mode: 'CLIENT' } }],
    });
  });

  test('off, for all and for some', () => {
    expect(spec({ accessLogging: [TelemetryAccessLogging.off()] })).toEqual({ accessLogging: [{ disabled: true }] });
    expect(spec({ accessLogging: [TelemetryAccessLogging.off({ providers: [otel], mode: WorkloadMode.CLIENT_AND_SERVER })] })).toEqual({
      accessLogging: [{ disabled: true, providers: [{ name: 'otel' }], match: { mode: 'CLIENT_AND_SERVER' } }],
    });
  });

  test('entries that do not replace each other are added', () => {
    const chart = Testing.chart();
    new Telemetry(chart, 'Telemetry')
      .addAccessLogging(TelemetryAccessLogging.to([otel]))
      .addAccessLogging(TelemetryAccessLogging.to([zipkin], { mode: WorkloadMode.CLIENT }))
      .addAccessLogging(TelemetryAccessLogging.off({ mode: WorkloadMode.SERVER }));
    expect(Testing.synth(chart)[0].spec.accessLogging).toHaveLength(3);
  });

  test.each<[string, TelemetryAccessLogging[], string]>([
    ['the same provider again', [TelemetryAccessLogging.to([otel], { mode: WorkloadMode.SERVER }), TelemetryAccessLogging.to([ExtensionProvider.named('OTel')])],
      "access logging 1 of Telemetry 'web' is without effect for 'otel': access logging 2 is for the same, leave one out, or give them different modes"],
    ['off after it', [TelemetryAccessLogging.to([zipkin]), TelemetryAccessLogging.to([otel]), TelemetryAccessLogging.off()],
      "access logging 2 of Telemetry 'web' is without effect for 'otel': access logging 3 is for the same"],
    ['the default providers again', [TelemetryAccessLogging.byDefault({ filter: 'response.code > 400' }), TelemetryAccessLogging.byDefault()],
      "access logging 1 of Telemetry 'web' is without effect for the default providers: access logging 2 is for the same"],
    ['no provider', [TelemetryAccessLogging.to([])], "access logging of Telemetry 'web' needs at least one provider, got none: pass one, or use byDefault"],
    ['a provider twice', [TelemetryAccessLogging.to([otel, ExtensionProvider.named('OTEL')])],
      "providers of access logging of Telemetry 'web' must differ from each other, got 'OTEL' twice: leave one out"],
    ['a provider for something else', [TelemetryAccessLogging.to([ExtensionProvider.PROMETHEUS])],
      "access logging of Telemetry 'web' needs a provider for access logs, got 'prometheus', which is for metrics"],
  ])('%s is refused', (_, accessLogging, message) => {
    expect(() => spec({ accessLogging })).toThrow(message);
  });

  test('what the mesh does not have is refused', () => {
    const chart = meshed();
    expect(() => new Telemetry(chart, 'Other', { accessLogging: [TelemetryAccessLogging.to([zipkin])] })).toThrow("names the extension provider 'zipkin'");
    expect(() => new Telemetry(chart, 'Default', { metadata: { name: 'web' }, accessLogging: [TelemetryAccessLogging.byDefault()] })).toThrow(
      "access logging of Telemetry 'web' is left to the default providers of the mesh, which has none for access logs: " +
      'name a provider, or pass accessLogging in defaultProviders of the IstioMesh');
  });

  test('a filter that is no expression is refused', () => {
    expect(() => TelemetryAccessLogging.to([otel], { filter: 'response.code =' })).toThrow("filter of an access log must be an expression of CEL, got 'response.code ='");
  });
});

describe('tracing', () => {
  test('every setting', () => {
    expect(tracing({
      mode: WorkloadMode.CLIENT,
      randomSamplingPercentage: 0.5,
      customTags: {
        region: TracingTag.literal('eu'),
        pod: TracingTag.environment('POD_NAME', 'unknown'),
        user: TracingTag.header('x-user', 'nobody'),
        call: TracingTag.formatter('%REQ(:METHOD)%'),
        plain: TracingTag.header('x-plain'),
      },
      disableSpanReporting: false,
      disableContextPropagation: true,
      enableIstioTags: false,
      useRequestIdForTraceSampling: false,
    })).toEqual({
      tracing: [{
        providers: [{ name: 'zipkin' }],
        match: { mode: 'CLIENT' },
        randomSamplingPercentage: 0.5,
        customTags: {
          region: { literal: { value: 'eu' } },
          pod: { environment: { name: 'POD_NAME', defaultValue: 'unknown' } },
          user: { header: { name: 'x-user', defaultValue: 'nobody' } },
          call: { formatter: { value: '%REQ(:METHOD)%' } },
          plain: { header: { name: 'x-plain' } },
        },
        disableSpanReporting: false,
        disableContextPropagation: true,
        enableIstioTags: false,
        useRequestIdForTraceSampling: false,
      }],
    });
  });

  test('to the default provider, and off', () => {
    const whole = TelemetryTracing.byDefault({ randomSamplingPercentage: 100 });
    expect(spec({ tracing: whole })).toEqual({ tracing: [{ randomSamplingPercentage: 100 }] });
    expect(spec({ tracing: TelemetryTracing.off({ mode: WorkloadMode.SERVER }) })).toEqual({
      tracing: [{ match: { mode: 'SERVER' }, disableSpanReporting: true }],
    });
    expect(spec({ tracing: TelemetryTracing.off() })).toEqual({ tracing: [{ disableSpanReporting: true }] });
  });

  test.each<[string, () => void, string]>([
    ['too little', () => tracing({ randomSamplingPercentage: -1 }), 'randomSamplingPercentage must be between 0 and 100, got -1'],
    ['too much', () => tracing({ randomSamplingPercentage: 100.1 }), 'randomSamplingPercentage must be between 0 and 100, got 100.1'],
    ['no number', () => tracing({ randomSamplingPercentage: NaN }), 'randomSamplingPercentage must be between 0 and 100, got NaN'],
    ['a tag without a name', () => tracing({ customTags: { '': TracingTag.literal('a') } }), 'name of a tag in customTags must not be empty: give it a name'],
    ['an empty literal', () => TracingTag.literal(''), 'value of a literal tag must not be empty: pass one, or leave the tag out'],
    ['an empty variable', () => TracingTag.environment(''), 'variable of an environment tag must not be empty: pass one, or leave the tag out'],
    ['an empty format', () => TracingTag.formatter(''), 'format of a formatter tag must not be empty: pass one, or leave the tag out'],
    ['no header', () => TracingTag.header('x user'), "header of a tag must be the name of an HTTP header, got 'x user'"],
    ['a provider for something else', () => spec({ tracing: TelemetryTracing.to(ExtensionProvider.PROMETHEUS) }),
      "tracing of Telemetry 'web' needs a provider for tracing, got 'prometheus', which is for metrics"],
    ['the default of a mesh without', () => new Telemetry(meshed(), 'Telemetry', { metadata: { name: 'web' }, tracing: TelemetryTracing.byDefault() }),
      "tracing of Telemetry 'web' is left to the default providers of the mesh, which has none for tracing: " +
      'name a provider, or pass tracing in defaultProviders of the IstioMesh'],
    ['a field of a later release', () => new Telemetry(meshed([otel], IstioVersion.V1_28), 'Telemetry', {
      tracing: TelemetryTracing.to(otel, { disableContextPropagation: true }),
    }), 'spec.tracing[0].disableContextPropagation of Telemetry'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('metrics', () => {
  test('every setting', () => {
    const metrics = TelemetryMetrics.to([ExtensionProvider.PROMETHEUS, otel], {
      reportingInterval: Duration.millis(2500),
      overrides: [
        MetricsOverride.all({ mode: WorkloadMode.CLIENT, disabled: true }),
        MetricsOverride.metric(IstioMetric.REQUEST_COUNT, {
          mode: WorkloadMode.SERVER,
          disabled: false,
          tagOverrides: {
            host: MetricTagOverride.upsert('request.host'),
            team: MetricTagOverride.literal('a "b"'),
            grpc_response_status: MetricTagOverride.remove(),
          },
        }),
        MetricsOverride.customMetric('my_total', { disabled: true }),
      ],
    });
    expect(spec({ metrics: [metrics] })).toEqual({
      metrics: [{
        providers: [{ name: 'prometheus' }, { name: 'otel' }],
        reportingInterval: '2s500ms',
        overrides: [
          { match: { metric: 'ALL_METRICS', mode: 'CLIENT' }, disabled: true },
          {
            match: { metric: 'REQUEST_COUNT', mode: 'SERVER' },
            disabled: false,
            tagOverrides: {
              host: { operation: 'UPSERT', value: 'request.host' },
              team: { operation: 'UPSERT', value: '"a \\"b\\""' },
              grpc_response_status: { operation: 'REMOVE' },
            },
          },
          { match: { customMetric: 'my_total' }, disabled: true },
        ],
      }],
    });
  });

  test('every metric of Istio', () => {
    expect(Object.values(IstioMetric)).toEqual([
      'REQUEST_COUNT', 'REQUEST_DURATION', 'REQUEST_SIZE', 'RESPONSE_SIZE', 'TCP_OPENED_CONNECTIONS', 'TCP_CLOSED_CONNECTIONS', 'TCP_SENT_BYTES',
      'TCP_RECEIVED_BYTES', 'GRPC_REQUEST_MESSAGES', 'GRPC_RESPONSE_MESSAGES',
    ]);
  });

  test('every mesh has default providers, and entries are added', () => {
    const chart = meshed();
    new Telemetry(chart, 'Telemetry', { metrics: [TelemetryMetrics.byDefault()] }).addMetrics(TelemetryMetrics.to([ExtensionProvider.PROMETHEUS]));
    expect(Testing.synth(chart)[0].spec).toEqual({ metrics: [{}, { providers: [{ name: 'prometheus' }] }] });
  });

  test.each<[string, () => void, string]>([
    ['nothing', () => MetricsOverride.all({}), 'override of ALL_METRICS changes nothing: pass disabled or tagOverrides'],
    ['tags on what is disabled', () => MetricsOverride.metric(IstioMetric.REQUEST_SIZE, { disabled: true, tagOverrides: { a: MetricTagOverride.remove() } }),
      'override of REQUEST_SIZE sets tags on what is disabled: leave tagOverrides or disabled out'],
    ['a tag without a name', () => MetricsOverride.customMetric('mine', { tagOverrides: { '': MetricTagOverride.remove() } }),
      'name of a tag in the override of mine must not be empty: give it a name'],
    ['a metric without a name', () => MetricsOverride.customMetric('', { disabled: true }), 'name of a custom metric must not be empty: pass its name, or use metric or all'],
    ['an empty value', () => MetricTagOverride.upsert(''), 'value of a tag must not be empty'],
    ['a value that is no expression', () => MetricTagOverride.upsert('a b'), "value of a tag must be an expression of CEL, got 'a b'"],
    ['no interval', () => TelemetryMetrics.byDefault({ reportingInterval: Duration.millis(0) }), 'reportingInterval must be at least 1ms, got 0s: leave it out for the default'],
    ['a provider for something else', () => spec({ metrics: [TelemetryMetrics.to([ExtensionProvider.ENVOY])] }),
      "metrics of Telemetry 'web' needs a provider for metrics, got 'envoy', which is for access logs"],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('what is left to the mesh goes to its default providers', () => {
  const scope = Testing.chart();
  new IstioMesh(scope, 'Mesh', { extensionProviders: [otel], defaultProviders: { accessLogging: [ExtensionProvider.ENVOY], tracing: [otel] } });
  new Telemetry(scope, 'Telemetry', { accessLogging: [TelemetryAccessLogging.byDefault()], tracing: TelemetryTracing.byDefault() });
  expect(Testing.synth(scope)[0].spec).toEqual({ accessLogging: [{}], tracing: [{}] });
});

describe('switching logs off where the mesh logs to a file', () => {
  const off = (accessLogging: TelemetryAccessLogging[]) => {
    const scope = Testing.chart();
    new IstioMesh(scope, 'Mesh', { accessLog: { file: '/dev/stdout' } });
    return () => new Telemetry(scope, 'Telemetry', { metadata: { name: 'web' }, accessLogging });
  };

  test('needs the provider by name', () => {
    expect(off([TelemetryAccessLogging.off()])).toThrow("access logging of Telemetry 'web' is off for the providers of the mesh, which has none but a file, " +
      'and goes on there: pass providers: [ExtensionProvider.ENVOY]');
    expect(off([TelemetryAccessLogging.off({ providers: [ExtensionProvider.ENVOY] })])).not.toThrow();
  });

  test('inherits the provider of the entry before', () => {
    expect(off([TelemetryAccessLogging.to([ExtensionProvider.ENVOY]), TelemetryAccessLogging.off({ mode: WorkloadMode.CLIENT })])).not.toThrow();
  });
});
