import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import {
  CanaryDelivery, CanaryParent, CanaryRoute, CanaryStep, DataPlane, EgressBypass, IstioMesh, MeshNamespace, MeshWorkload, MonitorSelector, PodMonitor,
  PodScrapePort,
} from 'cdk8s-mesh';

/** A shop of which nothing is said of the pods that Flagger makes. */
function makeShop(chart: Chart, dataPlane: DataPlane): void {
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane });
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const workload = (name: string): Deployment => {
    const metadata = { name, namespace: shop.name };
    const labels = { app: name, tier: 'front' };
    const deployment = new Deployment(chart, `Deployment-${name}`, {
      metadata,
      select: false,
      podMetadata: { labels },
      serviceAccount: new ServiceAccount(chart, `ServiceAccount-${name}`, { metadata }),
      containers: [{ image: `registry.example.com/shop/${name}:2`, ports: [{ number: 8080, name: 'http' }] }],
    });
    deployment.select(LabelSelector.of({ labels }));
    return deployment;
  };
  const web = workload('web');
  const client = new MeshWorkload(chart, 'Client', { namespace: shop, workload: workload('client') });
  // Nodes know connections only.
  const methods = dataPlane === DataPlane.SIDECAR ? ['GET'] : undefined;
  new MeshWorkload(chart, 'Web', { namespace: shop, workload: web }).allowFrom(client, { ports: [8080], methods });
  new CanaryRoute(chart, 'Route', {
    name: 'web',
    namespace: shop,
    parents: [CanaryParent.serviceName('web', 80)],
    steps: [CanaryStep.weight(20), CanaryStep.pause(Duration.minutes(1))],
    delivery: CanaryDelivery.flagger({ deployment: web, port: 80, targetPort: 8080 }),
  });
  new EgressBypass(chart, 'Bypass', { namespace: shop, workload: web, ranges: ['169.254.169.254/32'] });
  new PodMonitor(chart, 'Monitor', {
    metadata: { name: 'web', namespace: shop.name },
    selector: MonitorSelector.workload(web),
    podMetricsEndpoints: [{ port: PodScrapePort.named('http') }],
  });
}

const app = new App();
makeShop(new Chart(app, 'shop'), DataPlane.SIDECAR);
makeShop(new Chart(app, 'ambient'), DataPlane.AMBIENT);
app.synth();
