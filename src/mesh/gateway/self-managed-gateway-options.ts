import { GatewayWorkloadOptions } from './gateway-workload';

/** What binds hosts to the pods of a self-managed gateway. */
export enum GatewayBinding {
  /** An Istio Gateway, to which VirtualServices bind. */
  ISTIO_GATEWAY = 'istio',
  /** A Gateway of Gateway API of class `istio` that names the Service, to which routes bind. */
  GATEWAY_API = 'gateway-api',
}

/** How a self-managed gateway runs. */
export interface SelfManagedGatewayOptions extends GatewayWorkloadOptions {
  /**
   * What binds hosts to the pods.
   *
   * @default GatewayBinding.ISTIO_GATEWAY
   */
  readonly binding?: GatewayBinding;
}
