import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { holdGuide } from './guide';
import {
  DataPlane, GatewayClass, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace, MeshWorkload, MeshWorkloadProps, RouteNamespaces,
  Waypoint, WaypointProps, WaypointTraffic,
} from '../../src';

/** A world with two namespaces, a workload and its Service. */
function world(dataPlane = DataPlane.AMBIENT) {
  const chart = new Chart(new App(), 'test');
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane });
  const [shop, other] = ['shop', 'other'].map(name => new MeshNamespace(chart, name, { mesh, name }));
  const metadata = { name: 'catalog', namespace: 'shop' };
  const pods = new Deployment(chart, 'Pods', {
    metadata, select: false, serviceAccount: new ServiceAccount(chart, 'Account', { metadata }), containers: [{ image: 'catalog', portNumber: 8080 }],
  });
  pods.select(LabelSelector.of({ labels: { app: 'catalog' } }));
  const service = new Service(chart, 'Service', { metadata, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  return {
    chart,
    shop,
    other,
    service,
    waypoint: (props: Partial<WaypointProps> = {}) => new Waypoint(chart, 'Waypoint', { namespace: shop, ...props }),
    catalog: (props: Partial<MeshWorkloadProps> = {}) => new MeshWorkload(chart, 'Catalog', { namespace: shop, workload: pods, ...props }),
    gateway: () => new MeshedGateway(chart, 'Public', {
      namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
      form: GatewayForm.provisioned(GatewayClass.ISTIO),
      hosts: [GatewayHost.http('shop.example.com')],
    }),
  };
}

holdGuide('ambient-and-waypoints', {
  code: 7,
  shown: [
    'Namespace shop', 'Gateway waypoint', 'Service database', 'Gateway shared', 'Namespace payments', 'Namespace orders', 'AuthorizationPolicy catalog-waypoint',
    'AuthorizationPolicy catalog', 'AuthorizationPolicy waypoint-allow-nothing', 'AuthorizationPolicy web', 'AuthorizationPolicy orders-waypoint',
    'AuthorizationPolicy no-admin',
  ],
  refused: [
    () => world(DataPlane.SIDECAR).waypoint(),
    () => {
      const { waypoint, other } = world();
      waypoint({ admits: RouteNamespaces.same() }).serve(other);
    },
    () => {
      const { waypoint, service } = world();
      waypoint({ traffic: WaypointTraffic.WORKLOAD }).serveService(service);
    },
    () => {
      const { catalog, service, other } = world();
      catalog({ services: [service] }).allowFrom(other, { methods: ['GET'] });
    },
    () => {
      const { waypoint, catalog, shop, other } = world();
      waypoint().serve(shop);
      catalog().allowFrom(other);
    },
    () => {
      const { waypoint, catalog, shop, service, gateway } = world();
      waypoint().serve(shop);
      catalog({ services: [service] }).allowFrom(gateway(), { paths: ['/products/*'] });
    },
    () => {
      const { waypoint, catalog, shop, service, other } = world();
      catalog({ services: [service] }).allowFrom(other);
      waypoint().serve(shop);
    },
    () => {
      const { waypoint, catalog, shop, service, other } = world();
      waypoint({ traffic: WaypointTraffic.ALL, namespace: other, admits: RouteNamespaces.named('shop') }).serve(shop);
      catalog({ services: [service] }).allowFrom(other);
    },
    () => {
      const { waypoint, shop, other } = world();
      const made = waypoint({ namespace: other });
      made.serve(shop).close();
      return made.node.validate()[0];
    },
  ],
});
