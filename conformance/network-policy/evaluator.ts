import { isIn } from './address';
import { Cluster, NetworkPolicy, Pod, PolicyPeer, PolicyPort, Protocol } from './cluster';
import { selects } from './selector';

/** One end of a connection: a pod, or an address that is not of a pod. */
export type End = Pod | { readonly ip: string };

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  /** @default TCP */
  readonly protocol?: Protocol;
}

type Direction = 'Ingress' | 'Egress';

function isPod(end: End): end is Pod {
  return 'namespace' in end;
}

/** Which directions a policy isolates: what it says, or ingress, and egress when it has rules for it. */
function directionsOf({ spec = {} }: NetworkPolicy): readonly Direction[] {
  if (spec.policyTypes && spec.policyTypes.length > 0) {
    return spec.policyTypes;
  }
  return spec.egress && spec.egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/**
 * Whether NetworkPolicies let a connection through, by the text of networking.k8s.io/v1: a pod that some policy selects for a direction is isolated in it, and
 * what any of these policies lists is open; both ends must agree. Ends outside of the cluster have no policies.
 */
export class Evaluator {
  constructor(private readonly cluster: Cluster) {
  }

  allowed(connection: Connection): boolean {
    const { from, to } = connection;
    // A pod always reaches itself.
    return from === to || (this.opens('Egress', from, to, connection) && this.opens('Ingress', to, from, connection));
  }

  private opens(direction: Direction, end: End, other: End, connection: Connection): boolean {
    if (!isPod(end)) {
      return true;
    }
    const policies = this.cluster.policies.filter(policy => (policy.metadata.namespace ?? 'default') === end.namespace
      && selects(policy.spec?.podSelector ?? {}, end.labels) && directionsOf(policy).includes(direction));
    return policies.length === 0 || policies.some(policy => this.lists(policy, direction, other, connection));
  }

  private lists({ metadata, spec = {} }: NetworkPolicy, direction: Direction, other: End, connection: Connection): boolean {
    const rules = direction === 'Ingress'
      ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports: ports ?? [] }))
      : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [] }));
    // A rule that lists nothing leaves everything open; a policy without rules nothing.
    return rules.some(({ peers, ports }) => (peers.length === 0 || peers.some(peer => this.includes(peer, other, metadata.namespace ?? 'default')))
      && (ports.length === 0 || ports.some(port => fits(port, connection))));
  }

  private includes({ ipBlock, podSelector, namespaceSelector }: PolicyPeer, end: End, namespaceOfPolicy: string): boolean {
    if (ipBlock) {
      return end.ip !== undefined && isIn(end.ip, ipBlock.cidr) && !(ipBlock.except ?? []).some(cidr => isIn(end.ip!, cidr));
    }
    if (!isPod(end) || (!podSelector && !namespaceSelector)) {
      return false;
    }
    const inNamespace = namespaceSelector ? selects(namespaceSelector, this.labelsOf(end.namespace)) : end.namespace === namespaceOfPolicy;
    return inNamespace && selects(podSelector ?? {}, end.labels);
  }

  private labelsOf(namespace: string) {
    return this.cluster.namespaces[namespace] ?? { 'kubernetes.io/metadata.name': namespace };
  }
}

/** Whether a port of a rule is that of a connection; a name is looked up at the end that is connected to. */
function fits({ protocol = 'TCP', port, endPort }: PolicyPort, { to, port: actual, protocol: spoken = 'TCP' }: Connection): boolean {
  if (protocol !== spoken) {
    return false;
  }
  if (port === undefined) {
    return true;
  }
  if (typeof port === 'string') {
    return isPod(to) && (to.ports ?? []).some(each => each.name === port && each.containerPort === actual && (each.protocol ?? 'TCP') === spoken);
  }
  return endPort === undefined ? actual === port : actual >= port && actual <= endPort;
}
