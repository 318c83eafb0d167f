import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AttachedPolicy, PolicyTarget } from './attached-policy';
import type { BackendTrafficPolicySpec } from '../imports/gateway.envoyproxy.io';
import { Manifest } from '../semantics/manifest';

type Spec = Manifest<BackendTrafficPolicySpec>;
type GlobalRule = NonNullable<NonNullable<Spec['rateLimit']>['global']>['rules'][number];
type Selector = NonNullable<GlobalRule['clientSelectors']>[number];

/** A limit, and which requests it counts; `sourceCIDR` is upstream's name. */
export type RateLimitRule = Omit<GlobalRule, 'clientSelectors'> & {
  readonly clientSelectors?: readonly (Omit<Selector, 'sourceCidr'> & { readonly sourceCIDR?: { readonly type?: 'Exact' | 'Distinct'; readonly value: string } })[];
};

/** What may go to backends. */
export interface BackendTraffic {
  readonly requestBuffer?: { readonly limit: string };
  readonly rateLimit?: {
    readonly local?: { readonly rules: readonly RateLimitRule[] };
    readonly global?: { readonly rules: readonly RateLimitRule[] };
  };
}

/**
 * How much Envoy Gateway lets through to backends.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#backendtrafficpolicy
 */
export class BackendTrafficPolicy extends AttachedPolicy<BackendTraffic> {
  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, target: PolicyTarget, spec: () => BackendTraffic) {
    super(scope, id, 'BackendTrafficPolicy', metadata, target, spec);
  }
}
