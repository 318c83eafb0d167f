import { GatewayApiChannel } from '../../../src/semantics/gateway-api-channel';
import { allKinds } from '../../fuzz/kinds';
import { ApiKind } from '../api';

const GROUPS = /^gateway\.networking(\.x-k8s\.io|\.k8s\.io)\//;

function readKinds(): ApiKind[] {
  const served = allKinds().filter(({ apiVersion }) => GROUPS.test(apiVersion));
  // The oldest version comes first where there are several; the newest one counts.
  const of = (channel: GatewayApiChannel) => new Map(served.filter(kind => kind.channel === channel && !/v\d+(alpha|beta)/.test(kind.apiVersion.replace('x-k8s.io/v1alpha1', '')))
    .map(kind => [kind.kind, kind]));
  const standard = of(GatewayApiChannel.STANDARD);
  return [...of(GatewayApiChannel.EXPERIMENTAL).values()].map(({ apiVersion, kind, namespaced, schema }) => ({
    group: apiVersion.replace(/\/.*/, ''), kind, namespaced, spec: schema.properties!.spec, standardSpec: standard.get(kind)?.schema.properties!.spec,
  })).sort((a, b) => a.kind < b.kind ? -1 : 1);
}

let known: readonly ApiKind[] | undefined;

/** Every kind of the Gateway API, in its newest version. */
export function gatewayApiKinds(): readonly ApiKind[] {
  return known ??= readKinds();
}

/** The kind that a construct makes, by the construct's short name. */
export function kindOf(construct: string): ApiKind | undefined {
  return gatewayApiKinds().find(({ kind }) => kind.toLowerCase() === construct.toLowerCase());
}
