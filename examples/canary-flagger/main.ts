import { App, Chart, Duration } from 'cdk8s';
import { Cpu, Deployment, HorizontalPodAutoscaler, LabelSelector, Metric, MetricTarget, ServiceAccount } from 'cdk8s-plus-28';
import {
  CanaryDelivery, CanaryParent, CanaryRoute, CanaryStep, Certificate, FlaggerMetric, FlaggerWebhookType, GatewayClass, GatewayForm, GatewayHost,
  IstioMesh, MeshedGateway, MeshNamespace, StickyAssignment,
} from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary-flagger');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });

// The pods: Flagger tells its copy of them by the label `app`, and owns their number.
const metadata = { name: 'web', namespace: 'shop' };
const labels = { app: 'web' };
const deployment = new Deployment(chart, 'Deployment', {
  metadata,
  select: false,
  podMetadata: { labels },
  serviceAccount: new ServiceAccount(chart, 'ServiceAccount', { metadata }),
  containers: [{
    image: 'registry.example.com/shop/web:2.0.0',
    ports: [{ name: 'http', number: 8080 }],
    resources: { cpu: { request: Cpu.millis(100) } },
  }],
});
deployment.select(LabelSelector.of({ labels }));
const autoscaler = new HorizontalPodAutoscaler(chart, 'Autoscaler', {
  metadata, target: deployment, minReplicas: 2, maxReplicas: 6, metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
});

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});

// A new version gets more requests every two minutes, as long as they go well. Flagger makes Services and routes: none of them is here.
new CanaryRoute(chart, 'Route', {
  name: 'web',
  namespace: shop,
  parents: [CanaryParent.gateway(gateway), CanaryParent.serviceName('web', 80)],
  hostnames: ['shop.example.com'],
  sticky: StickyAssignment.cookie(),
  steps: [5, 20, 50].flatMap(percent => [CanaryStep.weight(percent), CanaryStep.pause(Duration.minutes(2))]),
  delivery: CanaryDelivery.flagger({
    deployment,
    autoscaler,
    port: 80,
    targetPort: 8080,
    metrics: [FlaggerMetric.requestSuccessRate(99, Duration.minutes(1)), FlaggerMetric.requestDuration(Duration.millis(500), Duration.minutes(1))],
    webhooks: [{ name: 'approve', type: FlaggerWebhookType.CONFIRM_PROMOTION, url: 'http://release-desk.release/approve' }],
  }),
});

app.synth();
