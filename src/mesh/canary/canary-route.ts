import { Construct } from 'constructs';
import { allowFromGateways, podsOf } from './canary-allowance';
import { CanaryCaller } from './canary-caller';
import { CanaryDelivery } from './canary-delivery';
import { makeFlaggerCanary } from './canary-flagger';
import { CanaryGatewayRoute, makeCanaryGatewayRoutes } from './canary-gateway-api';
import { CanaryParent } from './canary-parent';
import { CanaryPlan } from './canary-plan';
import { makePlan } from './canary-planning';
import { CanaryProtocol } from './canary-protocol';
import { makeCanaryRollout } from './canary-rollout';
import { CanaryShare } from './canary-share';
import { CanaryStep } from './canary-step';
import { CanaryVersion } from './canary-version';
import { makeCanaryVirtualService } from './canary-virtual-service';
import { missingWaypoint } from './canary-waypoint';
import { StickyAssignment } from './sticky-assignment';
import { ArgoCdIgnoredDifference } from '../../delivery/argo-cd-application';
import { ArgoRollout } from '../../delivery/argo-rollout';
import { FlaggerCanary } from '../../delivery/flagger-canary';
import { FluxIgnoredDrift } from '../../delivery/flux-helm-release';
import { GrpcMethodMatch } from '../../gateway-api/grpc-method-match';
import { GrpcRoute } from '../../gateway-api/grpc-route';
import { HttpPathMatch } from '../../gateway-api/http-path-match';
import { HttpRoute } from '../../gateway-api/http-route';
import { HttpRouteMatch } from '../../gateway-api/http-route-match';
import { TcpRoute } from '../../gateway-api/tcp-route';
import { TlsRoute } from '../../gateway-api/tls-route';
import { DestinationRule } from '../../istio/destination-rule';
import { VirtualService } from '../../istio/virtual-service';
import { IMeshNamespace } from '../mesh-client';

/** Properties of a CanaryRoute. */
export interface CanaryRouteProps {
  /** The namespace of the route and of its versions. */
  readonly namespace: IMeshNamespace;

  /** Where requests come from, at least one. */
  readonly parents: CanaryParent[];

  /**
   * The version that most requests go to.
   *
   * @default - none, with CanaryDelivery.flagger, which makes it; all others need it
   */
  readonly stable?: CanaryVersion;

  /**
   * The version that is tried.
   *
   * @default - none, with CanaryDelivery.flagger, which makes its Service; all others need it
   */
  readonly canary?: CanaryVersion;

  /**
   * The share of requests that go to the canary, in percent: 0 to 100.
   *
   * @default - 0, or what the steps say
   */
  readonly canaryWeight?: number;

  /**
   * More versions that are tried, each with its share. The stable version gets what all canaries leave.
   *
   * @default - none
   */
  readonly others?: CanaryShare[];

  /**
   * What is divided.
   *
   * @default CanaryProtocol.HTTP
   */
  readonly protocol?: CanaryProtocol;

  /**
   * The public hosts; with CanaryProtocol.TLS the server names. A route of Gateway API that is only for Services has none.
   *
   * @default - none: only for requests of the mesh's own workloads
   */
  readonly hostnames?: string[];

  /**
   * Requests that always go to the canary: by a header, a cookie, a query parameter or the method. Calls of gRPC by headers.
   *
   * @default - none
   */
  readonly pinned?: HttpRouteMatch[];

  /**
   * Callers of the mesh whose requests always go to the canary.
   *
   * @default - none
   */
  readonly pinnedCallers?: CanaryCaller[];

  /**
   * How clients keep the version that they got; HTTP only.
   *
   * @default - every request is assigned by the weights
   */
  readonly sticky?: StickyAssignment;

  /**
   * The share of requests that are copied to the canary, in percent: 1 to 100. Its answers are thrown away. It is for the time before anything is shifted.
   *
   * @default - none, or what the steps say
   */
  readonly mirrorPercent?: number;

  /**
   * The way from the stable version to the canary, as data for `delivery`; in place of canaryWeight and mirrorPercent.
   *
   * @default - none
   */
  readonly steps?: CanaryStep[];

  /**
   * Who goes along the steps.
   *
   * @default CanaryDelivery.manual()
   */
  readonly delivery?: CanaryDelivery;

  /**
   * The paths of the route: exact ones and prefixes; HTTP only.
   *
   * @default - every path
   */
  readonly paths?: HttpPathMatch[];

  /**
   * The services and methods of the route; gRPC only.
   *
   * @default - every call
   */
  readonly calls?: GrpcMethodMatch[];

  /**
   * The name of the route and of what is made for it.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;
}

/**
 * Divides the requests of a Service between versions, by weight, and by what requests carry.
 *
 * It is a route of Gateway API where its parents are Gateways of Gateway API, ListenerSets or Services, and a VirtualService with a DestinationRule where they are
 * Gateways of Istio, its versions are subsets or its callers are told by labels; both mean the same. Routes of Gateway API for gateways and for the mesh are two
 * objects, `<name>` and `<name>-mesh`; one for callers of a namespace is `<name>-<namespace of the route>` in theirs.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/traffic-splitting/
 */
export class CanaryRoute extends Construct {
  /**
   * The route of HTTP requests in Gateway API; of several that for gateways.
   *
   * @default - there is none, because the route is one of Istio, of another protocol or of Flagger
   */
  public readonly httpRoute?: HttpRoute;

