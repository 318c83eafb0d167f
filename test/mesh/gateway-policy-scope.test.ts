import { Chart, Testing } from 'cdk8s';
import { Certificate, ClientAddress, DataPlane, GatewayForm, GatewayHost, IpAccessList, IstioMesh, JwtRule, MeshedGateway, MeshNamespace } from '../../src';

test('the proxy of a self-managed gateway enforces policies in an ambient mesh too, which nodes could not', () => {
  // GIVEN
  const chart = new Chart(Testing.app(), 'chart');
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT });
  const gateway = new MeshedGateway(chart, 'Gateway', {
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    name: 'edge',
    form: GatewayForm.selfManaged(),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    clientAddress: ClientAddress.PEER,
  });

  // WHEN
  gateway.edge.requireJwt({ rules: [JwtRule.issuer('https://issuer.example.com')] });
  new IpAccessList(chart, 'Office', {
    metadata: { name: 'office', namespace: 'edge' }, ...gateway.policyScope, clientAddress: ClientAddress.PEER, deniesNonHttp: true, hosts: ['shop.example.com'], allowed: ['203.0.113.0/24'],
  });

  // THEN
  const policies = chart.toJson().filter(({ kind }) => ['RequestAuthentication', 'AuthorizationPolicy'].includes(kind));
  expect(policies.map(({ spec }) => spec.selector)).toEqual(policies.map(() => ({ matchLabels: gateway.workload.selector.matchLabels })));
  expect(policies.map(({ kind }) => kind)).toContain('RequestAuthentication');
  expect(policies.find(({ metadata }) => metadata.name === 'office').spec.rules[0].from).toBeDefined();
});
