import { IstioLabel, KubernetesLabel } from './keys';

/** Labels by which Flagger tells the pods of the two versions, in the order in which it looks for them in a selector. */
export const FLAGGER_LABELS: readonly string[] = [KubernetesLabel.APP, 'name', KubernetesLabel.APP_NAME];

/** The labels by which a namespace, a pod or a gateway joins a mesh: the mesh alone says them. */
export const ENROLMENT_LABELS: string[] = [
  IstioLabel.INJECTION, IstioLabel.REV, IstioLabel.SIDECAR_INJECT, IstioLabel.DATAPLANE_MODE,
];
