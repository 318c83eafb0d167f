import { KubernetesLabel } from '../semantics/keys';

/**
 * Labels of every object that a pattern makes: `component` says what for, `name` which one.
 *
 * `instance` tells Deployments of one gateway apart. The name is not the component's, because Istio's telemetry calls pods by it.
 */
export function patternLabels(component: string, name: string, instance = name): { [key: string]: string } {
  return {
    [KubernetesLabel.APP_NAME]: name,
    [KubernetesLabel.APP_INSTANCE]: instance,
    [KubernetesLabel.APP_COMPONENT]: component,
    [KubernetesLabel.APP_MANAGED_BY]: 'cdk8s-mesh',
    [KubernetesLabel.APP_PART_OF]: 'service-mesh',
  };
}
