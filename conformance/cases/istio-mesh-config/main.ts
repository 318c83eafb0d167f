import { App, Chart } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationPolicy, Destination, ExtensionProvider, HttpRetries, IstioFlux, IstioGateway, IstioHost, IstioMesh, IstioServer,
  MeshOutboundTraffic, OutboundTrafficMode, PathNormalization, Sidecar, Telemetry, TelemetryAccessLogging, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** What a mesh says for all, as Flux installs it, and what a namespace says for itself. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh', {
  outboundTrafficPolicy: MeshOutboundTraffic.REGISTRY_ONLY,
  accessLog: { file: '/dev/stdout' },
  pathNormalization: PathNormalization.MERGE_SLASHES,
  defaultHttpRetryPolicy: HttpRetries.attempts(4, { retryOn: ['503'] }),
  defaultConfig: { gatewayTopology: { numTrustedProxies: 1 } },
});
const chart = new Chart(app, 'istio-mesh-config');
new IstioFlux(chart, 'istio', { mesh });

const gateway = new IstioGateway(chart, 'edge', {
  metadata: { name: 'edge', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
});
new VirtualService(chart, 'web', {
  metadata: { name: 'web', namespace: 'shop' },
  hosts: [IstioHost.of('web.example.com')],
  gateways: [gateway],
  httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
});
new AuthorizationPolicy(chart, 'clients', {
  metadata: { name: 'clients', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  action: AuthorizationAction.ALLOW,
  rules: [{ sources: [{ remoteIpBlocks: ['203.0.113.0/24'] }] }],
});
new AuthorizationPolicy(chart, 'admin', {
  metadata: { name: 'admin', namespace: 'shop' },
  selector: WorkloadSelector.labels({ app: 'web' }),
  action: AuthorizationAction.DENY,
  rules: [{ operations: [{ paths: ['/admin'], ports: [8080] }] }],
});
new Sidecar(chart, 'other', { metadata: { name: 'other', namespace: 'other' }, outboundTrafficMode: OutboundTrafficMode.ALLOW_ANY });
// Without a provider, the access log of the mesh stays.
Telemetry.forNamespace(chart, 'quiet', 'other', { accessLogging: [TelemetryAccessLogging.off({ providers: [ExtensionProvider.ENVOY] })] });

app.synth();
