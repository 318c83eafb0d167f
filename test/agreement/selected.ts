import { matches, World } from './world';
import { KubeObject, kindOf, nameOf, namespaceOf, PodTemplate } from '../examples/kube-object';

type Part = KubeObject['spec'];

/** What is put into a proxy of a gateway, and means nothing elsewhere. */
const AT_GATEWAYS = 'GATEWAY';
const GATEWAY_TEMPLATE = 'inject.istio.io/templates';
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** NetworkPolicies and EnvoyFilters that choose pods, or open ports, that are not there. */
export function selectedMistakes(world: World): string[] {
  return [
    ...world.ofKind('NetworkPolicy').flatMap(policy => [...strangers(world, policy), ...closedPorts(world, policy)].map(why => `${nameOf(policy)}: ${why}`)),
    ...world.ofKind('EnvoyFilter').flatMap(filter => noGateway(world, filter)),
  ];
}

/** Namespaces and pods that a policy names, of which there are none. */
function strangers(world: World, { spec, metadata }: KubeObject): string[] {
  const peers: Part[] = [...(spec.ingress ?? []).flatMap(({ from = [] }: Part) => from), ...(spec.egress ?? []).flatMap(({ to = [] }: Part) => to)];
  return peers.flatMap(({ namespaceSelector, podSelector }) => {
    const namespaces = namespaceSelector === undefined ? [metadata.namespace] : namespacesWith(world, namespaceSelector.matchLabels ?? {});
    const pods = namespaces.flatMap(name => world.podsWith(name, podSelector?.matchLabels ?? {}));
    return namespaces.length === 0 ? [`there is no namespace with ${JSON.stringify(namespaceSelector.matchLabels)}`] :
      podSelector?.matchLabels !== undefined && pods.length === 0 ? [`there are no pods with ${JSON.stringify(podSelector.matchLabels)}`] : [];
  });
}

function namespacesWith(world: World, labels: { readonly [key: string]: unknown }): string[] {
  return world.objects.filter(object => kindOf(object) === 'Namespace').map(({ metadata }) => metadata.name).filter(name => matches(world.labelsOfNamespace(name), labels));
}

/** Ports of Services before the pods that a policy guards, which it lets nobody reach: a policy of a gateway would cut it off. */
function closedPorts(world: World, { spec, metadata }: KubeObject): string[] {
  if (!(spec.policyTypes ?? ['Ingress']).includes('Ingress')) {
    return [];
  }
  const rules: Part[] = spec.ingress ?? [];
  const isOpen = (port: unknown) => rules.some(({ ports }) => ports === undefined || ports.some((one: Part) => one.port === port));
  const labels = spec.podSelector.matchLabels ?? {};
  const guarded = world.podsWith(metadata.namespace, labels);
  const before = world.objects.filter(object => kindOf(object) === 'Service' && namespaceOf(object) === metadata.namespace && object.spec.selector &&
    guarded.some(pod => matches(pod.labels, object.spec.selector)));
  const portsOf = (service: KubeObject): unknown[] => service.spec.ports.map(({ port, targetPort = port }: Part) => targetPort);
  return rules.length === 0 ? [] : before.flatMap(service => portsOf(service).filter(port => !isOpen(port))
    .map(port => `nobody may reach port ${port} of ${nameOf(service)}`));
}

/** Filters for gateways that choose none. */
function noGateway(world: World, filter: KubeObject): string[] {
  const { workloadSelector, configPatches = [], targetRefs } = filter.spec;
  const labels = workloadSelector?.labels;
  const isForGateways = configPatches.some(({ match }: Part) => match?.context === AT_GATEWAYS);
  return !isForGateways || targetRefs !== undefined || labels === undefined || world.podsWith(namespaceOf(filter), labels).some(isGateway) ? [] :
    [`${nameOf(filter)}: no gateway of ${namespaceOf(filter)} has ${JSON.stringify(labels)}`];
}

function isGateway({ labels, annotations }: PodTemplate): boolean {
  return String(annotations[GATEWAY_TEMPLATE]).includes('gateway') || GATEWAY_NAME in labels;
}
