import { enrolmentMistakes } from './enrolment';
import { KubeObject } from './kube-object';
import { isMeshKey, misplacedKeys, PlacementRow, rowsOf } from './label-placement';
import { objectsOf, renderApp, renderModule } from './rendered';
import { selectingNothing, selectorMistakes } from './selectors';
import { makeTasks } from '../../examples/istio-tasks/tasks';
import { makeBoutique } from '../../examples/online-boutique/boutique';
import { makeTargets } from '../../examples/targets/targets';
import * as keys from '../../src/semantics/keys';
import table from '../data/label-placement.json';

const rows = table as PlacementRow[];
const mistakes = (objects: KubeObject[]) => [...misplacedKeys(objects, rows), ...enrolmentMistakes(objects), ...selectorMistakes(objects)];

describe('examples', () => {
  const quickstart = renderModule('../../examples/quickstart/main').flatMap(objectsOf);
  const grpcCanary = renderModule('../../examples/grpc-canary/main').flatMap(objectsOf);
  const canaryFlagger = renderModule('../../examples/canary-flagger/main').flatMap(objectsOf);
  const canaryRollouts = renderModule('../../examples/canary-rollouts/main').flatMap(objectsOf);
  const meshRouting = renderModule('../../examples/mesh-routing/main').flatMap(objectsOf);
  const reference = renderModule('../../examples/reference-gateway-api/main').flatMap(objectsOf);
  const referenceIstio = renderModule('../../examples/reference-istio/main').flatMap(objectsOf);
  const referenceLinkerd = renderModule('../../examples/reference-linkerd/main').flatMap(objectsOf);
  const roleSeparatedGateway = renderModule('../../examples/role-separated-gateway/main').flatMap(objectsOf);
  const tlsAndTcp = renderModule('../../examples/tls-and-tcp/main').flatMap(objectsOf);
  const tenantListeners = renderModule('../../examples/tenant-listeners/main').flatMap(objectsOf);
  const bookinfo = renderModule('../../examples/bookinfo/main').flatMap(objectsOf);
  const zeroTrust = renderModule('../../examples/zero-trust/main').flatMap(objectsOf);
  const asmUpgrade = renderModule('../../examples/asm-upgrade/main').filter(({ name }) => name.endsWith('.yaml')).flatMap(objectsOf);
  const linkerdShop = renderModule('../../examples/linkerd-shop/main').flatMap(objectsOf);
  const nginxGateway = renderModule('../../examples/nginx-gateway/main').flatMap(objectsOf);
  const edgePolicies = renderModule('../../examples/edge-policies/main').flatMap(objectsOf);
  const waysOut = renderModule('../../examples/egress/main').map((file): [string, KubeObject[]] => [`egress, ${file.name}`, objectsOf(file)]);
  const virtualMachine = renderModule('../../examples/virtual-machine/main').filter(({ name }) => name.endsWith('.yaml')).flatMap(objectsOf);
  const twoClusters = renderModule('../../examples/two-clusters/main');
  const clusters = ['west', 'east'].map((cluster): [string, KubeObject[]] => [
    `two-clusters, ${cluster}`, twoClusters.filter(({ name }) => name.startsWith(`${cluster}/`)).flatMap(objectsOf),
  ]);
  // Each of these is a cluster of its own.
  const gatewayClasses = renderModule('../../examples/two-gateway-classes/main').map((file): [string, KubeObject[]] => [file.name, objectsOf(file)]);
  const boutique = renderApp(makeBoutique).flatMap(objectsOf);
  // Each target is a cluster of its own.
  const targets = renderApp(makeTargets).map((file): [string, KubeObject[]] => [file.name, objectsOf(file)]);
  const tasks = renderApp(app => makeTasks(app)).map((file): [string, KubeObject[]] => [file.name, objectsOf(file)]);

  test.each<[string, KubeObject[]]>([
    ['quickstart', quickstart],
    ['grpc-canary', grpcCanary],
    ['canary-flagger', canaryFlagger],
    ['canary-rollouts', canaryRollouts],
    ['mesh-routing', meshRouting],
    ['role-separated-gateway', roleSeparatedGateway],
    ['tls-and-tcp', tlsAndTcp],
    ['tenant-listeners', tenantListeners],
    ['bookinfo', bookinfo],
    ['zero-trust', zeroTrust],
    ['nginx-gateway', nginxGateway],
    ['edge-policies', edgePolicies],
    ['asm-upgrade', asmUpgrade],
    ['linkerd-shop', linkerdShop],
    ['virtual-machine', virtualMachine],
    ...clusters,
    ...waysOut,
    ...gatewayClasses,
    ['reference-gateway-api', reference],
    ['reference-istio', referenceIstio],
    ['reference-linkerd', referenceLinkerd],
    ['online-boutique', boutique],
    ...targets,
    ...tasks,
  ])('%s has every key of a mesh where it works', (_, objects) => {
    expect(objects.length).toBeGreaterThan(0);
    expect(mistakes(objects)).toEqual([]);
  });

  test.each<[string, KubeObject[]]>([
    ['quickstart', quickstart],
    ['grpc-canary', grpcCanary],
    ['canary-flagger', canaryFlagger],
    ['canary-rollouts', canaryRollouts],
    ['mesh-routing', meshRouting],
    ['reference-istio', referenceIstio],
    ['role-separated-gateway', roleSeparatedGateway],
    ['tls-and-tcp', tlsAndTcp],
    ['tenant-listeners', tenantListeners],
    ['bookinfo', bookinfo],
    ['zero-trust', zeroTrust],
    ['nginx-gateway', nginxGateway],
    ['edge-policies', edgePolicies],
    ['asm-upgrade', asmUpgrade],
    ['linkerd-shop', linkerdShop],
    ...waysOut,
    ...gatewayClasses,
    ['online-boutique', boutique],
  ])('%s has a pod for every selector and subset', (_, objects) => {
    expect(selectingNothing(objects)).toEqual([]);
  });
});

