import { ApiObjectMetadata, Duration, Size } from 'cdk8s';
import {
  Capability, Cpu, Deployment, DeploymentStrategy, ImagePullPolicy, k8s, LabelSelector, PercentOrAbsolute, Protocol, Service, ServiceAccount,
  ServiceType,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkEnrolment } from './gateway-enrolment';
import { IMeshNamespace } from './mesh-client';
import { patternLabels } from './pattern-labels';
import { WorkloadSelector } from '../istio/workload-selector';
import { ENROLMENT_LABELS, IstioLabel, KubernetesLabel, PrometheusAnnotation } from '../semantics/keys';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** How the pods of a self-managed gateway run. */
export interface GatewayWorkloadOptions {
  /**
   * The revision whose proxy the pods get; changing it rolls the gateway in place.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * A revision to try beside: a second Deployment behind the same Service, whose share of the requests is its share of the pods.
   *
   * @default - none
   */
  readonly canaryRevision?: string;

  /**
   * The fewest pods of a Deployment, at least 1.
   *
   * @default 2
   */
  readonly minReplicas?: number;

  /**
   * The most pods of a Deployment, at least `minReplicas`.
   *
   * @default 5
   */
  readonly maxReplicas?: number;

  /**
   * The CPU utilization that the autoscaler aims at, in percent of the request.
   *
   * @default 80
   */
  readonly targetCpuUtilization?: number;

  /**
   * How the Service is reached.
   *
   * @default - LOAD_BALANCER for a MeshedGateway, CLUSTER_IP for an EgressGateway
   */
  readonly serviceType?: ServiceType;

  /**
   * Annotations of the Service, such as those that a cloud's load balancer reads.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { [key: string]: string };

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
}

/** Properties of the pods of a self-managed gateway. */
export interface GatewayWorkloadProps extends GatewayWorkloadOptions {
  /** The namespace of the gateway. */
  readonly namespace: IMeshNamespace;

  /** The name of the Deployment, the Service and the rest, at most 63 characters. */
  readonly name: string;

  /**
   * What the gateway is for, as the label `app.kubernetes.io/component`.
   *
   * @default 'meshed-gateway'
   */
  readonly component?: string;
}

/** The port on which the agent of a gateway proxy says whether it is ready. */
const STATUS_PORT = 15021;
/** The port on which the agent serves metrics, and the one on which Envoy does. */
const METRICS_PORT = 15020;
const ENVOY_METRICS_PORT = 15090;

/**
 * The pods of a self-managed gateway and all that they need: Deployment, Service, ServiceAccount, Role and RoleBinding for certificates,
 * HorizontalPodAutoscaler and PodDisruptionBudget. Istio's injector fills in the proxy.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export class GatewayWorkload extends Construct {
  /**
   * The ports of a proxy's agent, which take no part in the mesh.
   *
   * @internal
   */
  public static readonly _AGENT_PORTS = [METRICS_PORT, STATUS_PORT, ENVOY_METRICS_PORT];

  /** The name of the Deployment, the Service and the rest. */
  public readonly name: string;
  /** The pods of the gateway, whatever their revision. */
  public readonly selector: WorkloadSelector;
  /** The Deployment. */
  public readonly deployment: Deployment;
  /**
   * The Deployment on the other revision.
   *
   * @default - none
   */
  public readonly canary?: Deployment;
  /** The Service. */
  public readonly service: Service;
  /** The identity of the gateway. */
  public readonly serviceAccount: ServiceAccount;

  private readonly props: GatewayWorkloadProps;

