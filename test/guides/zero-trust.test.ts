import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import { holdGuide } from './guide';
import {
  IstioMesh, LinkerdMesh, Mesh, MeshClosure, MeshNamespace, MeshNamespaceProps, MeshWorkload, MtlsMigration, MtlsMode, MtlsStep,
} from '../../src';
import { renderModule } from '../examples/rendered';

/** A mesh with two namespaces and a workload. */
function world(meshIn: (scope: Chart) => Mesh = scope => new IstioMesh(scope, 'Mesh'), props: Partial<MeshNamespaceProps> = {}, account = true) {
  const chart = new Chart(new App(), 'test');
  const mesh = meshIn(chart);
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', ...props });
  const other = new MeshNamespace(chart, 'Other', { mesh, name: 'other' });
  const metadata = { name: 'web', namespace: 'shop' };
  const workload = new Deployment(chart, 'Pods', {
    metadata, select: false, containers: [{ image: 'web' }], serviceAccount: account ? new ServiceAccount(chart, 'Account', { metadata }) : undefined,
  });
  workload.select(LabelSelector.of({ labels: { app: 'web' } }));
  return { chart, mesh, shop, other, workload, web: () => new MeshWorkload(chart, 'Web', { namespace: shop, workload }) };
}
const inLinkerd = (scope: Chart) => new LinkerdMesh(scope, 'Mesh');

holdGuide('zero-trust', {
  code: 7,
  shown: [
    'AuthorizationPolicy allow-nothing', 'AuthorizationPolicy charges', 'AuthorizationPolicy route-from-public', 'AuthorizationPolicy metrics-from-prometheus',
    'AuthorizationPolicy allow-nothing', 'PeerAuthentication default', 'PeerAuthentication default', 'Namespace billing', 'HTTPRoute invoices-8080-get-invoices-all',
    'MeshTLSAuthentication invoices-8080-get-invoices-all',
  ],
  refused: [
    () => {
      const { web, other } = world(undefined, {}, false);
      return other._enrolled && web().clientServiceAccount;
    },
    () => {
      const { web, other, shop, workload } = world();
      shop.leaveOut(workload);
      web().allowFrom(other);
    },
    () => {
      const { web, other } = world(undefined, { mtls: MtlsMode.DISABLE });
      web().allowFrom(other);
    },
    () => world(undefined, { enrolled: false }).web().allowFrom(world().other),
    () => {
      const { web } = world();
      web().allowFrom(world(inLinkerd).other);
    },
    () => {
      const { mesh, chart } = world();
      MeshNamespace.fromNamespaceName(chart, 'Root', 'istio-system', { mesh }).close();
    },
    () => {
      const { mesh, chart } = world(inLinkerd);
      new MeshClosure(chart, 'Closure', { mesh });
    },
    () => {
      const { mesh, chart } = world(inLinkerd);
      new MtlsMigration(chart, 'Mtls', { mesh, step: MtlsStep.PERMISSIVE });
    },
    () => {
      const { web, other } = world(inLinkerd);
      web().allowFrom(other);
    },
    () => {
      const { web, other } = world(inLinkerd);
      web().allowFrom(other, { ports: [8080], hosts: ['shop.example.com'] });
    },
  ],
});

test('the table of the guide is the call graph', () => {
  const { text } = renderModule('../guides/zero-trust').find(({ name }) => name === 'calls.md')!;
  expect(readFileSync(join(__dirname, '../../docs/guides/zero-trust.md'), 'utf8')).toContain(`\n\n${text}\n`);
});
