import { Chart } from 'cdk8s';
import {
  Backend, Gateway, PolicyTargetRef, XTelemetryAttribute, XTelemetryParentBasedSampling, XTelemetryPolicy, XTelemetryTracing,
} from 'cdk8s-mesh';

export function xTelemetryPolicies(chart: Chart, gateway: Gateway): void {
  const metadata = (name: string) => ({ name, namespace: 'edge' });
  const target = (name: string) => PolicyTargetRef.gateway(Gateway.fromGatewayName(name, { namespace: 'edge' }));
  const collector = Backend.serviceName('otel-collector', { port: 4317, namespace: 'observability' });

  new XTelemetryPolicy(chart, 'TracingEnabled', {
    metadata: metadata('tracing-enabled'),
    // targetRefs[].group, kind, name
    targets: [PolicyTargetRef.gateway(gateway)],
    // tracing.mode: Enabled
    tracing: XTelemetryTracing.enabled({
      // tracing.provider.backendRef.group, kind, name, namespace, port, with headers[].name, value
      provider: { backend: collector, headers: { 'x-tenant': 'edge' } },
      // tracing.samplingRate.numerator, denominator
      samplingRate: { numerator: 5, denominator: 1000 },
      // tracing.parentBasedSampling.mode: Enabled, samplingRate.numerator, denominator
      parentBasedSampling: XTelemetryParentBasedSampling.enabled({ numerator: 1, denominator: 2 }),
      // tracing.serviceName
      serviceName: 'edge-gateway',
      // tracing.spanName
      spanName: 'ingress request',
      attributes: [
        // tracing.attributes[].name, sourceType: Header, headerName
        XTelemetryAttribute.header('http.request.id', 'x-request-id'),
        // tracing.attributes[].sourceType: Literal, literalValue
        XTelemetryAttribute.literal('deployment.environment', 'production'),
        // tracing.attributes[].sourceType: Attribute, attributeKey
        XTelemetryAttribute.attribute('client.address', 'source.address'),
      ],
    }),
  });

  // tracing.parentBasedSampling.mode: Disabled
  new XTelemetryPolicy(chart, 'ParentBasedSamplingDisabled', {
    metadata: metadata('parent-based-sampling-disabled'),
    targets: [target('addresses')],
    tracing: XTelemetryTracing.enabled({ provider: { backend: collector }, parentBasedSampling: XTelemetryParentBasedSampling.disabled() }),
  });

  // tracing.parentBasedSampling.mode: ImplementationDefault
  new XTelemetryPolicy(chart, 'ParentBasedSamplingImplementationDefault', {
    metadata: metadata('parent-based-sampling-implementation-default'),
    targets: [target('infrastructure')],
    tracing: XTelemetryTracing.enabled({
      provider: { backend: collector },
      parentBasedSampling: XTelemetryParentBasedSampling.implementationDefault(),
    }),
  });

  // tracing.mode: Disabled
  new XTelemetryPolicy(chart, 'TracingDisabled', {
    metadata: metadata('tracing-disabled'),
    targets: [target('tls-frontend')],
    tracing: XTelemetryTracing.disabled(),
  });

  // tracing.mode: ImplementationDefault
  new XTelemetryPolicy(chart, 'TracingImplementationDefault', {
    metadata: metadata('tracing-implementation-default'),
    targets: [target('tls-backend')],
    tracing: XTelemetryTracing.implementationDefault(),
  });
}
