import { Workload } from 'cdk8s-plus-28';
import { isLeftOut } from './gateway-enrolment';
import { ProxyOptions } from './proxy-options';
import { ENROLMENT_LABELS } from '../../semantics/key-lists';
import { LinkerdAnnotation } from '../../semantics/keys';
import { Enrolment } from '../mesh';
import { IMeshNamespace } from '../mesh-client';

/** Workloads that are enrolled or left out already. */
const DECIDED = new WeakMap<Workload, string>();

/** Has the pods of a workload join the mesh of its namespace, with a proxy that runs as the options say. It may be called once a workload. */
export function enrolPods(namespace: IMeshNamespace, workload: Workload, options: ProxyOptions = {}): void {
  const { name } = workload;
  if (workload.hostNetwork) {
    throw new Error(`workload '${name}' has hostNetwork, whose traffic is that of its node, so that no mesh captures it: remove hostNetwork, or use leaveOut`);
  }
  if (isLeftOut(namespace.name)) {
    throw new Error(`workload '${name}' is in namespace '${namespace.name}', which injectors leave out: use another namespace`);
  }
  decide(namespace, workload, 'enrolled', namespace.mesh._enrolPods({ namespace, workload }, options));
  namespace.mesh._members.addWorkload(namespace.name, workload);
}

/** Keeps the pods of a workload out of the mesh that its namespace is in. */
export function leaveOutPods(namespace: IMeshNamespace, workload: Workload): void {
  decide(namespace, workload, 'left out', namespace.mesh._leaveOutPods());
}

function decide(namespace: IMeshNamespace, workload: Workload, what: string, enrolment: Enrolment): void {
  const { name, kind, metadata, podMetadata } = workload;
  if (metadata.namespace !== namespace.name) {
    throw new Error(`workload '${name}' is in namespace '${metadata.namespace ?? 'default'}', got namespace '${namespace.name}': set metadata.namespace of the workload`);
  }
  if (DECIDED.has(workload)) {
    throw new Error(`workload '${name}' is ${DECIDED.get(workload)} already, got it ${what} again: say it once, with all options`);
  }
  const onObject = ENROLMENT_LABELS.find(key => metadata.getLabel(key) !== undefined);
  if (onObject !== undefined) {
    throw new Error(`workload '${name}' has the label '${onObject}' on its ${kind}, where nothing reads it: remove it, the namespace labels the pods`);
  }
  const { labels = {}, annotations = {} } = podMetadata.toJson() as Partial<Enrolment>;
  const present = { ...labels, ...annotations };
  const written = { ...enrolment.labels, ...enrolment.annotations };
  const taken = [...ENROLMENT_LABELS, LinkerdAnnotation.INJECT, ...Object.keys(written)].find(key => key in present);
  if (taken !== undefined) {
    throw new Error(`pods of workload '${name}' have '${taken}: ${present[taken]}' already: remove it, the namespace says how they are ${what}`);
  }
  DECIDED.set(workload, what);
  Object.entries(enrolment.labels).forEach(([key, value]) => podMetadata.addLabel(key, value));
  Object.entries(enrolment.annotations).forEach(([key, value]) => podMetadata.addAnnotation(key, value));
}
