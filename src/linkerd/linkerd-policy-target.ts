import { POLICY_GROUP } from './linkerd-construct';
import { ILinkerdServer } from './linkerd-server';
import { IGrpcRoute } from '../gateway-api/grpc-route';
import { IHttpRoute } from '../gateway-api/http-route';
import type { AuthorizationPolicySpecTargetRef } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';

/** A route that says into which objects it was split. */
interface SplitRoute {
  readonly name: string;
  readonly namespace?: string;
  _objects?(): { readonly name: string }[];
}

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** What of the own namespace a LinkerdAuthorizationPolicy is about. */
export class LinkerdPolicyTarget {
  /** All requests and connections to a Server, or where it has routes, those that match none of them. */
  public static server(server: ILinkerdServer): LinkerdPolicyTarget {
    return new LinkerdPolicyTarget(POLICY_GROUP, 'Server', server.name, server.namespace);
  }

  /** The requests that match an HTTPRoute, whose parent is a Server. */
  public static httpRoute(route: IHttpRoute): LinkerdPolicyTarget {
    return LinkerdPolicyTarget.route('HTTPRoute', route);
  }

  /** The calls that match a GRPCRoute, whose parent is a Server. */
  public static grpcRoute(route: IGrpcRoute): LinkerdPolicyTarget {
    return LinkerdPolicyTarget.route('GRPCRoute', route);
  }

  /** Every Server of the policy's own namespace; ports that no Server selects are not among them. */
  public static ownNamespace(): LinkerdPolicyTarget {
    return new LinkerdPolicyTarget(undefined, 'Namespace', undefined, undefined);
  }

  private static route(kind: string, route: SplitRoute): LinkerdPolicyTarget {
    return new LinkerdPolicyTarget(GATEWAY_GROUP, kind, route.name, route.namespace, () => route._objects?.().length ?? 1);
  }

  private constructor(
    private readonly group: string | undefined,
    private readonly kind: string,
    private readonly name: string | undefined,
    private readonly namespace: string | undefined,
    private readonly objects = () => 1,
  ) {}

  /**
   * Refuses a target of another namespace.
   *
   * @internal
   */
  public _checkIn(namespace: string | undefined, policy: string): void {
    if (this.name === undefined && namespace === undefined) {
      throw new Error(`metadata.namespace of ${policy} must be set, got none: its target is that namespace, by name`);
    }
    if (this.namespace !== undefined && this.namespace !== namespace) {
      throw new Error(`${policy} must be in namespace '${this.namespace}' of its target ${this.kind} '${this.name}', got '${namespace ?? 'default'}': ` +
        'a policy is about objects of its own namespace');
    }
  }

  /**
   * What is wrong at the end: a policy has one target, and a route may have become several objects.
   *
   * @internal
   */
  public _validate(policy: string): string[] {
    const count = this.objects();
    return count === 1 ? [] : [`target ${this.kind} '${this.name}' of ${policy} is ${count} objects, of which the policy would be about the first: ` +
      'use several routes, each with a policy'];
  }

  /** @internal */
  public _toKube(ownNamespace: string | undefined): Manifest<AuthorizationPolicySpecTargetRef> {
    return { group: this.group, kind: this.kind, name: this.name ?? ownNamespace! };
  }
}
