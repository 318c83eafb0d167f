import { EdgeHosts } from './edge-hosts';
import { MeshWorkload } from '../mesh-workload';

/** Which requests an external authorizer decides on. */
export interface EdgeAuthorizationOptions extends EdgeHosts {
  /**
   * The paths for which it is asked: exact, or with `*` at the end.
   *
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * Paths for which it is not asked, such as `/healthz`: exact, or with `*` at the end.
   *
   * @default - none
   */
  readonly exceptPaths?: string[];

  /**
   * Methods for which it is not asked: browsers send `OPTIONS` without cookies before they call another site.
   *
   * @default - none
   */
  readonly exceptMethods?: string[];

  /**
   * The authorizer, where it is a workload of the mesh: it then lets the gateway ask it.
   *
   * @default - whoever runs it lets the gateway in
   */
  readonly authorizer?: MeshWorkload;
}
