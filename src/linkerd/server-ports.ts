import { Protocol, Workload } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { LinkerdPort } from './linkerd-port';
import { LinkerdServerSelector } from './linkerd-server-selector';

/** The port of the pods of a Server. */
interface ServerPort {
  readonly name: string;
  readonly namespace?: string;
  readonly selector: LinkerdServerSelector;
  readonly port: LinkerdPort;
}

/** The ports that have a Server, by app. */
const taken = new WeakMap<IConstruct, ServerPort[]>();

/** Refuses a Server for a port of pods that another Server of the app has: Linkerd refuses the later one, and with both nobody knows which policies hold. */
export function takeServerPort({ node: { root } }: IConstruct, server: ServerPort): void {
  const servers = taken.get(root) ?? [];
  const other = servers.find(({ namespace, selector, port }) =>
    namespace === server.namespace && selector._overlaps(server.selector) && samePort(port, server.port, selector, server.selector));
  if (other !== undefined) {
    throw new Error(`Server '${server.name}' has port ${server.port._value} of pods whose port is that of Server '${other.name}' already: ` +
      'one Server may select a port of a pod, so select other pods or use that Server');
  }
  taken.set(root, servers.concat(server));
}

/** What a workload of this app does not declare; nothing where the workload is not known. */
export function undeclaredPort(server: string, workload: Workload | undefined, port: LinkerdPort): string[] {
  const declared = workload === undefined ? [] : portsOf(workload);
  return workload === undefined || declared.some(({ number, name }) => number === port._value || name === port._value) ? [] :
    [`${server} selects port ${port._value} of workload '${workload.name}', which declares ${declared.map(({ number, name }) =>
      name === undefined ? `${number}` : `${number} named '${name}'`).join(', ') || 'none'}: Linkerd sees declared TCP ports of containers only`];
}

function samePort(one: LinkerdPort, other: LinkerdPort, ...selectors: LinkerdServerSelector[]): boolean {
  const numbers = (port: LinkerdPort) => selectors.flatMap(({ _workload }) => _workload === undefined ? [] : portsOf(_workload))
    .filter(({ name }) => name === port._value).map(({ number }): number | string => number).concat(port._value);
  return numbers(one).some(number => numbers(other).includes(number));
}

function portsOf(workload: Workload): { readonly number: number; readonly name?: string }[] {
  return workload.containers.flatMap(({ ports }) => ports)
    .filter(({ protocol }) => protocol === undefined || protocol === Protocol.TCP)
    .map(({ number, name }) => ({ number, name }));
}
