import { ApiObjectMetadata, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { SpecConstruct } from './spec-construct';
import { checkDnsSubdomain, checkNamed } from '../semantics/names';

/**
 * An object of a kind that is in namespaces.
 *
 * @jsii ignore
 */
export abstract class NamespacedConstruct extends SpecConstruct {
  constructor(scope: Construct, id: string, kind: string, metadata: ApiObjectMetadata | undefined, checkName = checkDnsSubdomain) {
    super(scope, id, GatewayApi._of(scope)._apiVersion(kind), kind, metadata);
    checkNamed(kind, this, checkName);
  }

  /** The namespace of the object. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }
}

/**
 * An object of a kind that is in no namespace.
 *
 * @jsii ignore
 */
export abstract class ClusterConstruct extends SpecConstruct {
  constructor(scope: Construct, id: string, kind: string, metadata: ApiObjectMetadata | undefined) {
    super(scope, id, GatewayApi._of(scope)._apiVersion(kind), kind, metadata);
    checkNamed(kind, { name: this.name });
    if (this.apiObject.metadata.namespace !== undefined) {
      // The chart's default namespace reaches cluster-scoped objects too.
      this.apiObject.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }
}
