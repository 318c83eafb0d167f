import { ApiObject, ApiObjectMetadata, Duration, JsonPatch, Size } from 'cdk8s';
import {
  Capability, Cpu, DaemonSet, Deployment, DeploymentStrategy, EnvValue, ImagePullPolicy, k8s, LabelSelector, PercentOrAbsolute, Protocol,
  ServiceAccount, Workload,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { autoscalerMetrics, placementSpec } from './gateway-proxy-manifest';
import { GatewayProxyOptions } from './gateway-proxy-options';

/** What the pods of one revision of a gateway are made of. */
export interface GatewayPodsProps extends GatewayProxyOptions {
  readonly daemonSet: boolean;
  readonly metadata: ApiObjectMetadata;
  readonly podMetadata: ApiObjectMetadata;
  /** The pods of this revision, and those of the whole gateway. */
  readonly selector: { [key: string]: string };
  readonly gatewaySelector: { [key: string]: string };
  readonly serviceAccount: ServiceAccount;
  readonly metricsPort: number;
  readonly replicas: { readonly min: number; readonly max: number };
}

/** The pods of one revision of a self-managed gateway, hardened as those of Istio's chart. */
export class GatewayPods {
  public static make(scope: Construct, id: string, props: GatewayPodsProps): Workload {
    const workload = props.daemonSet ? new DaemonSet(scope, id, pods(props)) : deployment(scope, id, props);
    workload.select(LabelSelector.of({ labels: props.selector }));
    for (const [field, value] of Object.entries(placementSpec(props, props.gatewaySelector))) {
      ApiObject.of(workload).addJsonPatch(JsonPatch.add(`/spec/template/spec/${field}`, value));
    }
    return workload;
  }

  private constructor() {}
}

function deployment(scope: Construct, id: string, props: GatewayPodsProps): Deployment {
  const made = new Deployment(scope, id, {
    ...pods(props),
    // A gateway without a proxy on the new revision keeps all of its old ones.
    strategy: DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.percent(100), maxUnavailable: PercentOrAbsolute.percent(25) }),
  });
  // Leaves the number of pods to the autoscaler.
  made.markHasAutoscaler();
  new k8s.KubeHorizontalPodAutoscalerV2(scope, `${id}Autoscaler`, {
    metadata: props.metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: made.name },
      minReplicas: props.replicas.min,
      maxReplicas: props.replicas.max,
      metrics: autoscalerMetrics(props),
    },
  });
  return made;
}

function pods({ metadata, podMetadata, serviceAccount, metricsPort, terminationGracePeriod, environment, resources }: GatewayPodsProps) {
  return {
    metadata,
    podMetadata,
    select: false,
    serviceAccount,
    automountServiceAccountToken: false,
    terminationGracePeriod: terminationGracePeriod ?? Duration.seconds(30),
    securityContext: {
      ensureNonRoot: true,
      // Lets the proxy, which is not root, listen on 80 and 443.
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    },
    containers: [{
      name: 'istio-proxy',
      image: 'auto',
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      ports: [{ name: 'http-envoy-prom', number: metricsPort, protocol: Protocol.TCP }],
      envVariables: environment && Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, EnvValue.fromValue(value)])),
      securityContext: {
        ensureNonRoot: true,
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: [Capability.ALL] },
      },
      resources: resources ?? {
        cpu: { request: Cpu.millis(100), limit: Cpu.millis(2000) },
        memory: { request: Size.mebibytes(128), limit: Size.mebibytes(1024) },
      },
    }],
  };
}
