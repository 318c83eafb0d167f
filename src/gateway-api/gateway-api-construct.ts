import { ApiObject, ApiObjectMetadata, JsonPatch, Lazy } from 'cdk8s';
import { Resource } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { checkDnsSubdomain, checkNamed } from '../semantics/names';

/** The spec of a construct, as it is at synthesis. An object of its own keeps less alive than a closure. */
class Spec {
  constructor(private readonly construct: { _toKube(): unknown }) {}

  public produce(): unknown {
    return this.construct._toKube();
  }
}

/**
 * The object of any kind of Gateway API. Classes and interfaces that jsii ignores are no part of the public API: their members are those of each kind.
 *
 * @jsii ignore
 */
abstract class GatewayApiConstruct extends Resource {
  protected readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, kind: string, metadata: ApiObjectMetadata | undefined) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: GatewayApi._of(this)._apiVersion(kind),
      kind,
      metadata,
      spec: Lazy.any(new Spec(this)),
    });
  }

  /** @internal */
  public abstract _toKube(): unknown;
}

/**
 * An object of a kind that is in namespaces.
 *
 * @jsii ignore
 */
export abstract class NamespacedConstruct extends GatewayApiConstruct {
  constructor(scope: Construct, id: string, kind: string, metadata: ApiObjectMetadata | undefined, checkName = checkDnsSubdomain) {
    super(scope, id, kind, metadata);
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
export abstract class ClusterConstruct extends GatewayApiConstruct {
  constructor(scope: Construct, id: string, kind: string, metadata: ApiObjectMetadata | undefined) {
    super(scope, id, kind, metadata);
    checkNamed(kind, { name: this.name });
    if (this.apiObject.metadata.namespace !== undefined) {
      // The chart's default namespace reaches cluster-scoped objects too.
      this.apiObject.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }
}
