import { AuthorizationRule } from './authorization-rule';
import { RequestPrincipal } from './authorization-source';

/** Which requests need no token. */
export interface JwtExceptions {
  /**
   * Paths that are open, such as `/healthz`: exact, with `*` at one end, or with `{*}` and `{**}`.
   *
   * @default - none
   */
  readonly paths?: string[];

  /**
   * Methods that are open: browsers send `OPTIONS` without a token before they call another site.
   *
   * @default - none
   */
  readonly methods?: string[];

  /**
   * Hosts that are open.
   *
   * @default - none
   */
  readonly hosts?: string[];
}

/**
 * Whether requests need a token.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-jwt/
 */
export class JwtRequirement {
  /** A request without a valid token is refused, and so is what is not HTTP. */
  public static readonly REQUIRED = new JwtRequirement({ sources: [{ notRequestPrincipals: [RequestPrincipal.ANY] }] });

  /** A request without a token passes, with no identity of its user; one with an invalid token is refused. */
  public static readonly OPTIONAL = new JwtRequirement(undefined);

  /**
   * A request without a valid token is refused, unless one of the exceptions is about it. What is not HTTP has no token, and is refused.
   *
   * @throws when there are none
   */
  public static requiredExcept(exceptions: JwtExceptions): JwtRequirement {
    if ((exceptions.paths ?? exceptions.methods ?? exceptions.hosts) === undefined) {
      throw new Error('exceptions of a JWT requirement must have paths, methods or hosts, got none: use JwtRequirement.REQUIRED');
    }
    return JwtRequirement.of(undefined, exceptions);
  }

  /**
   * A request without a valid token is refused at these ports, unless one of the exceptions is about it; other ports are open.
   *
   * @param ports the ports at which the workload or gateway listens
   * @param exceptions the requests at these ports that need no token
   * @throws when there is no port
   */
  public static requiredAt(ports: number[], exceptions: JwtExceptions = {}): JwtRequirement {
    if (ports.length === 0) {
      throw new Error('requiredAt needs at least one port, got none: use JwtRequirement.REQUIRED for every port');
    }
    return JwtRequirement.of(ports, exceptions);
  }

  private static of(ports: number[] | undefined, { paths, methods, hosts }: JwtExceptions): JwtRequirement {
    return new JwtRequirement({
      sources: [{ notRequestPrincipals: [RequestPrincipal.ANY] }],
      operations: [{ ports, notPaths: paths, notMethods: methods, notHosts: hosts }],
    });
  }

  private constructor(
    /**
     * What is denied.
     *
     * @internal
     */
    public readonly _denied: AuthorizationRule | undefined,
  ) {}
}