describe('the table', () => {
  const known: [string, string, string][] = Object.entries(keys).filter(([, group]) => !Array.isArray(group)).flatMap(([group, entries]) =>
    Object.values(entries as { [name: string]: string }).filter(isMeshKey).map((key): [string, string, string] =>
      [key, group.endsWith('Annotation') ? 'annotation' : group.endsWith('Option') ? 'option' : 'label', group]));

  test.each(known)('has %s, which constructs write as %s', (key, type) => {
    expect(rowsOf(key, rows).map(row => row.type)).toContain(type);
  });

  test('is asked about all keys that constructs know', () => {
    expect(known.map(([key]) => key)).toEqual(expect.arrayContaining(['istio-injection', 'inject.istio.io/templates', 'linkerd.io/inject']));
  });

  test('has patterns that compile, and no key twice for one kind', () => {
    rows.forEach(({ pattern = '' }) => expect(() => new RegExp(pattern)).not.toThrow());
    const places = rows.flatMap(({ key, type, objects }) => objects.map(object => `${type} ${key} on ${object}`));
    expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([]);
  });
});

const namespace = (labels: object, annotations?: object): KubeObject => ({
  apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels, annotations },
});

const deployment = (labels: object, annotations?: object, image = 'web'): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web', ...labels }, annotations }, spec: { containers: [{ image }] } },
  },
});

const service = (selector: object, labels?: object): KubeObject => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', labels }, spec: { selector },
});

const gateway = (infrastructure: object, options?: object): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'edge' },
  spec: { gatewayClassName: 'istio', infrastructure, listeners: [{ name: 'https', tls: { options } }] },
});

const istio = (kind: string, group: string, spec: object, metadata?: object): KubeObject => ({
  apiVersion: `${group}.istio.io/v1`, kind, metadata: { name: 'web', namespace: 'shop', ...metadata }, spec,
});

