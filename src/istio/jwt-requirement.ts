import { AuthorizationRule } from './authorization-rule';
import { RequestPrincipal } from './authorization-source';

/** Which requests need a token. */
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

  /**
   * The only ports at which tokens are needed, as the workload or gateway listens.
   *
   * @default - every port: what is not HTTP has no token, and is refused
   */
  readonly ports?: number[];
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
   * A request without a valid token is refused, unless one of the exceptions is about it.
   *
   * @throws when there are none
   */
  public static requiredExcept({ paths, methods, hosts, ports }: JwtExceptions): JwtRequirement {
    if ((paths ?? methods ?? hosts ?? ports) === undefined) {
      throw new Error('exceptions of a JWT requirement must have paths, methods, hosts or ports, got none: use JwtRequirement.REQUIRED');
    }
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
