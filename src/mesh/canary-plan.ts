import { CanaryParent } from './canary-parent';
import { CanaryVersion } from './canary-version';
import { IMeshNamespace } from './mesh-client';
import { HttpRouteMatch } from '../gateway-api/http-route-match';

/** What both kinds of route are made from. */
export interface CanaryPlan {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly hostnames: string[];
  readonly parents: CanaryParent[];
  readonly stable: CanaryVersion;
  readonly canary: CanaryVersion;
  /** Shares that are not zero, the stable one first. */
  readonly shares: { readonly version: CanaryVersion; readonly weight: number }[];
  readonly matches: HttpRouteMatch[];
  readonly pinned: HttpRouteMatch[];
}
