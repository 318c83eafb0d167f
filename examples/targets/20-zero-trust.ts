import { Chart } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import { IstioMesh, MeshClient, MeshNamespace, MeshWorkload } from 'cdk8s-mesh';

export function zeroTrust(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const labels = { app: 'catalog' };
  const metadata = { name: 'catalog', namespace: 'shop' };
  const deployment = new Deployment(chart, 'Deployment', {
    metadata,
    podMetadata: { labels },
    select: false,
    serviceAccount: new ServiceAccount(chart, 'ServiceAccount', { metadata }),
    containers: [{ image: 'catalog', portNumber: 8080 }],
  });
  deployment.select(LabelSelector.of({ labels }));
  new MeshWorkload(chart, 'Catalog', { namespace: shop, workload: deployment })
    .allowFrom(MeshClient.serviceAccountName(shop, 'web'), { methods: ['GET'], paths: ['/products/*'] });
}
