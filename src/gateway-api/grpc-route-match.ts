import { GrpcMethodMatch } from './grpc-method-match';
import { HttpHeaderMatch } from './http-header-match';
import type { GrpcRouteSpecRulesMatches } from '../imports/gateway.networking.k8s.io';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** Conditions on a gRPC call, all of which must hold. */
export interface GrpcRouteMatchOptions {
  /**
   * The service and method.
   *
   * @default - every service and method
   */
  readonly method?: GrpcMethodMatch;

  /**
   * Headers, which gRPC calls metadata, at most 16, each name once.
   *
   * @default - none
   */
  readonly headers?: HttpHeaderMatch[];
}

const MAX_HEADERS = 16;

/**
 * Which calls a rule is about: all conditions of a match must hold. Several matches of a rule are alternatives.
 *
 * Of all the matches that hold for a call, that with the longest service name wins, then the longest method name, then the most headers.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroutematch
 */
export class GrpcRouteMatch {
  /**
   * Calls for which all of the conditions hold; every call when there are none.
   *
   * @throws when there are more than 16 headers, or one is named twice, without regard to case
   */
  public static of(conditions: GrpcRouteMatchOptions): GrpcRouteMatch {
    return new GrpcRouteMatch(conditions);
  }

  /**
   * Calls of every method of a service.
   *
   * @param service the service with its package, such as `shop.Checkout`
   * @throws when it is no protobuf name as calls have it
   */
  public static service(service: string): GrpcRouteMatch {
    return new GrpcRouteMatch({ method: GrpcMethodMatch.exact({ service }) });
  }

  /**
   * Calls of one method of a service.
   *
   * @param service the service with its package, such as `shop.Checkout`
   * @param method the method, such as `Pay`
   * @throws when the service is no protobuf name as calls have it, or the method is no identifier
   */
  public static serviceMethod(service: string, method: string): GrpcRouteMatch {
    return new GrpcRouteMatch({ method: GrpcMethodMatch.exact({ service, method }) });
  }

  /**
   * Calls with just this value of a header.
   *
   * @throws when the name or the value cannot be in a header
   */
  public static header(name: string, value: string): GrpcRouteMatch {
    return new GrpcRouteMatch({ headers: [HttpHeaderMatch.exact(name, value)] });
  }

  /**
   * The condition on service and method.
   *
   * @default - every service and method
   */
  public readonly method?: GrpcMethodMatch;

  /**
   * The conditions on headers.
   *
   * @default - none
   */
  public readonly headers?: HttpHeaderMatch[];

  private constructor({ method, headers }: GrpcRouteMatchOptions) {
    checkAtMost(MAX_HEADERS, headers?.length ?? 0, 'headers of a match', 'match on fewer of them');
    checkUnique((headers ?? []).map(({ name }) => name), 'header names of a match', name => name.toLowerCase());
    this.method = method;
    this.headers = headers;
  }

  /** @internal */
  public _toKube(): Manifest<GrpcRouteSpecRulesMatches> {
    return {
      method: this.method && { type: this.method.type, service: this.method.service, method: this.method.method },
      headers: this.headers?.map(({ type, name, value }) => ({ type, name, value })),
    };
  }
}
