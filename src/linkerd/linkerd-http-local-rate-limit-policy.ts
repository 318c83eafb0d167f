import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct, POLICY_GROUP } from './linkerd-construct';
import { hasRequests } from './linkerd-proxy-protocol';
import { LinkerdRateLimitOverride } from './linkerd-rate-limit-override';
import { ILinkerdServer } from './linkerd-server';
import type { HttpLocalRateLimitPolicySpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';

/** Properties of an HTTPLocalRateLimitPolicy; it needs at least one limit. */
export interface LinkerdHttpLocalRateLimitPolicyProps extends ResourceProps {
  /** The Server of the own namespace whose requests are counted, by each of its pods for itself. */
  readonly server: ILinkerdServer;

  /**
   * Requests a second that a pod takes from all clients together, from 1 on.
   *
   * @default - no limit
   */
  readonly total?: number;

  /**
   * Requests a second that a pod takes from each client, from 1 on, and at most the total. Clients outside of the mesh count as one.
   *
   * @default - no limit
   */
  readonly identity?: number;

  /**
   * Limits of some clients, in place of that for each.
   *
   * @default - none
   */
  readonly overrides?: LinkerdRateLimitOverride[];
}

const MAX_REQUESTS = 2 ** 32 - 1;

/** The policies that Servers of an app have. */
const limited = new WeakMap<object, string>();

/**
 * How many HTTP requests a second each pod of a Server takes: what is more gets 429. It lets nobody in: the Server still needs a policy that does.
 *
 * @see https://linkerd.io/2-edge/reference/rate-limiting/
 */
export class LinkerdHttpLocalRateLimitPolicy extends LinkerdConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'httplocalratelimitpolicies';

  private readonly props: LinkerdHttpLocalRateLimitPolicyProps;

  /**
   * @throws when there is no limit, one is below 1 or above the total, the Server is of another namespace, speaks no HTTP, or has such a policy already
   */
  constructor(scope: Construct, id: string, props: LinkerdHttpLocalRateLimitPolicyProps) {
    super(scope, id, 'policy.linkerd.io/v1alpha1', 'HTTPLocalRateLimitPolicy', props.metadata);
    this.props = props;
    this.checkServer(props.server);
    this.checkLimits(props);
    limited.set(props.server, this.name);
  }

  private checkServer(server: ILinkerdServer): void {
    if (server.namespace !== undefined && server.namespace !== this.namespace) {
      throw new Error(`${this._named} must be in namespace '${server.namespace}' of Server '${server.name}', got '${this.namespace ?? 'default'}'`);
    }
    if (!hasRequests(server.proxyProtocol)) {
      throw new Error(`${this._named} counts requests, of which there are none at Server '${server.name}' with proxyProtocol '${server.proxyProtocol}'`);
    }
    const other = limited.get(server);
    if (other !== undefined) {
      throw new Error(`Server '${server.name}' has HTTPLocalRateLimitPolicy '${other}' already, got '${this.name}' beside it: only the oldest counts, so say all in one`);
    }
  }

  private checkLimits({ total, identity, overrides = [] }: LinkerdHttpLocalRateLimitPolicyProps): void {
    if (total === undefined && identity === undefined && overrides.length === 0) {
      throw new Error(`${this._named} needs a limit, got none: pass total, identity or overrides`);
    }
    checkLimit(total, `total of ${this._named}`);
    checkLimit(identity, `identity of ${this._named}`, total);
    overrides.forEach(({ requestsPerSecond, clients }, index) => {
      checkLimit(requestsPerSecond, `requestsPerSecond of override ${index + 1} of ${this._named}`, total);
      if (clients.length === 0) {
        throw new Error(`clients of override ${index + 1} of ${this._named} must have at least one, got none: leave the override out`);
      }
    });
  }

  /** @internal */
  public _toKube(): Manifest<HttpLocalRateLimitPolicySpec> {
    const { server, total, identity, overrides } = this.props;
    return {
      targetRef: { group: POLICY_GROUP, kind: 'Server', name: server.name },
      total: limit(total),
      identity: limit(identity),
      overrides: overrides?.map(({ requestsPerSecond, clients }) =>
        ({ requestsPerSecond, clientRefs: clients.map(client => client._toKube(this.namespace)) })),
    };
  }
}

function limit(requestsPerSecond: number | undefined): { requestsPerSecond: number } | undefined {
  return requestsPerSecond === undefined ? undefined : { requestsPerSecond };
}

function checkLimit(value: number | undefined, what: string, total = MAX_REQUESTS): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= total)) {
    throw new Error(`${what} must be between 1 and ${total}${total === MAX_REQUESTS ? '' : ', the total'}, got ${value}`);
  }
}
