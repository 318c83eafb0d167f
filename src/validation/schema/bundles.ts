import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { share, Shared } from './core';
import { Schema } from './schema';
import type { GatewayApiChannel } from '../../semantics/gateway-api-channel';

/** A channel of the Gateway API, in a word. */
export type Channel = `${GatewayApiChannel}`;

/** What a custom resource definition says of a version. */
export interface Version {
  readonly name: string;
  readonly schema: { readonly openAPIV3Schema: Schema };
  readonly subresources?: { readonly status?: object; readonly scale?: { readonly specReplicasPath: string } };
}

/** What is needed of a custom resource definition. */
export interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly scope: 'Namespaced' | 'Cluster';
    readonly versions: readonly Version[];
  };
}

/** A file of definitions, and whether it has all kinds of its groups. */
interface Bundle {
  readonly file: string;
  readonly whole: boolean;
}

const CRDS = join(__dirname, '..', '..', '..', 'crds');

const GROUPS: { readonly [group: string]: Bundle } = {
  'extensions.istio.io': { file: 'istio', whole: true },
  'networking.istio.io': { file: 'istio', whole: true },
  'security.istio.io': { file: 'istio', whole: true },
  'telemetry.istio.io': { file: 'istio', whole: true },
  'gateway.envoyproxy.io': { file: 'envoy-gateway', whole: true },
  // Their groups have more kinds than those that belong to a mesh.
  'cert-manager.io': { file: 'cert-manager', whole: false },
  'argoproj.io': { file: 'argo-rollouts', whole: false },
  'flagger.app': { file: 'flagger', whole: true },
  'monitoring.coreos.com': { file: 'prometheus-operator', whole: false },
  'policy.linkerd.io': { file: 'linkerd', whole: true },
  'linkerd.io': { file: 'linkerd', whole: true },
  'workload.linkerd.io': { file: 'linkerd', whole: true },
  ...Object.fromEntries([
    '', 'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'apps', 'autoscaling', 'batch', 'certificates.k8s.io',
    'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io', 'flowcontrol.apiserver.k8s.io', 'networking.k8s.io', 'node.k8s.io', 'policy',
    'rbac.authorization.k8s.io', 'resource.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
  ].map(group => [group, { file: 'kubernetes', whole: false }])),
};

function bundleOf(group: string, channel: Channel): Bundle | undefined {
  if (group === 'gateway.networking.k8s.io' || group === 'gateway.networking.x-k8s.io') {
    return { file: `gateway-api-${channel}`, whole: true };
  }
  return Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
}

const read = new Map<string, ReadonlyMap<string, Definition>>();

/** The definitions of a file by group and kind; it is read once. */
function definitions(file: string): ReadonlyMap<string, Definition> {
  let found = read.get(file);
  if (!found) {
    const bundle: { definitions: Definition[]; schemas?: Shared } = JSON.parse(readFileSync(join(CRDS, `${file}.json`), 'utf8'));
    if (bundle.schemas) {
      share(bundle.definitions, bundle.schemas);
    }
    found = new Map(bundle.definitions.map(definition => [`${definition.spec.group}/${definition.spec.names.kind}`, definition]));
    read.set(file, found);
  }
  return found;
}

/** What a channel has of a group: undefined when no bundle holds the group. */
export function groupOf(group: string, channel: Channel): { readonly whole: boolean; readonly kinds: readonly Definition[] } | undefined {
  const bundle = bundleOf(group, channel);
  return bundle && {
    whole: bundle.whole,
    kinds: [...definitions(bundle.file).values()].filter(definition => definition.spec.group === group),
  };
}

/** The definition of a kind in a channel. */
export function definitionOf(group: string, kind: string, channel: Channel): Definition | undefined {
  const bundle = bundleOf(group, channel);
  return bundle && definitions(bundle.file).get(`${group}/${kind}`);
}
