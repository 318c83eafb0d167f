import { KubernetesLabel } from '../semantics/keys';

/** Labels of every object that a pattern makes: `component` is what it is, `instance` is which one. */
export function patternLabels(component: string, instance: string): { [key: string]: string } {
  return {
    [KubernetesLabel.APP_NAME]: component,
    [KubernetesLabel.APP_INSTANCE]: instance,
    [KubernetesLabel.APP_MANAGED_BY]: 'cdk8s-mesh',
    [KubernetesLabel.APP_PART_OF]: 'service-mesh',
  };
}
