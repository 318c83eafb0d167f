import { Chart } from 'cdk8s';
import { GatewayController, XMesh } from 'cdk8s-mesh';

export function xMeshes(chart: Chart): void {
  new XMesh(chart, 'XMesh', {
    metadata: { name: 'company' },
    // controllerName
    controller: GatewayController.of('example.com/mesh-controller'),
    // description
    description: 'The mesh of all teams',
    // parametersRef.group, kind, name, namespace
    parameters: { group: 'example.com', kind: 'MeshConfig', name: 'company', namespace: 'mesh-system' },
  });
}
