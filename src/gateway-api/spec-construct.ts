import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Resource } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** The spec of a construct, as it is at synthesis. An object of its own keeps less alive than a closure. */
class Spec {
  constructor(private readonly construct: { _toKube(): unknown }) {}

  public produce(): unknown {
    return this.construct._toKube();
  }
}

/**
 * A construct of one object with a spec. Classes and interfaces that jsii ignores are no part of the public API: their members are those of each kind.
 *
 * @jsii ignore
 */
export abstract class SpecConstruct extends Resource {
  protected readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, apiVersion: string, kind: string, metadata: ApiObjectMetadata | undefined) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', { apiVersion, kind, metadata, spec: Lazy.any(new Spec(this)) });
  }

  /** @internal */
  public abstract _toKube(): unknown;
}
