import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AttachedPolicy, PolicyTarget } from './attached-policy';
import type { ClientTrafficPolicySpec } from '../imports/gateway.envoyproxy.io';
import { Manifest } from '../semantics/manifest';

/** What of clients is said to Envoy Gateway. */
export type ClientTraffic = Pick<Manifest<ClientTrafficPolicySpec>, 'tls' | 'proxyProtocol' | 'headers'> & {
  readonly clientIPDetection?: { readonly xForwardedFor?: { readonly numTrustedHops: number }; readonly directSourceIP?: object };
};

/**
 * How Envoy Gateway meets the clients of a Gateway.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#clienttrafficpolicy
 */
export class ClientTrafficPolicy extends AttachedPolicy<ClientTraffic> {
  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, target: PolicyTarget, spec: () => ClientTraffic) {
    super(scope, id, 'ClientTrafficPolicy', metadata, target, spec);
  }
}
