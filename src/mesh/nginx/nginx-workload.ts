import { createHash } from 'crypto';
import { ApiObject, ApiObjectMetadata, Duration, JsonPatch, Lazy, Size } from 'cdk8s';
import {
  ConfigMap, Container, Deployment, DeploymentStrategy, ISecret, k8s, LabelSelector, PercentOrAbsolute, Protocol, Secret, Service, ServiceAccount,
  Volume,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { HEALTH_PORT, NginxPath } from './nginx-config';
import { nginxContainer, NGINX_USER } from './nginx-container';
import { NginxGatewayOptions } from './nginx-options';
import { WorkloadSelector } from '../../istio/workload-selector';
import { ENROLMENT_LABELS } from '../../semantics/key-lists';
import { KubernetesLabel, RolloutAnnotation } from '../../semantics/keys';
import { enrolPods } from '../enrolment/pod-enrolment';
import { ProxyOptions } from '../enrolment/proxy-options';
import { GatewayExposure } from '../gateway/gateway-exposure';
import { autoscalerMetrics, checkProxyOptions, placementSpec } from '../gateway/gateway-proxy-manifest';
import { GatewayService } from '../gateway/gateway-service';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

interface NginxWorkloadProps extends NginxGatewayOptions {
  /** The name of the Deployment, the first Service and the rest. */
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly exposures: GatewayExposure[];
  /** Whether nginx has to see the address of its peer. */
  readonly seesPeer: boolean;
  /** Makes nginx.conf, once all hosts and routes are known. */
  readonly writeConfig: () => string;
}

const COMPONENT = 'meshed-gateway';
/** The ports for clients; what arrives there does not pass the proxy of the mesh, which knows no clients from outside. */
export const PUBLIC_PORTS = [80, 443];

/**
 * The pods of an nginx gateway and all that they need: Deployment, Services, ServiceAccount, ConfigMap, HorizontalPodAutoscaler and PodDisruptionBudget.
 */
export class NginxWorkload extends Construct {
  /** The Deployment, of which nginx is the only container; the mesh adds its own. */
  public readonly deployment: Deployment;
  /** The Service; the first one, where there are several. */
  public readonly service: Service;
  /** nginx.conf. */
  public readonly configMap: ConfigMap;
  /** The identity of the gateway. */
  public readonly serviceAccount: ServiceAccount;
  /** The pods of the gateway. */
  public readonly selector: WorkloadSelector;

  private readonly services: GatewayService[];
  private readonly container: Container;
  private readonly mounted = new Set<string>();

  constructor(scope: Construct, id: string, private readonly props: NginxWorkloadProps) {
    super(scope, id);
    const { name, exposures, seesPeer, writeConfig, maxReplicas = 5, minReplicas = Math.min(2, maxReplicas) } = props;
    checkProxyOptions(name, props, minReplicas, maxReplicas);
    // A Deployment's selector cannot change, so that nothing that may change is in it.
    this.selector = WorkloadSelector.labels({ [KubernetesLabel.APP_NAME]: name, [KubernetesLabel.APP_COMPONENT]: COMPONENT });
    this.serviceAccount = new ServiceAccount(this, 'ServiceAccount', {
      metadata: { ...this.metadata(), annotations: props.serviceAccountAnnotations }, automountToken: false,
    });
    this.configMap = new ConfigMap(this, 'ConfigMap', {
      metadata: this.metadata(), data: { 'nginx.conf': Lazy.any({ produce: writeConfig }) },
    });
    this.deployment = this.deploy();
    this.container = this.deployment.containers[0];
    this.mount(NginxPath.CONFIG, Volume.fromConfigMap(this, 'ConfigVolume', this.configMap, { name: 'config' }));
    this.mount(NginxPath.CACHE, Volume.fromEmptyDir(this, 'CacheVolume', 'cache', { sizeLimit: Size.gibibytes(1) }), false);
    const proxy = props.namespace.mesh._publicPods(PUBLIC_PORTS, HEALTH_PORT);
    enrolPods(props.namespace, this.deployment, merged(proxy, props.proxy ?? {}));
    this.scale(minReplicas, maxReplicas);
    this.services = GatewayExposure._named(name, exposures).map(each => new GatewayService(this, each.id, {
      gateway: name, metadata: this.metadata(each.name), selector: this.selector.matchLabels, exposure: each.exposure, seesPeer,
    }));
    this.service = this.services[0].service;
  }

  /** Opens a port for clients, unless it is open. */
  public open(port: number, name: string): void {
    if (!this.container.ports.some(({ number }) => number === port)) {
      this.container.addPort({ number: port, name, protocol: Protocol.TCP });
      this.services.forEach(service => service.addPort(port, name));
    }
  }

  /** Lets nginx read the certificate in a Secret. */
  public mountCertificate(secret: string): void {
    if (!this.mounted.has(secret)) {
      const name = `certificate-${this.mounted.size}`;
      this.mounted.add(secret);
      // A Secret's name may be no name of a volume.
      this.mount(`${NginxPath.CERTIFICATES}/${secret}`, this.secretVolume(name, Secret.fromSecretName(this, `Secret-${name}`, secret)));
    }
  }

  /** Lets nginx read the authority of clients. */
  public mountClientAuthority(kind: string, name: string): void {
    const volume = kind === 'Secret' ? this.secretVolume('client-authority', Secret.fromSecretName(this, 'ClientAuthority', name), ['ca.crt']) :
      Volume.fromConfigMap(this, 'ClientAuthorityVolume', ConfigMap.fromConfigMapName(this, 'ClientAuthority', name), { name: 'client-authority' });
    this.mount(NginxPath.CLIENT_AUTHORITY, volume);
  }

  private deploy(): Deployment {
    const { name, podLabels, podAnnotations, writeConfig, terminationGracePeriod = Duration.seconds(30) } = this.props;
    const own = patternLabels(COMPONENT, name);
    const annotations: { [key: string]: string } = {
      // Lets pods start again with a configuration that has changed: nginx reads it once.
      [RolloutAnnotation.CONFIG_CHECKSUM]: Lazy.any({ produce: () => createHash('sha256').update(writeConfig()).digest('hex') }),
    };
    this.refuseDerived('podLabels', podLabels, [...Object.keys(own), ...ENROLMENT_LABELS]);
    this.refuseDerived('podAnnotations', podAnnotations, Object.keys(annotations));
    const deployment = new Deployment(this, 'Deployment', {
      metadata: this.metadata(),
      podMetadata: { labels: { ...podLabels, ...own }, annotations: { ...podAnnotations, ...annotations } },
      select: false,
      serviceAccount: this.serviceAccount,
      automountServiceAccountToken: false,
      strategy: DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.percent(100), maxUnavailable: PercentOrAbsolute.percent(25) }),
      terminationGracePeriod,
      securityContext: {
        ensureNonRoot: true,
        fsGroup: NGINX_USER,
        // Lets nginx, which is not root, listen on 80 and 443.
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
      containers: [nginxContainer(this.props)],
    });
    deployment.select(LabelSelector.of({ labels: this.selector.matchLabels }));
    for (const [field, value] of Object.entries(placementSpec(this.props, this.selector.matchLabels))) {
      ApiObject.of(deployment).addJsonPatch(JsonPatch.add(`/spec/template/spec/${field}`, value));
    }
    // Leaves the number of pods to the autoscaler.
    deployment.markHasAutoscaler();
    return deployment;
  }

  private scale(minReplicas: number, maxReplicas: number): void {
    const { name, maxUnavailable = 1 } = this.props;
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'Autoscaler', {
      metadata: this.metadata(),
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas, maxReplicas, metrics: autoscalerMetrics(this.props) },
    });
    new k8s.KubePodDisruptionBudget(this, 'PodDisruptionBudget', {
      metadata: this.metadata(),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(maxUnavailable), selector: { matchLabels: this.selector.matchLabels } },
    });
  }

  private secretVolume(name: string, secret: ISecret, keys?: string[]): Volume {
    return Volume.fromSecret(this, `Volume-${name}`, secret, {
      name, defaultMode: 0o440, items: keys && Object.fromEntries(keys.map(key => [key, { path: key }])),
    });
  }

  private mount(path: string, volume: Volume, readOnly = true): void {
    this.container.mount(path, volume, { readOnly });
  }

  private refuseDerived(what: string, given: { [key: string]: string } | undefined, derived: string[]): void {
    const taken = Object.keys(given ?? {}).find(key => derived.includes(key));
    if (taken !== undefined) {
      throw new Error(`${what} of gateway '${this.props.name}' must leave '${taken}' alone, got '${given![taken]}': it is derived from the gateway`);
    }
  }

  private metadata(name = this.props.name): ApiObjectMetadata {
    return { name, namespace: this.props.namespace.name, labels: patternLabels(COMPONENT, this.props.name) };
  }
}

/** What a user says of the proxy, over what the gateway needs; ports are excluded by either. */
function merged(needed: ProxyOptions, asked: ProxyOptions): ProxyOptions {
  const excluded = [...needed.excludedInboundPorts ?? [], ...asked.excludedInboundPorts ?? []];
  return {
    ...needed,
    ...asked,
    excludedInboundPorts: excluded.length > 0 ? [...new Set(excluded)] : undefined,
    istio: needed.istio || asked.istio ? { ...needed.istio, ...asked.istio } : undefined,
    ambient: needed.ambient || asked.ambient ? { ...needed.ambient, ...asked.ambient } : undefined,
  };
}
