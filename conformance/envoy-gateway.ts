import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decideSelectors } from './admitted-namespaces';
import { Case } from './case';
import { Engine } from './engine';
import { installEnvoy, missingEnvoy } from './envoy/binary';
import { CaseRequest, forEachGateway, judgeRequests } from './envoy/exchanges';
import { GatewayDump, RunningGateways } from './envoy/gateways';
import { RequestSpec } from './envoy/request';
import { describeTranslation, nameOf } from './envoy-gateway-verdict';
import { BUILT, buildGo, goBinary, GoProgram, missingGo } from './go';
import { KubeObject, objectsOf } from './objects';
import { Certificates, CERTIFICATES, credentialObjects, makeCertificates, wantedCertificates } from './world/certificates';
import { groupOf } from './world/manifest';
import { makeWorld, World } from './world/world';

const EGCTL: GoProgram = { module: 'envoy-gateway', package: 'github.com/envoyproxy/gateway/cmd/egctl', output: 'egctl' };
const CONTROLLER = 'gateway.envoyproxy.io/gatewayclass-controller';
/** More than any translation. */
const MAX_OUTPUT = 256 * 1024 * 1024;
/** What Envoy Gateway reads; egctl refuses a file with any other kind. */
const GROUPS = ['gateway.networking.k8s.io', 'gateway.envoyproxy.io'];
const CORE_KINDS = ['Namespace', 'Service', 'Secret', 'ConfigMap', 'EndpointSlice'];

/** What case.yaml may tell. */
interface EnvoyGatewaySpec {
  /** The GatewayClasses that Envoy Gateway controls, whatever the manifests say of them. */
  readonly controls?: readonly string[];
  /** Objects, as `HTTPRoute shop/web`, that egctl's own definitions refuse, so that it is not asked of them. */
  readonly omits?: readonly string[];
  /** Requests from outside, through the Envoys that it configures; of those, a pod has none of its own. */
  readonly requests?: readonly CaseRequest[];
}

/** By the namespace and the name of the Gateway. */
type Dumps = { [gateway: string]: GatewayDump };

/** What egctl prints. */
interface Translation {
  readonly xds?: Dumps;
  readonly infraIR?: { readonly [gateway: string]: unknown };
  readonly [kind: string]: unknown;
}

/** Envoy Gateway, the second implementation of Gateway API: what it says of Gateways and routes, and the routes that it gives to Envoy. */
export class EnvoyGateway implements Engine {
  readonly name = 'envoy-gateway';

  missing(): string[] {
    return [...missingGo(), ...missingEnvoy()];
  }

  async build(): Promise<void> {
    await buildGo(EGCTL);
    await buildGo(CERTIFICATES);
    installEnvoy();
  }

  /** The verdict for each of its GatewayClasses, and what becomes of requests. */
  async judge(c: Case): Promise<unknown> {
    const { controls = [], omits = [], requests = [] } = (c.spec['envoy-gateway'] ?? {}) as EnvoyGatewaySpec;
    const manifests = [...objectsOf(c.manifests), ...objectsOf(c.world)].filter(object => !omits.includes(nameOf(object)));
    const own = manifests.filter(({ kind, spec }) => kind === 'GatewayClass' && (spec as { controllerName: string }).controllerName === CONTROLLER);
    const world = makeWorld(manifests);
    const certificates = makeCertificates(wantedCertificates(world));
    const verdicts: { [gatewayClass: string]: unknown } = {};
    const dumps: Dumps = {};
    for (const gatewayClass of new Set([...own.map(({ metadata }) => metadata.name), ...controls])) {
      const translation = await translateAll(objectsFor(manifests, gatewayClass, world, certificates));
      Object.assign(dumps, translation.xds);
      verdicts[gatewayClass] = describeTranslation(translation);
    }
    const sent = requests.length > 0 && { requests: await send(requests.flatMap(forEachGateway), world, certificates, dumps) };
    return { ...verdicts, ...sent };
  }
}

async function send(requests: readonly RequestSpec[], world: World, certificates: Certificates, dumps: Dumps): Promise<object> {
  const asked = new Set(requests.map(({ through }) => through));
  const gateways = Object.fromEntries(Object.entries(dumps).filter(([gateway]) => asked.has(gateway)));
  return judgeRequests(requests, await RunningGateways.start(world, certificates, gateways));
}

/** egctl takes one EnvoyProxy for all Gateways, so that those with others are asked of by themselves. */
async function translateAll(objects: readonly KubeObject[]): Promise<Translation> {
  const proxies = objects.filter(({ kind }) => kind === 'EnvoyProxy');
  const others = objects.filter(({ kind }) => kind !== 'EnvoyProxy');
  const nameOfProxy = ({ metadata, spec }: KubeObject) =>
    `${metadata.namespace}/${(spec as { infrastructure?: { parametersRef?: { name: string } } }).infrastructure?.parametersRef?.name}`;
  const proxyOf = (gateway: KubeObject) => proxies.find(({ metadata: { namespace, name } }) => `${namespace}/${name}` === nameOfProxy(gateway));
  const gateways = objects.filter(({ kind }) => kind === 'Gateway');
  const settings = new Set(gateways.map(gateway => JSON.stringify(proxyOf(gateway)?.spec)));
  let sum: Translation = {};
  for (const setting of settings) {
    const meant = gateways.filter(gateway => JSON.stringify(proxyOf(gateway)?.spec) === setting);
    const translation = JSON.parse(await translate([...others, ...[proxyOf(meant[0])].filter(proxy => proxy !== undefined)])) as Translation;
    const keys = meant.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);
    const ofThese = <T>(all: { readonly [gateway: string]: T } = {}) => Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
    sum = {
      ...translation,
      xds: { ...sum.xds, ...ofThese(translation.xds) },
      infraIR: { ...sum.infraIR, ...ofThese(translation.infraIR) },
    };
  }
  return settings.size > 0 ? sum : JSON.parse(await translate(objects)) as Translation;
}

/** What a cluster has by the time that Envoy Gateway looks: endpoints, namespaces with their labels, certificates; and of classes the one, for egctl takes any as its own. */
function objectsFor(manifests: readonly KubeObject[], gatewayClass: string, world: World, certificates: Certificates): KubeObject[] {
  const isRead = (object: KubeObject) => GROUPS.includes(groupOf(object)) || CORE_KINDS.includes(object.kind);
  const isOfOther = ({ kind, spec }: KubeObject) =>
    kind === 'GatewayClass' || (kind === 'Gateway' && (spec as { gatewayClassName: string }).gatewayClassName !== gatewayClass);
  return [
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: gatewayClass }, spec: { controllerName: CONTROLLER } },
    ...world.objects.filter(object => isRead(object) && !isOfOther(object)).map(object => object.kind === 'Gateway' ? decideSelectors(object, world.objects) : object),
    ...manifests.filter(object => groupOf(object) === 'gateway.envoyproxy.io'),
    ...credentialObjects(world, certificates),
  ];
}

async function translate(objects: readonly KubeObject[]): Promise<string> {
  mkdirSync(BUILT, { recursive: true });
  const dir = mkdtempSync(join(BUILT, 'translate-'));
  try {
    const file = join(dir, 'objects.yaml');
    writeFileSync(file, objects.map(object => JSON.stringify(object)).join('\n---\n'));
    const args = ['x', 'translate', '--from', 'gateway-api', '--to', 'gateway-api,ir,xds', '-o', 'json', '-f', file];
    return (await promisify(execFile)(goBinary(EGCTL), args, { env: { PATH: process.env.PATH, HOME: dir }, maxBuffer: MAX_OUTPUT })).stdout;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
