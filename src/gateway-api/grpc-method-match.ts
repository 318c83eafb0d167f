/** How the names of a gRPC service and method are compared. */
export enum GrpcMethodMatchType {
  /** The whole name, with case. */
  EXACT = 'Exact',
  /** A regular expression, in the implementation's dialect. */
  REGULAR_EXPRESSION = 'RegularExpression',
}

/** A gRPC method, or all of a service, or all of one name; one of the two is there at least. */
export interface GrpcMethod {
  /**
   * The service with its package, such as `shop.Checkout`, at most 1024 characters.
   *
   * @default - every service
   */
  readonly service?: string;

  /**
   * The method, such as `Pay`, at most 1024 characters.
   *
   * @default - every method
   */
  readonly method?: string;
}

const SERVICE = /^[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i;
const METHOD = /^[a-z_][a-z_0-9]*$/i;
const MAX_LENGTH = 1024;

/**
 * A condition on what a gRPC call is for; its path is `/<service>/<method>`.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcmethodmatch
 */
export class GrpcMethodMatch {
  /**
   * Calls of just this service, method, or both. A method without a service is matched by some implementations only.
   *
   * @throws when neither is given, the service is no protobuf name as calls have it, or the method is no identifier
   */
  public static exact(names: GrpcMethod): GrpcMethodMatch {
    return new GrpcMethodMatch(GrpcMethodMatchType.EXACT, names);
  }

  /**
   * Calls whose service, method, or both a regular expression matches; dialect, anchoring and precedence are the implementation's.
   *
   * @throws when neither is given, or one is empty or too long
   */
  public static regex(expressions: GrpcMethod): GrpcMethodMatch {
    return new GrpcMethodMatch(GrpcMethodMatchType.REGULAR_EXPRESSION, expressions);
  }

  /**
   * The service, or its regular expression.
   *
   * @default - every service
   */
  public readonly service?: string;

  /**
   * The method, or its regular expression.
   *
   * @default - every method
   */
  public readonly method?: string;

  private constructor(
    /** How the names are compared. */
    public readonly type: GrpcMethodMatchType,
    { service, method }: GrpcMethod,
  ) {
    if (service === undefined && method === undefined) {
      throw new Error('a gRPC method match needs a service or a method, got none: leave the match out for every call');
    }
    [['service', service], ['method', method]].forEach(([what, value]) => checkLength(value, `gRPC ${what}`));
    if (type === GrpcMethodMatchType.EXACT) {
      checkNames({ service, method });
    }
    this.service = service;
    this.method = method;
  }
}

function checkLength(value: string | undefined, what: string): void {
  if (value !== undefined && (value.length < 1 || value.length > MAX_LENGTH)) {
    throw new Error(`${what} of a match must have 1 to ${MAX_LENGTH} characters, got ${value.length}`);
  }
}

function checkNames({ service, method }: GrpcMethod): void {
  // The API server takes the leading dot of a fully qualified protobuf name, but no call has it in its path: such a rule gets none.
  if (service?.startsWith('.')) {
    throw new Error(`gRPC service of a match must not start with a dot, got '${service}': write '${service.slice(1)}', calls are made to that`);
  }
  if (service !== undefined && !SERVICE.test(service)) {
    throw new Error(`gRPC service of a match must be a protobuf name such as 'shop.Checkout', got '${service}': use GrpcMethodMatch.regex for a pattern`);
  }
  if (method !== undefined && !METHOD.test(method)) {
    throw new Error(`gRPC method of a match must be an identifier such as 'Pay', got '${method}': use GrpcMethodMatch.regex for a pattern`);
  }
}
