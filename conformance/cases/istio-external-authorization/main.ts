import { App, Chart, Duration } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationPolicy, Destination, ExtensionProvider, IstioFlux, IstioGateway, IstioHost, IstioMesh, IstioServer,
  ProviderService, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** Policies by which a gateway asks authorizers: over HTTP, over gRPC, and one that does not answer. */
const app = new App();
const authorizer = (port: number) => ProviderService.serviceName('authorizer', 'policy', port);
const providers = [
  ExtensionProvider.envoyExtAuthzHttp('over-http', {
    service: authorizer(8000),
    timeout: Duration.seconds(5),
    includeRequestHeadersInCheck: ['x-ext-authz'],
    headersToUpstreamOnAllow: ['x-ext-authz-check-result'],
    headersToDownstreamOnDeny: ['x-ext-authz-check-result'],
  }),
  ExtensionProvider.envoyExtAuthzGrpc('over-grpc', { service: authorizer(9000), timeout: Duration.seconds(5) }),
  ExtensionProvider.envoyExtAuthzHttp('unanswered', {
    service: ProviderService.serviceName('gone', 'policy', 8000), timeout: Duration.seconds(5), statusOnError: 503,
  }),
];
const mesh = new IstioMesh(app, 'Mesh', { extensionProviders: providers });
const chart = new Chart(app, 'istio-external-authorization');
new IstioFlux(chart, 'istio', { mesh });
const gateways = [...providers.map(({ name }) => name), 'both'].map(name => new IstioGateway(chart, name, {
  metadata: { name, namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: name }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
}));
new VirtualService(chart, 'web', {
  metadata: { name: 'web', namespace: 'shop' },
  hosts: [IstioHost.of('*.example.com')],
  gateways,
  httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
});
const ask = (gateway: string, provider: ExtensionProvider) => new AuthorizationPolicy(chart, `${gateway}-asks-${provider.name}`, {
  metadata: { name: `${gateway}-asks-${provider.name}`, namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: gateway }),
  action: AuthorizationAction.custom(provider),
  rules: [{ operations: [{ paths: ['/private', '/private/*'] }] }],
});
providers.forEach(provider => ask(provider.name, provider));
// Istio takes one provider for each workload, unless it is told otherwise.
providers.slice(0, 2).forEach(provider => ask('both', provider));

app.synth();
