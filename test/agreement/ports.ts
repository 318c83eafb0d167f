import { covers } from './listeners';
import { ROUTES } from './references';
import { Host, matches, World } from './world';
import { KubeObject, kindOf, nameOf, namespaceOf, PodTemplate } from '../examples/kube-object';

type Part = KubeObject['spec'];

/** Where the agent of a proxy answers by itself. */
const OF_THE_AGENT = [15020, 15021, 15090];
/** What the proxy of a gateway between networks takes without a server: istiod makes it by itself. */
const HBONE = 15008;

/** Ports that are said on one side only. */
export function portMistakes(world: World): string[] {
  return [
    ...world.ofKind('Service').flatMap(service => deafPorts(world, service)),
    ...world.ofKind('IstioGateway').flatMap(gateway => unreachableServers(world, gateway)),
    ...world.ofKind('Gateway').flatMap(gateway => unreachableListeners(world, gateway)),
    ...world.rendered.filter(object => ROUTES.includes(kindOf(object))).flatMap(route => unknownBackends(world, route)),
    ...world.ofKind('VirtualService').flatMap(routes => [...unknownDestinations(world, routes), ...unknownMatches(world, routes)]),
    ...world.ofKind('DestinationRule').flatMap(rule => unknownRulePorts(world, rule)),
    ...world.pods.flatMap(excludedPorts),
  ];
}

const isGatewayProxy = ({ annotations, containers }: PodTemplate) =>
  String(annotations['inject.istio.io/templates']).includes('gateway') || containers.some(({ image }) => image === 'auto');

/** Ports of a Service on which no pod listens that it selects. */
function deafPorts(world: World, service: KubeObject): string[] {
  const { selector, ports = [] } = service.spec;
  const pods = selector === undefined ? [] : world.podsWith(namespaceOf(service), selector);
  return pods.flatMap(pod => ports.filter(({ port, targetPort = port }: Part) => !listens(world, pod, targetPort))
    .map(({ port, targetPort = port }: Part) => `${nameOf(service)} port ${port}: ${pod.where} does not listen on ${targetPort}`));
}

function listens(world: World, pod: PodTemplate, port: number | string): boolean {
  const declared: Part[] = pod.containers.flatMap(({ ports = [] }) => ports);
  if (declared.some(({ name, containerPort }) => port === name || port === containerPort)) {
    return true;
  }
  return isGatewayProxy(pod) && typeof port === 'number' && [...OF_THE_AGENT, HBONE, ...serversOf(world, pod), ...boundTo(world, pod)].includes(port);
}

/** The ports of the Gateways of Istio that select a pod. */
function serversOf(world: World, pod: PodTemplate): number[] {
  return world.objects.filter(object => kindOf(object) === 'IstioGateway' && matches(pod.labels, object.spec.selector)).flatMap(({ spec }) =>
    spec.servers.map(({ port }: Part) => port.number));
}

/** The ports of the Gateways whose address is a Service of a pod. */
function boundTo(world: World, pod: PodTemplate): number[] {
  const services = world.objects.filter(object => kindOf(object) === 'Service' && namespaceOf(object) === pod.namespace && object.spec.selector &&
    matches(pod.labels, object.spec.selector));
  return world.objects.filter(object => kindOf(object) === 'Gateway' && services.some(service => namesService(object, service)))
    .flatMap(({ spec }) => spec.listeners.map(({ port }: Part) => port));
}

function namesService(gateway: KubeObject, service: KubeObject): boolean {
  return (gateway.spec.addresses ?? []).filter(({ type }: Part) => type === 'Hostname').some(({ value }: Part) => {
    const [name, namespace = namespaceOf(gateway)] = value.split('.');
    return name === service.metadata.name && namespace === namespaceOf(service);
  });
}

/** Servers of a Gateway of Istio that no Service of its pods leads to. */
function unreachableServers(world: World, gateway: KubeObject): string[] {
  const pods = world.pods.filter(pod => matches(pod.labels, gateway.spec.selector));
  const services = world.objects.filter(object => kindOf(object) === 'Service' && object.spec.selector &&
    pods.some(pod => pod.namespace === namespaceOf(object) && matches(pod.labels, object.spec.selector)));
  return pods.length === 0 ? [] : gateway.spec.servers.map(({ port }: Part) => port.number)
    .filter((number: number) => !services.some(({ spec }) => spec.ports.some(({ port, targetPort = port }: Part) => targetPort === number)))
    .map((number: number) => `${nameOf(gateway)} server ${number}: no Service leads there`);
}

/** Listeners of a Gateway of Gateway API that is bound to a Service which has no such port. */
function unreachableListeners(world: World, gateway: KubeObject): string[] {
  const service = world.objects.find(object => kindOf(object) === 'Service' && namesService(gateway, object));
  return service === undefined ? [] : gateway.spec.listeners.map(({ port }: Part) => port)
    .filter((number: number) => !service.spec.ports.some(({ port }: Part) => port === number))
    .map((number: number) => `${nameOf(gateway)} listener ${number}: ${nameOf(service)} has no such port`);
}

