import * as fc from 'fast-check';
import { DISHES } from './dishes';

const oneOf = <T extends string>(...words: T[]) => fc.constantFrom(...words);
const some = <T>(list: readonly T[], minLength = 0) => fc.subarray([...list], { minLength });
const label = oneOf('web', 'shop-1', 'a');

const ASKED = fc.record({
  mesh: oneOf('default', 'revision', 'managed', 'ambient', 'linkerd'),
  clusters: oneOf('one', 'one', 'one', 'flat', 'networks', 'remote'),
  authority: oneOf('none', 'none', 'provided', 'self-signed', 'plugged-in', 'cert-manager', 'istio-csr', 'signer'),
  upgrade: oneOf('none', 'none', 'installed', 'canary', 'tag', 'promoted'),
  namespaces: fc.record({ shop: label, edge: oneOf('edge', 'public-1'), egress: oneOf('egress', 'out') }),
  gateway: fc.option(fc.record({
    form: oneOf('istio', 'istio', 'envoy-gateway', 'nginx-fabric', 'self-managed', 'self-managed', 'self-managed-gateway-api', 'nginx'),
    name: oneOf('edge', 'public', 'istio-ingressgateway'),
    daemonSet: fc.boolean(),
    canary: oneOf('none', 'none', 'replicas', 'service', 'promoted'),
    hosts: some(['https', 'wildcard', 'http', 'passthrough', 'tcp'], 1),
    exposure: oneOf('external', 'internal', 'both', 'node-port', 'cluster-ip'),
    admits: fc.boolean(),
    minTls: fc.boolean(),
    address: oneOf('none', 'none', 'forwarded', 'proxy-protocol'),
  }), { freq: 6 }),
  web: fc.record({
    port: fc.constantFrom(80, 8080), targetPort: fc.constantFrom(8080, 3000), portName: oneOf('http', 'http-web'), versions: fc.constantFrom(1, 2, 3), subsets: fc.boolean(),
  }),
  canary: fc.option(fc.record({
    parents: oneOf('gateway', 'service', 'both'),
    weight: fc.constantFrom(0, 5, 50, 100),
    pinned: fc.boolean(),
    mirror: fc.boolean(),
    path: fc.boolean(),
    delivery: oneOf('manual', 'manual', 'flagger', 'rollouts'),
  }), { freq: 5 }),
  calls: some(['gateway', 'workload', 'namespace', 'account']),
  http: fc.boolean(),
  close: fc.boolean(),
  waypoint: fc.boolean(),
  egress: fc.option(fc.record({
    form: oneOf('usual', 'usual', 'provisioned', 'without'),
    services: some(['tls', 'http', 'originate', 'grpc', 'tcp'], 1),
    clients: fc.boolean(),
    port: fc.boolean(),
  }), { freq: 4 }),
  eastWest: fc.boolean(),
  machine: oneOf('none', 'none', 'service', 'host'),
  dishes: fc.subarray(Object.keys(DISHES), { maxLength: 3 }),
  dice: fc.nat(),
});

/** What a user asks of patterns, in plain words. */
export type Recipe = typeof ASKED extends fc.Arbitrary<infer T> ? T : never;

/** Recipes without most of what patterns refuse at once. */
export const RECIPE = ASKED.map(recipe => ({
  ...recipe,
  ...controlPlanesFor(recipe),
  gateway: recipe.gateway && gatewayFor(recipe.mesh, recipe.gateway, recipe.canary?.parents !== 'service'),
  canary: recipe.canary && {
    ...recipe.canary,
    weight: recipe.canary.mirror ? 0 : recipe.canary.weight,
    mirror: recipe.canary.mirror && recipe.canary.delivery === 'manual',
    // An nginx divides nothing.
    parents: recipe.gateway?.form === 'nginx' ? 'service' as const : recipe.canary.parents,
  },
  http: recipe.http && (recipe.mesh !== 'ambient' || recipe.waypoint),
  egress: recipe.egress && egressFor(recipe.mesh, recipe.egress),
  dishes: recipe.dishes.filter(name => DISHES[name].meshes?.includes(recipe.mesh) ?? true),
  machine: ['ambient', 'linkerd', 'managed'].includes(recipe.mesh) ? 'none' as const : recipe.machine,
}));

/** Clusters that share a root, and whose control plane can be what is asked. */
function controlPlanesFor({ mesh, clusters: askedClusters, authority: asked, upgrade: askedUpgrade }: Recipe): Pick<Recipe, 'clusters' | 'authority' | 'upgrade'> {
  const clusters = mesh === 'linkerd' ? 'one' : askedClusters === 'one' || ['default', 'revision'].includes(mesh) ? askedClusters : 'networks';
  const upgrade = mesh === 'linkerd' || (mesh !== 'revision' && askedUpgrade === 'tag') ? 'none' : askedUpgrade;
  if (mesh === 'linkerd') {
    return { clusters, upgrade, authority: asked === 'none' || asked === 'cert-manager' ? asked : 'provided' };
  }
  const own = ['none', 'provided', 'self-signed'].includes(asked) && ['flat', 'networks'].includes(clusters);
  return { clusters, upgrade, authority: mesh === 'managed' ? 'none' : own ? 'plugged-in' : asked === 'provided' ? 'none' : asked };
}

type Gateway = NonNullable<Recipe['gateway']>;
type Egress = NonNullable<Recipe['egress']>;

function gatewayFor(mesh: Recipe['mesh'], gateway: Gateway, admits: boolean): Gateway {
  const form = mesh === 'linkerd' && gateway.form !== 'nginx' ? 'envoy-gateway' : gateway.form;
  const isOurs = form.startsWith('self-managed');
  const hosts = gateway.hosts.filter(host => isOurs || (form !== 'nginx' && host !== 'tcp') || ['https', 'wildcard', 'http'].includes(host));
  return {
    ...gateway,
    form,
    hosts: hosts.length > 0 ? hosts : ['https'],
    admits: gateway.admits || admits || form === 'nginx',
    canary: !isOurs || (gateway.daemonSet && gateway.canary === 'replicas') ? 'none' : gateway.canary,
    minTls: gateway.minTls && ['self-managed', 'envoy-gateway', 'nginx'].includes(form),
    exposure: form === 'nginx-fabric' || (form === 'envoy-gateway' && gateway.exposure === 'both') ? 'external' : gateway.exposure,
    address: ['nginx', 'nginx-fabric'].includes(form) ? 'none' : gateway.address,
  };
}

function egressFor(mesh: Recipe['mesh'], egress: Egress): Egress {
  const form = ['ambient', 'linkerd'].includes(mesh) ? 'usual' : egress.form;
  const services = egress.services.filter(service => mesh !== 'linkerd' || ['http', 'grpc'].includes(service));
  return { ...egress, form, services: services.length > 0 ? services : ['http'], clients: egress.clients && form !== 'without' && mesh !== 'linkerd' };
}
