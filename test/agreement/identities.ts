import { World } from './world';
import { KubeObject, nameOf, namespaceOf } from '../examples/kube-object';

type Part = KubeObject['spec'];

/** Policies that name callers, or ports of workloads, that are not there. */
export function identityMistakes(world: World): string[] {
  return world.ofKind('AuthorizationPolicy').flatMap(policy => [
    ...sourcesOf(policy).flatMap(({ principals = [], namespaces = [], serviceAccounts = [] }) => [
      ...principals.flatMap((principal: string) => whoIs(world, principal)),
      ...serviceAccounts.flatMap((account: string) => accountOf(world, ...ofPair(account, namespaceOf(policy)))),
      ...namespaces.filter((name: string) => !name.includes('*') && !world.find('Namespace', name)).map((name: string) => `there is no namespace ${name}`),
    ]),
    ...portsNowhere(world, policy),
  ].map(why => `${nameOf(policy)}: ${why}`));
}

function sourcesOf({ spec }: KubeObject): Part[] {
  return (spec.rules ?? []).flatMap(({ from = [] }: Part) => from.map(({ source }: Part) => source));
}

function ofPair(account: string, namespace: string): [string, string] {
  const [first, second] = account.split('/');
  return second === undefined ? [namespace, first] : [first, second];
}

function whoIs(world: World, principal: string): string[] {
  // Of other trust domains nothing is known.
  const [, namespace, name] = /^cluster\.local\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? [];
  return name === undefined ? [] : accountOf(world, namespace, name);
}

function accountOf(world: World, namespace: string, name: string): string[] {
  return world.find('ServiceAccount', name, namespace) ? [] : [`there is no ServiceAccount ${namespace}/${name}`];
}

/** Ports of a policy on which none of the workloads listens that it selects. */
function portsNowhere(world: World, { spec, metadata }: KubeObject): string[] {
  const selector = spec.selector?.matchLabels;
  const pods = selector ? world.podsWith(metadata.namespace, selector) : [];
  const declared: Part[] = pods.flatMap(({ containers }) => containers.flatMap(({ ports = [] }) => ports));
  const open = new Set(declared.map(({ containerPort }) => String(containerPort)));
  const asked: string[] = (spec.rules ?? []).flatMap(({ to = [] }: Part) => to.flatMap(({ operation }: Part) => operation.ports ?? []));
  // The proxy of a gateway says nothing of its ports.
  return open.size === 0 || pods.some(({ containers }) => containers.some(({ image }) => image === 'auto')) ? [] :
    asked.filter(port => !open.has(port)).map(port => `none of its workloads listens on ${port}`);
}
