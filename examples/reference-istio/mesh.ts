import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform } from './platform';
import { AccessLogFormat, ExtensionProvider, IstioMesh, ProviderService } from 'cdk8s-mesh';

/** The providers that policies and telemetry name. */
export interface Providers {
  /** Asks Open Policy Agent about each request, over gRPC. */
  readonly opa: ExtensionProvider;
  /** Sends those who have no session to sign in. */
  readonly signIn: ExtensionProvider;
  /** Spans of requests. */
  readonly traces: ExtensionProvider;
  /** Spans of what still speaks Zipkin. */
  readonly zipkin: ExtensionProvider;
  /** Access logs as JSON, on the proxy's standard output. */
  readonly jsonLog: ExtensionProvider;
  /** Access logs to the collector. */
  readonly otelLog: ExtensionProvider;
}

export function providers({ opa, oauth2Proxy, collector, zipkin }: Platform): Providers {
  return {
    opa: ExtensionProvider.envoyExtAuthzGrpc('opa', { service: ProviderService.service(opa.service), timeout: Duration.millis(200) }),
    signIn: ExtensionProvider.envoyExtAuthzHttp('sign-in', {
      service: ProviderService.service(oauth2Proxy.service),
      timeout: Duration.seconds(1),
      includeRequestHeadersInCheck: ['authorization', 'cookie'],
      headersToUpstreamOnAllow: ['authorization', 'x-auth-request-email'],
      headersToDownstreamOnDeny: ['content-type', 'set-cookie'],
    }),
    traces: ExtensionProvider.opentelemetry('traces', { service: ProviderService.service(collector.service) }),
    zipkin: ExtensionProvider.zipkin('zipkin', { service: ProviderService.service(zipkin.service) }),
    jsonLog: ExtensionProvider.envoyFileAccessLog('json-log', {
      path: '/dev/stdout', logFormat: AccessLogFormat.labels({ status: '%RESPONSE_CODE%', path: '%REQ(:PATH)%', took: '%DURATION%' }),
    }),
    otelLog: ExtensionProvider.envoyOtelAls('otel-log', { service: ProviderService.service(collector.service) }),
  };
}

/** The mesh, with the providers; its `helmValues` are what Istio's charts install it with. */
export function declareMesh(scope: Construct, used: Providers): IstioMesh {
  return new IstioMesh(scope, 'Mesh', { extensionProviders: Object.values(used) });
}
