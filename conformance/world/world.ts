import { allocated } from './allocated';
import type { Authority } from './certificates';
import { withDefaults } from './defaults';
import { Labels, Manifest, groupOf, ofKind } from './manifest';
import { locateMachine, machineTemplates, Pod, podObject, podTemplates, startPod } from './pod';
import { addressed, istioClasses, provision } from './provisioned';
import { endpointSlice, serveService } from './service';
import { TlsSecret, tlsSecrets } from './tls-secret';
import { authorityOf, TrustBundle, trustBundles } from './trust-bundle';

/** A cluster in which the objects of a case have been applied. */
export interface World {
  /** Istio's MeshConfig. */
  readonly mesh: object;
  /** All objects that Istio's control plane reads. */
  readonly objects: readonly Manifest[];
  readonly pods: readonly Pod[];
  readonly services: readonly Manifest[];
  /** Secrets that are yet to be made. */
  readonly tlsSecrets: readonly TlsSecret[];
  /** ConfigMaps that are yet to be made. */
  readonly trustBundles: readonly TrustBundle[];
  /** What the certificate of a server outside of the mesh, or of a backend with TLS, is for beside its own host. */
  readonly alsoFor: { readonly [host: string]: readonly string[] };
  /** Who signs the certificate of a host outside. */
  readonly signedBy: { readonly [host: string]: Authority };
  /** Where there are several, the clusters, and whose control plane configures the proxies of each. */
  readonly clusters?: readonly WorldCluster[];
  /** Istio's MeshNetworks. */
  readonly networks?: object;
  /** Environment variables of istiod. */
  readonly env: { readonly [name: string]: string };
}

export interface WorldCluster {
  readonly name: string;
  readonly primary: string;
}

/** What a case may say about its world. */
export interface WorldOptions {
  /** Fields of Istio's MeshConfig. */
  readonly mesh?: object;
  /** Hosts, and identities as `spiffe://...`, that the certificate of a server has beside its own host, by that host. */
  readonly alsoFor?: { readonly [host: string]: readonly string[] };
  /** Who signs the certificate of a host outside, by that host; by default the public authority. */
  readonly signedBy?: { readonly [host: string]: Authority };
  /** Istio's MeshNetworks. */
  readonly networks?: object;
  /** Environment variables of istiod, such as those that switch ambient on. */
  readonly env?: { readonly [name: string]: string };
}

/** How many pods and Services other clusters have already. */
export interface Offset {
  readonly pods: number;
  readonly services: number;
}

const CORE = ['Service', 'Namespace', 'Secret', 'ConfigMap', 'ServiceAccount'];

/** Adds what a cluster would have: pods and their addresses, what Istio provisions, endpoints, namespaces, classes. */
export function makeWorld(written: readonly Manifest[], options: WorldOptions = {}, offset: Offset = { pods: 0, services: 0 }): World {
  const { mesh = {}, alsoFor = {}, signedBy = {}, networks, env = {} } = options;
  const manifests = written.map(withDefaults).map(allocated);
  const classes = [...ofKind(manifests, 'gateway.networking.k8s.io', 'GatewayClass'), ...istioClasses(manifests)];
  const provisioned = provision([...manifests, ...classes]);
  const namespaces = namespacesOf([...manifests, ...provisioned.map(({ service }) => service)]);
  const labels = new Map<string, Labels>(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const templates = [...podTemplates(manifests), ...provisioned.map(({ template }) => template), ...machineTemplates(manifests)];
  const pods = templates.map((template, index) => startPod(template, offset.pods + index, labels));
  const services = [...ofKind(manifests, '', 'Service'), ...provisioned.map(({ service }) => service)]
    .map((service, index) => serveService(service, offset.services + index));
  const kept = manifests.map(manifest => addressed(locateMachine(manifest, pods), services)).filter(manifest => isRead(manifest) && authorityOf(manifest) === undefined && !['Service', 'Namespace', 'GatewayClass'].includes(manifest.kind));
  return {
    mesh,
    objects: [
      ...namespaces, ...classes, ...services, ...pods.filter(({ machine }) => !machine).map(podObject),
      ...services.map(service => endpointSlice(service, pods)).filter(slice => slice !== undefined),
      ...kept,
    ],
    pods,
    services,
    tlsSecrets: tlsSecrets(manifests, pods),
    trustBundles: trustBundles(manifests),
    alsoFor,
    signedBy,
    networks,
    env,
  };
}

/** Every namespace that something is in, with the label that the API server gives it. */
function namespacesOf(manifests: readonly Manifest[]): Manifest[] {
  const declared = new Map(ofKind(manifests, '', 'Namespace').map(({ metadata }) => [metadata.name, metadata]));
  const names = new Set(['istio-system', 'default', ...declared.keys(), ...manifests.flatMap(({ metadata }) => metadata.namespace ?? [])]);
  return [...names].map(name => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...declared.get(name)?.labels, 'kubernetes.io/metadata.name': name }, annotations: declared.get(name)?.annotations },
  }));
}

function isRead(manifest: Manifest): boolean {
  const group = groupOf(manifest);
  return group === '' ? CORE.includes(manifest.kind) : group === 'gateway.networking.k8s.io' || group.endsWith('.istio.io');
}