function unknownBackends(world: World, route: KubeObject): string[] {
  return (route.spec.rules ?? []).flatMap(({ backendRefs = [] }: Part) => backendRefs).flatMap(({ kind = 'Service', name, namespace = namespaceOf(route), port }: Part) => {
    const host = kind === 'Hostname' ? world.hostNamed(name) : kind === 'Service' ? world.hostNamed(`${name}.${namespace}.svc.cluster.local`) : undefined;
    return host === undefined ? [] : unknownPort(`${nameOf(route)} backendRefs`, host, port);
  });
}

const ROUTED = ['http', 'tls', 'tcp'];

function unknownDestinations(world: World, routes: KubeObject): string[] {
  const destinations: Part[] = ROUTED.flatMap(protocol => routes.spec[protocol] ?? []).flatMap(({ route = [], mirror, mirrors = [] }: Part) =>
    [...route.map(({ destination }: Part) => destination), ...mirror ? [mirror] : [], ...mirrors.map(({ destination }: Part) => destination)]);
  return destinations.flatMap(({ host: name, port, subset }) => {
    const host = world.hostNamed(name);
    const where = `${nameOf(routes)} destination`;
    if (host === undefined) {
      return [`${where}: nothing is named ${name}`];
    }
    const rules = world.objects.filter(object => kindOf(object) === 'DestinationRule' && object.spec.host === name);
    const lost = subset !== undefined && !rules.some(({ spec }) => spec.subsets?.some((one: Part) => one.name === subset));
    return [...port ? unknownPort(where, host, port.number) : host.ports.length > 1 ? [`${where}: ${name} has several ports, and none is said`] : [],
      ...lost ? [`${where}: no DestinationRule of ${name} has subset ${subset}`] : []];
  });
}

/** Matches of a VirtualService at a gateway on ports and hosts that no server of it has. */
function unknownMatches(world: World, routes: KubeObject): string[] {
  const namespace = namespaceOf(routes);
  const gateways: string[] = routes.spec.gateways ?? ['mesh'];
  const findGateway = (name: string) => world.find('IstioGateway', name.replace(/.*\//, ''), name.includes('/') ? name.split('/')[0] : namespace);
  const servedBy = (name: string) => {
    const gateway = findGateway(name);
    const hosts: string[] = gateway?.spec.servers.flatMap((server: Part) => server.hosts) ?? [];
    const isServed = (host: string) => gateway !== undefined && hosts.some(served => takes(served, host, namespace, namespaceOf(gateway)));
    return routes.spec.hosts.filter(isServed);
  };
  const named = gateways.filter(name => name !== 'mesh' && findGateway(name) !== undefined);
  const all = new Set(named.flatMap(servedBy));
  const unserved = [
    ...named.filter(name => servedBy(name).length === 0).map(name => `${nameOf(routes)}: gateway ${name} serves none of its hosts to ${namespace}`),
    // What no gateway serves may be for the mesh.
    ...named.length < gateways.length ? [] : routes.spec.hosts.filter((host: string) => !all.has(host)).map((host: string) => `${nameOf(routes)}: no gateway of it serves ${host}`),
  ];
  const matchesOf: Part[] = ROUTED.flatMap(protocol => routes.spec[protocol] ?? []).flatMap(({ match = [] }: Part) => match);
  const ports = matchesOf.filter(({ port, gateways: own }) => port !== undefined && own?.length === 1 && own[0] !== 'mesh').flatMap(({ port, gateways: [name] }) => {
    const gateway = findGateway(name);
    return gateway === undefined || gateway.spec.servers.some((server: Part) => server.port.number === port) ? [] : [`${nameOf(routes)}: ${nameOf(gateway)} has no server on ${port}`];
  });
  return [...unserved, ...ports];
}

function takes(served: string, host: string, namespace: string, own: string): boolean {
  const [scope, pattern] = served.includes('/') ? served.split('/') : ['*', served];
  return (scope === '*' || scope === namespace || (scope === '.' && namespace === own)) && (covers(pattern, host) || covers(host, pattern));
}

function unknownRulePorts(world: World, rule: KubeObject): string[] {
  const host = world.hostNamed(rule.spec.host);
  if (host === undefined) {
    return rule.spec.host.startsWith('*') ? [] : [`${nameOf(rule)}: nothing is named ${rule.spec.host}`];
  }
  const policies: Part[] = [rule.spec.trafficPolicy, ...(rule.spec.subsets ?? []).map(({ trafficPolicy }: Part) => trafficPolicy)];
  return policies.flatMap(policy => policy?.portLevelSettings ?? []).flatMap(({ port }: Part) => unknownPort(`${nameOf(rule)} portLevelSettings`, host, port.number));
}

function unknownPort(where: string, { name, ports }: Host, port: number): string[] {
  return ports.some(({ number }) => number === port) ? [] : [`${where}: ${name} has no port ${port}`];
}

/** Pods of which ports are kept from the proxy on none of which anything in them listens. */
function excludedPorts({ where, annotations, containers }: PodTemplate): string[] {
  const excluded = String(annotations['traffic.sidecar.istio.io/excludeInboundPorts'] ?? '').split(',').filter(Boolean).map(Number);
  const open: number[] = containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }: Part) => containerPort));
  return excluded.length > 0 && !excluded.some(port => open.includes(port)) ? [`${where}: no container has one of the ports that are kept from the proxy`] : [];
}
