import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Pods, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  ArgoCdApplication, ArgoCdSource, CanaryDelivery, CanaryParent, CanaryRoute, CanaryStep, CanaryVersion, Certificate, GatewayClass, GatewayForm,
  GatewayHost, HttpRouteMatch, IstioMesh, MeshedGateway, MeshNamespace, MeshWorkload, RolloutAnalysisArg, RolloutWorkload,
} from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary-rollouts');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });

// The pods, which the Rollout takes over from the Deployment.
const metadata = { name: 'web', namespace: 'shop' };
const labels = { app: 'web' };
const deployment = new Deployment(chart, 'Deployment', {
  metadata,
  replicas: 4,
  select: false,
  podMetadata: { labels },
  serviceAccount: new ServiceAccount(chart, 'ServiceAccount', { metadata }),
  containers: [{ image: 'registry.example.com/shop/web:2.0.0', ports: [{ name: 'http', number: 8080 }] }],
});
deployment.select(LabelSelector.of({ labels }));
new MeshWorkload(chart, 'Web', { namespace: shop, workload: deployment }).allowFrom(shop, { ports: [8080] });

// Both Services select all pods: the controller adds what tells the versions apart.
const selector = Pods.select(chart, 'Pods', { labels });
const [stable, canary] = ['web-stable', 'web-canary'].map(name => CanaryVersion.service(new Service(chart, name, {
  metadata: { name, namespace: 'shop' }, selector, ports: [{ name: 'http', port: 80, targetPort: 8080 }],
})));

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});

// Testers see the new version first; then a tenth of the requests go there, until somebody agrees to the rest.
const route = new CanaryRoute(chart, 'Route', {
  name: 'web',
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  stable,
  canary,
  pinned: [HttpRouteMatch.header('canary', 'true')],
  steps: [
    CanaryStep.pause(Duration.minutes(10)),
    CanaryStep.weight(10), CanaryStep.pause(),
    CanaryStep.weight(50), CanaryStep.pause(Duration.minutes(10)),
  ],
  delivery: CanaryDelivery.argoRollouts({
    workload: RolloutWorkload.inPlaceOf(deployment),
    analysis: { templates: [{ templateName: 'success-rate' }], args: [RolloutAnalysisArg.value('service', 'web-canary')], startingStep: 1 },
    progressDeadline: Duration.minutes(10),
  }),
});

// The chart as Argo CD delivers it: what the controller owns is left to it.
new ArgoCdApplication(new Chart(app, 'argo-cd'), 'Shop', {
  metadata: { name: 'shop', namespace: 'argocd' },
  source: ArgoCdSource.chart({ repoUrl: 'https://charts.example.com', chart: 'shop', targetRevision: '2.0.0' }),
  destinationNamespace: 'shop',
  ignoreDifferences: route.argoCdIgnoredDifferences,
  syncPolicy: { automated: true, selfHeal: true, syncOptions: ['ApplyOutOfSyncOnly=true', 'RespectIgnoreDifferences=true'] },
});

app.synth();
