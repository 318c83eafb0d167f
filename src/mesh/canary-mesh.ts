import { DataPlane } from '../istio/data-plane';
import { GatewayController } from '../semantics/gateway-controller';

/** What a mesh makes of a canary between its own workloads. */
export interface CanaryMesh {
  /** Who reads routes of Services. */
  readonly reader: GatewayController;
  /** Why no route can tell callers apart. */
  readonly whyNoCallers?: string;
}

/** A canary in Linkerd. */
export const LINKERD_CANARY: CanaryMesh = { reader: GatewayController.LINKERD };

/** A canary in Istio. */
export function istioCanary(dataPlane: DataPlane): CanaryMesh {
  return dataPlane === DataPlane.SIDECAR ? { reader: GatewayController.ISTIO } : {
    reader: GatewayController.ISTIO,
    whyNoCallers: 'in an ambient mesh the waypoint of the Service routes, which takes routes of its namespace only and knows no labels of callers: ' +
      'let them send a header, and pin that',
  };
}
