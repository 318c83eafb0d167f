import { POLICY_GROUP } from './linkerd-construct';
import { ILinkerdEgressNetwork } from './linkerd-egress-network';
import { Backend } from '../gateway-api/backend';

/** Where a route sends requests that only Linkerd knows. */
export class LinkerdBackend {
  /** The world outside: the host that the client calls, at the port that it calls. */
  public static egressNetwork(network: ILinkerdEgressNetwork): Backend {
    return Backend.of({ group: POLICY_GROUP, kind: 'EgressNetwork', name: network.name, namespace: network.namespace, granted: true });
  }

  private constructor() {}
}