describe('the walker', () => {
  test.each<[string, KubeObject[]]>([
    ['a namespace enrolled once', [namespace({ 'istio-injection': 'enabled' })]],
    ['a pod with a revision', [deployment({ 'istio.io/rev': 'stable' })]],
    ['a gateway\'s pod', [deployment({ 'sidecar.istio.io/inject': 'true' }, { 'inject.istio.io/templates': 'gateway' }, 'auto')]],
    ['annotations of what is made for a gateway', [gateway({ annotations: { 'networking.istio.io/service-type': 'ClusterIP' } })]],
    ['a port list that is empty', [deployment({}, { 'traffic.sidecar.istio.io/includeInboundPorts': '' })]],
    ['an option of a listener', [gateway({}, { 'gateway.istio.io/tls-terminate-mode': 'MUTUAL' })]],
    ['a revision on a kind of Istio', [istio('VirtualService', 'networking', {}, { labels: { 'istio.io/rev': 'canary' } })]],
    ['the custom identity of a gateway', [service({ app: 'web', istio: 'ingressgateway' })]],
  ])('takes %s', (_, objects) => {
    expect(mistakes(objects)).toEqual([]);
  });

  test.each<[string, KubeObject[], string]>([
    ['an unknown key', [namespace({ 'istio.io/inject': 'true' })],
      'Namespace shop: label istio.io/inject is unknown'],
    ['istio-injection on pods', [deployment({ 'istio-injection': 'enabled' })],
      'Deployment shop/web spec template: label istio-injection may stand on Namespace only'],
    ['a label of pods on their Deployment', [{ ...deployment({}), metadata: { name: 'web', labels: { 'sidecar.istio.io/inject': 'true' } } }],
      'Deployment web: label sidecar.istio.io/inject may stand on Pod only'],
    ['a label written as an annotation', [deployment({}, { 'sidecar.istio.io/inject': 'true' })],
      'Deployment shop/web spec template: sidecar.istio.io/inject is label, not annotation'],
    ['an annotation written as a label', [namespace({ 'linkerd.io/inject': 'enabled' })],
      'Namespace shop: linkerd.io/inject is annotation, not label'],
    ['a value that is no text', [deployment({ 'sidecar.istio.io/inject': true })],
      'Deployment shop/web spec template: label sidecar.istio.io/inject must be text, got boolean true'],
    ['a value that means nothing', [namespace({ 'istio-injection': 'true' })],
      'Namespace shop: label istio-injection may not be \'true\''],
    ['a value of another kind', [namespace({}, { 'linkerd.io/inject': 'ingress' })],
      'Namespace shop: annotation linkerd.io/inject may not be \'ingress\''],
    ['a key of istiod\'s own', [istio('Gateway', 'networking', {}, { annotations: { 'internal.istio.io/parents': 'x' } })],
      'IstioGateway shop/web: annotation internal.istio.io/parents is written by istiod alone'],
    ['a namespace key in infrastructure', [gateway({ labels: { 'istio-injection': 'enabled' } })],
      'Gateway edge/edge infrastructure: label istio-injection may stand on Namespace only'],
    ['an inject label for a proxy of Istio', [gateway({ labels: { 'sidecar.istio.io/inject': 'true' } })],
      'Gateway edge/edge: sidecar.istio.io/inject would put a second proxy into one of Istio'],
    ['an option that is none', [gateway({}, { 'gateway.istio.io/tls-terminate-mode': 'SIMPLE' })],
      'Gateway edge/edge listener https: option gateway.istio.io/tls-terminate-mode may not be \'SIMPLE\''],
    ['a namespace enrolled twice', [namespace({ 'istio-injection': 'enabled', 'istio.io/rev': 'stable' })],
      'Namespace shop: enrolled by istio-injection and istio.io/rev'],
    ['image auto that nothing fills in', [deployment({}, { 'inject.istio.io/templates': 'gateway' }, 'auto')],
      'Deployment shop/web spec template: image auto without a label that enrols the pod'],
    ['image auto that is opted out', [deployment({ 'istio.io/rev': 'a', 'sidecar.istio.io/inject': 'false' }, { 'inject.istio.io/templates': 'gateway' }, 'auto')],
      'Deployment shop/web spec template: image auto without a label that enrols the pod'],
    ['image auto without the template', [deployment({ 'istio.io/rev': 'stable' }, {}, 'auto')],
      'Deployment shop/web spec template: image auto without annotation inject.istio.io/templates: gateway'],
    ['a Service that selects by revision', [service({ 'app': 'web', 'istio.io/rev': 'stable' })],
      'Service shop/web: selects by istio.io/rev'],
    ['a Gateway of Istio that selects by version', [istio('Gateway', 'networking', { selector: { version: 'v1' } })],
      'IstioGateway shop/web: selects by version'],
    ['a policy that selects by inject label', [istio('AuthorizationPolicy', 'security', { selector: { matchLabels: { 'sidecar.istio.io/inject': 'true' } } })],
      'AuthorizationPolicy shop/web: selects by sidecar.istio.io/inject'],
  ])('refuses %s', (_, objects, mistake) => {
    expect(mistakes(objects)).toEqual([mistake]);
  });

  test.each<[string, KubeObject[], string[]]>([
    ['a Service with its pods', [deployment({}), service({ app: 'web' })], []],
    ['a Service without pods', [deployment({}), service({ app: 'shop' })],
      ['Service shop/web: no pod of shop has {"app":"shop"}']],
    ['a policy for pods of another namespace', [deployment({}), istio('AuthorizationPolicy', 'security', { selector: { matchLabels: { app: 'web' } } },
      { namespace: 'edge' })], ['AuthorizationPolicy edge/web: no pod of edge has {"app":"web"}']],
    ['a Gateway of Istio without pods', [istio('Gateway', 'networking', { selector: { istio: 'ingressgateway' } })],
      ['IstioGateway shop/web: no pod of shop has {"istio":"ingressgateway"}']],
    ['a subset without pods', [deployment({ version: 'v1' }), service({ app: 'web' }), istio('DestinationRule', 'networking', {
      host: 'web.shop.svc.cluster.local', subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
    })], ['DestinationRule shop/web subset v2: no pod of shop has {"app":"web","version":"v2"}']],
  ])('sees %s', (_, objects, mistake) => {
    expect(selectingNothing(objects)).toEqual(mistake);
  });
});
