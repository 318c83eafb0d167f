import { ApiObjectMetadata } from 'cdk8s';
import { k8s, Service, ServiceAccount, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayCanary, GatewayCanaryStage } from './gateway-canary';
import { GatewayExposure } from './gateway-exposure';
import { GatewayPods } from './gateway-pods';
import { checkProxyOptions } from './gateway-proxy-manifest';
import { GatewayProxyOptions } from './gateway-proxy-options';
import { GatewayService } from './gateway-service';
import { WorkloadSelector } from '../../istio/workload-selector';
import { ENROLMENT_LABELS } from '../../semantics/key-lists';
import { IstioLabel, KubernetesLabel, PrometheusAnnotation } from '../../semantics/keys';
import { checkDnsLabel } from '../../semantics/names';
import { checkPort } from '../../semantics/port';
import { checkEnrolment } from '../enrolment/gateway-enrolment';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** What runs the pods of a self-managed gateway. */
export enum GatewayWorkloadKind {
  /** As many pods as the autoscaler wants. */
  DEPLOYMENT = 'Deployment',
  /** A pod on every node. */
  DAEMON_SET = 'DaemonSet',
}

/** How the pods of a self-managed gateway run. */
export interface GatewayWorkloadOptions extends GatewayProxyOptions {
  /**
   * What runs the pods.
   *
   * @default GatewayWorkloadKind.DEPLOYMENT
   */
  readonly kind?: GatewayWorkloadKind;

  /**
   * The revision whose proxy the pods get; changing it rolls the gateway in place.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * A revision to try beside.
   *
   * @default - none
   */
  readonly canary?: GatewayCanary;
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

  /**
   * How the gateway is reached: a Service each, of which the first has the gateway's name.
   *
   * @default - GatewayExposure.clusterIp()
   */
  readonly exposures?: GatewayExposure[];

  /**
   * Whether the gateway goes by the address of its peer, so that nodes must not pass traffic on in their own name.
   *
   * @default false
   */
  readonly seesPeer?: boolean;
}

/** The port on which the agent of a gateway proxy says whether it is ready. */
const STATUS_PORT = 15021;
/** The port on which the agent serves metrics, and the one on which Envoy does. */
const METRICS_PORT = 15020;
const ENVOY_METRICS_PORT = 15090;

