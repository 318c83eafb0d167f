import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { LocalObjectReference } from '../gateway-api/local-object-reference';

const GROUP = 'gateway.envoyproxy.io';

/**
 * How Envoy Gateway runs the proxies of a Gateway.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#envoyproxy
 */
export class EnvoyProxy extends ApiObject {
  /** How a Gateway names it. */
  public readonly parameters: LocalObjectReference;

  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: { readonly [field: string]: unknown }) {
    super(scope, id, { apiVersion: `${GROUP}/v1alpha1`, kind: 'EnvoyProxy', metadata, spec });
    this.parameters = { group: GROUP, kind: 'EnvoyProxy', name: this.name };
  }
}
