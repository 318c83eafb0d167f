import { Duration } from 'cdk8s';
import { Deployment, HorizontalPodAutoscaler } from 'cdk8s-plus-28';
import { FlaggerAlert, FlaggerMetric, FlaggerWebhook } from '../../delivery/flagger-judgement';
import { FlaggerScalerReplicas } from '../../delivery/flagger-target';

/** What Flagger delivers, and what it judges a canary by. */
export interface CanaryFlaggerOptions {
  /** The workload whose new versions are tried. Its `replicas` are not written: Flagger scales it. */
  readonly deployment: Deployment;

  /** The port of the Services that Flagger makes, 1 to 65535. */
  readonly port: number;

  /**
   * The port of the pods, 1 to 65535.
   *
   * @default - the same
   */
  readonly targetPort?: number;

  /**
   * The name of the port, from which Istio reads its protocol.
   *
   * @default - `http`, `grpc` or `tcp`, as the route divides
   */
  readonly portName?: string;

  /**
   * The name of the Service that clients call.
   *
   * @default - the name of the route
   */
  readonly serviceName?: string;

  /**
   * After how many failed rounds it goes back to the stable version, 0 or more.
   *
   * @default 5
   */
  readonly threshold?: number;

  /**
   * What must stay in range.
   *
   * @default - nothing: only that pods become ready
   */
  readonly metrics?: FlaggerMetric[];

  /**
   * Services that are asked.
   *
   * @default - none
   */
  readonly webhooks?: FlaggerWebhook[];

  /**
   * Who is told.
   *
   * @default - those of Flagger's own settings
   */
  readonly alerts?: FlaggerAlert[];

  /**
   * The autoscaler of the workload, of which Flagger makes a copy.
   *
   * @default - none
   */
  readonly autoscaler?: HorizontalPodAutoscaler;

  /**
   * How many pods the stable version has.
   *
   * @default - as the autoscaler says
   */
  readonly primaryReplicas?: FlaggerScalerReplicas;

  /**
   * How long pods may take to become ready, in whole seconds.
   *
   * @default - 10 minutes
   */
  readonly progressDeadline?: Duration;
}
