import { Case } from './case';
import { controlPlaneFile, DEFAULT_REVISION } from './control-plane';
import { Engine } from './engine';
import { buildGo, goBinary, GoProgram, missingGo } from './go';
import { buildIstioctl } from './istioctl';
import { KubeObject, objectsOf } from './objects';
import { Program } from './program';

/** The label of ConfigMaps that speak of all Gateways of a class. */
const CLASS_DEFAULTS = 'gateway.istio.io/defaults-for-class';

const PROGRAM: GoProgram = { module: 'istio', package: './cmd/provision', output: 'provision' };

/** What istiod makes for a Gateway. */
export interface Provisioned {
  /** The objects, such as `Service public-istio`; none when istiod refuses to make any, or leaves that to others. */
  readonly makes: readonly string[];
  /** What of them is not as for a Gateway of which nothing is said, by its place. */
  readonly unlike: { readonly [place: string]: unknown };
}

type Answer = { readonly [gateway: string]: readonly KubeObject[] };

/** What istiod's own controller of Gateways makes for those of its class `istio`. */
export class Provision implements Engine {
  readonly name = 'provision';
  private program?: Program;

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildIstioctl();
    await buildGo(PROGRAM);
  }

  async judge(c: Case): Promise<{ [gateway: string]: Provisioned }> {
    this.program ??= await start();
    const objects = [...objectsOf(c.world), ...objectsOf(c.manifests)];
    const gateways = objects.filter(({ apiVersion, kind, spec }) => apiVersion.startsWith('gateway.networking.k8s.io/') && kind === 'Gateway' &&
      (spec as { gatewayClassName: string }).gatewayClassName === 'istio');
    const question = {
      configMaps: objects.filter(({ kind }) => kind === 'ConfigMap'),
      namespaces: [...new Set(gateways.map(({ metadata }) => metadata.namespace))],
    };
    const made = await this.program.ask({ ...question, gateways }) as Answer;
    const unsaid = { ...question, configMaps: question.configMaps.filter(({ metadata }) => !(CLASS_DEFAULTS in (metadata.labels ?? {}))) };
    const plain = await this.program.ask({ ...unsaid, gateways: gateways.map(bare) }) as Answer;
    return Object.fromEntries(Object.entries(made).map(([gateway, ours]) => [gateway, {
      makes: ours.map(nameOf), unlike: ours.length === 0 ? {} : difference(ours, plain[gateway]),
    }]));
  }

  async close(): Promise<void> {
    await this.program?.close();
  }
}

async function start(): Promise<Program> {
  return new Program(goBinary(PROGRAM), [await controlPlaneFile({ revision: DEFAULT_REVISION, tags: [] })]);
}

/** The same Gateway, of which nothing is said but its listeners. */
function bare({ metadata: { name, namespace }, spec, ...rest }: KubeObject): KubeObject {
  const { infrastructure, addresses, ...said } = spec as { [field: string]: unknown };
  return { ...rest, metadata: { name, namespace }, spec: said } as KubeObject;
}

/** What every object has that is made for a Gateway. */
const USUAL = /^\w+\.(apiVersion|kind|metadata\.(name|namespace|annotations|ownerReferences.*|labels\.gateway\..*))$/;

function nameOf({ kind, metadata: { name } }: KubeObject): string {
  return `${kind} ${name}`;
}

function difference(ours: readonly KubeObject[], plain: readonly KubeObject[]): { [place: string]: unknown } {
  const placesOf = (object: KubeObject) => leaves(object.kind, object).filter(([place]) => !USUAL.test(place));
  const [own, others] = [ours, plain].map(objects => new Map(objects.flatMap(placesOf)));
  const changed = [...own].filter(([place, value]) => JSON.stringify(others.get(place)) !== JSON.stringify(value));
  const gone = [...others.keys()].filter(place => !own.has(place)).map(place => [place, null] as const);
  return Object.fromEntries([...changed, ...gone].sort(([a], [b]) => a.localeCompare(b)));
}

/** Every value with its place; parts of lists go by their name or port. */
function leaves(place: string, value: unknown): [string, unknown][] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [[place, []]] : value.flatMap((part, index) => leaves(`${place}[${keyOf(part) ?? index}]`, part));
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value);
    return parts.length === 0 ? [[place, {}]] : parts.flatMap(([key, part]) => leaves(`${place}.${key}`, part));
  }
  return [[place, value]];
}

function keyOf(part: unknown): unknown {
  const { name, port } = (typeof part === 'object' && part !== null ? part : {}) as { name?: unknown; port?: unknown };
  return name ?? port;
}
