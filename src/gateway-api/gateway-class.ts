import { ApiObject } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { ClusterConstruct } from './gateway-api-construct';
import type { GatewayClassSpec } from '../imports/gateway.networking.k8s.io';
import { GatewayController } from '../semantics/gateway-controller';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { checkObjectReference } from '../semantics/object-reference';

/** Properties of a GatewayClass. */
export interface GatewayClassProps extends ResourceProps {
  /** The controller that implements Gateways of this class. */
  readonly controller: GatewayController;

  /**
   * What the class is for, at most 64 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The object that configures the controller for all Gateways of this class.
   *
   * @default - the controller's own configuration
   */
  readonly parameters?: GatewayClassParameters;
}

/** A reference from a GatewayClass to the object that configures its controller. */
export interface GatewayClassParameters {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;

  /**
   * The namespace of the object.
   *
   * @default - the object is cluster-scoped
   */
  readonly namespace?: string;
}

/** A GatewayClass: one of this app, or one that is in the cluster already. */
export interface IGatewayClass {
  /** The name of the class. */
  readonly name: string;

  /**
   * The controller of the class.
   *
   * @default - not known
   */
  readonly controller?: GatewayController;
}

/** What is known of a GatewayClass that is in the cluster already. */
export interface FromGatewayClassNameOptions {
  /**
   * The controller of the class: what a Gateway of the class can do depends on it.
   *
   * @default - not known
   */
  readonly controller?: GatewayController;
}

/**
 * A class of Gateways, for a class that you own. What a controller makes itself (`istio`, `gke-l7-*`, `nginx`) is only named: use the constants.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/gatewayclass/
 */
export class GatewayClass extends ClusterConstruct implements IGatewayClass {
  /** `istio`, made by istiod. */
  public static readonly ISTIO = known('istio', GatewayController.ISTIO);
  /** `istio-waypoint`, made by istiod. */
  public static readonly ISTIO_WAYPOINT = known('istio-waypoint', GatewayController.ISTIO_WAYPOINT);
  /** `istio-remote`, made by istiod. */
  public static readonly ISTIO_REMOTE = known('istio-remote', GatewayController.ISTIO_REMOTE);
  /** `istio-east-west`, made by istiod for ambient multi-network. */
  public static readonly ISTIO_EAST_WEST = known('istio-east-west', GatewayController.ISTIO_EAST_WEST);
  /** `envoy-gateway`, the customary name; the class itself is yours to make. */
  public static readonly ENVOY_GATEWAY = known('envoy-gateway', GatewayController.ENVOY_GATEWAY);
  /** `nginx`, made by the chart of NGINX Gateway Fabric. */
  public static readonly NGINX = known('nginx', GatewayController.NGINX);
  /** `gke-l7-global-external-managed`, made by GKE: global external Application Load Balancer. */
  public static readonly GKE_L7_GLOBAL_EXTERNAL_MANAGED = known('gke-l7-global-external-managed', GatewayController.GKE);
  /** `gke-l7-global-external-managed-mc`: the same across clusters of a fleet. */
  public static readonly GKE_L7_GLOBAL_EXTERNAL_MANAGED_MC = known('gke-l7-global-external-managed-mc', GatewayController.GKE);
  /** `gke-l7-regional-external-managed`, made by GKE: regional external Application Load Balancer. */
  public static readonly GKE_L7_REGIONAL_EXTERNAL_MANAGED = known('gke-l7-regional-external-managed', GatewayController.GKE);
  /** `gke-l7-regional-external-managed-mc`: the same across clusters of a fleet. */
  public static readonly GKE_L7_REGIONAL_EXTERNAL_MANAGED_MC = known('gke-l7-regional-external-managed-mc', GatewayController.GKE);
  /** `gke-l7-rilb`, made by GKE: internal Application Load Balancer. */
  public static readonly GKE_L7_RILB = known('gke-l7-rilb', GatewayController.GKE);
  /** `gke-l7-rilb-mc`: the same across clusters of a fleet. */
  public static readonly GKE_L7_RILB_MC = known('gke-l7-rilb-mc', GatewayController.GKE);
  /** `gke-l7-gxlb`, made by GKE: classic Application Load Balancer. */
  public static readonly GKE_L7_GXLB = known('gke-l7-gxlb', GatewayController.GKE);
  /** `gke-l7-gxlb-mc`: the same across clusters of a fleet. */
  public static readonly GKE_L7_GXLB_MC = known('gke-l7-gxlb-mc', GatewayController.GKE);
  /** `amazon-vpc-lattice`, the customary name; the class itself is yours to make. */
  public static readonly AMAZON_VPC_LATTICE = known('amazon-vpc-lattice', GatewayController.AMAZON_VPC_LATTICE);
  /** `cilium`, made by its chart or by you. */
  public static readonly CILIUM = known('cilium', GatewayController.CILIUM);
  /** `traefik`, made by its chart or by you. */
  public static readonly TRAEFIK = known('traefik', GatewayController.TRAEFIK);
  /** `kgateway`, made by its controller. */
  public static readonly KGATEWAY = known('kgateway', GatewayController.KGATEWAY);

  /**
   * A class that is in the cluster already.
   *
   * @throws when the name breaks DNS rules
   */
  public static fromGatewayClassName(name: string, options: FromGatewayClassNameOptions = {}): IGatewayClass {
    return checkNamed('GatewayClass', { name, ...options });
  }

  /**
   * A reference to an object of this app that configures the controller: a ConfigMap, or an object of the controller's own kinds.
   *
   * @param object an `ApiObject`, or a construct that stands for one
   * @throws when the construct stands for no object
   */
  public static parametersOf(object: IConstruct): GatewayClassParameters {
    const { apiGroup, kind, name, metadata } = ApiObject.of(object);
    return { group: apiGroup === 'core' ? '' : apiGroup, kind, name, namespace: metadata.namespace };
  }

  /** The controller of the class. */
  public readonly controller?: GatewayController;

  /** The plural name of the kind. */
  public readonly resourceType = 'gatewayclasses';

  /**
   * @throws when the description is longer than 64 characters, or the parameters can name no object
   */
  constructor(scope: Construct, id: string, private readonly props: GatewayClassProps) {
    super(scope, id, 'GatewayClass', props.metadata);
    this.controller = props.controller;
    // Characters, as the API server counts them, are not units of UTF-16.
    const length = [...props.description ?? ''].length;
    if (length > 64) {
      throw new Error(`description of GatewayClass '${this.name}' must have at most 64 characters, got ${length}: shorten it`);
    }
    if (props.parameters) {
      checkObjectReference({ ...props.parameters }, `the parameters of GatewayClass '${this.name}'`);
    }
    GatewayApi._of(this)._check(this, '', this._toKube(), props.controller);
  }

  /** @internal */
  public _toKube(): Manifest<GatewayClassSpec> {
    return {
      controllerName: this.props.controller.name,
      description: this.props.description,
      parametersRef: this.props.parameters,
    };
  }
}

function known(name: string, controller: GatewayController): IGatewayClass {
  return { name, controller };
}
