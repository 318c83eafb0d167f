import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { holdGuide } from './guide';
import {
  ControlPlane, DataPlane, GatewayCanary, GatewayForm, GatewayHost, IstioMesh, IstioMeshProps, LinkerdMesh, ManagedChannel, MeshedGateway,
  MeshNamespace,
} from '../../src';
import { renderModule } from '../examples/rendered';

const chart = () => new Chart(new App(), 'test');
const istio = (props: IstioMeshProps) => new IstioMesh(chart(), 'Mesh', props);
const to = ControlPlane.revision('1-31');

holdGuide('upgrades', {
  code: 4,
  shown: ['Namespace catalog', 'Namespace shop', 'Deployment batch', 'Application istiod-1-30', 'Application istiod-1-31', 'Deployment public-canary', 'Namespace trial', 'Namespace ledger'],
  refused: [
    () => istio({ controlPlane: ControlPlane.tag('stable', '1-31'), upgrade: { to } }),
    () => istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.tag('stable', '1-31') } }),
    () => ControlPlane.tag('default', '1-31'),
    () => istio({ upgrade: { to, canaries: ['shop'] } }).upgradePlan(),
    () => istio({ controlPlane: ControlPlane.revision('1-30') }).upgradePlan(),
    () => istio({ dataPlane: DataPlane.AMBIENT, upgrade: { to, canaries: ['shop'] } }),
    () => {
      const mesh = istio({ controlPlane: ControlPlane.revision('1-30') });
      const namespace = new MeshNamespace(mesh, 'Edge', { mesh, name: 'edge' });
      return new MeshedGateway(mesh, 'Public', {
        namespace, form: GatewayForm.selfManaged({ canary: GatewayCanary.replicas('1-31', 20) }), hosts: [GatewayHost.http('shop.example.com')],
      });
    },
    () => {
      const mesh = istio({ controlPlane: ControlPlane.revision('1-31') });
      return new MeshNamespace(mesh, 'Shop', { mesh, name: 'shop', managedDataPlane: true });
    },
    () => istio({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR), upgrade: { to: ControlPlane.managed(ManagedChannel.REGULAR) } }),
    () => {
      const mesh = new LinkerdMesh(chart(), 'Mesh');
      return new MeshNamespace(mesh, 'Shop', { mesh, name: 'shop', managedDataPlane: true });
    },
  ],
});

test.each(['upgrade.md', 'linkerd.md'])('the plan of the guide is %s', plan => {
  const { text } = renderModule('../guides/upgrades').find(({ name }) => name === plan)!;
  expect(readFileSync(join(__dirname, '../../docs/guides/upgrades.md'), 'utf8')).toContain(`\n\`\`\`\`markdown\n${text}\`\`\`\`\n`);
});
