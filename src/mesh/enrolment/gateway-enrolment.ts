import { IstioLabel } from '../../semantics/keys';
import { IMeshNamespace } from '../mesh-client';
import { MemberGateway } from '../mesh-members';

/** Namespaces in which injectors never act. */
const LEFT_OUT = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

export function isLeftOut(namespace: string): boolean {
  return LEFT_OUT.includes(namespace);
}

/** Refuses pods with image `auto` that no injector would fill in, or that one of another revision would. */
export function checkEnrolment(
  gateway: string, { name, labels, mesh }: IMeshNamespace, podLabels: { [key: string]: string }, pods: Pick<MemberGateway, 'kind' | 'name'>,
): void {
  const say = (why: string) => new Error(`gateway '${gateway}' has image 'auto' in pods that nothing enrols: ${why}`);
  if (isLeftOut(name)) {
    throw say(`namespace '${name}' is one that injectors leave out; use another namespace`);
  }
  if (labels[IstioLabel.INJECTION] === 'disabled') {
    throw say(`namespace '${name}' has ${IstioLabel.INJECTION}: disabled, which no pod label undoes; remove that label`);
  }
  if (podLabels[IstioLabel.SIDECAR_INJECT] === 'false') {
    throw say(`its pods have ${IstioLabel.SIDECAR_INJECT}: 'false'; remove that label`);
  }
  const wanted = podLabels[IstioLabel.REV];
  const given = labels[IstioLabel.INJECTION] === 'enabled' ? 'default' : labels[IstioLabel.REV];
  if (wanted !== undefined && given !== undefined && wanted !== given) {
    throw new Error(`gateway '${gateway}' wants revision '${wanted}', but namespace '${name}' is enrolled with '${given}', which beats the label of a pod: ` +
      'pass enrolled: false to the MeshNamespace of the gateway');
  }
  mesh._members.gateways.push({ namespace: name, ...pods, revision: wanted });
}
