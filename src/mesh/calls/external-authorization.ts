import { Construct } from 'constructs';
import { withPorts } from './hosts-with-ports';
import { requireIstioPolicies } from './istio-policies';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { ExtensionProvider } from '../../istio/extension-provider';
import { PolicyScopeProps } from '../../istio/policy-scope';
import { IMeshClient } from '../mesh-client';
import { AllowOptions, MeshWorkload } from '../mesh-workload';

/** Properties of external authorization. */
export interface ExternalAuthorizationProps extends PolicyScopeProps {
  /** Who decides, as the mesh declares it: `ExternalAuthorizer.oauth2Proxy(...)`, `ExternalAuthorizer.openPolicyAgent(...)`, or any other. */
  readonly provider: ExtensionProvider;

  /**
   * The hosts for which it is asked, with any port that clients add to them.
   *
   * @default - every host
   */
  readonly hosts?: string[];

  /**
   * The paths for which it is asked: exact, with `*` at one end, or with `{*}` and `{**}`.
   *
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * Paths for which it is not asked, such as `/healthz`.
   *
   * @default - none
   */
  readonly exceptPaths?: string[];

  /**
   * Methods for which it is not asked: browsers send `OPTIONS` without cookies before they call another site.
   *
   * @default - none
   */
  readonly exceptMethods?: string[];

  /**
   * The ports at which it is asked, as the workload or gateway listens. An authorizer with HTTP cannot be asked for what is not HTTP, which is denied.
   *
   * @default - every port
   */
  readonly ports?: number[];
}

/**
 * Somebody outside of the mesh decides on requests: an OAuth2 proxy, Open Policy Agent, or a service of yours. What it allows, other policies
 * may still deny. While it cannot be asked, requests are denied, unless its provider says `failOpen`.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
 */
export class ExternalAuthorization extends Construct {
  /** @internal */
  public static _letAsk(asker: IMeshClient, authorizer: MeshWorkload, options: AllowOptions = {}): void {
    const { clientNamespace } = asker;
    if (clientNamespace !== authorizer.clientNamespace) {
      clientNamespace._policies.reach(authorizer.clientNamespace.name);
    }
    authorizer.allowFrom(asker, options);
  }

  /** The policy that asks. */
  public readonly policy: AuthorizationPolicy;

  /**
   * @throws when the mesh is Linkerd, or does not declare the provider, or the policy is refused
   */
  constructor(scope: Construct, id: string, props: ExternalAuthorizationProps) {
    super(scope, id);
    requireIstioPolicies(this, `authorization '${id}' by others`, 'call authorizeBy of the edge of a gateway');
    const { metadata, selector, targets, enforcement, hosts, paths, exceptPaths, exceptMethods, ports } = props;
    const some = hosts ?? paths ?? exceptPaths ?? exceptMethods ?? ports;
    const operation = { hosts: hosts && withPorts(hosts), ports, paths, notPaths: exceptPaths, notMethods: exceptMethods };
    this.policy = new AuthorizationPolicy(this, 'AuthorizationPolicy', {
      metadata,
      selector,
      targets,
      enforcement,
      action: AuthorizationAction.custom(props.provider),
      rules: [some === undefined ? {} : { operations: [operation] }],
    });
  }

  /**
   * Lets those who ask reach the authorizer, where that is a workload of the mesh: their proxies get to know its namespace, and it lets them in. In an ambient mesh
   * the waypoint asks.
   *
   * @param asker whose proxy asks: the workload, gateway or waypoint that this is about
   * @param authorizer who answers
   * @param options what may be asked of it, such as its port; default: everything
   * @throws as `allowFrom` of the authorizer does
   */
  public letAsk(asker: IMeshClient, authorizer: MeshWorkload, options: AllowOptions = {}): this {
    ExternalAuthorization._letAsk(asker, authorizer, options);
    return this;
  }
}
