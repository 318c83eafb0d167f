import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Service } from 'cdk8s-plus-28';
import { holdGuide } from './guide';
import {
  CanaryCaller, CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion, Certificate, DataPlane,
  FlaggerMetric, GatewayClass, GatewayForm, GatewayHost, HttpRouteMatch, IstioMesh, LinkerdMesh, Mesh, MeshedGateway, MeshNamespace,
  RolloutWorkload, StickyAssignment,
} from '../../src';
import { objectsOf, renderModule } from '../examples/rendered';

let app: App;
let chart: Chart;
let shop: MeshNamespace;

function start(mesh: (scope: Chart) => Mesh = scope => new IstioMesh(scope, 'Mesh')): CanaryParent {
  app = new App();
  chart = new Chart(app, 'test');
  shop = new MeshNamespace(chart, 'Shop', { mesh: mesh(chart), name: 'shop' });
  return CanaryParent.serviceName('web', 80);
}

function gatewayOf(form: GatewayForm): CanaryParent {
  const edge = new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge', enrolled: false });
  return CanaryParent.gateway(new MeshedGateway(chart, 'Public', {
    namespace: edge, form, hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))], admits: [shop],
  }));
}

const version = (name: string) => CanaryVersion.serviceName(name, { port: 80 });
const route = (parents: CanaryParent[], props: Partial<CanaryRouteProps> = {}) => new CanaryRoute(chart, 'Web', {
  namespace: shop, parents, stable: version('web-v1'), canary: version('web-v2'), ...props,
});
const workload = (labels = { app: 'web' } as { [key: string]: string }) => {
  const made = new Deployment(chart, 'Deployment', {
    metadata: { name: 'web', namespace: 'shop' }, select: false, podMetadata: { labels }, containers: [{ image: 'web' }],
  });
  made.select(LabelSelector.of({ labels }));
  return made;
};
const steps = [CanaryStep.weight(10), CanaryStep.pause(Duration.minutes(5))];
const flagger = (labels?: { [key: string]: string }) => ({
  stable: undefined,
  canary: undefined,
  steps,
  delivery: CanaryDelivery.flagger({ deployment: workload(labels), port: 80, metrics: [FlaggerMetric.requestSuccessRate(99)] }),
});
const rollouts = () => ({ steps, delivery: CanaryDelivery.argoRollouts({ workload: RolloutWorkload.deploymentName('web') }) });
const hostnames = ['shop.example.com'];

