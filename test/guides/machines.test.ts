import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { holdGuide } from './guide';
import {
  ControlPlane, DataPlane, ExternalContainers, IstioMesh, IstioMeshProps, IstioNetwork, LinkerdMesh, ManagedChannel, MeshNamespace,
  StaticMachines, VirtualMachine,
} from '../../src';
import { renderModule } from '../examples/rendered';

const ports = { http: 8080 };
function billing(props: IstioMeshProps = {}, linkerd = false) {
  const chart = new Chart(new App(), 'test');
  const mesh = linkerd ? new LinkerdMesh(chart, 'Mesh') : new IstioMesh(chart, 'Mesh', props);
  return { chart, namespace: new MeshNamespace(chart, 'Billing', { mesh, name: 'billing' }) };
}
const machine = ({ chart, namespace }: ReturnType<typeof billing>, props = {}) =>
  new VirtualMachine(chart, 'Machine', { namespace, name: 'billing-vm', ports, ...props });
const containers = ({ chart, namespace }: ReturnType<typeof billing>, props = {}) => new ExternalContainers(chart, 'Reports', { namespace, ports, ...props });

holdGuide('machines', {
  code: 5,
  shown: [
    'WorkloadGroup billing-vm', 'Service billing-vm', 'AuthorizationPolicy billing-vm', 'AuthorizationPolicy invoices', 'WorkloadGroup ledger-vm', 'WorkloadEntry archive-1',
    'DestinationRule archive', 'WorkloadEntry reports-1', 'Service reports',
  ],
  refused: [
    () => machine(billing()),
    () => machine(billing({ dataPlane: DataPlane.AMBIENT })),
    () => machine(billing({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR) })),
    () => machine(billing({}, true)),
    () => machine(billing(), { controlPlaneAddress: '192.0.2.1', network: IstioNetwork.of('rack') }),
    () => machine(billing(), { controlPlaneAddress: 'istiod.example.com' }),
    () => {
      const { chart, namespace } = billing();
      return new StaticMachines(chart, 'Ledger', { namespace, ports, machines: [{ address: 'db.example.com' }] });
    },
    () => containers(billing()),
    () => containers(billing({ dataPlane: DataPlane.AMBIENT }), { controlPlaneAddress: '192.0.2.1', network: IstioNetwork.of('tasks') }),
  ],
});

test.each(['billing-vm.md', 'reports.md'])('the notes of the guide are %s', note => {
  const { text } = renderModule('../guides/machines').find(({ name }) => name === note)!;
  expect(readFileSync(join(__dirname, '../../docs/guides/machines.md'), 'utf8')).toContain(`\n\`\`\`\`markdown\n${text}\`\`\`\`\n`);
});
