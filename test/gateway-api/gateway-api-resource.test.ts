import { readFileSync } from 'node:fs';
import { Chart, Testing } from 'cdk8s';
import { ApiResource, ClusterRole, Role } from 'cdk8s-plus-28';
import { GatewayApiResource } from '../../src';

interface Definition {
  readonly spec: { readonly group: string; readonly names: { readonly plural: string } };
}

const { definitions } = JSON.parse(readFileSync('crds/gateway-api-experimental.json', 'utf8')) as { definitions: Definition[] };
const resources = Object.entries(GatewayApiResource) as [string, ApiResource][];

test('every kind of the definitions is there, as its definition says', () => {
  const expected = definitions.map(({ spec: { group, names } }) => `${names.plural}.${group}`);
  expect(resources.map(([, { resourceType, apiGroup }]) => `${resourceType}.${apiGroup}`).sort()).toEqual(expected.sort());
  expect(expected).toHaveLength(14);
});

test('constants are named after their kinds', () => {
  expect(resources.map(([name]) => name.replaceAll('_', '').toLowerCase())).toEqual(resources.map(([, { resourceType }]) => resourceType));
  expect(GatewayApiResource.HTTP_ROUTES.resourceType).toBe('httproutes');
});

test('roles of a namespace and of the cluster take them', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  new Role(chart, 'Role', { metadata: { name: 'author' } }).allowReadWrite(GatewayApiResource.HTTP_ROUTES);
  new ClusterRole(chart, 'ClusterRole').allowRead(GatewayApiResource.X_MESHES);

  // THEN
  const rules = (c: Chart) => Testing.synth(c).map(({ rules: [{ apiGroups, resources: kinds }] }) => [apiGroups, kinds]);
  expect(rules(chart)).toEqual([
    [['gateway.networking.k8s.io'], ['httproutes']],
    [['gateway.networking.x-k8s.io'], ['xmeshes']],
  ]);
});
