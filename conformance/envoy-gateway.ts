import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decideSelectors } from './admitted-namespaces';
import { Case } from './case';
import { Engine } from './engine';
import { describeTranslation, nameOf } from './envoy-gateway-verdict';
import { BUILT, buildGo, goBinary, GoProgram, missingGo } from './go';
import { KubeObject, objectsOf } from './objects';
import { CERTIFICATES, makeCredentials } from './world/certificates';
import { groupOf } from './world/manifest';
import { makeWorld } from './world/world';

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
}

/** Envoy Gateway, the second implementation of Gateway API: what it says of Gateways and routes, and the routes that it gives to Envoy. */
export class EnvoyGateway implements Engine {
  readonly name = 'envoy-gateway';

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildGo(EGCTL);
    await buildGo(CERTIFICATES);
  }

  /** The verdict for each of its GatewayClasses. */
  async judge(c: Case): Promise<unknown> {
    const { controls = [], omits = [] } = (c.spec['envoy-gateway'] ?? {}) as EnvoyGatewaySpec;
    const manifests = [...objectsOf(c.manifests), ...objectsOf(c.world)].filter(object => !omits.includes(nameOf(object)));
    const own = manifests.filter(({ kind, spec }) => kind === 'GatewayClass' && (spec as { controllerName: string }).controllerName === CONTROLLER);
    const verdicts: { [gatewayClass: string]: unknown } = {};
    for (const gatewayClass of new Set([...own.map(({ metadata }) => metadata.name), ...controls])) {
      verdicts[gatewayClass] = describeTranslation(JSON.parse(await translate(objectsFor(manifests, gatewayClass))));
    }
    return verdicts;
  }
}

/** What a cluster has by the time that Envoy Gateway looks: endpoints, namespaces with their labels, certificates; and of classes the one, for egctl takes any as its own. */
function objectsFor(manifests: readonly KubeObject[], gatewayClass: string): KubeObject[] {
  const world = makeWorld(manifests);
  const isRead = (object: KubeObject) => GROUPS.includes(groupOf(object)) || CORE_KINDS.includes(object.kind);
  const isOfOther = ({ kind, spec }: KubeObject) =>
    kind === 'GatewayClass' || (kind === 'Gateway' && (spec as { gatewayClassName: string }).gatewayClassName !== gatewayClass);
  return [
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: gatewayClass }, spec: { controllerName: CONTROLLER } },
    ...world.objects.filter(object => isRead(object) && !isOfOther(object)).map(object => object.kind === 'Gateway' ? decideSelectors(object, world.objects) : object),
    ...manifests.filter(object => groupOf(object) === 'gateway.envoyproxy.io'),
    ...makeCredentials(world),
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