  /**
   * The route of gRPC calls in Gateway API; of several that for gateways.
   *
   * @default - there is none, because the route is one of Istio, of another protocol or of Flagger
   */
  public readonly grpcRoute?: GrpcRoute;

  /**
   * The route of TCP connections in Gateway API; of several that for gateways.
   *
   * @default - there is none, because the route is one of Istio, of another protocol or of Flagger
   */
  public readonly tcpRoute?: TcpRoute;

  /**
   * The route of TLS connections in Gateway API; of several that for gateways.
   *
   * @default - there is none, because the route is one of Istio, of another protocol or of Flagger
   */
  public readonly tlsRoute?: TlsRoute;

  /**
   * The route in Istio.
   *
   * @default - there is none, because the route is one of Gateway API or of Flagger
   */
  public readonly virtualService?: VirtualService;

  /**
   * The versions in Istio, where they are subsets.
   *
   * @default - there is none
   */
  public readonly destinationRule?: DestinationRule;

  /**
   * What Flagger is told.
   *
   * @default - there is none, because Flagger does not deliver
   */
  public readonly flaggerCanary?: FlaggerCanary;

  /**
   * What Argo Rollouts is told.
   *
   * @default - there is none, because Argo Rollouts does not deliver
   */
  public readonly rollout?: ArgoRollout;

  /**
   * Differences that Argo CD must overlook, because a controller owns the fields. An Application needs the sync options `ApplyOutOfSyncOnly=true` and
   * `RespectIgnoreDifferences=true` besides, or a sync would write over them.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
   */
  public readonly argoCdIgnoredDifferences: ArgoCdIgnoredDifference[] = [];

  /**
   * Differences that Flux must overlook, because a controller owns the fields: for `driftDetection` of a HelmRelease, or `ignore` of a Kustomization.
   *
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection
   */
  public readonly fluxIgnoredDrift: FluxIgnoredDrift[] = [];

  /**
   * @throws when parents, versions and options do not fit together, or are nothing that the mesh or the controller could do
   */
  constructor(scope: Construct, id: string, props: CanaryRouteProps) {
    super(scope, id);
    const name = props.name ?? id.toLowerCase();
    const { delivery } = props;
    if (delivery?._flagger !== undefined) {
      const canary = makeFlaggerCanary(this, props, name, delivery._flagger);
      this.flaggerCanary = canary;
      this.argoCdIgnoredDifferences = canary.argoCdIgnoredDifferences;
      this.fluxIgnoredDrift = canary.fluxIgnoredDrift;
      return;
    }
    const { stable, canary } = props;
    if (stable === undefined || canary === undefined) {
      throw new Error(`canary route '${name}' needs ${stable === undefined ? 'stable' : 'canary'}, got none: pass CanaryVersion.service(service), ` +
        'or let CanaryDelivery.flagger make the versions');
    }
    const plan = makePlan(props, name, stable, canary);
    let routes: CanaryGatewayRoute[] = [];
    if (isIstio(plan)) {
      plan.namespace.mesh._requireIstio(`canary route '${plan.name}' with a VirtualService`,
        'bind it to a Gateway of Gateway API or to a Service, with a Service for each version and callers by their namespaces');
      const { virtualService, destinationRule } = makeCanaryVirtualService(this, plan);
      this.virtualService = virtualService;
      this.destinationRule = destinationRule;
    } else {
      routes = makeCanaryGatewayRoutes(this, plan);
      const [route] = routes;
      this.httpRoute = route instanceof HttpRoute ? route : undefined;
      this.grpcRoute = route instanceof GrpcRoute ? route : undefined;
      this.tcpRoute = route instanceof TcpRoute ? route : undefined;
      this.tlsRoute = route instanceof TlsRoute ? route : undefined;
    }
    if (delivery?._rollout !== undefined) {
      const { rollout, argoCd, flux } = makeCanaryRollout(this, plan, props.steps!, delivery._rollout, { ...this, routes });
      this.rollout = rollout;
      this.argoCdIgnoredDifferences = argoCd;
      this.fluxIgnoredDrift = flux;
    }
    // A proxy that is not the mesh's own sends to addresses of Services, or the mesh could not tell which one is meant.
    const services = plan.versions.flatMap(({ version }) => version._service ?? []);
    plan.parents.forEach(({ _meshedGateway }) => _meshedGateway?.sendsTo(...services));
    allowFromGateways(plan, podsOf(plan));
    this.node.addValidation({ validate: () => missingWaypoint(plan) });
  }
}

/** Istio where something can be said in Istio only; it is an error when something else can be said in Gateway API only. */
function isIstio({ name, parents, versions }: CanaryPlan): boolean {
  const istio = [
    ...parents.filter(({ _binding }) => _binding.routeParents === undefined).map(({ _description }) => _description),
    ...versions.filter(({ version }) => version._subset).map(({ version }) => `subset '${version._subset!.name}'`),
    ...versions.flatMap(({ callers }) => callers).filter(({ labels }) => labels).map(({ clientNamespace }) => `callers by labels of namespace '${clientNamespace.name}'`),
  ];
  const gatewayApi = parents.filter(({ _binding }) => _binding.istioGateway === undefined).map(({ _description }) => _description);
  if (istio.length > 0 && gatewayApi.length > 0) {
    throw new Error(`canary route '${name}' must be of one kind, got ${istio[0]} of Istio and ${gatewayApi[0]} of Gateway API: ` +
      'use a Service for each version, and one route for each kind of gateway');
  }
  return istio.length > 0;
}
