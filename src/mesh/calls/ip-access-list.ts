import { Construct } from 'constructs';
import { withPorts } from './hosts-with-ports';
import { deniedSources } from './ip-address-sources';
import { requireIstioPolicies } from './istio-policies';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { AuthorizationOperation } from '../../istio/authorization-rule';
import { PolicyScopeProps } from '../../istio/policy-scope';
import { ClientAddress } from '../gateway/client-address';

/** Properties of a list of addresses. */
export interface IpAccessListProps extends PolicyScopeProps {
  /** How the gateway learns the address of its clients. */
  readonly clientAddress: ClientAddress;

  /**
   * The only IP addresses or blocks that may call, at least one.
   *
   * @default - any
   */
  readonly allowed?: string[];

  /**
   * IP addresses or blocks that may not call, at least one; also of those that are allowed.
   *
   * @default - none
   */
  readonly denied?: string[];

  /**
   * The hosts for which the lists hold, with any port that clients add to them. Name `ports` too, where not all is HTTP.
   *
   * @default - every host
   */
  readonly hosts?: string[];

  /**
   * The ports at which the lists hold, as the gateway listens.
   *
   * @default - every port
   */
  readonly ports?: number[];

  /**
   * Whether lists for hosts may deny what is not HTTP, and has no host, as well.
   *
   * @default - only for gateways all of whose listeners are known to be HTTP; else name ports
   */
  readonly deniesNonHttp?: boolean;
}

/**
 * Which addresses may call a gateway or another workload: a policy that denies the others. What other policies allow does not open it again, and it opens
 * nothing that they do not allow.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-ingress/
 */
export class IpAccessList extends Construct {
  /** The policy that denies. */
  public readonly policy: AuthorizationPolicy;

  /**
   * @throws when the mesh is Linkerd, there is no list, an entry is no address or block, hosts are named without ports where not all is HTTP, or the policy is refused
   */
  constructor(scope: Construct, id: string, props: IpAccessListProps) {
    super(scope, id);
    requireIstioPolicies(this, `list '${id}' of addresses`, 'make a LinkerdNetworkAuthentication and a policy for it, or call restrictAddresses of the edge of a gateway');
    const { clientAddress, allowed, denied, hosts, ports, metadata, selector, targets, enforcement, deniesNonHttp } = props;
    const sources = deniedSources(`list '${id}' of addresses`, clientAddress, { allowed, denied });
    this.policy = new AuthorizationPolicy(this, 'AuthorizationPolicy', {
      metadata,
      selector,
      targets,
      enforcement,
      action: AuthorizationAction.DENY,
      rules: [{ sources, operations: operationsOf(hosts, ports) }],
      deniesNonHttp,
    });
  }
}

function operationsOf(hosts: string[] | undefined, ports: number[] | undefined): AuthorizationOperation[] | undefined {
  return (hosts ?? ports) && [{ hosts: hosts && withPorts(hosts), ports }];
}