  /**
   * @throws when the name is no DNS label, or canaryRevision is the revision of the gateway
   */
  constructor(scope: Construct, id: string, props: GatewayWorkloadProps) {
    super(scope, id);
    this.props = props;
    this.name = checkDnsLabel(props.name, 'name of the gateway');
    // A Deployment's selector cannot change, so that nothing that may change is in it.
    this.selector = WorkloadSelector.labels({ [KubernetesLabel.APP]: this.name, [IstioLabel.GATEWAY]: this.name.replace(/^istio-/, '') });
    this.serviceAccount = new ServiceAccount(this, 'ServiceAccount', { metadata: this.metadata(this.name), automountToken: false });
    this.letReadCertificates();
    this.deployment = this.deploy('Deployment', this.name, props.revision);
    if (props.canaryRevision !== undefined) {
      if (props.canaryRevision === (props.revision ?? props.namespace.mesh._requireIstio('canaryRevision').revision)) {
        throw new Error(`canaryRevision must differ from the revision of gateway '${this.name}', got '${props.canaryRevision}' for both`);
      }
      this.canary = this.deploy('Canary', checkDnsLabel(`${this.name}-canary`, 'name of the gateway\'s canary'), props.canaryRevision);
    }
    this.service = new Service(this, 'Service', {
      metadata: { ...this.metadata(this.name), annotations: props.serviceAnnotations },
      type: props.serviceType ?? ServiceType.CLUSTER_IP,
    });
    Object.entries(this.selector.matchLabels).forEach(([key, value]) => this.service.selectLabel(key, value));
    new k8s.KubePodDisruptionBudget(this, 'PodDisruptionBudget', {
      metadata: this.metadata(this.name),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: this.selector.matchLabels } },
    });
  }

  /**
   * Opens a port of the Service, unless it is open already; the proxy listens on the same one.
   *
   * @param port 1 to 65535
   * @param name the name of the port, unique in the Service
   * @throws when the port is none
   */
  public addPort(port: number, name: string): this {
    checkPort(port, `port of gateway '${this.name}'`);
    if (!this.service.ports.some(p => p.port === port)) {
      this.service.bind(port, { name, targetPort: port, protocol: Protocol.TCP });
    }
    return this;
  }

  /** Lets load balancers ask the Service whether the gateway is ready. */
  public addStatusPort(): this {
    return this.addPort(STATUS_PORT, 'status-port');
  }

  /** istiod hands a certificate to a proxy only when its service account may read the Secret. */
  private letReadCertificates(): void {
    new k8s.KubeRole(this, 'Role', {
      metadata: this.metadata(this.name),
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
    });
    new k8s.KubeRoleBinding(this, 'RoleBinding', {
      metadata: this.metadata(this.name),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: this.name },
      subjects: [{ kind: 'ServiceAccount', name: this.name, namespace: this.props.namespace.name }],
    });
  }

  private deploy(id: string, name: string, revision: string | undefined): Deployment {
    const { namespace, podLabels, podAnnotations, minReplicas = 2, maxReplicas = 5, targetCpuUtilization = 80 } = this.props;
    if (minReplicas < 1 || maxReplicas < minReplicas) {
      throw new Error(`replicas of gateway '${this.name}' must be at least 1 and at most maxReplicas, got ${minReplicas} to ${maxReplicas}`);
    }
    const enrolment = namespace.mesh._enrolGatewayPod({ revision });
    const own = { ...this.selector.matchLabels, ...this.labels(name) };
    const annotations = {
      ...enrolment.annotations,
      [PrometheusAnnotation.SCRAPE]: 'true',
      [PrometheusAnnotation.PORT]: `${METRICS_PORT}`,
      [PrometheusAnnotation.PATH]: '/stats/prometheus',
    };
    checkEnrolment(this.name, namespace, { ...enrolment.labels, ...podLabels });
    this.refuseDerived('podLabels', podLabels, [...Object.keys(own), ...ENROLMENT_LABELS]);
    this.refuseDerived('podAnnotations', podAnnotations, Object.keys(annotations));
    const deployment = new Deployment(this, id, {
      metadata: this.metadata(name),
      podMetadata: {
        labels: { ...podLabels, ...own, ...enrolment.labels },
        annotations: { ...podAnnotations, ...annotations },
      },
      select: false,
      serviceAccount: this.serviceAccount,
      automountServiceAccountToken: false,
      // A gateway without a proxy on the new revision keeps all of its old ones.
      strategy: DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.percent(100), maxUnavailable: PercentOrAbsolute.percent(25) }),
      terminationGracePeriod: Duration.seconds(30),
      securityContext: {
        ensureNonRoot: true,
        // Lets the proxy, which is not root, listen on 80 and 443.
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
      containers: [{
        name: 'istio-proxy',
        image: 'auto',
        imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
        ports: [{ name: 'http-envoy-prom', number: ENVOY_METRICS_PORT, protocol: Protocol.TCP }],
        securityContext: {
          ensureNonRoot: true,
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: [Capability.ALL] },
        },
        resources: {
          cpu: { request: Cpu.millis(100), limit: Cpu.millis(2000) },
          memory: { request: Size.mebibytes(128), limit: Size.mebibytes(1024) },
        },
      }],
    });
    // One label more than the Service selects by, so that neither Deployment takes the other's pods.
    deployment.select(LabelSelector.of({
      labels: { ...this.selector.matchLabels, [KubernetesLabel.APP_INSTANCE]: name },
    }));
    // Leaves the number of pods to the autoscaler.
    deployment.markHasAutoscaler();
    new k8s.KubeHorizontalPodAutoscalerV2(this, `${id}Autoscaler`, {
      metadata: this.metadata(name),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas,
        maxReplicas,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: targetCpuUtilization } } }],
      },
    });
    return deployment;
  }

  private refuseDerived(what: string, given: { [key: string]: string } | undefined, derived: string[]): void {
    const taken = Object.keys(given ?? {}).find(key => derived.includes(key));
    if (taken !== undefined) {
      throw new Error(`${what} of gateway '${this.name}' must leave '${taken}' alone, got '${given![taken]}': ` +
        'it is derived from the name and the revision of the gateway');
    }
  }

  private metadata(name: string): ApiObjectMetadata {
    return { name, namespace: this.props.namespace.name, labels: { ...this.selector.matchLabels, ...this.labels(name) } };
  }

  private labels(instance: string): { [key: string]: string } {
    return patternLabels(this.props.component ?? 'meshed-gateway', this.name, instance);
  }
}
