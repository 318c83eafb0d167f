import { Duration } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-28';

/** How many proxies of a gateway run, and where and on what. */
export interface GatewayProxyOptions {
  /**
   * The fewest pods, at least 1.
   *
   * @default - 2 for a self-managed gateway; no autoscaler for a provisioned one, unless maxReplicas is given
   */
  readonly minReplicas?: number;

  /**
   * The most pods, at least `minReplicas`.
   *
   * @default - 5 for a self-managed gateway; no autoscaler for a provisioned one, unless minReplicas is given
   */
  readonly maxReplicas?: number;

  /**
   * The CPU utilization that the autoscaler aims at, in percent of the request, at least 1.
   *
   * @default 80
   */
  readonly targetCpuUtilization?: number;

  /**
   * The memory utilization that the autoscaler aims at too, in percent of the request, at least 1.
   *
   * @default - it does not look at memory
   */
  readonly targetMemoryUtilization?: number;

  /**
   * How many pods may be missing at a time while nodes are drained, at least 1.
   *
   * @default - 1 for a self-managed gateway; any number for a provisioned one
   */
  readonly maxUnavailable?: number;

  /**
   * What a proxy asks for, and at most gets.
   *
   * @default - as Istio's charts: 100m to 2000m of CPU and 128Mi to 1024Mi of memory
   */
  readonly resources?: ContainerResources;

  /**
   * Environment variables of the proxy.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * More labels of the pods; those that join them to the mesh, and those that are selected by, are not among them.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * More annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Annotations of the service account, such as those that give it an identity of a cloud.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [key: string]: string };

  /**
   * The labels of the nodes on which pods may run.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * The taints of nodes that pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * How pods are spread over zones or nodes. Where `labelSelector` is left out, it is the pods of the gateway.
   *
   * @default - as the scheduler does it
   */
  readonly topologySpread?: k8s.TopologySpreadConstraint[];

  /**
   * The name of the priority class of the pods.
   *
   * @default - that of the cluster
   */
  readonly priorityClassName?: string;

  /**
   * How long a pod that is to end may go on with what it has begun.
   *
   * @default Duration.seconds(30)
   */
  readonly terminationGracePeriod?: Duration;
}
