import { Duration } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ArgoCdIgnoredDifference } from './argo-cd-application';
import { FlaggerAnalysis } from './flagger-analysis';
import { analysisManifest, serviceManifest } from './flagger-canary-manifest';
import { checkFlaggerNames, flaggerNames } from './flagger-names';
import { FlaggerService } from './flagger-service';
import { FlaggerAutoscaler, FlaggerTarget } from './flagger-target';
import { FluxIgnoredDrift } from './flux-helm-release';
import { labelsOfCopy, takeFlaggerCopy } from '../gateway-api/flagger-copy';
import { MirrorOptions } from '../gateway-api/mirror';
import { SpecConstruct } from '../gateway-api/spec-construct';
import type { CanarySpec } from '../imports/flagger.app';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';

/** What routes the requests that Flagger divides. */
export enum FlaggerProvider {
  /** Istio's VirtualService. */
  ISTIO = 'istio',
  /** HTTPRoute of Gateway API. */
  GATEWAY_API = 'gatewayapi:v1',
  /** HTTPRoute of Gateway API before 1.0. */
  GATEWAY_API_V1BETA1 = 'gatewayapi:v1beta1',
  /** Linkerd by TrafficSplit; newer releases of Linkerd need GATEWAY_API. */
  LINKERD = 'linkerd',
  /** Services alone: rounds without weights. */
  KUBERNETES = 'kubernetes',
  /** APISIX. */
  APISIX = 'apisix',
  /** App Mesh. */
  APP_MESH = 'appmesh',
  /** App Mesh v1beta2. */
  APP_MESH_V1BETA2 = 'appmesh:v1beta2',
  /** Contour. */
  CONTOUR = 'contour',
  /** Gloo. */
  GLOO = 'gloo',
  /** Knative. */
  KNATIVE = 'knative',
  /** Kuma. */
  KUMA = 'kuma',
  /** NGINX Ingress. */
  NGINX = 'nginx',
  /** Open Service Mesh. */
  OSM = 'osm',
  /** Skipper. */
  SKIPPER = 'skipper',
  /** Service Mesh Interface v1alpha1. */
  SMI_V1ALPHA1 = 'smi:v1alpha1',
  /** Service Mesh Interface v1alpha2. */
  SMI_V1ALPHA2 = 'smi:v1alpha2',
  /** Service Mesh Interface v1alpha3. */
  SMI_V1ALPHA3 = 'smi:v1alpha3',
  /** Traefik. */
  TRAEFIK = 'traefik',
}

/** An Upstream of Gloo. */
export interface FlaggerUpstream {
  /** The version of its API, such as `gloo.solo.io/v1`. */
  readonly apiVersion: string;

  /** The name. */
  readonly name: string;

  /**
   * The namespace.
   *
   * @default - that of the Canary
   */
  readonly namespace?: string;
}

/** Properties of a Canary. */
export interface FlaggerCanaryProps extends ResourceProps {
  /** What is watched. */
  readonly target: FlaggerTarget;

  /** The Services and the route that Flagger makes. */
  readonly service: FlaggerService;

  /** How the canary is judged. */
  readonly analysis: FlaggerAnalysis;

  /**
   * What routes the requests.
   *
   * @default - that of Flagger's own settings
   */
  readonly provider?: FlaggerProvider;

  /**
   * The address of the metrics server.
   *
   * @default - that of Flagger's own settings
   */
  readonly metricsServer?: string;

  /**
   * How long pods may take to become ready, in whole seconds.
   *
   * @default - 10 minutes
   */
  readonly progressDeadline?: Duration;

  /**
   * The autoscaler of the target.
   *
   * @default - none
   */
  readonly autoscaler?: FlaggerAutoscaler;

  /**
   * The name of the Ingress, of NGINX and Skipper.
   *
   * @default - none
   */
  readonly ingressName?: string;

  /**
   * The name of the ApisixRoute.
   *
   * @default - none
   */
  readonly apisixRouteName?: string;

  /**
   * The Upstream of Gloo.
   *
   * @default - none
   */
  readonly upstream?: FlaggerUpstream;

  /**
   * Whether new versions become the stable one without being judged.
   *
   * @default false
   */
  readonly skipAnalysis?: boolean;

  /**
   * Whether the target gets its pods and its Service back when the Canary is deleted.
   *
   * @default false
   */
  readonly revertOnDeletion?: boolean;

  /**
   * Whether Flagger leaves it alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** Providers that write a route of Gateway API. */
const GATEWAY_API = [FlaggerProvider.GATEWAY_API, FlaggerProvider.GATEWAY_API_V1BETA1];

/**
 * A Canary of Flagger, which moves requests from the stable version to a new one as long as its metrics are good.
 *
 * Flagger makes the Services `<name>`, `<name>-primary` and `<name>-canary`, the copy `<target>-primary` of the target, and the route: HTTPRoute `<name>`, or
 * VirtualService `<name>` with DestinationRules. None of them may be in Git, and synthesis refuses those that this app has.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export class FlaggerCanary extends SpecConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'canaries';

  /** The name of the Service that clients call. */
  public readonly serviceName: string;
  /** The name of the Service of the stable version. */
  public readonly primaryServiceName: string;
  /** The name of the Service of the canary. */
  public readonly canaryServiceName: string;

  private readonly spec: Manifest<CanarySpec>;
  private readonly target: FlaggerTarget;

