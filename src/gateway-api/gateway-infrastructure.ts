import { LocalObjectReference } from './local-object-reference';

/** What an implementation puts on the objects that it makes for a Gateway. */
export interface GatewayInfrastructure {
  /**
   * Labels of those objects, at most 8. Once any part of the infrastructure is set, the Gateway's own labels are no longer copied.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of those objects, at most 16.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * An object of the same namespace with settings of the implementation; for Istio a ConfigMap.
   *
   * @default - none
   */
  readonly parameters?: LocalObjectReference;
}
