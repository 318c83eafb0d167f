import { ServiceAccount } from 'cdk8s-plus-28';
import { checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/** A reference to a service account. Objects of Kubernetes' own group are named without it. */
export interface ServiceAccountRef {
  readonly kind: 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

export function serviceAccountRef({ name, metadata: { namespace } }: ServiceAccount): ServiceAccountRef {
  return { kind: 'ServiceAccount', name, namespace };
}

export function serviceAccountNameRef(name: string, namespace?: string): ServiceAccountRef {
  checkDnsSubdomain(name, 'name of the service account');
  if (namespace !== undefined) {
    checkDnsLabel(namespace, 'namespace of the service account');
  }
  return { kind: 'ServiceAccount', name, namespace };
}

/** A reference as it stands in an object of a namespace, which says no namespace that is its own. */
export function refFrom<T extends { readonly namespace?: string }>(ownNamespace: string | undefined, ref: T): T {
  return { ...ref, namespace: ref.namespace === ownNamespace ? undefined : ref.namespace };
}
