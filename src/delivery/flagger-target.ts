import { DaemonSet, Deployment, HorizontalPodAutoscaler, Workload } from 'cdk8s-plus-28';
import { checkDnsSubdomain } from '../semantics/names';

/**
 * What a Canary watches. Flagger makes a copy of a Deployment or DaemonSet, named `<name>-primary`, and scales the target itself to zero: leave `replicas` of a
 * Deployment out of Git.
 *
 * @see https://docs.flagger.app/usage/how-it-works#canary-target
 */
export class FlaggerTarget {
  /** A Deployment of this app. */
  public static deployment(deployment: Deployment): FlaggerTarget {
    return new FlaggerTarget('apps/v1', 'Deployment', deployment.name, deployment);
  }

  /**
   * A Deployment that is in the cluster already.
   *
   * @throws when the name breaks DNS rules
   */
  public static deploymentName(name: string): FlaggerTarget {
    return new FlaggerTarget('apps/v1', 'Deployment', checkDnsSubdomain(name, 'name of the target'));
  }

  /** A DaemonSet of this app. */
  public static daemonSet(daemonSet: DaemonSet): FlaggerTarget {
    return new FlaggerTarget('apps/v1', 'DaemonSet', daemonSet.name, daemonSet);
  }

  /**
   * A Service that is in the cluster already, whose address Flagger takes for the version.
   *
   * @throws when the name breaks DNS rules
   */
  public static serviceName(name: string): FlaggerTarget {
    return new FlaggerTarget('v1', 'Service', checkDnsSubdomain(name, 'name of the target'));
  }

  private constructor(
    /** The version of its API. */
    public readonly apiVersion: string,
    /** Its kind. */
    public readonly kind: string,
    /** Its name. */
    public readonly name: string,
    /** @internal */
    public readonly _workload?: Workload,
  ) {}
}

/** How many pods the stable version has, where they are others than the autoscaler of the target says. */
export interface FlaggerScalerReplicas {
  /**
   * The fewest, 1 or more.
   *
   * @default - as the autoscaler of the target says
   */
  readonly minReplicas?: number;

  /**
   * The most, 1 or more.
   *
   * @default - as the autoscaler of the target says
   */
  readonly maxReplicas?: number;
}

/**
 * The autoscaler of the target, of which Flagger makes a copy for the stable version.
 *
 * @see https://docs.flagger.app/usage/how-it-works#canary-target
 */
export class FlaggerAutoscaler {
  /**
   * An autoscaler of this app.
   *
   * @throws when a number is out of range
   */
  public static horizontalPodAutoscaler(autoscaler: HorizontalPodAutoscaler, primary?: FlaggerScalerReplicas): FlaggerAutoscaler {
    return FlaggerAutoscaler.horizontalPodAutoscalerName(autoscaler.name, primary);
  }

  /**
   * An autoscaler that is in the cluster already.
   *
   * @throws when the name breaks DNS rules, or a number is out of range
   */
  public static horizontalPodAutoscalerName(name: string, primary?: FlaggerScalerReplicas): FlaggerAutoscaler {
    return new FlaggerAutoscaler('autoscaling/v2', 'HorizontalPodAutoscaler', name, primary);
  }

  /**
   * A ScaledObject of KEDA.
   *
   * @param name its name
   * @param queries queries for the stable version by the names of the triggers; default: those of the target, with its name replaced
   * @throws when the name breaks DNS rules, or a number is out of range
   */
  public static scaledObjectName(name: string, queries?: { [key: string]: string }, primary?: FlaggerScalerReplicas): FlaggerAutoscaler {
    return new FlaggerAutoscaler('keda.sh/v1alpha1', 'ScaledObject', name, primary, queries);
  }

  private constructor(
    /** The version of its API. */
    public readonly apiVersion: string,
    /** Its kind. */
    public readonly kind: string,
    /** Its name. */
    public readonly name: string,
    /** @internal */
    public readonly _primary?: FlaggerScalerReplicas,
    /** @internal */
    public readonly _queries?: { readonly [key: string]: string },
  ) {
    checkDnsSubdomain(name, 'name of the autoscaler');
    const { minReplicas, maxReplicas } = _primary ?? {};
    const wrong = [minReplicas, maxReplicas].find(replicas => replicas !== undefined && (!Number.isInteger(replicas) || replicas < 1));
    if (wrong !== undefined) {
      throw new Error(`replicas of the stable version must be a whole number from 1, got ${wrong}`);
    }
    if (minReplicas !== undefined && maxReplicas !== undefined && minReplicas > maxReplicas) {
      throw new Error(`replicas of the stable version must have a minimum up to the maximum, got ${minReplicas} and ${maxReplicas}`);
    }
  }
}
