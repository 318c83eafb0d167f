import { Message } from '../istiod/ask';

/** What the proxies of nodes know, in lines that people can compare. */
export interface NodeSummary {
  /** By Service, the waypoint that is before it. */
  readonly services: { readonly [service: string]: string };
  /** By pod's workload, whether its node carries it, its own waypoint, and the policies that name it. */
  readonly workloads: { readonly [workload: string]: string };
  /** By policy, what it says; those of a namespace, or of the mesh, are for every workload in it. */
  readonly policies: { readonly [policy: string]: string };
}

export function summarizeNodes(addresses: readonly Message[], policies: readonly Message[]): NodeSummary {
  return {
    services: Object.fromEntries(addresses.flatMap(({ service }) => service ? [[`${service.namespace}/${service.name}`, sharesOf(service)]] : [])),
    workloads: Object.fromEntries(addresses.flatMap(({ workload }) => workload ? [[
      `${workload.namespace}/${workload.name.replace(/-0$/, '')}`,
      [
        workload.tunnelProtocol ?? 'not captured',
        `waypoint ${waypointOf(workload)}`,
        `policies ${(workload.authorizationPolicies ?? []).join(', ') || 'none'}`,
      ].join('; '),
    ]] : [])),
    policies: Object.fromEntries(policies.map(policy => [`${policy.namespace}/${policy.name}`, describe(policy)])),
  };
}

/** The waypoint of a Service or workload, as namespace/name. */
export function waypointOf({ waypoint }: Message): string {
  const hostname = waypoint?.hostname;
  return hostname === undefined ? 'none' : `${hostname.namespace}/${hostname.hostname.split('.')[0]}`;
}

/** All waypoints of a Service, of several with their shares, and whether ingress gateways use them. */
function sharesOf(service: Message): string {
  const shares = (service.weightedWaypoints ?? []) as Message[];
  const before = shares.length === 0 ? waypointOf(service) : shares.map(({ destination, weight = 0 }) => `${weight} % ${waypointOf({ waypoint: destination })}`).join(', ');
  return service.ingressUseWaypoint ? `${before}; ingress too` : before;
}

/** One of the groups must match: in it all rules, of each one of the matches, in it all fields by one value. */
function describe({ action = 'ALLOW', scope = 'GLOBAL', groups = [] }: Message): string {
  const group = ({ rules = [] }: Message) => rules.map(({ matches = [] }: Message) => matches.map(match).join(' or ')).join(' and ');
  return `${action} ${scope}: ${groups.map(group).join('; ') || 'nothing'}`;
}

function match(fields: Message): string {
  return Object.entries(fields).map(([field, values]) => `${field} ${(values as (Message | number)[]).map(text).join(', ')}`).join(' and ');
}

function text(value: Message | number): string {
  if (typeof value === 'number') {
    return `${value}`;
  }
  const [[kind, what]] = Object.entries(value);
  return kind === 'exact' ? `${what}` : `${kind} ${JSON.stringify(what)}`;
}
