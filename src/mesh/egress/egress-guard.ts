import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AllowedService, EgressBody } from './egress-body';
import { KubernetesLabel } from '../../semantics/keys';
import { GatewayWorkload } from '../gateway/gateway-workload';
import { IMeshNamespace } from '../mesh-client';

interface PolicySpec {
  readonly podSelector: object;
  readonly policyTypes: string[];
  readonly ingress?: object[];
  readonly egress?: object[];
}

/** Everywhere. Addresses of pods are in it too, which can be called anyway. */
const ANYWHERE = ['0.0.0.0/0', '::/0'];

function networkPolicy(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: () => PolicySpec): void {
  new ApiObject(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: Lazy.any({ produce: spec }) });
}

/** Clients may call the gateway, anybody its health and metrics, and the gateway whom it wants. */
export function guardGateway(
  scope: Construct, metadata: ApiObjectMetadata, { podLabels, entrance }: EgressBody, clients: () => IMeshNamespace[],
): void {
  const agent = GatewayWorkload._AGENT_PORTS.map(tcp);
  networkPolicy(scope, 'NetworkPolicy', metadata, () => ({
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: callers(clients()), ...entrance !== undefined && { ports: [tcp(entrance)] } }, { ports: agent }],
    egress: [{}],
  }));
}

/** Where clients go out by themselves, they may: to what is allowed, by port, and by address where that is known. */
export function letOut(scope: Construct, metadata: ApiObjectMetadata, allowed: () => AllowedService[]): void {
  networkPolicy(scope, 'NetworkPolicy', metadata, () => ({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: once(allowed().map(({ service: { ports, addresses = ANYWHERE } }) => ({
      to: blocks(ports.some(({ proxy }) => proxy !== undefined) ? ANYWHERE : addresses),
      ports: [...new Set(ports.map(({ hostPort, proxy }) => proxy?.port ?? hostPort))].map(tcp),
    }))),
  }));
}

/** Lets pods of clients reach some ranges, whatever else they may. */
export function letReach(scope: Construct, metadata: ApiObjectMetadata, ranges: string[]): void {
  networkPolicy(scope, 'ReachableRanges', metadata, () => ({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: blocks(ranges) }] }));
}

/** Lets pods reach some ranges, every pod of the cluster, and nothing else unless another policy does. */
export function letReachOnly(scope: Construct, metadata: ApiObjectMetadata, podSelector: object, ranges: string[], ports?: number[]): void {
  networkPolicy(scope, 'NetworkPolicy', metadata, () => ({
    podSelector, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }, { to: blocks(ranges), ports: ports?.map(tcp) }],
  }));
}

/** Each entry once. */
function once(entries: object[]): object[] {
  return [...new Map(entries.map(entry => [JSON.stringify(entry), entry])).values()];
}

function blocks(ranges: string[]): object[] {
  return ranges.map(range => ({ ipBlock: { cidr: range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}` } }));
}

function callers(clients: IMeshNamespace[]): object[] {
  return clients.length > 0 ?
    clients.map(({ name }) => ({ namespaceSelector: { matchLabels: { [KubernetesLabel.NAMESPACE_NAME]: name } } })) :
    [{ namespaceSelector: {} }];
}

function tcp(port: number): object {
  return { port, protocol: 'TCP' };
}
