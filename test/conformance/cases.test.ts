import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { caseNames, CASES, digestOf, readCase } from '../../conformance/case';
import { Injection } from '../../conformance/inject';
import { objectsOf } from '../../conformance/objects';
import { podsOf } from '../../conformance/pods';
import { recordedIn } from '../../conformance/recorded';
import { RenderedFile, renderModule } from '../examples/rendered';

interface Finding { readonly code: string; readonly level: string; readonly message: string }
interface ApiServerVerdict { readonly rejected: readonly unknown[]; readonly notJudged: readonly string[] }

const INJECT_ENGINE = 'inject';
const rendered = new Map<string, RenderedFile[]>();

function render(app: string): RenderedFile[] {
  const files = rendered.get(app) ?? renderModule(`../../${app}/main`);
  rendered.set(app, files);
  return files;
}

const cases = caseNames().map(name => readCase(name, render));
/** The cases whose manifests our constructs make. */
const ours = cases.filter(({ spec }) => spec.app !== undefined);
const said = <T>(name: string, engine: string): T => recordedIn(join(CASES, name))?.engines[engine] as T;
const judgedBy = (engine: string) => ours.filter(({ spec }) => spec.engines.includes(engine)).map(({ name }) => name);

test('every target and every example is a case', () => {
  const examples = join(__dirname, '..', '..', 'examples');
  const targets = readdirSync(join(examples, 'targets')).filter(file => /^\d\d-/.test(file)).map(file => `targets-${file.replace(/\.ts$/, '')}`);
  const apps = readdirSync(examples).filter(name => name !== 'targets' && existsSync(join(examples, name, 'cdk8s.yaml'))).map(name => `examples-${name}`);

  // One of several clusters is a case for each of them.
  const lacking = [...targets, ...apps].filter(app => !cases.some(({ name }) => name === app || /^-(east|west)$/.test(name.slice(app.length)) && name.startsWith(app)));
  expect(lacking).toEqual([]);
  expect(targets.length).toBeGreaterThanOrEqual(15);
});

describe.each(cases.map(c => [c.name, c] as const))('%s', (_, c) => {
  test('says what it shows', () => {
    expect(c.spec.about).toMatch(/^[A-Z].{10,}/);
  });

  test('is recorded for what it is today: else run npx projen conformance --record, and look at what moved', () => {
    expect(recordedIn(c.dir)?.digest).toBe(digestOf(c));
  });

  test('has the verdict of each of its engines', () => {
    expect(Object.keys(recordedIn(c.dir)?.engines ?? {}).sort()).toEqual([...c.spec.engines].sort());
  });
});

describe.each(judgedBy('apiserver'))('the API server and %s', name => {
  test('rejects nothing, and judges all that is no core kind', () => {
    const { rejected, notJudged } = said<ApiServerVerdict>(name, 'apiserver');

    expect(rejected).toEqual([]);
    // There are no definitions of NGINX Gateway Fabric here.
    expect(notJudged.filter(kind => /^[^ ]*(istio|gateway\.(?!nginx\.org)|linkerd|envoyproxy)/.test(kind))).toEqual([]);
  });
});

describe.each(judgedBy('analyze'))('istioctl analyze and %s', name => {
  test('finds no error, and nothing that the case does not explain', () => {
    const findings = said<Finding[]>(name, 'analyze');
    const { explained = {} } = ours.find(c => c.name === name)!.spec;

    expect(findings.filter(({ level }) => level === 'Error')).toEqual([]);
    expect(findings.map(({ code }) => code).filter(code => !(code in explained))).toEqual([]);
    expect(Object.keys(explained).filter(code => !findings.some(finding => finding.code === code))).toEqual([]);
  });
});

