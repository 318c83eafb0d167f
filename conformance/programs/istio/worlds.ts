import { GATEWAY, HOME, OTHER } from './names';
import { WorldQuestion } from './world-check';
import { Manifest } from '../../world/manifest';
import { makeWorld } from '../../world/world';
import { KubeObject } from '../interpret';

/** The namespaces of programs, wherever they are named: in metadata, in hosts, in identities. */
const NAMESPACES = new RegExp(`\\b(${HOME}|${OTHER})\\b`, 'g');

const CLUSTER_WIDE = /^(Namespace|GatewayClass)$/;

/** A program of a world: its number, and its objects in namespaces of their own. */
export interface Member {
  readonly i: number;
  readonly objects: readonly KubeObject[];
}

/** The objects of a program in namespaces of its own. */
export function namespaced(objects: readonly KubeObject[], i: number): KubeObject[] {
  const moved = JSON.parse(JSON.stringify(objects).replace(NAMESPACES, `$1-${i}`)) as KubeObject[];
  return moved.map(object => {
    const { kind, metadata: { name, namespace } } = object;
    const place = namespace ?? (CLUSTER_WIDE.test(kind) ? undefined : `${HOME}-${i}`);
    // What is in the root namespace is there beside that of others.
    const own = place === undefined || place.endsWith(`-${i}`) ? name : `${name}-${i}`;
    const labels = kind === 'Namespace' ? { labels: { ...NAMESPACE_LABELS, ...object.metadata.labels } } : {};
    return { ...object, metadata: { ...object.metadata, ...labels, name: own, namespace: place } };
  });
}

/** A world with the objects of programs, and a sidecar and a gateway in the namespace of each. */
export function worldFor(mesh: object, members: readonly Member[]): { question: WorldQuestion; proxies: number } {
  const programs = [...ofMesh(), ...members.flatMap(({ i, objects }) => [...objects, ...surroundings(objects, i)])];
  const world = makeWorld(programs as Manifest[], { mesh });
  const proxies = world.pods.filter(({ role }) => role !== 'none').map(({ name, namespace, ip, labels, annotations, serviceAccount, role }) => ({
    name, namespace, ip, labels, annotations, serviceAccount, gateway: role === 'gateway',
  }));
  return { question: { mesh: JSON.stringify(world.mesh), objects: world.objects, proxies }, proxies: proxies.length };
}

/** What the settings of meshes name: they are the same for all programs, and so in no namespace of theirs. */
function ofMesh(): object[] {
  return [
    ...[HOME, OTHER].map(namespaceObject),
    ...[HOME, OTHER].flatMap(namespace => ['web', 'api', 'cart', 'stock', 'collector', 'zipkin', 'authorizer'].map(name => service(namespace, name, { app: name }))),
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'collector', namespace: OTHER },
      spec: {
        hosts: [`web.${HOME}.example.com`, 'collector.example.com'],
        ports: [{ name: 'https', number: 443, protocol: 'HTTPS' }, { name: 'http', number: 9411, protocol: 'HTTP' }],
        resolution: 'DNS',
      },
    },
  ];
}

/** By the second, meshes that see some namespaces only see these. */
const NAMESPACE_LABELS = { 'istio-injection': 'enabled', 'team': 'front' };

/** What runs where a program's objects are. */
function surroundings(objects: readonly KubeObject[], i: number): object[] {
  const namespace = `${HOME}-${i}`;
  const services = new Set(objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name));
  return [
    ...[namespace, `${OTHER}-${i}`].filter(name => !objects.some(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name)).map(namespaceObject),
    deployment(namespace, 'web', { app: 'web', version: 'v1' }, {}),
    deployment(namespace, 'gateway', { istio: `${GATEWAY}-${i}` }, { 'inject.istio.io/templates': 'gateway' }),
    ...services.has('web') ? [] : [service(namespace, 'web', { app: 'web' })],
    service(namespace, 'gateway', { istio: `${GATEWAY}-${i}` }),
  ];
}

function namespaceObject(name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: NAMESPACE_LABELS } };
}

function deployment(namespace: string, name: string, labels: object, annotations: object): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'true' }, annotations },
        spec: { containers: [{ name: 'main', image: name, ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
}

function service(namespace: string, name: string, selector: object): object {
  const port = (own: string, number: number) => ({ name: own, port: number, targetPort: number });
  return {
    apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector, ports: [port('http', 80), port('https', 443), port('tcp', 9000)] },
  };
}
