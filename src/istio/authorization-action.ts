import { ExtensionProvider } from './extension-provider';

/**
 * What is done with requests or connections that a policy matches. CUSTOM goes before DENY, DENY before ALLOW.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy-Action
 */
export class AuthorizationAction {
  /** They are allowed. What no ALLOW policy matches is denied, once a workload has such a policy. */
  public static readonly ALLOW = new AuthorizationAction('ALLOW');
  /** They are denied. */
  public static readonly DENY = new AuthorizationAction('DENY');
  /** They are marked for the audit log; a plugin of the proxy must write it. */
  public static readonly AUDIT = new AuthorizationAction('AUDIT');

  /**
   * CUSTOM: an external authorizer is asked, and what it refuses is denied. All policies of a workload should have the same one: Istio denies
   * what several are to be asked for, unless istiod is told otherwise.
   *
   * @param provider the authorizer, as the mesh declares it
   */
  public static custom(provider: ExtensionProvider): AuthorizationAction {
    return new AuthorizationAction('CUSTOM', provider);
  }

  private constructor(
    /** The word for it. */
    public readonly word: string,
    /**
     * The external authorizer.
     *
     * @default - none is asked
     */
    public readonly provider?: ExtensionProvider,
  ) {}
}
