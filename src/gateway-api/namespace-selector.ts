import { LabelSelectorOptions, Namespace } from 'cdk8s-plus-28';
import type { GatewaySpecAllowedListenersNamespacesSelector } from '../imports/gateway.networking.k8s.io';
import { KubernetesLabel } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

type From = 'All' | 'None' | 'Same' | 'Selector';

/** Which namespaces a listener admits routes from, or a Gateway listeners. */
export interface NamespaceSelection<F extends From = From> {
  readonly from: F;
  readonly selector?: Manifest<GatewaySpecAllowedListenersNamespacesSelector>;
  /** The names, where the selector says them; what others select is known in the cluster only. */
  readonly names?: readonly string[];
}

/** Selects namespaces by name. */
export function namedNamespaces(names: string[], what: string, otherwise: string): NamespaceSelection<'Selector'> {
  if (names.length === 0) {
    throw new Error(`namespaces that ${what} admits must have at least one name, got none: pass names, or use ${otherwise}`);
  }
  names.forEach(name => checkDnsLabel(name, `namespace that ${what} admits`));
  const key = KubernetesLabel.NAMESPACE_NAME;
  const selector = names.length === 1 ? { matchLabels: { [key]: names[0] } } : { matchExpressions: [{ key, operator: 'In', values: names }] };
  return { from: 'Selector', selector, names };
}

/** Selects namespaces by label. */
export function selectedNamespaces({ labels, expressions }: LabelSelectorOptions, what: string, otherwise: string): NamespaceSelection<'Selector'> {
  const keys = [...Object.keys(labels ?? {}), ...(expressions ?? []).map(({ key }) => key)];
  if (keys.length === 0) {
    throw new Error(`selector of namespaces that ${what} admits must have labels or expressions, got none, which is every namespace: use ${otherwise}`);
  }
  const of = `of namespaces that ${what} admits`;
  keys.forEach(key => checkQualifiedName(key, `label ${of}`));
  Object.entries(labels ?? {}).forEach(([key, value]) => checkLabelValue(value, `label '${key}' ${of}`));
  for (const { key, operator, values } of expressions ?? []) {
    if (values?.length === 0) {
      throw new Error(`expression on label '${key}' ${of} must have at least one value with operator ${operator}, got none`);
    }
    values?.forEach(value => checkLabelValue(value, `label '${key}' ${of}`));
  }
  return {
    from: 'Selector',
    selector: { matchLabels: labels, matchExpressions: expressions?.map(({ key, operator, values }) => ({ key, operator, values })) },
  };
}

export function namesOf(namespaces: Namespace[]): string[] {
  return namespaces.map(({ name }) => name);
}

/** Whether a namespace is admitted, as far as it can be known here. */
export function admits({ from, names }: NamespaceSelection, namespace: string | undefined, gatewayNamespace: string | undefined): boolean {
  switch (from) {
    case 'All': return true;
    case 'None': return false;
    case 'Same': return namespace === gatewayNamespace;
    case 'Selector': return names === undefined || (namespace !== undefined && names.includes(namespace));
  }
}

export function describe({ from, names = [] }: NamespaceSelection): string {
  if (from === 'Same') {
    return 'its own namespace';
  }
  return from === 'None' ? 'no namespace' : `${names.length === 1 ? 'namespace' : 'namespaces'} ${names.map(name => `'${name}'`).join(', ')}`;
}
