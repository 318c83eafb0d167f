import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClientTrafficPolicySpec } from '../imports/gateway.envoyproxy.io';
import { Manifest } from '../semantics/manifest';

/** What of clients is said to Envoy Gateway. */
export type ClientTraffic = Pick<Manifest<ClientTrafficPolicySpec>, 'tls' | 'proxyProtocol'> & {
  readonly clientIPDetection?: { readonly xForwardedFor?: { readonly numTrustedHops: number }; readonly directSourceIP?: object };
};

/**
 * How Envoy Gateway meets the clients of a Gateway.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#clienttrafficpolicy
 */
export class ClientTrafficPolicy extends ApiObject {
  /** @param gateway the name of the Gateway, in the same namespace */
  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, gateway: string, traffic: ClientTraffic) {
    super(scope, id, {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'ClientTrafficPolicy',
      metadata,
      spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway }], ...traffic },
    });
  }
}
