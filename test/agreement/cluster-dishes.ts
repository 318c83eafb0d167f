import { Dish } from './dish';
import { Kitchen, MeshedPods, namespaceOf } from './kitchen';
import { ExternalContainers, IMeshNamespace, IstioNetwork, MachineService, MeshCluster, MeshNamespace, RemoteNetworkGateway, SharedService } from '../../src';

/** The namespace of the control plane. */
export function controlPlaneOf({ chart, mesh }: Pick<Kitchen, 'chart' | 'mesh'>): IMeshNamespace {
  const before = chart.node.tryFindChild('Istio') as IMeshNamespace | undefined;
  return before ?? (mesh instanceof MeshCluster ? mesh.controlPlaneNamespace : MeshNamespace.fromNamespaceName(chart, 'Istio', 'istio-system', { mesh }));
}

/** What is in other clusters and networks. */
export const CLUSTER_DISHES: { readonly [name: string]: Dish } = {
  'remote-network': {
    meshes: ['default', 'revision', 'managed', 'ambient'],
    make: kitchen => {
      const { chart, dice, asked } = kitchen;
      new RemoteNetworkGateway(chart, 'Far', {
        namespace: controlPlaneOf(kitchen),
        network: IstioNetwork.of('far'),
        addresses: dice.pick(['203.0.113.7'], ['far.example.com', '203.0.113.8']),
        gatewayPort: asked === 'ambient' ? undefined : dice.maybe(15444),
      });
      const stock = new MeshedPods(chart, 'stock', kitchen.shop);
      new SharedService(chart, 'Stock', { namespace: kitchen.shop, service: stock.service });
    },
  },
  'external-containers': {
    meshes: ['ambient'],
    make: kitchen => {
      const { chart, dice, client } = kitchen;
      const tasks = namespaceOf(kitchen, 'tasks');
      new ExternalContainers(chart, 'Reports', {
        namespace: tasks,
        ports: { http: 8080 },
        containers: [{ address: '10.9.0.4' }, { address: '10.9.0.5', weight: 2 }],
        service: dice.pick(undefined, MachineService.kubernetes('reports-of-tasks'), MachineService.host('reports.example.com')),
        controlPlaneAddress: '203.0.113.9',
      }).allowFrom(client.workload, { ports: [8080] });
    },
  },
};
