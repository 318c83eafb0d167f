import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { allKinds, Kind } from '../fuzz/kinds';

/** A kind of the Gateway API, as both channels know it. */
export interface GatewayApiKind {
  readonly kind: string;
  readonly namespaced: boolean;
  readonly onlyExperimental: boolean;
  readonly standard?: Kind;
  readonly experimental: Kind;
}

const GROUPS = /^gateway\.networking(\.x-k8s\.io|\.k8s\.io)\//;

function readKinds(): GatewayApiKind[] {
  const served = allKinds().filter(({ apiVersion }) => GROUPS.test(apiVersion));
  // The oldest version comes first where there are several; the newest one counts.
  const of = (channel: GatewayApiChannel) => new Map(served.filter(kind => kind.channel === channel && !/v\d+(alpha|beta)/.test(kind.apiVersion.replace('x-k8s.io/v1alpha1', '')))
    .map(kind => [kind.kind, kind]));
  const standard = of(GatewayApiChannel.STANDARD);
  return [...of(GatewayApiChannel.EXPERIMENTAL).values()].map(experimental => {
    const { kind, namespaced } = experimental;
    return { kind, namespaced, onlyExperimental: !standard.has(kind), standard: standard.get(kind), experimental };
  }).sort((a, b) => a.kind < b.kind ? -1 : 1);
}

let known: readonly GatewayApiKind[] | undefined;

/** Every kind of the Gateway API, in its newest version. */
export function gatewayApiKinds(): readonly GatewayApiKind[] {
  return known ??= readKinds();
}

/** The kind that a construct makes, by the construct's short name. */
export function kindOf(construct: string): GatewayApiKind | undefined {
  return gatewayApiKinds().find(({ kind }) => kind.toLowerCase() === construct.toLowerCase());
}
