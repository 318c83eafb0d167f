import { join } from 'node:path';
import { Case, caseNames, CASES, readCase } from '../../conformance/case';
import { Injection } from '../../conformance/inject';
import { KubeObject, objectsOf } from '../../conformance/objects';
import { CreatedPod, podsOf } from '../../conformance/pods';
import { recordedIn } from '../../conformance/recorded';
import { RenderedFile, renderModule } from '../examples/rendered';

const ENGINE = 'inject';
const PROXY = 'istio-proxy';
const REDIRECTING = 'istio-init';
/** The injector lets the agent of the proxy ask what the kubelet asked. */
const REWRITTEN = /^(liveness|readiness|startup)Probe\.(httpGet|tcpSocket|grpc)\./;

/**
 * Apps that show fields and tasks, without a pattern: what their pods are is not for the constructs to say. Those of the support table have each form once more, with
 * meshes side by side that no cluster has.
 */
const WITHOUT_PATTERNS = /^examples\/reference-gateway-api$|\/examples-istio-tasks(-\d)?$|\/support-/;

const rendered = new Map<string, RenderedFile[]>();

function render(app: string): RenderedFile[] {
  const files = rendered.get(app) ?? renderModule(`../../${app}/main`);
  rendered.set(app, files);
  return files;
}

interface Container { readonly name: string; readonly image: string }
interface Pod { readonly containers: readonly Container[]; readonly initContainers?: readonly Container[] }

const cases = caseNames().map(name => readCase(name, render)).filter(({ spec }) => spec.app !== undefined);
const injectionsOf = ({ name }: Case) => (recordedIn(join(CASES, name))?.engines[ENGINE] ?? []) as Injection[];
/** Whether all is judged that there is, is asked where verdicts are held to their cases. */
const isJudged = (c: Case) => injectionsOf(c).length === podsOf([...objectsOf(c.world), ...objectsOf(c.manifests)]).length;
const judged = cases.filter(c => c.spec.engines.includes(ENGINE) && isJudged(c));
const podsIn = ({ manifests }: Case) => podsOf(objectsOf(manifests));
const asText = ({ from, pod }: CreatedPod) => `${from} ${JSON.stringify(pod)}`;

/** Why a pod is meant to run without a proxy of Istio, by its case; undefined for one that is meant to have one. */
function reasonOutside({ spec: { outside = {} } }: Case, pod: string): string | undefined {
  return Object.entries(outside).find(([pattern]) => standsFor(pattern, pod))?.[1];
}

function standsFor(pattern: string, pod: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(pod);
}

const namesOf = (containers: readonly Container[] = []) => containers.map(({ name }) => name);
const containersOf = ({ containers, initContainers = [] }: Injection) => [...initContainers, ...containers];
const isGateway = ({ pod }: CreatedPod) => pod.metadata.annotations?.['inject.istio.io/templates'] === 'gateway';
const isCaptured = ({ pod }: CreatedPod) => pod.metadata.annotations?.['sidecar.istio.io/interceptionMode'] !== 'NONE';
const isNative = ({ pod }: CreatedPod) => pod.metadata.annotations?.['sidecar.istio.io/nativeSidecar'] !== 'false';

describe.each([...new Set(cases.map(({ spec }) => spec.app!))].filter(app => !WITHOUT_PATTERNS.test(app)))('the pods of %s', app => {
  test('are all judged by the injector, in a case of the app', () => {
    const byInjector = new Set(judged.filter(({ spec }) => spec.app === app).flatMap(podsIn).map(asText));
    const files = render(app).filter(({ name }) => name.endsWith('.yaml'));

    const made = podsOf(objectsOf(files.map(({ text }) => text).join('---\n')));
    expect(made.filter(pod => !byInjector.has(asText(pod))).map(({ from }) => from)).toEqual([]);
  });
});

describe.each(judged.map(c => [c.name, c] as const))('the injector, in %s', (_, c) => {
  const injections = injectionsOf(c);
  const all = podsOf([...objectsOf(c.world), ...objectsOf(c.manifests)]).map((made, i) => ({ ...made, became: injections[i] }));
  const listed = (list: readonly typeof all[number][]) => list.map(({ from }) => from);
  const leftOut = all.filter(({ from }) => reasonOutside(c, from) !== undefined);
  const gateways = all.filter(one => isGateway(one) && !leftOut.includes(one));
  const sidecars = all.filter(one => !isGateway(one) && !leftOut.includes(one));
  const specOf = ({ pod }: { readonly pod: KubeObject }) => pod.spec as unknown as Pod;

  test('makes no two containers of one name, and refuses no pod', () => {
    const twice = all.filter(({ became }) => {
      const names = namesOf(containersOf(became));
      return new Set(names).size < names.length;
    });

    expect(listed(twice)).toEqual([]);
    expect(all.flatMap(({ became }) => 'error' in became ? [became.pod] : [])).toEqual([]);
  });

  test('leaves out whom the case says to be outside, and has a reason for each', () => {
    expect(leftOut.map(({ from, became: { role, containers } }) => [from, role, namesOf(containers)]))
      .toEqual(leftOut.map(one => [one.from, 'none', namesOf(specOf(one).containers)]));
    const reasons = Object.entries(c.spec.outside ?? {});
    expect(reasons.filter(([pattern, why]) => why.length < 10 || !all.some(({ from }) => standsFor(pattern, from)))).toEqual([]);
  });

  test('gives all others one proxy: as the only container of a gateway, and beside all containers of a workload', () => {
    expect(gateways.map(({ from, became: { role, containers, initContainers } }) => [from, role, namesOf(containers), initContainers]))
      .toEqual(gateways.map(({ from }) => [from, 'gateway', [PROXY], undefined]));
    const became = sidecars.map(one => [one.from, one.became.role, namesOf(one.became.initContainers), namesOf(one.became.containers).sort()]);
    expect(became).toEqual(sidecars.map(one => {
      const { containers, initContainers } = specOf(one);
      const beside = namesOf(containers).filter(name => name !== PROXY).sort();
      const before = namesOf(initContainers).filter(name => name !== PROXY);
      const redirecting = isCaptured(one) ? [REDIRECTING] : [];
      return [one.from, 'sidecar', ...isNative(one) ? [[...redirecting, PROXY, ...before], beside] : [[...before, ...redirecting], [...beside, PROXY].sort()]];
    }));
  });

  test('runs a sidecar as the mesh says, natively or not', () => {
    const proxies = sidecars.map(one => [one.from, containersOf(one.became).find(({ name }) => name === PROXY)?.restartPolicy]);

    expect(proxies).toEqual(sidecars.map(one => [one.from, isNative(one) ? 'Always' : undefined]));
  });

  test('keeps ports, security contexts and all else that is said of a container', () => {
    const isMeant = (container: string, field: string) => REWRITTEN.test(field) || (container === PROXY && field === 'image');
    const lost = all.flatMap(({ from, became }) => containersOf(became).flatMap(({ name, changed = [] }) =>
      changed.filter(field => !isMeant(name, field)).map(field => `${from} ${name}: ${field}`)));

    expect(lost).toEqual([]);
  });
});
