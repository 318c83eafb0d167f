import type { Authority } from './certificates';
import { withDefaults } from './defaults';
import { Labels, Manifest, groupOf, ofKind } from './manifest';
import { Pod, podObject, podTemplates, startPod } from './pod';
import { ISTIO_CONTROLLER, provision } from './provisioned';
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
}

/** What a case may say about its world. */
export interface WorldOptions {
  /** Fields of Istio's MeshConfig. */
  readonly mesh?: object;
  /** Hosts, and identities as `spiffe://...`, that the certificate of a server has beside its own host, by that host. */
  readonly alsoFor?: { readonly [host: string]: readonly string[] };
  /** Who signs the certificate of a host outside, by that host; by default the public authority. */
  readonly signedBy?: { readonly [host: string]: Authority };
}

const CORE = ['Service', 'Namespace', 'Secret', 'ConfigMap', 'ServiceAccount'];

/** Adds what a cluster would have: pods and their addresses, what Istio provisions, endpoints, namespaces, classes. */
export function makeWorld(written: readonly Manifest[], { mesh = {}, alsoFor = {}, signedBy = {} }: WorldOptions = {}): World {
  const manifests = written.map(withDefaults);
  const classes = [...ofKind(manifests, 'gateway.networking.k8s.io', 'GatewayClass'), gatewayClass()];
  const provisioned = provision([...manifests, ...classes]);
  const namespaces = namespacesOf([...manifests, ...provisioned.map(({ service }) => service)]);
  const labels = new Map<string, Labels>(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const templates = [...podTemplates(manifests), ...provisioned.map(({ template }) => template)];
  const pods = templates.map((template, index) => startPod(template, index, labels));
  const services = [...ofKind(manifests, '', 'Service'), ...provisioned.map(({ service }) => service)].map(serveService);
  const kept = manifests.filter(manifest => isRead(manifest) && authorityOf(manifest) === undefined && !['Service', 'Namespace', 'GatewayClass'].includes(manifest.kind));
  return {
    mesh,
    objects: [
      ...namespaces, ...classes, ...services, ...pods.map(podObject),
      ...services.map(service => endpointSlice(service, pods)).filter(slice => slice !== undefined),
      ...kept,
    ],
    pods,
    services,
    tlsSecrets: tlsSecrets(manifests, pods),
    trustBundles: trustBundles(manifests),
    alsoFor,
    signedBy,
  };
}

function gatewayClass(): Manifest {
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'istio' }, spec: { controllerName: ISTIO_CONTROLLER } };
}

/** Every namespace that something is in, with the label that the API server gives it. */
function namespacesOf(manifests: readonly Manifest[]): Manifest[] {
  const declared = new Map(ofKind(manifests, '', 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]));
  const names = new Set(['istio-system', 'default', ...declared.keys(), ...manifests.flatMap(({ metadata }) => metadata.namespace ?? [])]);
  return [...names].map(name => ({
    apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...declared.get(name), 'kubernetes.io/metadata.name': name } },
  }));
}

function isRead(manifest: Manifest): boolean {
  const group = groupOf(manifest);
  return group === '' ? CORE.includes(manifest.kind) : group === 'gateway.networking.k8s.io' || group.endsWith('.istio.io');
}