describe.each(judgedBy(INJECT_ENGINE))('the injector and %s', name => {
  const c = ours.find(one => one.name === name)!;
  const pods = podsOf([...objectsOf(c.world), ...objectsOf(c.manifests)]);
  const injections = said<Injection[]>(name, INJECT_ENGINE);
  const { tags = {} } = (c.spec.inject ?? {}) as { tags?: { [tag: string]: string } };

  test('every pod is judged', () => {
    expect(injections.map(({ pod }) => pod)).toEqual(pods.map(({ from }) => from));
    expect(pods).not.toEqual([]);
  });

  test('each pod that wants to be a gateway becomes one, of its own revision, by one webhook', () => {
    const gateways = pods.filter(({ pod }) => pod.metadata.annotations?.['inject.istio.io/templates'] === 'gateway');
    const became = injections.filter(({ pod }) => gateways.some(({ from }) => from === pod));

    expect(became.map(({ pod, role, revision, takenBy }) => [pod, role, revision, takenBy.length])).toEqual(
      gateways.map(({ from, pod }) => {
        const asked = pod.metadata.labels?.['istio.io/rev'] ?? 'default';
        return [from, 'gateway', tags[asked] ?? asked, 1];
      }));
  });

  test('no image is left to be replaced', () => {
    expect(injections.flatMap(({ containers, initContainers = [] }) => [...containers, ...initContainers]).filter(({ image }) => image === 'auto')).toEqual([]);
  });
});

test('the two Deployments of a gateway with a canary run the revisions that they are of', () => {
  const injections = said<Injection[]>('targets-07-gateway-deployment-canary', INJECT_ENGINE);

  expect(injections.map(({ pod, revision, role }) => [pod, revision, role])).toEqual([
    ['Deployment gateways/istio-ingressgateway', '1-30', 'gateway'],
    ['Deployment gateways/istio-ingressgateway-canary', '1-31', 'gateway'],
  ]);
});

test('pods get the proxy that the mesh says while a tag points to one revision and another is tried', () => {
  const injections = said<Injection[]>('revision-tags', INJECT_ENGINE);

  expect(injections.map(({ pod, role, revision }) => [pod, role, revision])).toEqual([
    ['Deployment shop/web', 'sidecar', '1-31'],
    ['Deployment shop/outside', 'none', undefined],
    ['Deployment blog/posts', 'sidecar', '1-30'],
    ['Deployment jobs/batch', 'sidecar', '1-31'],
    ['Deployment tools/batch', 'sidecar', '1-30'],
    ['Deployment tools/pinned', 'sidecar', '1-31'],
    ['Deployment edge/public', 'gateway', '1-30'],
    ['Deployment edge/public-canary', 'gateway', '1-31'],
  ]);
});

test('a plain pod gets a sidecar where its namespace is enrolled in one, by the control plane that the namespace names', () => {
  const injections = said<Injection[]>('targets-09-namespace-enrolment', INJECT_ENGINE);

  expect(injections.map(({ pod, role, revision }) => [pod, role, revision])).toEqual([
    ['Deployment by-default-tag/plain', 'sidecar', 'default'],
    ['Deployment by-revision/plain', 'sidecar', 'asm-managed'],
    ['Deployment ambient/plain', 'none', undefined],
    ['Deployment linkerd/plain', 'none', undefined],
  ]);
});

test('a Gateway of another controller is enrolled in the mesh of Istio, and left alone in that of Linkerd', () => {
  expect(said<Injection[]>('targets-01-meshed-gateway-controller', INJECT_ENGINE)).toMatchObject([{ pod: 'Gateway edge/meshed-gateway', role: 'sidecar' }]);
  expect(said<Injection[]>('targets-02-meshed-gateway-linkerd', INJECT_ENGINE)).toMatchObject([{ pod: 'Gateway edge/meshed-gateway', role: 'none', takenBy: [] }]);
});

test('Envoy Gateway attaches the routes of the quickstart, and weighs its canary', () => {
  const { mesh: { status, backends } } = said<{ mesh: { status: object; backends: object } }>('examples-quickstart', 'envoy-gateway');

  expect(status).toMatchObject({ 'Gateway edge/public': { listeners: { http: { attachedRoutes: 1 }, https: { attachedRoutes: 1 } } } });
  expect(JSON.stringify(status)).not.toContain('=False');
  expect(backends).toEqual({
    'httproute/shop/web/rule/0': ['Service shop/web-v2:80 weighs 1'],
    'httproute/shop/web/rule/1': ['Service shop/web-v1:80 weighs 90', 'Service shop/web-v2:80 weighs 10'],
  });
});
