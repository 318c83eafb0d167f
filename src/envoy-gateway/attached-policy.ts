import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';

/** What a policy is about: a Gateway or a route of its own namespace, or listeners of a Gateway. */
export interface PolicyTarget {
  readonly kind: 'Gateway' | 'HTTPRoute';
  readonly name: string;
  /** The listeners, by name; all of them when left out. */
  readonly listeners?: readonly string[];
}

/** The policies of Envoy Gateway that are known here. */
export type PolicyKind = 'BackendTrafficPolicy' | 'ClientTrafficPolicy' | 'EnvoyExtensionPolicy' | 'SecurityPolicy';

/** A policy of Envoy Gateway. Of a kind, each target has one: those that are more specific replace others whole. */
export class AttachedPolicy<Spec extends object> extends ApiObject {
  /** @param spec what it says, as it is at synthesis */
  constructor(scope: Construct, id: string, kind: PolicyKind, metadata: ApiObjectMetadata, target: PolicyTarget, spec: () => Spec) {
    super(scope, id, {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind,
      metadata,
      spec: Lazy.any({ produce: () => ({ targetRefs: referencesTo(target), ...spec() }) }),
    });
  }
}

function referencesTo({ kind, name, listeners }: PolicyTarget): object[] {
  const target = { group: 'gateway.networking.k8s.io', kind, name };
  return listeners?.map(sectionName => ({ ...target, sectionName })) ?? [target];
}