  /**
   * @throws when a route of Gateway API has no gatewayRefs, a delegate has hosts or gateways, or a number or name is out of range
   */
  constructor(scope: Construct, id: string, props: FlaggerCanaryProps) {
    super(scope, id, 'flagger.app/v1beta1', 'Canary', props.metadata);
    checkNamed('Canary', { name: this.name, namespace: this.metadata.namespace });
    const names = flaggerNames(props.target, props.service.name);
    this.target = props.target;
    this.serviceName = names.apex;
    this.primaryServiceName = names.primary;
    this.canaryServiceName = names.canary;
    this.spec = within(`Canary '${this.name}'`, () => {
      checkService(props);
      return this.specOf(props);
    });
    this.node.addValidation({ validate: () => checkFlaggerNames(this, props.target, names) });
    if (props.target._workload !== undefined) {
      takeFlaggerCopy(props.target._workload);
    }
  }

  /**
   * The labels by which the pods of the stable version are selected, for policies of your own: `WorkloadSelector.workload` is about those of the canary. What
   * `MeshWorkload`, `EgressBypass`, `MonitorSelector.workload` and `LinkerdServerSelector.workload` say of the target holds for both.
   *
   * @default - not known: the target is not of this app, or selects by no label that Flagger knows by default
   */
  public get primaryLabels(): { [key: string]: string } | undefined {
    return this.target._workload && labelsOfCopy(this.target._workload);
  }

  /**
   * What Argo CD must overlook: Flagger scales the target down once the stable version has its pods.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
   */
  public get argoCdIgnoredDifferences(): ArgoCdIgnoredDifference[] {
    const { kind, name } = this.target;
    return kind === 'Deployment' ? [{ group: 'apps', kind, name, namespace: this.metadata.namespace, jsonPointers: ['/spec/replicas'] }] : [];
  }

  /**
   * What Flux must overlook, in `driftDetection` of a HelmRelease or `ignore` of a Kustomization.
   *
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection
   */
  public get fluxIgnoredDrift(): FluxIgnoredDrift[] {
    return this.argoCdIgnoredDifferences.map(({ kind, name, jsonPointers }) => ({ kind, name, paths: jsonPointers! }));
  }

  /** @internal */
  public _toKube(): Manifest<CanarySpec> {
    return this.spec;
  }

  private specOf(props: FlaggerCanaryProps): Manifest<CanarySpec> {
    const { target: { apiVersion, kind, name }, autoscaler, upstream, ingressName, apisixRouteName, progressDeadline } = props;
    return {
      provider: props.provider,
      metricsServer: props.metricsServer,
      progressDeadlineSeconds: progressDeadline?.toSeconds(),
      targetRef: { apiVersion, kind, name } as Manifest<CanarySpec>['targetRef'],
      autoscalerRef: autoscaler && {
        apiVersion: autoscaler.apiVersion,
        kind: autoscaler.kind as 'HorizontalPodAutoscaler',
        name: autoscaler.name,
        primaryScalerQueries: autoscaler._queries,
        primaryScalerReplicas: autoscaler._primary,
      },
      ingressRef: ingressName === undefined ? undefined : { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: ingressName },
      routeRef: apisixRouteName === undefined ? undefined : { apiVersion: 'apisix.apache.org/v2', kind: 'ApisixRoute', name: apisixRouteName },
      upstreamRef: upstream && { ...upstream, kind: 'Upstream' },
      service: serviceManifest(props.service, mirror => this.mirrorOf(mirror)),
      skipAnalysis: props.skipAnalysis,
      revertOnDeletion: props.revertOnDeletion,
      suspend: props.suspend,
      analysis: analysisManifest(props.analysis),
    };
  }

  private mirrorOf({ backend, percent, fraction }: MirrorOptions) {
    if (percent !== undefined || fraction !== undefined) {
      throw new Error(`mirrors of a service copy all requests, got ${percent === undefined ? 'a fraction' : `percent ${percent}`}: leave it out`);
    }
    const { group, kind, name, namespace, port } = backend.bind(this);
    return { backendRef: { group, kind, name, namespace, port } };
  }
}

function checkService({ provider, service }: FlaggerCanaryProps): void {
  const { gatewayRefs, gateways, hosts, delegation } = service;
  const isGatewayApi = provider !== undefined && GATEWAY_API.includes(provider);
  if (isGatewayApi && !gatewayRefs?.length) {
    throw new Error(`provider ${provider} needs gatewayRefs, got none: pass what the route attaches to`);
  }
  if (!isGatewayApi && provider !== undefined && gatewayRefs !== undefined) {
    throw new Error(`gatewayRefs are for Gateway API, got them with provider ${provider}: use FlaggerProvider.GATEWAY_API, or gateways for Istio`);
  }
  if (gatewayRefs !== undefined && gatewayRefs.length > 32) {
    throw new Error(`gatewayRefs must have at most 32, got ${gatewayRefs.length}`);
  }
  if (isGatewayApi) {
    const lost = (['retries', 'trafficPolicy', 'delegation', 'gateways'] as const).find(field => service[field] !== undefined) ??
      (service.corsPolicy?.allowOrigins ? 'allowOrigins of corsPolicy' : undefined);
    if (lost !== undefined) {
      throw new Error(`Flagger does not write ${lost} into routes of Gateway API, got ${lost} with provider ${provider}: leave it out`);
    }
  }
  if (delegation && (hosts?.length || gateways?.length)) {
    throw new Error('a route that is delegated to has neither hosts nor gateways, got them: the VirtualService that delegates has them');
  }
}
