import { Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CertManagerIssuer, EastWestGateway, IstioCertificateAuthority, IstioFlux, IstioNetwork, MeshCluster, MeshNamespace, MultiClusterMesh, SharedService,
} from 'cdk8s-mesh';

/** The shop, which runs in every cluster alike. */
function deployShop(cluster: MeshCluster): void {
  const chart = new Chart(cluster.app, 'shop');
  const shop = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
  const make = (name: string) => {
    const metadata = { name, namespace: shop.name };
    const deployment = new Deployment(chart, `${name}-deployment`, {
      metadata,
      serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
      containers: [{ image: `registry.example.com/shop/${name}:1.4.0`, portNumber: 8080 }],
    });
    return new Service(chart, `${name}-service`, { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  };
  make('web');
  // Every cluster has its own; requests stay near, and go to the other cluster when it fails.
  new SharedService(chart, 'Catalog', { namespace: shop, service: make('catalog') });
  // Its data is of its cluster: see serviceSettings.
  make('cache');
}

// One mesh, of which each cluster has a folder here: dist/west and dist/east.
const mesh = new MultiClusterMesh({
  meshId: 'shop',
  // In each cluster istiod signs below an issuer of cert-manager, and all of these have one root: else the clusters would not trust each other.
  certificateAuthority: IstioCertificateAuthority.certManager(CertManagerIssuer.clusterIssuer('mesh-root')),
  serviceSettings: [{ hosts: ['cache.shop.svc.cluster.local'], clusterLocal: true }],
});

// Each with a control plane and a network of its own, so that they reach each other by gateways only.
for (const name of ['west', 'east']) {
  const cluster = mesh.addPrimary(name, { network: IstioNetwork.of(`network-${name}`) });
  new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace });
  // Istio itself, with the values that make it one of several.
  const istio = new Chart(cluster.app, 'istio');
  cluster.issueCertificateAuthority(istio, 'Authority');
  new IstioFlux(istio, 'Istio', { mesh: cluster });
  deployShop(cluster);
}

mesh.synth();
