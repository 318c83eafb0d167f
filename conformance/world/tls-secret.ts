import type { Authority } from './certificates';
import { Manifest, ofKind, selects } from './manifest';
import { Pod } from './pod';
import { authorityOf, CA } from './trust-bundle';

const GROUP = 'gateway.networking.k8s.io';

/** A Secret that a gateway takes its certificate from. */
export interface TlsSecret {
  readonly namespace: string;
  readonly name: string;
  /** For which hosts it is. */
  readonly hosts: readonly string[];
  /** Who signs it; by default the public authority. */
  readonly authority?: Authority;
  /** Whose certificate is in it beside, to judge the other side by. */
  readonly ca?: Authority;
}

/** Those that a world asks for, and those that it lacks. */
export function tlsSecrets(manifests: readonly Manifest[], pods: readonly Pod[]): TlsSecret[] {
  const asked = ofKind(manifests, '', 'Secret').flatMap(manifest => {
    const { namespace = 'default', name } = manifest.metadata;
    const authority = authorityOf(manifest);
    return authority === undefined ? [] : [{ namespace, name, hosts: [`${name}.example.com`], authority, ca: manifest.metadata.annotations?.[CA] as Authority | undefined }];
  });
  return [...asked, ...missingTlsSecrets(manifests, pods)];
}

/** The Secrets that these gateways name, but that are not among the objects: people keep them elsewhere. */
function missingTlsSecrets(manifests: readonly Manifest[], pods: readonly Pod[]): TlsSecret[] {
  const known = new Set(ofKind(manifests, '', 'Secret').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const hosts = new Map<string, Set<string>>();
  for (const { namespace, name, hosts: more } of [...ofGatewayApi(manifests), ...ofIstio(manifests, pods)]) {
    const key = `${namespace}/${name}`;
    hosts.set(key, new Set([...hosts.get(key) ?? [], ...more]));
  }
  return [...hosts].filter(([key]) => !known.has(key)).map(([key, names]) => {
    const [namespace, name] = key.split('/');
    return { namespace, name, hosts: [...names] };
  });
}

/** A listener for any host needs a certificate for those that routes name. */
function ofGatewayApi(manifests: readonly Manifest[]): TlsSecret[] {
  const ofKinds = (...kinds: string[]) => kinds.flatMap(kind => ofKind(manifests, GROUP, kind));
  const routed = ofKinds('HTTPRoute', 'GRPCRoute', 'TLSRoute').flatMap(({ spec }) => spec.hostnames as string[] | undefined ?? []);
  return ofKinds('Gateway', 'ListenerSet').flatMap(({ metadata, spec }) =>
    spec.listeners.flatMap(({ hostname, tls }: { hostname?: string; tls?: { certificateRefs?: { name: string; namespace?: string }[] } }) =>
      (tls?.certificateRefs ?? []).map(({ name, namespace = metadata.namespace ?? 'default' }) => ({ namespace, name, hosts: hostname === undefined ? routed : [hostname] }))));
}

/** Istio looks for a Secret in the namespace of the gateway's pods. */
function ofIstio(manifests: readonly Manifest[], pods: readonly Pod[]): TlsSecret[] {
  return ofKind(manifests, 'networking.istio.io', 'Gateway').flatMap(({ spec }) =>
    spec.servers.flatMap(({ hosts, tls }: { hosts: string[]; tls?: { credentialName?: string } }) =>
      tls?.credentialName === undefined ? [] : pods.filter(pod => pod.role === 'gateway' && selects(spec.selector, pod.labels)).map(({ namespace }) => ({
        namespace, name: tls.credentialName!, hosts: hosts.map(host => host.split('/').pop()!),
      }))));
}
