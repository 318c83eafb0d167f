import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Protocol, Service, ServiceAccount } from 'cdk8s-plus-28';
import { EdgeScene } from '../edge-jwt/edge-scene';
import { ExtensionProvider, MeshNamespace, MeshWorkload, ProviderService } from 'cdk8s-mesh';

/** Gateways that ask an authorizer over HTTP about some hosts, and over gRPC about all. It is a workload of a namespace that is closed. */
const app = new App();
const chart = new Chart(app, 'edge-authorization');
const service = (port: number) => ProviderService.serviceName('authorizer', 'policy', port);
const http = ExtensionProvider.envoyExtAuthzHttp('over-http', {
  service: service(8000),
  timeout: Duration.seconds(5),
  includeRequestHeadersInCheck: ['x-ext-authz'],
  headersToUpstreamOnAllow: ['x-ext-authz-check-result'],
  headersToDownstreamOnDeny: ['x-ext-authz-check-result'],
});
const grpc = ExtensionProvider.envoyExtAuthzGrpc('over-grpc', { service: service(9000), timeout: Duration.seconds(5) });
const scene = new EdgeScene(chart, [http, grpc]);
const policy = new MeshNamespace(chart, 'Policy', { mesh: scene.mesh, name: 'policy' });

const metadata = { name: 'authorizer', namespace: 'policy', labels: { app: 'authorizer' } };
const ports = [['http', 8000], ['grpc', 9000]] as const;
const deployment = new Deployment(chart, 'Authorizer', {
  metadata,
  select: false,
  serviceAccount: new ServiceAccount(chart, 'AuthorizerAccount', { metadata }),
  podMetadata: { labels: metadata.labels, annotations: { 'conformance/authorizer': 'true' } },
  containers: [{
    name: 'main', image: 'registry.example.com/authorizer:1', ports: ports.map(([name, number]) => ({ name, number, protocol: Protocol.TCP })),
  }],
});
deployment.select(LabelSelector.of({ labels: metadata.labels }));
new Service(chart, 'AuthorizerService', { metadata, ports: ports.map(([name, port]) => ({ name, port })) }).selectLabel('app', 'authorizer');
const authorizer = new MeshWorkload(chart, 'AuthorizerWorkload', { namespace: policy, workload: deployment });

scene.make('some').forEach(({ edge }) => edge
  .authorizeBy(http, { hosts: ['shop.example.com', 'plain.example.com'], exceptPaths: ['/healthz'], exceptMethods: ['OPTIONS'], authorizer }));
scene.make('all').forEach(({ edge }) => edge.authorizeBy(grpc, { authorizer }));
// Nobody lets it in.
scene.make('stranger').forEach(({ edge }) => edge.authorizeBy(http));

app.synth();
