import { DataPlane } from '../istio/data-plane';

/** What a mesh makes of a canary between its own workloads. */
export interface CanaryMesh {
  /** Why no route can tell callers apart. */
  readonly whyNoCallers?: string;
}

/** A canary in Linkerd. */
export const LINKERD_CANARY: CanaryMesh = {};

/** A canary in Istio. */
export function istioCanary(dataPlane: DataPlane): CanaryMesh {
  return dataPlane === DataPlane.SIDECAR ? {} : {
    whyNoCallers: 'in an ambient mesh the waypoint of the Service routes, which takes routes of its namespace only and knows no labels of callers: ' +
      'let them send a header, and pin that',
  };
}
