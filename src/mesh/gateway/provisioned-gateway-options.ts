import { GatewayProxyOptions } from './gateway-proxy-options';
import { LocalObjectReference } from '../../gateway-api/local-object-reference';

/** What of a provisioned gateway is published as its address. */
export enum GatewayAddressType {
  /** The addresses of its load balancer or nodes. */
  IP_ADDRESS = 'IPAddress',
  /** The name of its load balancer or Service. */
  HOSTNAME = 'Hostname',
}

/** Parts that are laid over the objects that Istio makes for a Gateway, as strategic merge patches, after all that options say. */
export interface IstioGatewayPatches {
  /**
   * Over the Deployment.
   *
   * @default - nothing
   */
  readonly deployment?: { [field: string]: any };

  /**
   * Over the Service.
   *
   * @default - nothing
   */
  readonly service?: { [field: string]: any };

  /**
   * Over the ServiceAccount.
   *
   * @default - nothing
   */
  readonly serviceAccount?: { [field: string]: any };

  /**
   * Over the HorizontalPodAutoscaler, which there is only when something is said of it.
   *
   * @default - nothing
   */
  readonly horizontalPodAutoscaler?: { [field: string]: any };

  /**
   * Over the PodDisruptionBudget, which there is only when something is said of it.
   *
   * @default - nothing
   */
  readonly podDisruptionBudget?: { [field: string]: any };
}

/** Options of a gateway that a controller provisions. What its controller cannot be told is refused. */
export interface ProvisionedGatewayOptions extends GatewayProxyOptions {
  /**
   * The revision whose proxy the gateway gets; Istio only.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * Whether Linkerd's proxy sends a request where its header `l5d-dst-override` says; for controllers that choose pods by themselves. Each rule of the gateway's routes must
   * then set that header, by `LinkerdIngressFilter`: without one a client could set it, and reach whatever the gateway may. Linkerd only.
   *
   * @default false: the controller sends to the addresses of Services, by which Linkerd knows them
   */
  readonly linkerdIngressMode?: boolean;

  /**
   * The service account of the pods that the controller makes: the gateway's identity. Istio is told to use it.
   *
   * @default - what the controller is known to name it: `<gateway>-<class>` for Istio and NGINX Gateway Fabric
   */
  readonly serviceAccount?: string;

  /**
   * The name of the Deployment and the Service that Istio makes.
   *
   * @default - `<gateway>-<class>`
   */
  readonly objectName?: string;

  /**
   * What Istio publishes as the address of the gateway.
   *
   * @default - what its load balancer has
   */
  readonly addressType?: GatewayAddressType;

  /**
   * More labels of the objects that the controller makes.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * More annotations of the objects that the controller makes.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * An object of your own with settings of the implementation. A Gateway has one only, so that no other option may need it; for Envoy Gateway it must be an
   * EnvoyProxy with `routingType: Service`.
   *
   * @default - what options say: for Istio a ConfigMap `<gateway>-parameters`, for Envoy Gateway an EnvoyProxy with the gateway's name
   */
  readonly parameters?: LocalObjectReference;

  /**
   * What is laid over the objects that Istio makes.
   *
   * @default - nothing
   */
  readonly patches?: IstioGatewayPatches;

  /**
   * Fields of the EnvoyProxy of Envoy Gateway, laid over what options say.
   *
   * @default - nothing
   */
  readonly envoyProxy?: { [field: string]: any };
}
