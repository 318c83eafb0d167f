import { kindOf, KubeObject, nameOf, podTemplatesOf } from './kube-object';

const NAMESPACE_ENROLMENT = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];

/** Namespaces, pods and gateways that join a mesh twice, or not at all. */
export function enrolmentMistakes(objects: KubeObject[]): string[] {
  return [...objects.flatMap(namespaceMistakes), ...objects.flatMap(podMistakes), ...provisionedGatewayMistakes(objects)];
}

function namespaceMistakes(object: KubeObject): string[] {
  const keys = kindOf(object) === 'Namespace' ? NAMESPACE_ENROLMENT.filter(key => key in (object.metadata.labels ?? {})) : [];
  return keys.length > 1 ? [`${nameOf(object)}: enrolled by ${keys.join(' and ')}`] : [];
}

function podMistakes(object: KubeObject): string[] {
  return podTemplatesOf(object).flatMap(({ where, labels, annotations, containers }) => {
    if (!containers.some(({ image }) => image === 'auto')) {
      return [];
    }
    const mistakes = [];
    if (annotations['inject.istio.io/templates'] !== 'gateway') {
      mistakes.push(`${where}: image auto without annotation inject.istio.io/templates: gateway`);
    }
    if (labels['sidecar.istio.io/inject'] !== 'true' && !(labels['istio.io/rev'] && labels['sidecar.istio.io/inject'] !== 'false')) {
      mistakes.push(`${where}: image auto without a label that enrols the pod`);
    }
    return mistakes;
  });
}

function provisionedGatewayMistakes(objects: KubeObject[]): string[] {
  const classes = objects.filter(object => kindOf(object) === 'GatewayClass' && object.spec.controllerName.startsWith('istio.io/'))
    .map(({ metadata }) => metadata.name);
  return objects.filter(object => kindOf(object) === 'Gateway' && ['istio', ...classes].includes(object.spec.gatewayClassName))
    .filter(({ spec }) => 'sidecar.istio.io/inject' in (spec.infrastructure?.labels ?? {}))
    .map(object => `${nameOf(object)}: sidecar.istio.io/inject would put a second proxy into one of Istio`);
}
