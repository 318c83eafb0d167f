import { CanaryVersion } from './canary-version';
import { HttpRouteMatch } from '../../gateway-api/http-route-match';

/** One more version that is tried, beside the canary. */
export interface CanaryShare {
  /** The version. */
  readonly version: CanaryVersion;

  /** Its share, in percent: 0 to 100. What all canaries leave goes to the stable version. */
  readonly weight: number;

  /**
   * Requests that always go to it.
   *
   * @default - none
   */
  readonly pinned?: HttpRouteMatch[];
}
