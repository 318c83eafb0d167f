import { DataPlane } from '../../istio/data-plane';

/** What a mesh makes of a canary between its own workloads. */
export interface CanaryMesh {
  /** Why no route can tell callers apart. */
  readonly whyNoCallers?: string;
  /** Whether a Service is divided only where it, or its namespace, uses a waypoint. */
  readonly needsWaypoint?: boolean;
}

/** A canary in Linkerd. */
export const LINKERD_CANARY: CanaryMesh = {};

/** A canary in Istio. */
export function istioCanary(dataPlane: DataPlane): CanaryMesh {
  return dataPlane === DataPlane.SIDECAR ? {} : {
    needsWaypoint: true,
    whyNoCallers: 'in an ambient mesh the waypoint of the Service routes, which takes routes of its namespace only and knows no labels of callers: ' +
      'let them send a header, and pin that',
  };
}