holdGuide('canary', {
  code: 9,
  shown: [
    'HTTPRoute web', 'HTTPRoute everywhere-mesh', 'HTTPRoute everywhere-shop', 'DestinationRule orders', 'HTTPRoute tenant-web', 'HTTPRoute api', 'Canary cart',
    'Rollout search', 'Application shop', 'HelmRelease shop',
  ],
  refused: [
    () => route([start()], { canaryWeight: 60, others: [{ version: version('web-v3'), weight: 50 }] }),
    () => route([start()], { mirrorPercent: 10, canaryWeight: 5 }),
    () => route([start()], { protocol: CanaryProtocol.TCP, pinned: [HttpRouteMatch.header('canary', 'true')] }),
    () => [start(), route([gatewayOf(GatewayForm.nginx())], { hostnames })],
    () => {
      start();
      const web = new Service(chart, 'WebService', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
      const stable = CanaryVersion.subset(web, { name: 'v1', labels: { version: 'v1' } });
      return route([gatewayOf(GatewayForm.provisioned(GatewayClass.ISTIO))], { hostnames, stable });
    },
    () => route([start(scope => new LinkerdMesh(scope, 'Mesh'))], { pinnedCallers: [CanaryCaller.pods(shop, { app: 'tester' })] }),
    () => {
      start(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
      const web = new Service(chart, 'WebService', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
      return new CanaryRoute(chart, 'Route', {
        name: 'web', namespace: shop, parents: [CanaryParent.service(web)], stable: version('web-v1'), canary: version('web-v2'),
      }).node.validate()[0];
    },
    () => route([start()], { ...flagger({ tier: 'front' }) }),
    () => route([start()], { ...flagger(), pinned: [HttpRouteMatch.header('canary', 'true')] }),
    () => route([start(scope => new LinkerdMesh(scope, 'Mesh'))], flagger()),
    () => route([start()], { ...rollouts(), sticky: StickyAssignment.cookie() }),
    () => route([start()], { ...rollouts(), steps: [CanaryStep.mirror(10), ...steps] }),
  ],
});

/** What is left of an object once Argo CD overlooks some of its fields; of jq, what routes need. */
function overlook(object: any, { jsonPointers = [], jqPathExpressions = [] }: { jsonPointers?: string[]; jqPathExpressions?: string[] }): any {
  const left = structuredClone(object);
  jsonPointers.forEach(pointer => {
    const fields = pointer.slice(1).split('/');
    const last = fields.pop()!;
    delete fields.reduce((value, field) => value[field], left)[last];
  });
  jqPathExpressions.forEach(expression => {
    const [path, condition] = expression.split(' | select');
    const fields = [...path.matchAll(/\.(\w+)|\[\]/g)].map(([token, field]) => field ?? token);
    const last = fields.pop()!;
    const reached = fields.reduce<any[]>((values, field) => values.flatMap(value => (field === '[]' ? value : value[field]) ?? []), [left]);
    if (last !== '[]') {
      reached.forEach(value => delete value[last]);
      return;
    }
    // The lists themselves: what the expression selects is taken out of them.
    const name = new RegExp(/test\("(.*)"\)/.exec(condition!)![1]);
    const owner = fields.slice(0, -1).reduce((value, field) => value[field], left);
    owner[fields.at(-1)!] = owner[fields.at(-1)!].filter((item: any) => !name.test(item.name ?? ''));
  });
  return left;
}

describe('what Argo CD and Flux overlook', () => {
  const objects = renderModule('../guides/canary').flatMap(objectsOf) as any[];
  const find = (kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);
  const ignored: any[] = find('Application', 'shop').spec.ignoreDifferences;
  const HASH = 'rollouts-pod-template-hash';
  // What the controllers make of the objects half way.
  const written: { [object: string]: (object: any) => void } = {
    'Deployment cart': ({ spec }) => { spec.replicas = 0; },
    'Deployment search': ({ spec }) => { spec.replicas = 0; },
    'Service search-stable': ({ spec }) => { spec.selector[HASH] = '6b9c7d'; },
    'Service search-canary': ({ spec }) => { spec.selector[HASH] = '58f4ac'; },
    'HTTPRoute search': ({ spec }) => {
      const [rule] = spec.rules;
      [rule.backendRefs[0].weight, rule.backendRefs[1].weight] = [90, 10];
      spec.rules.unshift({
        name: 'pin-1', matches: [{ ...rule.matches[0], headers: [{ name: 'canary', value: 'true' }] }], backendRefs: [{ ...rule.backendRefs[1], weight: 1 }],
      });
    },
  };

  test('every object that a controller changes is named, and no other', () => {
    expect(ignored.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(Object.keys(written).sort());
    expect(find('HelmRelease', 'shop').spec.driftDetection.ignore.map(({ target }: any) => `${target.kind} ${target.name}`).sort()).toEqual(Object.keys(written).sort());
  });

  test.each(Object.keys(written))('%s: what the controller writes, and nothing else', name => {
    const difference = ignored.find(each => `${each.kind} ${each.name}` === name);
    const wanted = find(difference.kind, difference.name);
    const live = structuredClone(wanted);
    written[name](live);
    expect(live).not.toEqual(wanted);
    expect(overlook(live, difference)).toEqual(overlook(wanted, difference));
    // Somebody's own change is a difference still.
    live.spec.foreign = true;
    expect(overlook(live, difference)).not.toEqual(overlook(wanted, difference));
  });
});