/**
 * The pods of a self-managed gateway and all that they need: Deployment or DaemonSet, Services, ServiceAccount, Role and RoleBinding for certificates,
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
  /** The Deployment, or the DaemonSet. */
  public readonly pods: Workload;
  /**
   * That of the revision that is tried.
   *
   * @default - none
   */
  public readonly canary?: Workload;
  /** The Service; the first one, where there are several. */
  public readonly service: Service;
  /** The identity of the gateway. */
  public readonly serviceAccount: ServiceAccount;

  private readonly props: GatewayWorkloadProps;
  private readonly services: GatewayService[];

  /**
   * @throws when the name is no DNS label, the canary has the revision of the gateway or a share that is no whole number of pods, or options contradict
   */
  constructor(scope: Construct, id: string, props: GatewayWorkloadProps) {
    super(scope, id);
    this.props = props;
    this.name = checkDnsLabel(props.name, 'name of the gateway');
    // A Deployment's selector cannot change, so that nothing that may change is in it.
    this.selector = WorkloadSelector.labels({ [KubernetesLabel.APP]: this.name, [IstioLabel.GATEWAY]: this.name.replace(/^istio-/, '') });
    const { canary, maxReplicas = 5, minReplicas = Math.min(2, maxReplicas) } = props;
    checkProxyOptions(this.name, props, minReplicas, maxReplicas);
    this.checkKind();
    const replicas = { min: minReplicas, max: maxReplicas };
    this.serviceAccount = new ServiceAccount(this, 'ServiceAccount', {
      metadata: { ...this.metadata(this.name), annotations: props.serviceAccountAnnotations },
      automountToken: false,
    });
    this.letReadCertificates();
    this.checkCanary();
    const split = canary?.stage === GatewayCanaryStage.TRIED ? canary._split(this.name, maxReplicas) : undefined;
    const revision = canary?.stage === GatewayCanaryStage.PROMOTED ? canary.revision : props.revision;
    this.pods = this.deploy('Deployment', this.name, revision, split ? { min: split.stable, max: split.stable } : replicas);
    if (canary?.stage === GatewayCanaryStage.TRIED) {
      this.canary = this.deploy('Canary', this.canaryName, canary.revision, split ? { min: split.canary, max: split.canary } : replicas);
    }
    this.services = this.expose();
    this.service = this.services[0].service;
    if (props.kind !== GatewayWorkloadKind.DAEMON_SET) {
      new k8s.KubePodDisruptionBudget(this, 'PodDisruptionBudget', {
        metadata: this.metadata(this.name),
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(props.maxUnavailable ?? 1), selector: { matchLabels: this.selector.matchLabels } },
      });
    }
  }

  /**
   * Opens a port of the Services, unless it is open already; the proxy listens on the same one.
   *
   * @param port 1 to 65535
   * @param name the name of the port, unique in a Service
   * @throws when the port is none
   */
  public addPort(port: number, name: string): this {
    checkPort(port, `port of gateway '${this.name}'`);
    this.services.forEach(service => service.addPort(port, name));
    return this;
  }

  /**
   * The Services that lead to all of its pods: a canary with a Service of its own is behind no other.
   *
   * @internal
   */
  public get _servicesOfAllPods(): Service[] {
    const { canary } = this.props;
    return canary !== undefined && canary._shared === undefined ? [this.service, this.services[this.services.length - 1].service] : [this.service];
  }

  /** Lets load balancers ask the Services whether the gateway is ready. */
  public addStatusPort(): this {
    return this.addPort(STATUS_PORT, 'status-port');
  }

  private get canaryName(): string {
    return checkDnsLabel(`${this.name}-canary`, 'name of the gateway\'s canary');
  }

  private checkKind(): void {
    const { kind, minReplicas, maxReplicas, targetCpuUtilization, targetMemoryUtilization, maxUnavailable, canary } = this.props;
    if (kind !== GatewayWorkloadKind.DAEMON_SET) {
      return;
    }
    const counted = Object.entries({ minReplicas, maxReplicas, targetCpuUtilization, targetMemoryUtilization, maxUnavailable })
      .find(([, value]) => value !== undefined);
    if (counted !== undefined) {
      throw new Error(`${counted[0]} of gateway '${this.name}' is for Deployments, got ${counted[1]} for a DaemonSet: it has a pod on every node, leave it out`);
    }
    if (canary?._shared !== undefined) {
      throw new Error(`canary of gateway '${this.name}' cannot share a DaemonSet's Service by weight, got weight ${canary._shared.weight}: each has a pod on ` +
        'every node; use GatewayCanary.service, or a Deployment');
    }
  }

  private checkCanary(): void {
    const { canary, revision, namespace } = this.props;
    if (canary !== undefined && canary.revision === (revision ?? namespace.mesh._requireIstio('the canary of a gateway', 'leave it out').revision)) {
      throw new Error(`revision of the canary must differ from that of gateway '${this.name}', got '${canary.revision}' for both`);
    }
  }

  /** A Service each; a canary with a Service of its own keeps out of the others. */
  private expose(): GatewayService[] {
    const { canary, exposures = [GatewayExposure.clusterIp()], seesPeer = false } = this.props;
    const identity = this.selector.matchLabels;
    const alone = canary !== undefined && canary._shared === undefined;
    const one = (id: string, name: string, exposure: GatewayExposure, selector: { [key: string]: string }) =>
      new GatewayService(this, id, { gateway: this.name, metadata: this.metadata(name), selector, exposure, seesPeer });
    const stable = alone ? { ...identity, [KubernetesLabel.APP_INSTANCE]: this.name } : identity;
    const services = GatewayExposure._named(this.name, exposures).map(({ id, name, exposure }) => one(id, name, exposure, stable));
    if (alone) {
      const instance = canary.stage === GatewayCanaryStage.TRIED ? this.canaryName : this.name;
      services.push(one('CanaryService', this.canaryName, exposures[0]._again(), { ...identity, [KubernetesLabel.APP_INSTANCE]: instance }));
    }
    return services;
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

  private deploy(id: string, name: string, revision: string | undefined, replicas: { min: number; max: number }): Workload {
    const { namespace, podLabels, podAnnotations, kind = GatewayWorkloadKind.DEPLOYMENT } = this.props;
    const enrolment = namespace.mesh._enrolGatewayPod({ revision });
    const own = { ...this.selector.matchLabels, ...this.labels(name) };
    const annotations = {
      ...enrolment.annotations,
      [PrometheusAnnotation.SCRAPE]: 'true',
      [PrometheusAnnotation.PORT]: `${METRICS_PORT}`,
      [PrometheusAnnotation.PATH]: '/stats/prometheus',
    };
    checkEnrolment(this.name, namespace, { ...enrolment.labels, ...podLabels }, { kind, name });
    this.refuseDerived('podLabels', podLabels, [...Object.keys(own), ...ENROLMENT_LABELS]);
    this.refuseDerived('podAnnotations', podAnnotations, Object.keys(annotations));
    return GatewayPods.make(this, id, {
      ...this.props,
      daemonSet: kind === GatewayWorkloadKind.DAEMON_SET,
      metadata: this.metadata(name),
      podMetadata: { labels: { ...podLabels, ...own, ...enrolment.labels }, annotations: { ...podAnnotations, ...annotations } },
      // One label more than the Service selects by, so that neither Deployment takes the other's pods.
      selector: { ...this.selector.matchLabels, [KubernetesLabel.APP_INSTANCE]: name },
      gatewaySelector: this.selector.matchLabels,
      serviceAccount: this.serviceAccount,
      metricsPort: ENVOY_METRICS_PORT,
      replicas,
    });
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
