import { Message } from './ask';
import { nameOfPod } from '../world/pod';
import { World } from '../world/world';

/** What ztunnels are told: by control plane, a line for each service and workload. Addresses that differ from run to run have names. */
export function summarizeAddresses(addresses: { readonly [cluster: string]: readonly Message[] }, world: World): { [cluster: string]: string[] } {
  const names = namesOf(world);
  return Object.fromEntries(Object.entries(addresses).map(([cluster, told]) => [cluster, told.map(one => lineOf(one, names)).sort()]));
}

type Names = ReadonlyMap<string, string>;

function namesOf({ pods, services }: World): Names {
  return new Map([
    ...pods.map(pod => [pod.ip, `pod ${nameOfPod(pod)}`] as const),
    ...services.flatMap(({ cluster, metadata: { name, namespace }, spec, status }) => {
      const named = [...cluster === undefined ? [] : [cluster], namespace, name].join('/');
      const ingress = (status as { loadBalancer?: { ingress: { ip: string }[] } } | undefined)?.loadBalancer?.ingress ?? [];
      return [[spec.clusterIP as string, `service ${named}`] as const, ...ingress.map(({ ip }) => [ip, `load balancer ${named}`] as const)];
    }),
  ]);
}

function lineOf({ service, workload }: Message, names: Names): string {
  return service ? serviceLine(service, names) : workloadLine(workload, names);
}

function serviceLine({ namespace, hostname, addresses = [], ports = [], subjectAltNames }: Message, names: Names): string {
  return [
    `service ${namespace}/${hostname}`,
    ...addresses.map(({ network, address }: Message) => `at ${addressOf(address, names)}${inNetwork(network)}`),
    `ports ${ports.map(({ servicePort, targetPort }: Message) => `${servicePort}->${targetPort ?? 'named'}`).join(' ')}`,
    ...subjectAltNames ? [`who is ${[...subjectAltNames].sort().join(' ')}`] : [],
  ].join(', ');
}

function workloadLine(workload: Message, names: Names): string {
  const { name, namespace, addresses = [], network, networkGateway, tunnelProtocol, serviceAccount } = workload;
  const { services = {}, capacity, clusterId, hostname } = workload;
  const gateway = networkGateway?.address ? addressOf(networkGateway.address.address, names) : networkGateway?.hostname?.hostname;
  return [
    `workload ${clusterId ?? 'of no cluster'}: ${namespace ?? ''}/${name ?? ''}`,
    ...addresses.map((address: string) => `at ${addressOf(address, names)}`),
    ...hostname ? [`at ${hostname}`] : [],
    ...network ? [`network ${network}`] : [],
    ...gateway === undefined ? [] : [`through ${gateway} at ${networkGateway.hboneMtlsPort}`],
    tunnelProtocol ?? 'plain text',
    ...serviceAccount ? [`as ${serviceAccount}`] : [],
    ...capacity === undefined ? [] : [`counts ${capacity}`],
    ...Object.entries(services as { [service: string]: Message }).map(([service, { ports }]) =>
      `serves ${service} ${(ports ?? []).map(({ servicePort, targetPort }: Message) => `${servicePort}->${targetPort}`).join(' ')}`),
  ].join(', ');
}

function addressOf(base64: string, names: Names): string {
  const address = [...Buffer.from(base64, 'base64')].join('.');
  return names.get(address) ?? address;
}

function inNetwork(network: string | undefined): string {
  return network ? ` of network ${network}` : '';
}
