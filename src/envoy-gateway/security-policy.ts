import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AttachedPolicy, PolicyTarget } from './attached-policy';
import type { SecurityPolicySpec } from '../imports/gateway.envoyproxy.io';
import { Manifest } from '../semantics/manifest';

type Spec = Manifest<SecurityPolicySpec>;
type Provider = NonNullable<Spec['jwt']>['providers'][number];

/** What happens to clients of some addresses. */
export interface AddressRule {
  readonly name: string;
  readonly action: 'Allow' | 'Deny';
  readonly principal: { readonly clientCIDRs: readonly string[] };
}

/** Whom a Gateway lets in. The names that end in acronyms are upstream's. */
export type Security = Pick<Spec, 'cors' | 'extAuth'> & {
  readonly authorization?: { readonly defaultAction: 'Allow' | 'Deny'; readonly rules?: readonly AddressRule[] };
  readonly jwt?: {
    readonly optional?: boolean;
    readonly providers: readonly (Omit<Provider, 'remoteJwks' | 'localJwks'> & {
      readonly remoteJWKS?: { readonly uri: string };
      readonly localJWKS?: { readonly type: 'Inline'; readonly inline: string };
    })[];
  };
};

/**
 * Whom Envoy Gateway lets in.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicy
 */
export class SecurityPolicy extends AttachedPolicy<Security> {
  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, target: PolicyTarget, spec: () => Security) {
    super(scope, id, 'SecurityPolicy', metadata, target, spec);
  }
}
