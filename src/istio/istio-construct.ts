import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { Istio } from './istio';
import { SpecConstruct } from '../gateway-api/spec-construct';
import { ISTIO_INTERNAL_PREFIX, IstioAnnotation } from '../semantics/keys';
import { article, checkDnsSubdomain, checkNamed } from '../semantics/names';

/** The API groups of Istio's kinds. */
export type IstioGroup = 'networking.istio.io' | 'security.istio.io' | 'telemetry.istio.io' | 'extensions.istio.io';

/**
 * The object of any kind of Istio; all of them are in namespaces.
 *
 * @jsii ignore
 */
export abstract class IstioConstruct extends SpecConstruct {
  /**
   * What is known of the Istio that reads it.
   *
   * @internal
   */
  protected readonly _istio: Istio;

  constructor(scope: Construct, id: string, group: IstioGroup, kind: string, metadata: ApiObjectMetadata | undefined, checkName = checkDnsSubdomain) {
    const istio = Istio.of(scope);
    istio.checkRead(kind);
    super(scope, id, istio.apiVersion(group, kind), kind, metadata);
    this._istio = istio;
    checkNamed(kind, this, checkName);
    Object.keys(metadata?.annotations ?? {}).forEach(key => checkAnnotation(key, kind));
  }

  /** The namespace of the object. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  /**
   * Refuses what the declared release does not know of a part of the spec.
   *
   * @param at where in the spec the part stands, as `http[2]`; '' is the spec
   * @param part the part as it is written
   * @internal
   */
  protected _check(at: string, part: unknown): void {
    this._istio.check({ kind: this.kind, name: this.name }, at, part);
  }
}

function checkAnnotation(key: string, kind: string): void {
  if (key.startsWith(ISTIO_INTERNAL_PREFIX)) {
    throw new Error(`annotation ${key} is written by Istio itself, got it on ${article(kind)}: leave it out`);
  }
  if (key === IstioAnnotation.DRY_RUN) {
    throw new Error(kind === 'AuthorizationPolicy' ? `annotation ${key} of an AuthorizationPolicy is written by dryRun: pass dryRun` :
      `annotation ${key} is for AuthorizationPolicies, got it on ${article(kind)}: leave it out`);
  }
}
