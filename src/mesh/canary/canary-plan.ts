import { CanaryCaller } from './canary-caller';
import { CanaryParent } from './canary-parent';
import { CanaryProtocol } from './canary-protocol';
import { CanaryVersion } from './canary-version';
import { StickyAssignment } from './sticky-assignment';
import { GrpcRouteMatch } from '../../gateway-api/grpc-route-match';
import { HttpPathMatch } from '../../gateway-api/http-path-match';
import { HttpRouteMatch } from '../../gateway-api/http-route-match';
import { IMeshNamespace } from '../mesh-client';

/** A version with what goes to it. */
export interface PlannedVersion {
  /** What it is called beside the others: `stable`, `canary`, `canary-2`, ... */
  readonly role: string;
  readonly version: CanaryVersion;
  /** Its share in percent; all shares are 100. */
  readonly weight: number;
  readonly pinned: readonly HttpRouteMatch[];
  readonly callers: readonly CanaryCaller[];
}

/** What both kinds of route are made from. */
export interface CanaryPlan {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly protocol: CanaryProtocol;
  readonly hostnames: readonly string[];
  readonly parents: readonly CanaryParent[];
  /** The stable one first. */
  readonly versions: readonly PlannedVersion[];
  readonly paths: readonly HttpPathMatch[];
  /** Every call where there is none. */
  readonly calls: readonly GrpcRouteMatch[];
  /** The share that is copied to the canary. */
  readonly mirrorPercent?: number;
  readonly sticky?: StickyAssignment;
  /** Whether a controller changes the weights: then versions without a share are written too, and the route has a name where it needs one. */
  readonly isManaged: boolean;
}

/** A share of the requests that a rule is about. */
export interface CanaryRuleShare {
  readonly version: CanaryVersion;
  /** All of them where it is not said. */
  readonly weight?: number;
  /** What the answers set, so that the client keeps the version. */
  readonly cookie?: string;
}

/** A rule in the words of Gateway API. The first that matches is taken. */
export interface CanaryRule {
  /** Requests, one of which must fit; every one where there is none. */
  readonly requests: readonly HttpRouteMatch[];
  /** Calls of gRPC, one of which must fit; every one where there is none. */
  readonly calls: readonly GrpcRouteMatch[];
  /** Callers, one of whom must have sent it. */
  readonly callers?: readonly CanaryCaller[];
  readonly shares: readonly CanaryRuleShare[];
  readonly mirror?: { readonly version: CanaryVersion; readonly percent: number };
}
