import { KubeObject } from './kube-object';
import { may } from './rbac';
import { objectsOf, renderModule } from './rendered';

const GATEWAY_API = 'gateway.networking.k8s.io';
const PERSONAS = ['gateway-infrastructure', 'cluster-operators', 'team-storefront', 'team-catalogue'];
const WRITES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

const files = new Map(renderModule('../../examples/role-separated-gateway/main').map(file => [file.name, objectsOf(file)]));
const objects = [...files.values()].flat();

/** Every user is in the group of all users, too. */
const groupsOf = (persona: string) => [persona, 'system:authenticated'];
const maySay = (persona: string, verb: string, apiGroup: string, resource: string, namespace?: string) =>
  may(objects, groupsOf(persona), { verb, apiGroup, resource, namespace });

function writing(persona: string, resource: string, namespace?: string, apiGroup = GATEWAY_API): string {
  const answers = WRITES.map(verb => maySay(persona, verb, apiGroup, resource, namespace));
  return answers.every(Boolean) ? 'may' : answers.some(Boolean) ? 'some' : '-';
}

describe('who may write what', () => {
  test.each([
    // kind, namespace, infrastructure provider, cluster operator, storefront, catalogue
    ['gatewayclasses', undefined, 'may', '-', '-', '-'],
    ['gateways', 'edge', '-', 'may', '-', '-'],
    ['gateways', 'storefront', '-', '-', '-', '-'],
    ['gateways', 'catalogue', '-', '-', '-', '-'],
    ['listenersets', 'edge', '-', '-', '-', '-'],
    ['listenersets', 'storefront', '-', '-', '-', '-'],
    ['listenersets', 'catalogue', '-', '-', '-', '-'],
    ['httproutes', 'edge', '-', 'may', '-', '-'],
    ['httproutes', 'storefront', '-', '-', 'may', '-'],
    ['httproutes', 'catalogue', '-', '-', '-', 'may'],
    ['grpcroutes', 'edge', '-', 'may', '-', '-'],
    ['grpcroutes', 'storefront', '-', '-', 'may', '-'],
    ['grpcroutes', 'catalogue', '-', '-', '-', 'may'],
    ['referencegrants', 'edge', '-', '-', '-', '-'],
    ['referencegrants', 'storefront', '-', '-', 'may', '-'],
    ['referencegrants', 'catalogue', '-', '-', '-', 'may'],
    ['backendtlspolicies', 'edge', '-', '-', '-', '-'],
    ['backendtlspolicies', 'storefront', '-', '-', 'may', '-'],
    ['backendtlspolicies', 'catalogue', '-', '-', '-', 'may'],
    ['httproutes', 'kube-system', '-', '-', '-', '-'],
  ])('%s in %s: %s, %s, %s, %s', (resource, namespace, ...expected) => {
    expect(PERSONAS.map(persona => writing(persona, resource, namespace))).toEqual(expected);
  });

  test.each(['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'])('nobody gives rights to himself by %s', resource => {
    const places = [undefined, 'edge', 'storefront', 'catalogue'];

    expect(places.flatMap(namespace => PERSONAS.map(persona => writing(persona, resource, namespace, 'rbac.authorization.k8s.io'))))
      .toEqual(Array(places.length * PERSONAS.length).fill('-'));
  });
});

test.each([
  ['gatewayclasses', undefined], ['gateways', 'edge'],
])('every persona may read %s', (resource, namespace) => {
  expect(PERSONAS.map(persona => maySay(persona, 'get', GATEWAY_API, resource, namespace))).toEqual([true, true, true, true]);
});

/** The plural names of the kinds in the files. */
const RESOURCES: { [kind: string]: string } = {
  GatewayClass: 'gatewayclasses',
  Gateway: 'gateways',
  HTTPRoute: 'httproutes',
  ReferenceGrant: 'referencegrants',
  Service: 'services',
  Deployment: 'deployments',
  Namespace: 'namespaces',
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  RoleBinding: 'rolebindings',
};

