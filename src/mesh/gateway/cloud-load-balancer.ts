import { CloudAnnotation } from '../../semantics/keys';

/** What tells a load balancer who may reach it. */
export interface CloudLoadBalancerAnnotations {
  /** Annotations of a Service that only the private network reaches, at least one. */
  readonly internalAnnotations: { [key: string]: string };

  /**
   * Annotations of a Service that the internet reaches.
   *
   * @default - none: the load balancer is public unless it is told otherwise
   */
  readonly externalAnnotations?: { [key: string]: string };
}

/**
 * The load balancers of a cloud: how a Service says who may reach it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer
 */
export class CloudLoadBalancer {
  /** Google Kubernetes Engine. */
  public static readonly GKE = CloudLoadBalancer.of({ internalAnnotations: { [CloudAnnotation.GKE_LOAD_BALANCER_TYPE]: 'Internal' } });

  /** Amazon EKS with the AWS Load Balancer Controller, which keeps load balancers internal unless it is told otherwise. */
  public static readonly EKS = CloudLoadBalancer.of({
    internalAnnotations: { [CloudAnnotation.AWS_SCHEME]: 'internal' },
    externalAnnotations: { [CloudAnnotation.AWS_SCHEME]: 'internet-facing' },
  });

  /** Azure Kubernetes Service. */
  public static readonly AKS = CloudLoadBalancer.of({ internalAnnotations: { [CloudAnnotation.AZURE_INTERNAL]: 'true' } });

  /**
   * Load balancers that other annotations tell.
   *
   * @throws when nothing says that a load balancer is internal
   */
  public static of(annotations: CloudLoadBalancerAnnotations): CloudLoadBalancer {
    if (Object.keys(annotations.internalAnnotations).length === 0) {
      throw new Error('internalAnnotations of a load balancer must say that it is internal, got none: pass what the cloud reads');
    }
    return new CloudLoadBalancer(annotations.internalAnnotations, annotations.externalAnnotations ?? {});
  }

  private constructor(
    /** @internal */
    public readonly _internal: { [key: string]: string },
    /** @internal */
    public readonly _external: { [key: string]: string },
  ) {}
}
