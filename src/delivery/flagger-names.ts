import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { FlaggerTarget } from './flagger-target';
import { checkDnsLabel } from '../semantics/names';

/** The names of the Services that Flagger makes. */
export interface FlaggerNames {
  readonly apex: string;
  readonly primary: string;
  readonly canary: string;
}

export function flaggerNames(target: FlaggerTarget, service?: string): FlaggerNames {
  const apex = checkDnsLabel(service ?? target.name, 'name of the service');
  const primary = checkDnsLabel(`${apex}-primary`, 'name of the Service of the stable version');
  return { apex, primary, canary: `${apex}-canary` };
}

/** The objects of an app, by kind, namespace and name; read once, at synthesis, however many Canaries there are. */
const indices = new WeakMap<IConstruct, { readonly size: number; readonly keys: ReadonlySet<string> }>();

/** Objects of this app that Flagger would make again and again, or take for its own. */
export function checkFlaggerNames(canary: ApiObjectPlace, target: FlaggerTarget, { apex, primary, canary: tried }: FlaggerNames): string[] {
  const { namespace } = canary.metadata;
  const owned = [
    // A target that is a Service is the user's own.
    ...target.kind === 'Service' ? [] : [apex, primary, tried].map(name => ['Service', name]),
    [target.kind === 'Service' ? '' : target.kind, `${target.name}-primary`],
    ['HorizontalPodAutoscaler', `${target.name}-primary`],
    ['ScaledObject', `${target.name}-primary`],
    ['HTTPRoute', apex], ['VirtualService', apex], ['DestinationRule', primary], ['DestinationRule', tried],
  ];
  const keys = keysOf(canary.node.root);
  return owned.filter(([kind, name]) => keys.has(`${kind} ${namespace} ${name}`)).map(([kind, name]) =>
    `${kind} '${name}' of this app is one that Flagger makes for Canary '${canary.name}': leave it out, or give it another name`);
}

interface ApiObjectPlace extends IConstruct {
  readonly name: string;
  readonly metadata: { readonly namespace?: string };
}

function keysOf(root: IConstruct): ReadonlySet<string> {
  const all = root.node.findAll();
  const known = indices.get(root);
  if (known?.size === all.length) {
    return known.keys;
  }
  const keys = new Set(all.filter(each => ApiObject.isApiObject(each)).map(each => {
    const { kind, name, metadata } = each as ApiObject;
    return `${kind} ${metadata.namespace} ${name}`;
  }));
  indices.set(root, { size: all.length, keys });
  return keys;
}
