import { EnvoyProxyMatchOptions } from './envoy-filter-proxy-match';
import type { EnvoyFilterSpecConfigPatchesMatchWaypoint } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** What of waypoints is patched. All that is said must hold. */
export interface EnvoyWaypointMatchOptions extends EnvoyProxyMatchOptions {
  /**
   * The port of the Service, from 1 to 65535.
   *
   * @default - any
   */
  readonly portNumber?: number;
}

/** What of the routes of waypoints is patched. All that is said must hold. */
export interface EnvoyWaypointRouteMatchOptions extends EnvoyWaypointMatchOptions {
  /**
   * The name of the route.
   *
   * @default - any
   */
  readonly route?: string;
}

/** @internal */
export function waypointToKube({ portNumber, route }: EnvoyWaypointRouteMatchOptions): Manifest<EnvoyFilterSpecConfigPatchesMatchWaypoint> {
  return {
    portNumber: portNumber === undefined ? undefined : checkPort(portNumber, 'portNumber of a waypoint match'),
    route: route === undefined ? undefined : { name: route },
  };
}
