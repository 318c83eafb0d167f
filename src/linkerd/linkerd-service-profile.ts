import { Duration } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdProfiledService } from './linkerd-profiled-service';
import { LinkerdServiceProfileRoute, profileRouteToKube } from './linkerd-service-profile-route';
import type { ServiceProfileSpec } from '../imports/linkerd.io';
import { formatDuration } from '../semantics/duration';
import { checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { within } from '../semantics/place';

/** How many retries there may be at most, beside requests that are sent for the first time. */
export interface LinkerdRetryBudget {
  /** Retries in proportion to requests, from 0 on: 0.2 is one for each five. */
  readonly retryRatio: number;

  /** Retries a second that there may be in any case, 0 to 2147483647. */
  readonly minRetriesPerSecond: number;

  /** For how long requests count, from 1ms on. */
  readonly ttl: Duration;
}

/** Where a share of requests goes instead. */
export interface LinkerdDstOverride {
  /** The host and port, such as `web-v2.shop.svc.cluster.local:8080`. */
  readonly authority: string;

  /** Its share in proportion to the others, a whole number from 0 on. */
  readonly weight: number;
}

/** Properties of a ServiceProfile. */
export interface LinkerdServiceProfileProps extends ResourceProps {
  /** What it is about. The object is named after it, so `metadata` says no name. */
  readonly service: LinkerdProfiledService;

  /**
   * Requests that are counted by themselves; the first that is about a request holds.
   *
   * @default - none
   */
  readonly routes?: LinkerdServiceProfileRoute[];

  /**
   * How many retries there may be.
   *
   * @default - one for each five requests, and ten a second in any case
   */
  readonly retryBudget?: LinkerdRetryBudget;

  /**
   * Where requests go instead of to the Service.
   *
   * @default - to the Service
   */
  readonly dstOverrides?: LinkerdDstOverride[];
}

/** Weights are written as numbers, which the definition takes beside texts. */
type Spec = Omit<Manifest<ServiceProfileSpec>, 'dstOverrides'> & { readonly dstOverrides?: readonly LinkerdDstOverride[] };

const AUTHORITY = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?:\d{1,5}$/;
const MAX_INT32 = 2 ** 31 - 1;

/**
 * What Linkerd knew of a Service before there were routes of Gateway API: while there is one, routes and annotations for the same Service say nothing. New apps use
 * HTTPRoutes, `LinkerdTimeouts` and `LinkerdHttpRetry`.
 *
 * It holds for clients of its own namespace, and in the namespace of the Service for all. Its field `opaquePorts` is not here, because the definition takes a list and
 * the webhook a map; that a port is opaque is said by `LinkerdProxyProtocol.OPAQUE`, or by an annotation of the Service.
 *
 * @see https://linkerd.io/2-edge/reference/service-profiles/
 */
export class LinkerdServiceProfile extends LinkerdConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'serviceprofiles';

  private readonly spec: Spec;

  /**
   * @throws when metadata says a name, it says nothing of the Service, two routes have one name, or a part is out of range
   */
  constructor(scope: Construct, id: string, props: LinkerdServiceProfileProps) {
    const { metadata, service: { host }, routes, retryBudget, dstOverrides } = props;
    if (metadata?.name !== undefined) {
      throw new Error(`a ServiceProfile is named after what it is about, '${host}', got name '${metadata.name}': leave it out`);
    }
    super(scope, id, 'linkerd.io/v1alpha2', 'ServiceProfile', { ...metadata, name: host });
    checkUnique((routes ?? []).map(({ name }) => name), `names of routes of ${this._named}`);
    this.spec = within(this._named, () => {
      if ((routes ?? retryBudget ?? dstOverrides) === undefined) {
        throw new Error('says nothing, and makes routes of the Service say nothing either: pass routes, retryBudget or dstOverrides');
      }
      return {
        // Without the list the webhook of older releases takes no ServiceProfile.
        routes: (routes ?? []).map(profileRouteToKube),
        retryBudget: retryBudget && budget(retryBudget),
        dstOverrides: dstOverrides?.map(override),
      };
    });
  }

  /** @internal */
  public _toKube(): object {
    return this.spec;
  }
}

function budget({ retryRatio, minRetriesPerSecond, ttl }: LinkerdRetryBudget): Spec['retryBudget'] {
  if (!(retryRatio >= 0 && Number.isFinite(retryRatio))) {
    throw new Error(`retryRatio must be 0 or more, got ${retryRatio}`);
  }
  if (!Number.isInteger(minRetriesPerSecond) || minRetriesPerSecond < 0 || minRetriesPerSecond > MAX_INT32) {
    throw new Error(`minRetriesPerSecond must be between 0 and ${MAX_INT32}, got ${minRetriesPerSecond}`);
  }
  const written = formatDuration(ttl, 'ttl of the retryBudget');
  if (written === '0s') {
    throw new Error('ttl of the retryBudget must be at least 1ms, got 0s');
  }
  return { retryRatio, minRetriesPerSecond, ttl: written };
}

function override({ authority, weight }: LinkerdDstOverride): LinkerdDstOverride {
  if (!AUTHORITY.test(authority)) {
    throw new Error(`authority of a dstOverride must be a host and a port, such as web-v2.shop.svc.cluster.local:8080, got '${authority}'`);
  }
  if (!Number.isInteger(weight) || weight < 0) {
    throw new Error(`weight of '${authority}' must be a whole number from 0 on, got ${weight}`);
  }
  return { authority, weight };
}