function writersOf({ apiVersion, kind, metadata: { namespace } }: KubeObject): string[] {
  const [apiGroup] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return PERSONAS.filter(persona => writing(persona, RESOURCES[kind], namespace, apiGroup) === 'may');
}

const isOfAdministrators = ({ kind }: KubeObject) => /^(Namespace|ClusterRole|ClusterRoleBinding|RoleBinding)$/.test(kind);

test.each([
  ['infrastructure.k8s.yaml', 'gateway-infrastructure', 1],
  ['cluster-operator.k8s.yaml', 'cluster-operators', 2],
  ['team-storefront.k8s.yaml', 'team-storefront', 3],
  ['team-catalogue.k8s.yaml', 'team-catalogue', 6],
])('all of %s may be applied by %s, and by nobody else', (name, persona, count) => {
  const own = files.get(name)!.filter(object => !isOfAdministrators(object));

  expect(own.map(writersOf)).toEqual(Array(count).fill([persona]));
});

test('namespaces and rights are with the class only, and for the administrators of the cluster', () => {
  const found = [...files].map(([name, all]) => [name, all.filter(isOfAdministrators).flatMap(writersOf), all.some(isOfAdministrators)]);

  expect(found).toEqual([
    ['cluster-operator.k8s.yaml', [], false],
    ['infrastructure.k8s.yaml', [], true],
    ['team-catalogue.k8s.yaml', [], false],
    ['team-storefront.k8s.yaml', [], false],
  ]);
});

test('the one grant is in the file of the team whose Service it is about', () => {
  expect(objects.filter(({ kind }) => kind === 'ReferenceGrant')).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata: { name: 'team-cata-referencegrant.storefront.catalogue-c854852c', namespace: 'catalogue' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'storefront' }],
      to: [{ group: '', kind: 'Service', name: 'pictures' }],
    },
  }]);
});

describe('the evaluation', () => {
  const role = (rule: object, kind = 'Role') => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'r', namespace: 'a' }, rules: [rule] });
  const binding = (kind: string, roleKind = 'Role') => ({
    apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'b', namespace: 'a' }, roleRef: { kind: roleKind, name: 'r' }, subjects: [{ kind: 'Group', name: 'g' }],
  });
  const all = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  const deed = { verb: 'update', apiGroup: 'apps', resource: 'deployments', namespace: 'a', name: 'web' };

  test.each<[string, KubeObject[], object, boolean]>([
    ['a role in its namespace', [role(all), binding('RoleBinding')], {}, true],
    ['not in another', [role(all), binding('RoleBinding')], { namespace: 'b' }, false],
    ['nor for the cluster', [role(all), binding('RoleBinding')], { namespace: undefined }, false],
    ['a role for the cluster everywhere', [role(all, 'ClusterRole'), binding('ClusterRoleBinding', 'ClusterRole')], { namespace: 'b' }, true],
    ['a name that the rule has', [role({ ...all, resourceNames: ['web'] }), binding('RoleBinding')], {}, true],
    ['not another name', [role({ ...all, resourceNames: ['web'] }), binding('RoleBinding')], { name: 'db' }, false],
    ['nor a name that is yet to be', [role({ ...all, resourceNames: ['web'] }), binding('RoleBinding')], { verb: 'create' }, false],
    ['not another verb', [role({ ...all, verbs: ['get'] }), binding('RoleBinding')], {}, false],
    ['nothing without a binding', [role(all)], {}, false],
  ])('allows %s', (_, some, part, expected) => {
    expect(may(some, ['g'], { ...deed, ...part })).toBe(expected);
    expect(may(some, ['h'], { ...deed, ...part })).toBe(false);
  });

  test('does not guess at a role that it does not see', () => {
    expect(() => may([binding('RoleBinding')], ['g'], deed)).toThrow('rules of Role r, which b binds, are not known');
  });
});
