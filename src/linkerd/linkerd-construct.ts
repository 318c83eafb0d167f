import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { SpecConstruct } from '../gateway-api/spec-construct';
import { checkNamed } from '../semantics/names';

/** The group of the kinds of policies. */
export const POLICY_GROUP = 'policy.linkerd.io';

/**
 * The object of any kind of Linkerd; all of them are in namespaces.
 *
 * @jsii ignore
 */
export abstract class LinkerdConstruct extends SpecConstruct {
  constructor(scope: Construct, id: string, apiVersion: string, kind: string, metadata: ApiObjectMetadata | undefined) {
    super(scope, id, apiVersion, kind, metadata);
    checkNamed(kind, this);
  }

  /** The namespace of the object. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  /**
   * The object as messages name it: `Server 'web-http'`.
   *
   * @internal
   */
  protected get _named(): string {
    return `${this.kind} '${this.name}'`;
  }
}
